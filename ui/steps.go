package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// deleteChosen deletes the chosen message.
func (m *Model) deleteChosen() tea.Cmd {
	msg, _ := m.chosenMessage()
	return m.deleteMessage(msg.ID)
}

// deleteMessage takes a message and what follows it out of the tree.
func (m *Model) deleteMessage(id string) tea.Cmd {
	if cmd, busy := m.fixed(); busy {
		return cmd
	}
	n := m.conv.Delete(id)
	if n == 0 {
		return nil
	}
	what := "Deleted"
	if n > 1 {
		what += ", with " + plural(n-1, "message") + " after it"
	}
	key := "undo-step"
	if m.focused() {
		key = "message-undo"
	}
	back := hints(m.keys.hint(key, "brings it back"), "/undo")
	if m.lines != nil {
		back = "/undo brings it back"
	}
	return tea.Batch(m.stepped(), m.notice.say(toneInfo, what+"; "+back+"."))
}

// fixed says why the tree cannot be changed now.
func (m *Model) fixed() (tea.Cmd, bool) {
	switch {
	case m.turn.live:
		return m.notice.say(toneInfo, "An answer is under way: "+m.keys.hint("stop", "stops it")+" first."), true
	case m.readOnly != "":
		return m.notice.say(toneWarning, "This session is read-only: "+m.keys.hint("new", "begins a new one")+"."), true
	}
	return nil, false
}

// undoStep takes the last step back: a question, a new answer, another branch, a
// deletion.
func (m *Model) undoStep() tea.Cmd {
	return m.travel((*chat.Conversation).Undo, "Taken back: the ", "There is nothing to take back since this session was opened.")
}

// redoStep takes the step again that was taken back last.
func (m *Model) redoStep() tea.Cmd {
	return m.travel((*chat.Conversation).Redo, "Done again: the ", "Nothing was taken back that could be done again.")
}

func (m *Model) travel(flip func(*chat.Conversation) (chat.Step, bool), said, none string) tea.Cmd {
	if cmd, busy := m.fixed(); busy {
		return cmd
	}
	what, ok := flip(&m.conv)
	if !ok {
		return m.notice.say(toneInfo, none)
	}
	return tea.Batch(m.stepped(), m.notice.say(toneInfo, said+string(what)+"."))
}

// branchChosen goes on in a new session that ends with the chosen message. A
// question is in its input, to be asked there.
func (m *Model) branchChosen() tea.Cmd {
	msg, _ := m.chosenMessage()
	return m.forkAt(msg.ID)
}

// keepSteps keeps what can be taken back in the session that is left.
func (m *Model) keepSteps() {
	if m.conv.ID != "" {
		m.steps[m.conv.ID] = m.conv.Steps()
	}
}
