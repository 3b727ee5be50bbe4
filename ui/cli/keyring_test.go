package cli

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"groqchat/config"
)

// The library's stand-in is one for the whole process, so these tests do not run
// beside others.

func TestKeyring_UsesTheLibrary(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
	keyring.MockInit()
	ring := newApp(Build{}, nil, nil, nil).keyring(t.Context())
	if _, err := ring.Get(); !errors.Is(err, config.ErrNotKept) {
		t.Errorf("an empty keyring: %v", err)
	}
	if err := ring.Set("gsk_abcdefghijklmnop1234"); err != nil {
		t.Error(err)
	}
	if key, err := ring.Get(); err != nil || key != "gsk_abcdefghijklmnop1234" {
		t.Errorf("%q, %v", key, err)
	}
	if err := ring.Delete(); err != nil {
		t.Error(err)
	}
	if err := ring.Delete(); !errors.Is(err, config.ErrNotKept) {
		t.Errorf("deleted twice: %v", err)
	}
}

func TestKeyring_TellsAbsentFromOutOfOrder(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
	broken := errors.New("the pipe broke")
	for name, tc := range map[string]struct{ err, want error }{
		"nobody keeps secrets": {errors.New("The name org.freedesktop.secrets was not provided by any .service files"), config.ErrNoKeyring},
		"no bus":               {&net.OpError{Op: "dial", Err: os.ErrNotExist}, config.ErrNoKeyring},
		"another system":       {keyring.ErrUnsupportedPlatform, config.ErrNoKeyring},
		"locked":               {errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"), errRingLocked},
		"anything else":        {broken, broken},
	} {
		t.Run(name, func(t *testing.T) {
			keyring.MockInitWithError(tc.err)
			ring := newApp(Build{}, nil, nil, nil).keyring(t.Context())
			_, err := ring.Get()
			if !errors.Is(err, tc.want) || !errors.Is(ring.Set("gsk_x"), tc.want) || !errors.Is(ring.Delete(), tc.want) {
				t.Errorf("%v, want %v", err, tc.want)
			}
		})
	}
	keyring.MockInit()
}
