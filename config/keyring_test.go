package config_test

import (
	"errors"
	"os"
	"testing"

	"groqchat/config"
)

// newRing is a keyring that holds a key, "" for none, and fails with an error, nil
// for never.
func newRing(held string, broken error) (*config.Keyring, *string) {
	return &config.Keyring{
		Name: "the test's keyring",
		Get: func() (string, error) {
			if held == "" && broken == nil {
				return "", config.ErrNotKept
			}
			return held, broken
		},
		Set: func(key string) error {
			if broken == nil {
				held = key
			}
			return broken
		},
		Delete: func() error {
			if held == "" && broken == nil {
				return config.ErrNotKept
			}
			held = ""
			return broken
		},
	}, &held
}

var errLocked = errors.New("it is locked")

func TestLoad_AsksTheKeyringBeforeTheKeyFile(t *testing.T) {
	u := newUser(t)
	u.file(".config/groqchat/key", "gsk_key_of_the_file_1234\n")
	u.in.Keyring, _ = newRing(goodKey, nil)
	l := u.load()
	if l.Key.Reveal() != goodKey || l.Sources["api_key"] != (config.Source{Kind: config.FromKeyring, Detail: "the test's keyring"}) {
		t.Errorf("%v from %v", l.Key, l.Sources["api_key"])
	}
	for _, stronger := range []func(){
		func() { u.in.Keyless = true },
		func() { u.in.Keyless = false; u.config("keyring = false") },
		func() { u.config(); u.export("GROQ_API_KEY=" + goodKey) },
	} {
		stronger()
		u.in.Keyring = &config.Keyring{Get: func() (string, error) {
			t.Error("it was asked")
			return "", nil
		}}
		u.load()
	}
}

func TestLoad_GoesOnWithoutAKeyring(t *testing.T) {
	for name, tc := range map[string]struct {
		held string
		err  error
		said string
	}{
		"none": {"", config.ErrNoKeyring, ""}, "empty": {"", nil, ""}, "blank": {" \n", nil, ""},
		"locked": {"", errLocked, "the test's keyring could not be asked for the key: it is locked\n"},
	} {
		t.Run(name, func(t *testing.T) {
			u := newUser(t)
			u.file(".config/groqchat/key", goodKey)
			u.in.Keyring, _ = newRing(tc.held, tc.err)
			l := u.load()
			if got := l.Sources["api_key"].Kind; got != config.FromKeyFile || warnings(l) != tc.said {
				t.Errorf("from %s, said %q", got, warnings(l))
			}
		})
	}
}

func TestLoad_AWrongKeyInTheKeyringIsSaid(t *testing.T) {
	u := newUser(t)
	u.file(".config/groqchat/key", goodKey)
	u.in.Keyring, _ = newRing("gsk_a b", nil)
	contains(t, u.refused().Error(), "the key in the test's keyring has a space at character 6")
}

func TestKeyStore_PutsTheKeyIntoTheKeyringAndLeavesNoCopy(t *testing.T) {
	u := newUser(t)
	path := u.file(".config/groqchat/key", "gsk_the_one_before_1234\n")
	ring, held := newRing("", nil)
	kept, err := u.load().KeyStore(ring).Save(" " + goodKey + "\n")
	if err != nil || kept.Kind != config.FromKeyring || kept.But != nil || *held != goodKey {
		t.Errorf("%+v, %v", kept, err)
	}
	contains(t, kept.Place(), "in the test's keyring")
	if _, err := os.Stat(path); err == nil {
		t.Error("the file of the key before is left")
	}
}

func TestKeyStore_FallsBackToTheFileAndSaysWhy(t *testing.T) {
	for name, broken := range map[string]error{"none": config.ErrNoKeyring, "locked": errLocked} {
		t.Run(name, func(t *testing.T) {
			u := newUser(t)
			l := u.load()
			ring, _ := newRing("", broken)
			kept, err := l.KeyStore(ring).Save(goodKey)
			if err != nil || kept.Source != (config.Source{Kind: config.FromKeyFile, Detail: l.Paths.KeyFile}) || !errors.Is(kept.But, broken) {
				t.Fatalf("%+v, %v", kept, err)
			}
			contains(t, kept.Place(), l.Paths.KeyFile, "only you can read")
			u.in.Keyring = ring
			if got := u.load().Key.Reveal(); got != goodKey {
				t.Errorf("the next start has %q", got)
			}
		})
	}
}

func TestKeyStore_CanBeToldToUseTheFile(t *testing.T) {
	u := newUser(t)
	u.export("GROQCHAT_KEYRING=off")
	ring, held := newRing("", nil)
	kept, err := u.load().KeyStore(ring).Save(goodKey)
	if err != nil || kept.Kind != config.FromKeyFile || kept.But != nil || *held != "" {
		t.Errorf("%+v, %v", kept, err)
	}
}

func TestKeyStore_ForgetsTheKeyEverywhere(t *testing.T) {
	u := newUser(t)
	u.file(".config/groqchat/key", goodKey)
	ring, held := newRing(goodKey, nil)
	store := u.load().KeyStore(ring)
	from, err := store.Delete()
	if err != nil || len(from) != 2 || *held != "" {
		t.Errorf("%v, %v", from, err)
	}
	if from, err := store.Delete(); err != nil || len(from) != 0 {
		t.Errorf("again: %v, %v", from, err)
	}
	u.file(".config/groqchat/key", goodKey)
	ring, _ = newRing(goodKey, errLocked)
	if from, err := u.load().KeyStore(ring).Delete(); !errors.Is(err, errLocked) || len(from) != 1 {
		t.Errorf("locked: %v, %v", from, err)
	}
}
