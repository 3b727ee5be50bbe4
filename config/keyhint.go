package config

import (
	"fmt"
	"net/url"
	"strings"
)

// keysPage is where Groq's keys are made.
const keysPage = "https://console.groq.com/keys"

// AsksGroq reports whether the address is Groq's own.
func (c Config) AsksGroq() bool {
	u, err := url.Parse(c.BaseURL)
	return err == nil && strings.EqualFold(u.Hostname(), "api.groq.com")
}

// CheckKey is [CheckKey] for a key of the server that is asked: those of Groq all
// begin alike, which tells them from whatever else was in the clipboard.
func (c Config) CheckKey(raw string) (Secret, error) {
	key, err := CheckKey(raw)
	if err == nil && c.AsksGroq() && !strings.HasPrefix(key.Reveal(), "gsk_") {
		return Secret{}, &KeyError{Reason: "does not begin with gsk_, as all keys of Groq do"}
	}
	return key, err
}

// KeyHint is the advice for a key that the server refuses: where it comes from,
// and how another takes its place.
func (l Loaded) KeyHint() string {
	from := l.Sources["api_key"]
	hint := ""
	switch from.Kind {
	case FromEnv:
		hint = fmt.Sprintf("It comes from the variable %s, which stands over a saved key: correct it, or unset it.", from.Detail)
	case FromFile:
		hint = fmt.Sprintf("It stands in %s, which stands over a saved key: correct it there.", from.Detail)
	case FromKeyring, FromKeyFile:
		hint = fmt.Sprintf("It was saved in %s, where another one can take its place (`groqchat key set`).", from.Detail)
	case FromDotEnv:
		hint = fmt.Sprintf("It stands in %s: correct it there.", from.Detail)
	default:
		hint = "Check the key."
	}
	if l.AsksGroq() {
		hint += " Keys are made at " + keysPage + "."
	}
	return hint
}
