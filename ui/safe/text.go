package safe

import (
	"strings"
	"unicode/utf8"
)

// Text replaces in s all that could be more than a character on the screen.
//
// Newlines and tabs stay; CR LF and a lone CR become a newline; other control
// characters become their pictures ("␛"), C1 controls and bytes that are not
// UTF-8 become "\ufffd", invisible and direction-changing characters "▫".
// The joiners that emoji and several scripts need stay. The result is valid
// UTF-8, and Text of it is itself.
//
// Text of the parts is the parts of Text when no cut separates the bytes of one
// character or a CR from its LF; see [Whole].
func Text(s string) string {
	i := clean(s, 0)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8 + 16)
	start := 0
	for i < len(s) {
		b.WriteString(s[start:i])
		mark, size := replacement(s[i:])
		b.WriteString(mark)
		start = i + size
		i = clean(s, start)
	}
	b.WriteString(s[start:])
	return b.String()
}

// Whole returns the length of the longest beginning of s that can be given to
// [Text] before the rest is known: without a last CR, and without the bytes of
// a character that is not complete.
func Whole(s string) int {
	n := len(s)
	if n > 0 && s[n-1] == '\r' {
		return n - 1
	}
	for back := 1; back < utf8.UTFMax && back <= n; back++ {
		if c := s[n-back]; utf8.RuneStart(c) {
			if !utf8.FullRuneInString(s[n-back:]) {
				return n - back
			}
			break
		}
	}
	return n
}

// clean returns the place of the first character at or after i that has to be
// replaced, len(s) if there is none.
func clean(s string, i int) int {
	for i < len(s) {
		c := s[i]
		if c-0x20 < 0x5f || c == '\n' || c == '\t' { // printable ASCII: nearly always
			i++
			continue
		}
		if c < utf8.RuneSelf {
			return i
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 || !visible(r) {
			return i
		}
		i += size
	}
	return i
}

// replacement returns what stands for the first character of s, which is not
// clean, and how many bytes of s it stands for.
func replacement(s string) (mark string, size int) {
	switch c := s[0]; {
	case c == '\r' && len(s) > 1 && s[1] == '\n':
		return "\n", 2
	case c == '\r':
		return "\n", 1
	case c < utf8.RuneSelf:
		return picture(c), 1
	}
	r, size := utf8.DecodeRuneInString(s)
	return stand(r, size), size
}

// picture returns the sign for an ASCII control character, as Unicode has it.
func picture(c byte) string {
	if c == 0x7f {
		return "␡"
	}
	return string(rune('␀') + rune(c))
}

// stand returns what stands for a character beyond ASCII that must not be shown.
func stand(r rune, size int) string {
	if size == 1 || r < 0xa0 { // not UTF-8, or a C1 control
		return "\ufffd"
	}
	return "▫"
}
