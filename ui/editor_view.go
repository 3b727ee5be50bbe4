package ui

import "strings"

// editorSpan is a part of a row as it appears; a chip's label is one by itself.
type editorSpan struct {
	text     string
	chip     bool
	selected bool
}

// height is how many rows the text takes, as far as they are at most limit.
func (e *editor) height(limit int) int {
	n := 0
	for i := range e.lines {
		if n += len(e.rows(i, limit-n, 0)); n >= limit {
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

// spans is how a row appears, and its width in cells. A line break that is selected
// is a cell, if there is room.
func (e *editor) spans(r editorRow) ([]editorSpan, int) {
	from, to := e.bounds(r)
	text := e.lines[r.line].text
	first, last := e.selectedIn(r.line)
	spans, width := e.draw(text[from:to], max(0, first-from), min(last, to)-from)
	if last > len(text) && to == len(text) && width <= e.width {
		spans = append(spans, editorSpan{text: " ", selected: true})
		width++
	}
	return spans, width
}

// selectedIn is what of a line is selected, from byte to byte; more than the line
// has if its line break is.
func (e *editor) selectedIn(line int) (first, last int) {
	from, to := e.span()
	if !e.selects() || line < from.line || line > to.line {
		return 0, 0
	}
	if line == from.line {
		first = from.off
	}
	if last = to.off; line < to.line {
		last = len(e.lines[line].text) + 1
	}
	return first, last
}

// draw is how a text appears that begins a row, selected from byte to byte, and its
// width in cells: that of its characters measured one by one, whatever they do to
// one another.
func (e *editor) draw(text string, first, last int) ([]editorSpan, int) {
	if editorPlain(text) {
		return editorCut(text, first, last), len(text)
	}
	spans, width := e.drawAll(text, first, last, false)
	var all strings.Builder
	for _, s := range spans {
		all.WriteString(s.text)
	}
	if e.glyphs.cells(all.String()) != width {
		return e.drawAll(text, first, last, true)
	}
	return spans, width
}

// editorCut is a text in up to three spans.
func editorCut(text string, first, last int) []editorSpan {
	if first >= last {
		return []editorSpan{{text: text}}
	}
	var spans []editorSpan
	for _, s := range []editorSpan{{text: text[:first]}, {text: text[first:last], selected: true}, {text: text[last:]}} {
		if s.text != "" {
			spans = append(spans, s)
		}
	}
	return spans
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
func (e *editor) drawAll(text string, first, last int, apart bool) (spans []editorSpan, x int) {
	var b strings.Builder
	chosen := false
	flush := func() {
		if b.Len() > 0 {
			spans = append(spans, editorSpan{text: b.String(), selected: chosen})
			b.Reset()
		}
	}
	for i := 0; i < len(text); {
		size, cells := e.measure(text[i:], x)
		if now := i >= first && i < last; now != chosen {
			flush()
			chosen = now
		}
		if c, ok := e.glyphs.chipAt(text[i:]); ok && c.label != "" {
			flush()
			spans = append(spans, editorSpan{e.glyphs.fit(c.label, cells), true, chosen})
		} else {
			b.WriteString(e.drawOne(text[i:i+size], cells, apart))
		}
		x += cells
		i += size
	}
	flush()
	return spans, x
}

// drawOne is how one character appears in that many cells.
func (e *editor) drawOne(cluster string, cells int, apart bool) string {
	switch {
	case cluster == "\t":
		return strings.Repeat(" ", cells)
	case editorPlain(cluster), editorIdeograph(cluster) == len(cluster) && cells > 1:
		return cluster
	case apart:
		return strings.Repeat("▫", cells)
	}
	return e.glyphs.fit(e.glyphs.show(cluster), cells)
}

// fit makes s as wide as cells, if it is wider.
func (g *editorGlyphs) fit(s string, cells int) string {
	if g.cells(s) <= cells {
		return s
	}
	s = g.method.Truncate(s, cells, "…")
	return s + strings.Repeat(" ", max(0, cells-g.cells(s)))
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
	spans, _ := e.draw(text[from.off:to], 0, 0)
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String(), x
}
