package ui

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"groqchat/chat"
)

// didYouMean asks after a name that does not exist, if one is near.
func didYouMean(word, mark string, names []string) string {
	if near := chat.Nearest(word, names); near != "" {
		return "; did you mean " + mark + near + "?"
	}
	return "."
}

// sentence makes a sentence of an error's text: a capital and a full stop. Text
// that begins with something other than a plain word is left as it is.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	if !strings.HasPrefix(s, "http") { // an address stays as it is
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(".!?…", last) {
		return s
	}
	return s + "."
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
