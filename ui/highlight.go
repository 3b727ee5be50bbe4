package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/markdown"
)

// codeBudget is how many bytes of code a frame colours itself: several times
// what a fast stream brings in one, and some 5 ms. More is laid out plain and
// coloured beside the loop.
const codeBudget = 2 << 10

// colour begins the work for the code nearest to the reader, if none is under
// way: one at a time, so that what is scrolled out of view meanwhile is not begun.
func (m *Model) colour() tea.Cmd {
	if m.colouring {
		return nil
	}
	work := m.transcript.uncoloured()
	if work == nil {
		return nil
	}
	m.colouring = true
	return func() tea.Msg { return colouredMsg{work.Do()} }
}

// onColoured shows the colours that were found.
func (m *Model) onColoured(msg colouredMsg) {
	m.colouring = false
	m.transcript.painter.Take(msg.found)
	for _, it := range m.transcript.items {
		it.dirty = it.dirty || it.pending()
	}
}

// uncoloured is the work for the code in the window; if there is none, for that
// less than a window away.
func (t *transcript) uncoloured() *markdown.Work {
	if w := t.uncolouredWithin(0); w != nil {
		return w
	}
	return t.uncolouredWithin(t.height)
}

// uncolouredWithin is the work for the code in the window and some rows around it.
func (t *transcript) uncolouredWithin(around int) *markdown.Work {
	row := -t.top.row // of the item's first, in the window
	for i := t.top.item; i < len(t.items) && row < t.height+around; i++ {
		if w := t.work(i, -around-row, t.height+around-row); w != nil {
			return w
		}
		row += len(t.items[i].rows)
	}
	row = -t.top.row
	for i := t.top.item - 1; i >= 0 && row > -around; i-- {
		row -= len(t.items[i].rows)
		if w := t.work(i, -around-row, t.height+around-row); w != nil {
			return w
		}
	}
	return nil
}

// work is the work for the code in some rows of an item, if it was drawn before.
// It is drawn again if colours came, or it would ask for the same again.
func (t *transcript) work(i, from, to int) *markdown.Work {
	it := t.items[i]
	if it.pending() && it.dirty {
		t.rows(i)
	}
	if !it.pending() {
		return nil
	}
	return it.stream.Work(from-it.above, to-it.above)
}

// pending reports whether colours of the item are to come.
func (it *item) pending() bool { return it.stream != nil && it.stream.Pending() }

// over reports whether the stream is not needed any more: all text and all
// colours are there.
func (it *item) over() bool { return it.msg.State != chat.Pending && !it.pending() }
