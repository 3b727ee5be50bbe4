package safe

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// bytesPerCell bounds what is looked at for one line: a cell may hold a letter
// with many marks, but not a document.
const bytesPerCell = 64

// Line makes s one safe line of at most maxCells cells: [Text], [Apart], white space
// folded to single blanks, and "…" at the end of what had to be cut. It has room in
// terminals that add up the parts of a character and in those that do not.
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
	line := strings.Join(strings.Fields(Apart(Text(s))), " ")
	return Cut(line, maxCells, "…")
}

// Cut is at most that many cells of a line that may have our own styles, with tail at
// the end of what had to be cut.
func Cut(line string, cells int, tail string) string {
	if ansi.StringWidthWc(line) <= cells {
		return line
	}
	// The library lets pass what has room where the parts of a character are not
	// added up. With the blanks, which are cut off again, it has none.
	return ansi.TruncateWc(line+strings.Repeat(" ", max(0, cells)+1), cells, tail)
}
