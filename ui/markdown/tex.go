package markdown

import (
	"strings"
	"unicode/utf8"

	"groqchat/ui/safe"
)

// The mathematics of an answer is written in TeX, which a terminal can show
// only as text. What has a form that a reader takes for what is meant is shown
// in it: x² + y² ≤ r². What has none stays as it was written: a formula that
// says something else is worse than one that has to be deciphered.
//
//   - The parser (texparse.go, texcommand.go, texgrid.go) makes a tree of the
//     tokens (texscan.go). Whatever it does not know ends it.
//   - The layout (texlayout.go, texrow.go, texscript.go, texbox.go) makes text of
//     the tree. It sets parentheses where TeX has height: \frac{a+b}{c} is
//     (a+b)/c, and it is (a/b) where something stands beside it.
//   - The symbols are tables of words (texsymbols.go, texletters.go).
//
// Rules that could have been others: ½, ¼ and ¾ are signs, as every font has
// them, other fractions are 1/3; a script that has no signs of its own is
// x^(a+b), x_max; a vector is bold, as not all terminals draw the arrow; a grid
// is drawn over several lines where a formula has lines of its own, and is
// (a, b; c, d) within text.

// The bounds of a formula. Beyond them it is shown as it was written.
const (
	maxTex      = 8 << 10  // of its source, in bytes
	maxTexText  = 32 << 10 // of what it becomes
	maxTexDepth = 40
	maxTexRows  = 100
	maxTexCells = 30 // in a row
)

// texUnicode is a formula as text: one line, or several if it has lines of its
// own. It reports false if any part of it is not understood.
func texUnicode(src string, display bool) (lines []string, ok bool) {
	if len(src) > maxTex || !utf8.ValidString(src) {
		return nil, false
	}
	p := texParser{src: src}
	n := p.formula()
	if p.bad {
		return nil, false
	}
	l := texLayout{}
	mode := texMode{tall: display}
	lines = l.formula(n, mode)
	if l.bad {
		return nil, false
	}
	return texTidy(lines)
}

// texTidy makes the lines safe, and refuses a formula that shows nothing.
func texTidy(lines []string) ([]string, bool) {
	size := 0
	for i, s := range lines {
		lines[i] = strings.TrimRight(safe.Text(s), " ")
		size += len(lines[i])
	}
	return lines, size > 0 && size <= maxTexText
}
