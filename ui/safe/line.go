package safe

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// bytesPerCell bounds what is looked at for one line: a cell may hold a letter
// with many marks, but not a document.
const bytesPerCell = 64

// Line makes s one safe line of at most maxCells cells: [Text], white space
// folded to single blanks, and "…" at the end of what had to be cut.
func Line(s string, maxCells int) string {
	if maxCells <= 0 {
		return ""
	}
	if limit := bytesPerCell * (maxCells + 1); len(s) > limit {
		for limit > 0 && !utf8.RuneStart(s[limit]) {
			limit--
		}
		s = s[:limit] + "…"
	}
	line := strings.Join(strings.Fields(Text(s)), " ")
	return ansi.Truncate(line, maxCells, "…")
}
