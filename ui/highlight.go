package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/ui/markdown"
)

// codeBudget is how many bytes of code a frame colours itself: several times
// what a fast stream brings in one, and some 5 ms. More is laid out plain and
// coloured beside the loop.
const codeBudget = 2 << 10

// colour begins the work for the code nearest to the reader, if none is under
// way: one at a time, so that what is scrolled out of view meanwhile is not begun.
func (m *Model) colour() tea.Cmd {
	if m.colouring || !m.changed {
		return nil
	}
	work := m.transcript.uncoloured()
	if race, ok := m.over.(*raceView); ok {
		work = race.uncoloured()
	}
	if work == nil {
		return nil
	}
	m.colouring = true
	return func() tea.Msg { return colouredMsg{work.Do()} }
}

// onColoured takes the colours that were found, for whatever shows that code.
func (m *Model) onColoured(msg colouredMsg) {
	m.colouring = false
	m.transcript.painter.Take(msg.found)
}

// uncoloured is the work for the code in the window; if there is none, for that
// less than a window away, below and then above.
func (t *transcript) uncoloured() *markdown.Work {
	if len(t.items) == 0 || t.width == 0 {
		return nil
	}
	if w := t.uncolouredBelow(t.height); w != nil {
		return w
	}
	if w := t.uncolouredBelow(2 * t.height); w != nil {
		return w
	}
	return t.uncolouredAbove(t.height)
}

// uncolouredBelow is the work for the code in so many rows from the top on, as far
// as they are there.
func (t *transcript) uncolouredBelow(rows int) *markdown.Work {
	row := -t.top.row // of the part's first, in the window
	for p := (place{t.top.item, t.top.part, 0}); p.item < len(t.items) && row < rows && t.cheap(p); p = t.after(p) {
		lines, patch := t.part(p.item, p.part)
		if w := patch.Work(-row, rows-row); w != nil {
			return w
		}
		row += len(lines)
	}
	return nil
}

// uncolouredAbove is the work for the code in so many rows above the top, as far
// as they are there.
func (t *transcript) uncolouredAbove(rows int) *markdown.Work {
	row := -t.top.row
	if w := t.work(t.top, -rows-row, -row); w != nil {
		return w
	}
	for p := t.top; row > -rows && t.known(p); {
		p, _ = t.previous(p)
		row -= p.row
		if w := t.work(p, -rows-row, -row); w != nil {
			return w
		}
	}
	return nil
}

// work is the work for the code in some rows of a part that is there.
func (t *transcript) work(p place, from, to int) *markdown.Work {
	if !t.cheap(p) {
		return nil
	}
	_, patch := t.part(p.item, p.part)
	return patch.Work(from, to)
}

// known reports whether the part before the one of a place is there.
func (t *transcript) known(p place) bool {
	switch {
	case p.part > 0:
		return t.cheap(place{p.item, p.part - 1, 0})
	case p.item == 0 || t.items[p.item-1].closed():
		return false
	}
	return t.cheap(place{p.item - 1, t.parts(p.item-1) - 1, 0})
}
