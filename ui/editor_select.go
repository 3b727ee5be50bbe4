package ui

// span is what is selected, else the place of the cursor twice.
func (e *editor) span() (from, to editorPos) {
	switch {
	case !e.marked:
		return e.at, e.at
	case e.mark.before(e.at):
		return e.mark, e.at
	}
	return e.at, e.mark
}

// selected is the text that is selected, chips expanded.
func (e *editor) selected() string {
	from, to := e.span()
	return e.glyphs.expand(e.between(from, to))
}

// selects reports whether anything is selected.
func (e *editor) selects() bool { return e.marked && e.mark != e.at }

// extend selects from the other end of the selection, or else from the cursor, to
// where a motion leads.
func (e *editor) extend(op editOp) {
	mark, at := e.at, e.at
	if e.marked {
		mark = e.mark
	}
	e.marked = false // lest left and right go to its ends
	e.do(op)
	if e.at == at { // no row is beyond: then as far as the text goes
		switch op {
		case opUp:
			e.move(e.start())
		case opDown:
			e.move(e.end())
		default:
		}
	}
	e.mark, e.marked = mark, true
}

func (e *editor) selectAll() {
	if !e.single {
		e.move(e.end())
		e.mark, e.marked = e.start(), true
	}
}
