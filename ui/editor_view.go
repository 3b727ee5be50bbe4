package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// editorSpan is a part of a row as it appears; a chip's label is one by itself.
type editorSpan struct {
	text string
	chip bool
}

// height is how many rows the text takes, as far as they are at most limit.
func (e *editor) height(limit int) int {
	n := 0
	for i := range e.lines {
		if n += len(e.rows(i)); n >= limit {
			return limit
		}
	}
	return n
}

// window is the first of height rows that show the cursor, which is in the y-th
// of them. It moves no further from the window before than it must.
func (e *editor) window(height int) (top editorRow, y int) {
	cursor := e.rowOf(e.at)
	top = e.rowOf(e.inside(e.top))
	if lowest := e.back(cursor, height-1); top.before(lowest) {
		top = lowest
	}
	if cursor.before(top) {
		top = cursor
	}
	top = e.back(top, height-e.count(top, height)) // no empty rows below while there is text above
	for r := top; r != cursor; y++ {
		r, _ = e.rowAfter(r)
	}
	return top, y
}

// show makes r the first row that is drawn, for the next window to begin with.
func (e *editor) show(r editorRow) {
	from, _ := e.bounds(r)
	e.top = editorPos{r.line, from}
}

// inside is the nearest place to p that exists.
func (e *editor) inside(p editorPos) editorPos {
	if p.line >= len(e.lines) {
		return e.end()
	}
	return editorPos{p.line, min(p.off, len(e.lines[p.line].text))}
}

// back is n rows above r, or as many as there are.
func (e *editor) back(r editorRow, n int) editorRow {
	for ; n > 0; n-- {
		above, ok := e.rowBefore(r)
		if !ok {
			break
		}
		r = above
	}
	return r
}

// count is how many rows there are from r on, up to limit.
func (e *editor) count(r editorRow, limit int) int {
	n := 1
	for ; n < limit; n++ {
		below, ok := e.rowAfter(r)
		if !ok {
			break
		}
		r = below
	}
	return n
}

// spans is how a row appears, and its width in cells.
func (e *editor) spans(r editorRow) ([]editorSpan, int) {
	from, to := e.bounds(r)
	return e.draw(e.lines[r.line].text[from:to])
}

// draw is how a text appears that begins a row, and its width in cells: that of
// its characters measured one by one, whatever they do to one another.
func (e *editor) draw(text string) ([]editorSpan, int) {
	if editorPlain(text) {
		return []editorSpan{{text: text}}, len(text)
	}
	spans, width := e.drawAll(text, false)
	var all strings.Builder
	for _, s := range spans {
		all.WriteString(s.text)
	}
	if ansi.StringWidth(all.String()) != width {
		return e.drawAll(text, true)
	}
	return spans, width
}

// editorPlain reports whether text is printable ASCII.
func editorPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return text != ""
}

// drawAll makes the spans; apart replaces by a mark all that might join with
// what is beside it.
func (e *editor) drawAll(text string, apart bool) (spans []editorSpan, x int) {
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			spans = append(spans, editorSpan{text: b.String()})
			b.Reset()
		}
	}
	for text != "" {
		size, cells := e.measure(text, x)
		if c, ok := e.glyphs.chipAt(text); ok && c.label != "" {
			flush()
			spans = append(spans, editorSpan{editorFit(c.label, cells), true})
		} else {
			b.WriteString(e.drawOne(text[:size], cells, apart))
		}
		x += cells
		text = text[size:]
	}
	flush()
	return spans, x
}

// drawOne is how one character appears in that many cells.
func (e *editor) drawOne(cluster string, cells int, apart bool) string {
	switch {
	case cluster == "\t":
		return strings.Repeat(" ", cells)
	case editorPlain(cluster):
		return cluster
	case apart:
		return strings.Repeat("▫", cells)
	}
	return editorFit(e.glyphs.show(cluster), cells)
}

// editorFit makes s as wide as cells, if it is wider.
func editorFit(s string, cells int) string {
	if ansi.StringWidth(s) <= cells {
		return s
	}
	s = ansi.Truncate(s, cells, "…")
	return s + strings.Repeat(" ", max(0, cells-ansi.StringWidth(s)))
}

// line is the line of the cursor in at most width cells, moved so that the cursor
// shows, and the cell of the cursor. It is for texts of one line.
func (e *editor) line(width int) (shown string, x int) {
	width = max(1, width)
	text, from := e.lines[e.at.line].text, e.at
	for from.off > 0 {
		back := e.before(from)
		_, cells := e.measure(text[back.off:], 0)
		if x+cells > width-1 {
			break
		}
		x += cells
		from = back
	}
	to, used := from.off, 0
	for to < len(text) {
		size, cells := e.measure(text[to:], 0)
		if used+cells > width {
			break
		}
		used += cells
		to += size
	}
	spans, _ := e.draw(text[from.off:to])
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String(), x
}
