package safe

import (
	"strings"
	"unicode/utf8"
)

// Emoji that are joined of several, and those that a selector makes of a sign, are
// what terminals measure in different ways: xterm, alacritty, st and urxvt add up
// the parts, kitty and tmux take them for one of two cells, and only some say so
// when they are asked (mode 2027). Apart they are as wide everywhere. A skin tone has
// no such form that says the same: a row with one stands a little crooked where
// it is taken for a part of what it colours.

const (
	joiner        = '\u200d'
	emojiSelector = '\ufe0f'
	firstEmoji    = '\u2190' // the signs that are joined come from here on: no letter does
)

// Apart is a text in which emoji stand beside one another, where it matters how
// wide they are: before a column, or where there is no cell to spare.
func Apart(s string) string {
	if !strings.ContainsAny(s, string(joiner)+string(emojiSelector)) {
		return s
	}
	var b strings.Builder
	for i, c := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(c):])
		if c == emojiSelector || c == joiner && next >= firstEmoji && next != utf8.RuneError {
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}
