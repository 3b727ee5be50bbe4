package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"groqchat/config"
)

// What the entry of the keyring is called there.
const (
	ringService = "groqchat"
	ringAccount = "api key"
)

// ringTime is how long the keyring may take: milliseconds if it is open. One that
// is locked asks for its password and waits; the key file is there meanwhile.
const ringTime = 2 * time.Second

var (
	// errRingSilent is a keyring that does not answer: its prompt may be open.
	errRingSilent = errors.New("it did not answer within two seconds; it may be locked")
	// errRingLocked is a keyring that could not be opened.
	errRingLocked = errors.New("it is locked")
)

// systemKeyring is the keyring of the operating system. Its calls may hang.
func (a *app) systemKeyring() *config.Keyring {
	asked := func(f func() error) error {
		if !a.hasBus(runtime.GOOS) {
			return config.ErrNoKeyring
		}
		return ringError(f())
	}
	return &config.Keyring{
		Name: ringName(runtime.GOOS),
		Get: func() (key string, err error) {
			err = asked(func() (err error) { key, err = keyring.Get(ringService, ringAccount); return err })
			return key, err
		},
		Set: func(key string) error {
			return asked(func() error { return keyring.Set(ringService, ringAccount, key) })
		},
		Delete: func() error { return asked(func() error { return keyring.Delete(ringService, ringAccount) }) },
	}
}

// ringName is what people know the keyring of a system by.
func ringName(goos string) string {
	switch goos {
	case "darwin":
		return "the keychain"
	case "windows":
		return "the Credential Manager"
	}
	return "the keyring"
}

// ringError makes an error of ours of one of the library, which says in the words
// of D-Bus that nobody keeps secrets.
func ringError(err error) error {
	var line *net.OpError
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return config.ErrNotKept
	case errors.Is(err, keyring.ErrUnsupportedPlatform), errors.As(err, &line),
		err != nil && strings.Contains(err.Error(), "org.freedesktop.secrets was not provided"):
		return config.ErrNoKeyring
	case err != nil && strings.Contains(err.Error(), "failed to unlock"):
		return errRingLocked
	}
	return err
}

// keyring is the keyring that settings are loaded with and keys are kept in: that
// of the system, which is given up after a while; nil without one.
func (a *app) keyring(ctx context.Context) *config.Keyring {
	ring := a.ring
	if ring == nil {
		return nil
	}
	patient := func(f func() (string, error)) (string, error) {
		ctx, cancel := context.WithTimeoutCause(ctx, ringTime, errRingSilent)
		defer cancel()
		text, err := apart(ctx, f)
		if errors.Is(err, context.DeadlineExceeded) {
			err = context.Cause(ctx)
		}
		return text, err
	}
	return &config.Keyring{
		Name: ring.Name,
		Get:  func() (string, error) { return patient(ring.Get) },
		Set: func(key string) error {
			_, err := patient(func() (string, error) { return "", ring.Set(key) })
			return err
		},
		Delete: func() error {
			_, err := patient(func() (string, error) { return "", ring.Delete() })
			return err
		},
	}
}

// hasBus reports whether there is a way to a keyring. Where it is behind D-Bus and
// there is none, the library would start a bus of its own and leave it running; it
// is told the usual address, which it would try only after others.
func (a *app) hasBus(goos string) bool {
	if goos == "darwin" || goos == "windows" {
		return true
	}
	const address = "DBUS_SESSION_BUS_ADDRESS"
	if at := a.variable(address); at != "" {
		return at != "autolaunch:"
	}
	socket := filepath.Join(a.variable("XDG_RUNTIME_DIR"), "bus")
	info, err := os.Stat(socket)
	if !filepath.IsAbs(socket) || err != nil || info.Mode().Type() != os.ModeSocket {
		return false
	}
	return os.Setenv(address, "unix:path="+socket) == nil
}
