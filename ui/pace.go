package ui

import tea "charm.land/bubbletea/v2"

// drainedMsg says that the terminal has taken all that it was given.
type drainedMsg struct{}

// sizeHeldMsg stands for a new size that has to wait.
type sizeHeldMsg struct{}

// admit is the filter of messages. It gives the model what it may not ask for
// itself: the time, and whether the terminal keeps up. A new size would make
// Bubble Tea draw a whole frame for each, so the newest one is kept until the
// terminal has caught up. (Bubble Tea 2.1 could be asked for the size again, but
// races with itself then.)
func (m *Model) admit(msg tea.Msg) tea.Msg {
	m.clock = m.opts.Now()
	m.behind = m.out != nil && m.out.behind()
	if size, ok := msg.(tea.WindowSizeMsg); ok && m.behind {
		m.resized = &size
		return sizeHeldMsg{}
	}
	return msg
}

// present makes v the frame to show, unless the terminal has not taken the one
// before: then newer ones replace one another here, unseen.
func (m *Model) present(v tea.View) {
	if !m.behind {
		m.frame = v
	}
}

// awaitTerminal comes back when the terminal has caught up.
func (m *Model) awaitTerminal() tea.Cmd {
	if !m.behind || m.awaiting {
		return nil
	}
	m.awaiting = true
	caughtUp := m.out.caughtUp()
	return func() tea.Msg {
		<-caughtUp
		return drainedMsg{}
	}
}

// onDrained goes on where the terminal was behind.
func (m *Model) onDrained() tea.Cmd {
	m.awaiting = false
	if m.behind || m.resized == nil {
		return nil
	}
	size := *m.resized
	m.resized = nil
	return func() tea.Msg { return size }
}
