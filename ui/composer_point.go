package ui

// The mouse in the input: a click puts the cursor there, a drag selects, two clicks
// select a word and three the line.

// placeAt is the place of the text that is nearest to a cell of a view of this size.
func (c *composer) placeAt(width, height, x, y int) editorPos {
	before, row := composerColumns(width)
	e := &c.editor
	e.setWidth(row)
	r, _ := e.window(height)
	if y < 0 {
		r = e.back(r, 1)
	}
	for range min(y, height) {
		next, ok := e.rowAfter(r)
		if !ok {
			break
		}
		r = next
	}
	return e.inRow(r, max(0, x-before))
}

// press puts the cursor to a cell, or selects there, and is the place where a drag
// begins.
func (c *composer) press(width, height, x, y int, what unit) editorPos {
	e, at := &c.editor, c.placeAt(width, height, x, y)
	e.forget()
	e.at = at
	switch what {
	case byWord:
		e.mark, e.at, e.marked = e.runBefore(at), e.runAfter(at), true
	case byPart:
		e.mark, e.at, e.marked = editorPos{at.line, 0}, editorPos{at.line, len(e.lines[at.line].text)}, true
	case byCell:
	}
	return at
}

// drag selects from a place to a cell.
func (c *composer) drag(width, height, x, y int, from editorPos) {
	e, at := &c.editor, c.placeAt(width, height, x, y)
	e.forget()
	e.mark, e.at, e.marked = from, at, at != from
}

// runBefore is the beginning of the characters of one class around a place, runAfter
// their end.
func (e *editor) runBefore(p editorPos) editorPos {
	for p.off > 0 && e.class(e.before(p)) == e.class(p) {
		p = e.before(p)
	}
	return p
}

func (e *editor) runAfter(p editorPos) editorPos {
	for was := e.class(p); p.off < len(e.lines[p.line].text) && e.class(p) == was; {
		p = e.after(p)
	}
	return p
}
