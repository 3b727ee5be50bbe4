package ui

import tea "charm.land/bubbletea/v2"

// beginTemporary ends the chat, once it is saved, to begin a temporary one. That is
// another program run: nothing that could write to the disk is handed to it.
func (m *Model) beginTemporary() tea.Cmd {
	if m.opts.Store == nil {
		return m.notice.say(toneInfo, "This is a temporary chat already.")
	}
	return m.depart(func(load int) tea.Msg { return hiddenMsg{load} })
}

// onHidden ends the chat, unless something else came between.
func (m *Model) onHidden(msg hiddenMsg) tea.Cmd {
	if msg.load != m.load || m.turn.live {
		return m.arrived(nil)
	}
	m.temporary = true
	return m.quitNow()
}
