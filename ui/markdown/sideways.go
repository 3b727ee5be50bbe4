package markdown

import "strings"

// Code whose long lines are left whole is seen through a window that can be moved
// sideways, all blocks at once: marks stand where a line goes on.
const (
	leftMark  = " ‹ "
	rightMark = "›"
)

// WithWholeCode leaves long lines of code whole and shows them from a column on.
// Without it they are broken. Where there is too little room for marks, they are
// broken anyway.
func WithWholeCode(from int) Option {
	return func(r *Renderer) { r.wholeCode, r.codeFrom = true, max(0, from) }
}

// CodeBeyond returns the furthest column from which some line of the code that was
// laid out ends in its window: moving further shows nothing more.
func (r *Renderer) CodeBeyond() int { return r.codeBeyond }

// window is the columns of a line that are shown.
type window struct{ from, to int }

// slide lays out the part of a line of code that is in the window.
func (c *code) slide(text string, styles []styled) string {
	room := c.width - c.indent
	total := c.r.cells(c.r.expandTabs(text))
	c.r.codeBeyond = max(c.r.codeBeyond, total-room)
	v := window{c.r.codeFrom, c.r.codeFrom + room}
	if total > v.to {
		v.to--
	}
	var w lineWriter
	if v.from > 0 && total > 0 {
		w.write(piece{c.r.looks.border, leftMark})
	} else {
		w.write(piece{"", strings.Repeat(" ", c.indent)})
	}
	column := 0
	for at := 0; at < len(text) && column < v.to; {
		for at >= styles[0].end {
			styles = styles[1:]
		}
		shown, cells, n := c.r.glyphRun(text[at:], column, styles[0].end-at)
		w.write(piece{styles[0].style, v.part(shown, column, cells)})
		column += cells
		at += n
	}
	if total > v.to {
		w.space("", v.to-max(v.from, min(column, v.to)))
		w.write(piece{c.r.looks.border, rightMark})
	}
	return w.line()
}

// part is what is in the window of a character, or of ASCII, at a column. A
// character at its edge is a blank for each cell that is within.
func (v window) part(shown string, column, cells int) string {
	before, behind := max(0, v.from-column), max(0, column+cells-v.to)
	switch {
	case cells == 0 && column > v.from && column <= v.to:
		return shown
	case before+behind >= cells:
		return ""
	case before+behind == 0:
		return shown
	case len(shown) == cells:
		return shown[before : cells-behind]
	}
	return strings.Repeat(" ", cells-before-behind)
}
