package ui

import (
	"slices"
	"sort"

	"github.com/charmbracelet/x/ansi"
)

// editorLine is a logical line and where its rows begin, which is known for one
// width at a time, from the beginning as far as somebody asked, and kept up to
// date by edits.
type editorLine struct {
	text  string
	width int   // that rows is for; 0: none
	rows  []int // the first is 0
	whole bool  // rows is all of them
}

// editorRow is one row of the wrapped text.
type editorRow struct{ line, row int }

func (r editorRow) before(s editorRow) bool {
	return r.line < s.line || r.line == s.line && r.row < s.row
}

// setWidth says how wide rows are, cells. Lines are wrapped when they are looked at.
func (e *editor) setWidth(width int) { e.width = max(1, width) }

// setMethod says how cells are counted. The renderer counts by characters once the
// terminal has said that it does, else by code points.
func (e *editor) setMethod(method ansi.Method) {
	if e.glyphs.method == method {
		return
	}
	e.glyphs.method = method
	for i := range e.lines {
		e.lines[i].width = 0
	}
}

// rows is where the rows of a line begin: at least the first most of them, and one
// behind a place in the line, if there are as many.
func (e *editor) rows(line, most, off int) []int {
	l := &e.lines[line]
	if l.width != e.width {
		l.width, l.whole = e.width, false
		l.rows = append(l.rows[:0], 0)
	}
	if last := len(l.rows) - 1; !l.whole && (last+1 < most || l.rows[last] <= off) {
		l.rows, l.whole = e.glyphs.wrap(l.text, l.rows, e.width, func(rows, start int) bool {
			return rows >= most && start > off
		})
	}
	return l.rows
}

// hasRow reports whether a row exists.
func (e *editor) hasRow(r editorRow) bool {
	return r.line < len(e.lines) && r.row < len(e.rows(r.line, r.row+1, 0))
}

// measure is the length in bytes of the first character of s and the cells that
// it takes at column x of a row: never more than a row has.
func (e *editor) measure(s string, x int) (size, cells int) {
	size, cells = e.glyphs.next(s, x)
	return size, min(cells, e.width)
}

// rowOf is the row that a place is drawn in.
func (e *editor) rowOf(p editorPos) editorRow {
	rows := e.rows(p.line, 1, p.off)
	return editorRow{p.line, sort.SearchInts(rows, p.off+1) - 1}
}

// bounds is where a row begins and ends in its line.
func (e *editor) bounds(r editorRow) (from, to int) {
	rows := e.rows(r.line, r.row+2, 0)
	if r.row+1 < len(rows) {
		return rows[r.row], rows[r.row+1]
	}
	return rows[r.row], len(e.lines[r.line].text)
}

// wrap continues rows, whose last begins a row, until the end of the text or until
// it is enough, which is asked with the number of rows and where the last begins.
func (g *editorGlyphs) wrap(text string, rows []int, width int, enough func(rows, start int) bool) (_ []int, whole bool) {
	for from := rows[len(rows)-1]; from < len(text); {
		if enough(len(rows), from) {
			return rows, false
		}
		to, full := g.rowEnd(text, from, width)
		if to == len(text) && !full {
			break
		}
		rows = append(rows, to)
		from = to
	}
	return rows, true
}

// rowEnd is where the row that begins at from ends: behind the last blank or wide
// character that fits, else behind the last character. One blank may hang over,
// where the cell for the cursor is; full says that it does, so that a cursor
// behind it needs another row.
//
// It depends on no more of the text than the character that does not fit.
func (g *editorGlyphs) rowEnd(text string, from, width int) (to int, full bool) {
	x, to := 0, -1
	for i := from; i < len(text); {
		size, cells := g.next(text[i:], x)
		cells = min(cells, width)
		if x+cells > width {
			switch {
			case size == 1 && text[i] == ' ':
				return i + 1, true
			case to > from:
				return to, false
			}
			return i, false
		}
		x += cells
		i += size
		if cells > 1 || text[i-1] == ' ' || text[i-1] == '\t' {
			to = i
		}
	}
	return len(text), false
}

// editorReach is how many rows before an edit may end elsewhere because of it: a
// row looks one word ahead, which fills at most the next row and one character.
const editorReach = 4

// editorRejoin is how many rows behind an edit are wrapped again to find one that
// begins where one began before; then the rest is as it was, else it is not known.
const editorRejoin = 16

// rewrap brings the rows of a line up to date after text[from:from+cut] became
// text[from:from+put]. Only rows near the edit are wrapped again.
func (e *editor) rewrap(line, from, cut, put int) {
	l := &e.lines[line]
	if l.width != e.width {
		return
	}
	keep := max(0, sort.SearchInts(l.rows, from+1)-1-editorReach) + 1
	before, whole := l.rows, l.whole
	rejoin, tries := -1, 0
	fresh, end := e.glyphs.wrap(l.text, []int{before[keep-1]}, e.width, func(_, start int) bool {
		if start < from+put {
			return false
		}
		tries++
		if at, found := slices.BinarySearch(before, start-put+cut); found && at >= keep {
			rejoin = at
		}
		return rejoin >= 0 || tries > editorRejoin
	})
	if rejoin < 0 {
		l.rows, l.whole = append(before[:keep], fresh[1:]...), end
		return
	}
	for i := rejoin; i < len(before); i++ {
		before[i] += put - cut
	}
	l.rows, l.whole = slices.Replace(before, keep, rejoin+1, fresh[1:]...), whole
}
