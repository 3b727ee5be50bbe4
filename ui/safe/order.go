package safe

import (
	"strings"
	"unicode"
)

// leftToRight is the mark that ends what runs from right to left. It has no width.
const leftToRight = "\u200e"

// Ordered is a text of one line, as [Line] gives it, behind which more stands in its
// row. Terminals that set Hebrew and Arabic from right to left would take figures
// behind such a text for a part of it, and a row that begins with it for one that
// runs to the left: the marks keep either from it.
func Ordered(line string) string {
	if strings.IndexFunc(line, fromRight) < 0 {
		return line
	}
	return leftToRight + line + leftToRight
}

// Unordered is a text without those marks.
func Unordered(text string) string { return strings.ReplaceAll(text, leftToRight, "") }

// fromRight reports whether a character belongs to a script from right to left.
func fromRight(r rune) bool {
	switch {
	case r < 0x590:
		return false
	case r < 0x900, r >= 0xfb1d && r <= 0xfdff, r >= 0xfe70 && r <= 0xfefc: // Hebrew to Arabic, and their presentation forms
		return !unicode.Is(unicode.Mn, r)
	}
	return r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff // those no longer in use, and of today Adlam and Rohingya
}
