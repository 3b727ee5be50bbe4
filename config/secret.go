package config

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unique"
)

// Secret is a text that prints masked however it is printed, logged or encoded;
// only [Secret.Reveal] gives it. The zero value is the empty secret, and equal
// texts are equal secrets.
//
// It is a handle rather than a string, because package fmt cannot call methods on
// unexported fields and does not call them for %p: it would print a string there,
// of a handle it prints an address.
type Secret struct{ handle unique.Handle[string] }

// NewSecret makes a secret of any text, unchecked; see [CheckKey].
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{unique.Make(text)}
}

// Reveal gives the text itself, for the header of a request and the key file.
func (s Secret) Reveal() string {
	if s.Empty() {
		return ""
	}
	return s.handle.Value()
}

// Empty reports whether there is none.
func (s Secret) Empty() bool { return s == Secret{} }

// Equal reports whether two secrets hold the same text, for go-cmp.
func (s Secret) Equal(other Secret) bool { return s == other }

// shownFrom is the length from which the last characters may be shown: of a
// shorter text they would be too much.
const shownFrom = 16

// String masks: gsk_…1234 for a key of Groq, …1234 for another, dots for a short
// text, nothing for none.
func (s Secret) String() string {
	text := s.Reveal()
	switch {
	case text == "":
		return ""
	case len(text) < shownFrom:
		return "••••••••"
	case strings.HasPrefix(text, "gsk_"):
		return "gsk_…" + text[len(text)-4:]
	}
	return "…" + text[len(text)-4:]
}

// GoString masks under %#v.
func (s Secret) GoString() string { return fmt.Sprintf("config.Secret(%q)", s.String()) }

// Format masks under every verb, with whatever flags.
func (s Secret) Format(f fmt.State, verb rune) {
	text := s.String()
	if verb == 'v' && f.Flag('#') {
		text = s.GoString()
	}
	// A state that cannot be written to has nobody to tell.
	_, _ = io.WriteString(f, text)
}

// MarshalJSON masks.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// MarshalText masks, for TOML, XML and keys of maps.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue masks in package slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
