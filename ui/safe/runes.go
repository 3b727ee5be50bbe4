package safe

import "unicode"

// visible reports whether a character beyond ASCII is one that a reader sees
// and that leaves the order of the others alone.
func visible(r rune) bool {
	switch {
	case r < 0xa0: // C1 controls: some terminals obey them in UTF-8
		return false
	case r < 0x0600:
		return r != 0xad && r != 0x034f // soft hyphen, grapheme joiner
	case r < 0x1000:
		return r != 0x061c // Arabic letter mark; the other format characters here are drawn
	case r < 0x2000:
		return r != 0x115f && r != 0x1160 && !(r >= 0x17b4 && r <= 0x17b5) && r != 0x180e // fillers
	case r < 0x2070:
		return general(r)
	case r < 0xe000:
		return r != 0x3164 // Hangul filler
	}
	return high(r)
}

// general is for the block of general punctuation, where the spaces, the
// joiners and the controls of direction are.
func general(r rune) bool {
	switch {
	case r == 0x200c, r == 0x200d: // joiners: emoji, Persian, Indic scripts
		return true
	case r == 0x200b, r == 0x200e, r == 0x200f: // zero-width space, direction marks
		return false
	case r >= 0x2028 && r <= 0x202e: // line and paragraph separator, embeddings, overrides
		return false
	}
	return r < 0x2060 // from there: word joiner, invisible operators, isolates
}

// high is for what lies beyond the surrogates.
func high(r rune) bool {
	switch {
	case r == 0xfeff, r == 0xffa0, r >= 0xfff9 && r <= 0xfffb: // byte order mark, filler, interlinear marks
		return false
	case r >= 0xe0000 && r <= 0xe0fff: // tags and variation selectors: a text within the text
		return false
	case r&0xfffe == 0xfffe: // not characters
		return false
	case r < 0x10000 || r >= 0x1f000 && r <= 0x1faff: // ordinary letters, emoji
		return true
	}
	return !unicode.Is(unicode.Cf, r) || r == 0x110bd || r == 0x110cd // Kaithi number signs are drawn
}
