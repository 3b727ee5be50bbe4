package ui

import (
	tea "charm.land/bubbletea/v2"
)

// overlay is what may stand over the transcript and then gets the keys first.
type overlay interface {
	// update takes a key; it returns the overlay that is open from now on, nil
	// to close, and what to do.
	update(m *Model, msg tea.KeyPressMsg) (overlay, action)
	// paste takes pasted text.
	paste(text string)
	// whole reports whether it wants all of the window.
	whole() bool
	// view is at most height rows of at most width cells. The cursor is where
	// text is typed, relative to the first row; ok is false when there is none.
	view(m *Model, width, height int) (rows []string, x, y int, ok bool)
}

// dismiss closes what is open as if its own key had done it.
func (m *Model) dismiss() tea.Cmd {
	var do action
	switch over := m.over.(type) {
	case *dialog:
		m.over, do = nil, over.closed
	case *firstRun:
		m.over, do = over.back()
	case *finder:
		m.over, do = nil, over.leave
	case *voice:
		m.over, do = nil, over.discard
	case *page:
		m.over = over.below
	case *snippetPage:
		m.over = over.below
	default:
		m.over = nil
	}
	if do == nil {
		return nil
	}
	return do(m)
}

// onOverlayKey gives the key to the overlay and runs what it answers.
func (m *Model) onOverlayKey(msg tea.KeyPressMsg) tea.Cmd {
	if m.onSurprisedKey(msg) {
		return nil
	}
	return m.give(m.over.update(m, msg))
}

// give makes an overlay the one that is open, and does what is to be done.
func (m *Model) give(next overlay, do action) tea.Cmd {
	m.over = next
	if do == nil {
		return nil
	}
	return do(m)
}
