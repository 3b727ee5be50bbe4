package ui

import (
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/markdown"
)

// The mouse marks what is said in a transcript, and what stands in an overlay: by
// cells, by words after a second click, by paragraphs after a third. What is marked
// is copied when the button is released. Its ends are places of the text, so that it
// stays where the words are while more comes.

// point is a cell of a row as it stands in the window, from 0.
type point struct {
	place
	x int
}

// unit is what is marked at once.
type unit int

const (
	byCell unit = iota + 1
	byWord
	byPart
)

// marking is what is marked; the zero value is nothing.
type marking struct {
	on       bool
	unit     unit
	from, to point // where it was pressed, and where the mouse is
	a, b     point // the first cell that is marked, and the last one
}

// farRight is a cell right of every row.
const farRight = 1 << 20

func (p point) before(q point) bool {
	if p.place != q.place {
		return p.place.before(q.place)
	}
	return p.x < q.x
}

// pointAt is what stands at a cell of the window; ok is false below the text.
func (t *transcript) pointAt(x, y int) (p point, ok bool) {
	row := 0
	for at := t.top; at.item < len(t.items) && row < t.height; at = t.after(at) {
		n := len(t.rows(at.item, at.part)) - at.row
		if y < row+n {
			return point{place{at.item, at.part, at.row + max(0, y-row)}, x}, true
		}
		row += n
	}
	return point{}, false
}

// drawnRow is a row without its looks, as it stands in the window.
func (t *transcript) drawnRow(p place) string { return unstyled(t.styledRow(p)) }

// styledRow is a row as it stands in the window.
func (t *transcript) styledRow(p place) string {
	rows := t.rows(p.item, p.part)
	if p.row >= len(rows) {
		return ""
	}
	return t.items[p.item].draw(nil, p.part, rows[p.row:p.row+1])[0]
}

// markable is rows of text that the mouse marks.
type markable interface {
	// drawnRow is a row without its looks, as it stands in the window.
	drawnRow(p place) string
	// around is the first and the last row of what a third click marks.
	around(p place) (first, last int)
	// method is how cells are counted.
	method() ansi.Method
}

// around is the rows of a part.
func (t *transcript) around(p place) (first, last int) {
	return 0, max(0, len(t.rows(p.item, p.part))-1)
}

func (t *transcript) method() ansi.Method { return t.widths }

// extend marks to a point, in whole units.
func (s *marking) extend(on markable, to point) {
	s.to, s.a, s.b = to, s.from, to
	if s.b.before(s.a) {
		s.a, s.b = s.b, s.a
	}
	switch s.unit {
	case byWord:
		s.a.x, _ = wordAt(on.drawnRow(s.a.place), s.a.x, on.method())
		_, s.b.x = wordAt(on.drawnRow(s.b.place), s.b.x, on.method())
	case byPart:
		s.a.row, _ = on.around(s.a.place)
		_, s.b.row = on.around(s.b.place)
		s.a.x, s.b.x = 0, farRight
	case byCell:
	}
	s.on = s.on || s.unit != byCell || s.from != to
}

// wordAt is the first and the last cell of the word at a cell of a row: of letters
// and digits, or of other signs without a blank.
func wordAt(row string, x int, widths ansi.Method) (from, to int) {
	column, class, found := 0, 0, false
	for row != "" {
		piece, cells, n, _ := widths.DecodeSequenceInString(row, ansi.NormalState, nil)
		row = row[n:]
		if is := classOf(piece); is != class {
			if found {
				return from, to
			}
			from, class = column, is
		}
		column += cells
		to = column - 1
		found = found || column > x
	}
	if !found {
		return x, x
	}
	return from, to
}

func classOf(piece string) int {
	switch r, _ := utf8.DecodeRuneInString(piece); {
	case r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
		return 1
	case unicode.IsSpace(r):
		return 2
	}
	return 3
}

// cells is the cells of a row that are marked, from one up to another; ok is false
// if none is.
func (s *marking) cells(p place) (from, to int, ok bool) {
	if !s.on || p.before(s.a.place) || s.b.place.before(p) {
		return 0, 0, false
	}
	from, to = leftMargin, farRight
	if p == s.a.place {
		from = max(from, s.a.x)
	}
	if p == s.b.place {
		to = s.b.x + 1
	}
	return from, to, from < to
}

// showMarked shows what is marked in rows that are drawn from a place on.
func (t *transcript) showMarked(rows []string, at place) {
	for i, row := range rows {
		if from, to, ok := t.marked.cells(place{at.item, at.part, at.row + i}); ok && row != "" {
			rows[i] = restyled(row, from, to, t.look.styles.Marked, t.widths)
		}
	}
}

// codeAt is the code whose first line a place is.
func (t *transcript) codeAt(p place) (code markdown.Code, ok bool) {
	it := t.items[p.item]
	if !it.isBlock(p.part) || !it.doc.Coded(p.part-1) {
		return code, false
	}
	before, row := 0, t.drawnRow(p)
	for part := range p.part {
		if it.isBlock(part) && it.doc.Coded(part-1) {
			before++
		}
	}
	for _, c := range markdown.Codes(it.msg.Content) {
		if c.Number > before && isHeader(row, c.Number) {
			return c, true
		}
	}
	return code, false
}
