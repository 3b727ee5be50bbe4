package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"groqchat/history/atomicfile"
)

// Keyring is the operating system's store of secrets, which this package is given
// and does not look for. A call may take its time, but must not hang.
type Keyring struct {
	Name   string                 // what people know it by: "the keychain"
	Get    func() (string, error) // the key, or [ErrNotKept]
	Set    func(key string) error
	Delete func() error // [ErrNotKept] if there was none
}

var (
	// ErrNoKeyring is that this machine has none, or that it is not running.
	ErrNoKeyring = errors.New("there is no keyring here")
	// ErrNotKept is that a keyring holds no key of ours.
	ErrNotKept = errors.New("it holds no key")
)

// keyring takes the key from the keyring; it reports whether there is one, if only
// a wrong one. That no keyring is there is no news; that it cannot be asked is.
func (l *loader) keyring() bool {
	ring := l.in.Keyring
	if ring == nil || !l.loaded.Config.Keyring {
		return false
	}
	text, err := ring.Get()
	if err != nil {
		if !errors.Is(err, ErrNoKeyring) && !errors.Is(err, ErrNotKept) {
			l.warn("", 0, fmt.Sprintf("%s could not be asked for the key: %v", ring.Name, err))
		}
		return false
	}
	if strings.TrimFunc(text, invisible) == "" {
		return false
	}
	l.take(text, Source{FromKeyring, ring.Name})
	return true
}

// take makes a text the key, or notes what is wrong with it.
func (l *loader) take(text string, from Source) {
	secret, err := CheckKey(text)
	if err != nil {
		l.bad["api_key"] = from.refuse(err)
		return
	}
	l.loaded.Key, l.loaded.Sources["api_key"] = secret, from
}

// KeyStore is the one place where a key is kept between two runs: the keyring, or
// where there is none a file that only its owner can read.
type KeyStore struct {
	ring *Keyring
	file string
}

// KeyStore is where this configuration keeps a key, given the keyring of the
// system, or nil.
func (l Loaded) KeyStore(ring *Keyring) KeyStore {
	if !l.Config.Keyring {
		ring = nil
	}
	return KeyStore{ring, l.Paths.KeyFile}
}

// Kept is where a key was put.
type Kept struct {
	Source
	But error // why it is not in the keyring, or what else is left to be said; nil: nothing
}

// Place is where the key is, as the end of a sentence.
func (k Kept) Place() string {
	if k.Kind == FromKeyring {
		return "in " + k.Detail
	}
	return "in " + k.Detail + ", which only you can read"
}

// Save checks a key and keeps it, in the place of the one before.
func (s KeyStore) Save(key string) (Kept, error) {
	secret, err := CheckKey(key)
	if err != nil {
		return Kept{}, err
	}
	var why error
	if s.ring != nil {
		if why = s.ring.Set(secret.Reveal()); why == nil {
			return Kept{Source{FromKeyring, s.ring.Name}, s.dropFile()}, nil
		}
		if !errors.Is(why, ErrNoKeyring) {
			why = fmt.Errorf("%s did not take it: %w", s.ring.Name, why)
		}
	}
	if !filepath.IsAbs(s.file) {
		return Kept{}, ErrNoHome
	}
	if err := atomicfile.Write(s.file, []byte(secret.Reveal()+"\n"), 0o600); err != nil {
		return Kept{}, fmt.Errorf("cannot keep the key: %w", err)
	}
	return Kept{Source{FromKeyFile, s.file}, why}, nil
}

// dropFile removes the key file once the keyring has the key: it would be a copy
// that nobody needs, and one day another key than the one that is used.
func (s KeyStore) dropFile() error {
	err := s.remove()
	if errors.Is(err, ErrNotKept) {
		return nil
	}
	return err
}

func (s KeyStore) remove() error {
	if !filepath.IsAbs(s.file) {
		return ErrNotKept
	}
	err := os.Remove(s.file)
	if errors.Is(err, os.ErrNotExist) {
		return ErrNotKept
	}
	if err != nil {
		return fmt.Errorf("cannot remove the key file %s: %w", s.file, plain(err))
	}
	return nil
}

// Delete forgets the kept key wherever one is, and tells where there was one. A
// keyring that could not be asked is an error, as a key may be left in it.
func (s KeyStore) Delete() (from []Source, err error) {
	if s.ring != nil {
		switch e := s.ring.Delete(); {
		case e == nil:
			from = append(from, Source{FromKeyring, s.ring.Name})
		case !errors.Is(e, ErrNotKept) && !errors.Is(e, ErrNoKeyring):
			err = fmt.Errorf("%s could not be asked to forget the key: %w", s.ring.Name, e)
		}
	}
	switch e := s.remove(); {
	case e == nil:
		from = append(from, Source{FromKeyFile, s.file})
	case !errors.Is(e, ErrNotKept):
		err = errors.Join(err, e)
	}
	return from, err
}
