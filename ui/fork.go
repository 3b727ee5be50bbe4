package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/history"
)

// forkedMsg says that the session is saved and a copy of it may begin.
type forkedMsg struct {
	load int
	at   string // the message that it ends with, "": it has the whole tree
}

// fork goes on in a copy of the session with the same tree; the session stays as
// it is. Of one that is read-only it is the way to go on.
func (m *Model) fork() tea.Cmd { return m.forkAt("") }

// forkAt goes on in a copy that ends with a message, "" for all of it.
func (m *Model) forkAt(at string) tea.Cmd {
	if len(m.conv.Messages) == 0 {
		return m.notice.say(toneInfo, "There is nothing to copy yet.")
	}
	return m.depart(func(load int) tea.Msg { return forkedMsg{load, at} })
}

// onForked begins the copy, unless something else came between.
func (m *Model) onForked(msg forkedMsg) tea.Cmd {
	if msg.load != m.load || m.turn.live {
		return nil
	}
	m.keepSteps()
	leave := m.leave()
	fork := history.Fork(&m.conv, m.clock)
	question := fork.Cut(msg.at)
	fork.Title += " (copy)"
	m.conv, m.edited = fork, ""
	m.readOnly, m.unsaved.why, m.unsaved.forsake = "", nil, false
	m.saver.fork(m.conv.ID)
	m.draft.forget()
	m.transcript.unchoose()
	m.reshow()
	if question.Content != "" {
		m.giveBack(question)
	}
	return tea.Batch(leave, saveConversation(m.saver, m.snapshot()), m.notice.say(toneInfo, "This is a copy; the other session stays as it is."))
}
