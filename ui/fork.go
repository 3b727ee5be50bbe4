package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/history"
)

// forkedMsg says that the session is saved and a copy of it may begin.
type forkedMsg struct{ load int }

// fork goes on in a copy of the session with the same tree; the session stays as
// it is. Of one that is read-only it is the way to go on.
func (m *Model) fork() tea.Cmd {
	if len(m.conv.Messages) == 0 {
		return m.notice.say(toneInfo, "There is nothing to copy yet.")
	}
	return m.depart(func(load int) tea.Msg { return forkedMsg{load} })
}

// onForked begins the copy, unless something else came between.
func (m *Model) onForked(msg forkedMsg) tea.Cmd {
	if msg.load != m.load || m.turn.live {
		return nil
	}
	leave := m.leave()
	m.conv = history.Fork(&m.conv, m.clock)
	m.conv.Title += " (copy)"
	m.readOnly, m.unsaved.why, m.unsaved.forsake = "", nil, false
	m.saver.fork(m.conv.ID)
	m.draft.forget()
	return tea.Batch(leave, saveConversation(m.saver, m.snapshot()), m.notice.say(toneInfo, "This is a copy; the other session stays as it is."))
}
