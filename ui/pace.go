package ui

import tea "charm.land/bubbletea/v2"

// drainedMsg says that the terminal has taken all that it was given.
type drainedMsg struct{}

// sizeKeptMsg is a size that was kept, with its number: a newer one counts.
type sizeKeptMsg struct {
	tea.WindowSizeMsg
	number int
}

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
	switch size := msg.(type) {
	case tea.QuitMsg:
		m.frame.Content = "" // else the last one stays where there is no other screen to go back to, as in GNU screen
	case tea.WindowSizeMsg:
		m.sizes++
		return m.admitSize(size)
	case sizeKeptMsg:
		if size.number == m.sizes { // no newer one came
			return m.admitSize(size.WindowSizeMsg)
		}
		return sizeHeldMsg{}
	}
	return msg
}

// admitSize lets a size pass, or keeps it for when the terminal has caught up.
func (m *Model) admitSize(size tea.WindowSizeMsg) tea.Msg {
	if m.behind {
		m.resized = &size
		return sizeHeldMsg{}
	}
	m.resized = nil
	return size
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
	size := sizeKeptMsg{*m.resized, m.sizes}
	m.resized = nil
	return func() tea.Msg { return size }
}
