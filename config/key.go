package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKey is the longest key that is taken; Groq's have 56 characters.
const maxKey = 512

// CheckKey makes a key of what was typed, pasted or exported. White space and
// invisible marks around it are trimmed. A [*KeyError] tells what in it cannot be
// part of a key, and where, without showing it.
func CheckKey(raw string) (Secret, error) {
	left := strings.TrimLeftFunc(raw, invisible)
	key := strings.TrimRightFunc(left, invisible)
	if key == "" {
		return Secret{}, &KeyError{Reason: "is empty"}
	}
	position := utf8.RuneCountInString(raw) - utf8.RuneCountInString(left)
	for _, r := range key {
		position++
		if reason := foreign(r); reason != "" {
			return Secret{}, &KeyError{Position: position, Reason: "has " + reason}
		}
	}
	if len(key) > maxKey {
		return Secret{}, &KeyError{Reason: fmt.Sprintf("has %d characters, more than the %d that a key may have", len(key), maxKey)}
	}
	return NewSecret(key), nil
}

// invisible reports whether r is white space or a mark such as the one that some
// editors put at the beginning of a file.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\ufeff\u200b\u200c\u200d\u2060", r)
}

// foreign names what r is if a key cannot have it.
func foreign(r rune) string {
	switch {
	case r == ' ':
		return "a space"
	case r == '\n' || r == '\r':
		return "a line break"
	case r == '\t':
		return "a tab"
	case r == '"' || r == '\'' || r == '`':
		return "a quotation mark"
	case r < ' ' || r == 0x7f:
		return "a control character"
	case r > unicode.MaxASCII:
		return "a character that is not plain ASCII"
	}
	return ""
}

// refuse puts the source into the error of a key; other errors stay as they are.
func (s Source) refuse(err error) error {
	var refused *KeyError
	if !errors.As(err, &refused) {
		return err
	}
	return &KeyError{Source: s, Position: refused.Position, Reason: refused.Reason}
}
