package config

import (
	"regexp"
	"strings"
)

// shortestFound is the length from which our own key is looked for in a text: a
// shorter one of some local server may be a word.
const shortestFound = 8

// HoldsKey reports whether a text holds the key of the settings, or what looks like
// any key of Groq: people paste a key into the wrong place.
func (c Config) HoldsKey(text string) bool {
	own := c.Key.Reveal()
	return len(own) >= shortestFound && strings.Contains(text, own) ||
		strings.Contains(text, "gsk_") && regexp.MustCompile(`gsk_[A-Za-z0-9]{20,}`).MatchString(text)
}
