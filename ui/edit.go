package ui

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// editing is the question that is in the input to be asked anew, beside what it
// was. The zero value is none. What was being written waits aside, in the composer.
type editing struct {
	id     string
	number int               // among the questions that were shown, from 1
	files  []chat.Attachment // that waited for what was being written
}

// on reports whether a question is being edited.
func (e editing) on() bool { return e.id != "" }

// questions is the user's messages that are shown.
func (m *Model) questions() []chat.Message {
	return slices.DeleteFunc(m.conv.Path(), func(msg chat.Message) bool { return msg.Role != chat.User || msg.IsSummary() })
}

// editChosen edits the chosen question, or the one that the chosen answer is to.
func (m *Model) editChosen() tea.Cmd {
	msg, _ := m.chosenMessage()
	id := msg.ID
	if msg.Role != chat.User {
		id = msg.Parent
	}
	return m.edit(id)
}

// commandEdit is /edit [N]: the last question, or the one of that number.
func (m *Model) commandEdit(args string) tea.Cmd {
	all := m.questions()
	n := len(all)
	if args != "" {
		var err error
		if n, err = strconv.Atoi(args); err != nil || n < 1 || n > len(all) {
			m.composer.setText("/edit " + args)
			return m.notice.say(toneWarning, fmt.Sprintf("Your messages here have the numbers 1 to %d.", len(all)))
		}
	}
	if n == 0 {
		return m.notice.say(toneInfo, "There is no message of yours to edit yet.")
	}
	return m.edit(all[n-1].ID)
}

// edit puts a question into the input, with its files. What was written there
// comes back when it is sent or given up.
func (m *Model) edit(id string) tea.Cmd {
	if cmd, busy := m.busy(); busy {
		return cmd
	}
	all := m.questions()
	at := slices.IndexFunc(all, func(msg chat.Message) bool { return msg.ID == id })
	if at < 0 {
		return m.notice.say(toneInfo, "Only messages of yours can be edited.")
	}
	m.beginEdit(all[at], all[at].Content, all[at].Attachments, at+1)
	return nil
}

// beginEdit puts a text into the input in the place of a question.
func (m *Model) beginEdit(question chat.Message, text string, files []chat.Attachment, number int) {
	m.endEdit()
	m.focusInput()
	m.notice.clear()
	m.editing = editing{id: question.ID, number: number, files: m.files}
	m.files = files
	m.composer.setAside()
	m.composer.setText(text)
}

// endEdit gives the input what it held before. The text of the edit becomes the
// newest prompt, so that up brings it back.
func (m *Model) endEdit() {
	if !m.editing.on() {
		return
	}
	m.files = m.editing.files
	m.editing = editing{}
	m.composer.takeBack()
}

// cancelEdit is what esc does to an edit.
func (m *Model) cancelEdit() tea.Cmd {
	m.endEdit()
	return m.notice.say(toneInfo, "Not edited; "+m.keys.hint("up", "brings the text back")+".")
}

// checkEdit ends an edit whose question is not shown any more.
func (m *Model) checkEdit() {
	edited := func(msg chat.Message) bool { return msg.ID == m.editing.id }
	if m.editing.on() && !slices.ContainsFunc(m.conv.Path(), edited) {
		m.endEdit()
	}
}

// base is the conversation from where the text in the input is asked.
func (m *Model) base() chat.Conversation {
	if m.editing.on() {
		return m.conv.At(m.editing.id)
	}
	return m.conv
}

// editingText says what is being edited, "" for nothing.
func (m *Model) editingText() string {
	if !m.editing.on() {
		return ""
	}
	return fmt.Sprintf("editing message %d", m.editing.number)
}

// editingLine is that with the keys that end it.
func (m *Model) editingLine() string {
	if !m.editing.on() {
		return ""
	}
	return hints(m.editingText(), m.keys.hint("send", "asks it anew"), m.keys.hint("stop", "gives it up"))
}
