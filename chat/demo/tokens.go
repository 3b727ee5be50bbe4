package demo

import (
	"unicode"
	"unicode/utf8"
)

const (
	wordBytes  = 8 // a longer word is several tokens
	otherBytes = 4 // of anything but words, unless one cluster alone is longer
)

// split cuts text into tokens of about four bytes, always the same way: joined
// they are the text again. As with real tokens a space belongs to the word behind
// it; unlike them none ends within what a person sees as one character.
func split(text string) []string {
	tokens := make([]string, 0, len(text)/4+1)
	for len(text) > 0 {
		n := tokenSize(text)
		tokens = append(tokens, text[:n])
		text = text[n:]
	}
	return tokens
}

// tokenSize is the length in bytes of the first token.
func tokenSize(text string) int {
	n := 0
	if text[0] == ' ' && len(text) > 1 && text[1] != ' ' && text[1] != '\n' && clusterSize(text) == 1 {
		n = 1
	}
	first := n
	kind := kindOf(text[n:])
	for n < len(text) && kindOf(text[n:]) == kind {
		size := clusterSize(text[n:])
		if n > first && n-first+size > kind.most() {
			break
		}
		n += size
	}
	return n
}

// kind is what a token is made of; tokens do not mix kinds.
type kind int

const (
	word kind = iota
	space
	line
	mark
)

func (k kind) most() int {
	if k == word {
		return wordBytes
	}
	return otherBytes
}

func kindOf(text string) kind {
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case r == '\n':
		return line
	case unicode.IsSpace(r):
		return space
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return word
	}
	return mark
}

// clusterSize is the length of the first character as a person sees it: a rune
// with its marks, an emoji with its modifiers and what a joiner ties to it, a flag.
// It is the part of Unicode's rules that the scenes need.
func clusterSize(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	flag := regional(first)
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch {
		case r == joiner:
			n += size
			_, size = utf8.DecodeRuneInString(text[n:])
		case flag && regional(r):
			flag = false
		case !extends(r):
			return n
		}
		n += size
	}
	return n
}

const joiner = '\u200d'

// regional reports whether r is half of a flag.
func regional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// extends reports whether r belongs to the character before it: combining marks,
// variation selectors, skin tones and the tags of flags like Scotland's.
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0020 && r <= 0xe007f
}

// estimate is how many tokens Groq's stand-in counts for text it did not write.
func estimate(text string) int { return (len(text) + 3) / 4 }
