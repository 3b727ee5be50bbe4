package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// Messages that stand in the place of one another: what was asked or answered
// there otherwise.

// reshow shows the path of the conversation after it has changed.
func (m *Model) reshow() {
	m.transcript.show(m.conv.Path())
	m.transcript.place(m.conv.Places())
	m.checkEdit()
}

// several reports whether the chosen message has variants.
func (m *Model) several() bool {
	at := m.transcript.chosenAt()
	return at >= 0 && m.transcript.items[at].place.Several()
}

func (m *Model) variantBefore() tea.Cmd { return m.pageVariant(-1) }
func (m *Model) variantAfter() tea.Cmd  { return m.pageVariant(1) }

// pageVariant shows another variant of the chosen message in its place, with what
// followed it.
func (m *Model) pageVariant(by int) tea.Cmd {
	msg, ok := m.chosenMessage()
	all := m.conv.Variants(msg.ID)
	for i, v := range all {
		if to := i + by; ok && v.ID == msg.ID && to >= 0 && to < len(all) {
			return m.goTo(all[to].ID)
		}
	}
	return nil
}

// goTo shows the branch through a message. In the transcript that is the chosen one
// then.
func (m *Model) goTo(id string) tea.Cmd {
	if m.turn.live {
		return m.notice.say(toneInfo, "An answer is under way: "+m.keys.hint("stop", "stops it")+" first.")
	}
	if !m.conv.Show(id) {
		m.chooseMessage(id)
		return nil
	}
	focused := m.focused()
	save := m.stepped()
	if focused {
		m.chooseMessage(id)
	}
	return save
}

// chooseMessage chooses a message that is shown, and brings it into view.
func (m *Model) chooseMessage(id string) {
	for i, it := range m.transcript.items {
		if it.msg.ID == id {
			m.transcript.choose(i)
		}
	}
}

// stepped shows and saves the conversation after a step that asks nothing.
func (m *Model) stepped() tea.Cmd {
	m.load++ // what was being loaded comes too late
	m.reshow()
	if at := m.transcript.chosenAt(); at >= 0 {
		m.transcript.choose(at)
	}
	if m.readOnly != "" {
		return nil
	}
	m.unsaved.forsake = false
	return saveConversation(m.saver, m.snapshot())
}

// answerChosen asks for another answer beside the chosen one, or to the chosen
// question.
func (m *Model) answerChosen() tea.Cmd {
	msg, _ := m.chosenMessage()
	return m.answerAgain(msg.ID, "")
}

// answerAgain asks for another answer of a model, "" for the present one.
func (m *Model) answerAgain(id, model string) tea.Cmd {
	if cmd, busy := m.busy(); busy {
		return cmd
	}
	s, ok := m.repeated(id, model)
	if !ok {
		return m.notice.say(toneInfo, "There is no answer yet to try again.")
	}
	return m.sendIfRoom(s)
}

// answerChosenElsewhere lets a model be chosen for another answer. The conversation
// goes on with its own.
func (m *Model) answerChosenElsewhere() tea.Cmd {
	msg, _ := m.chosenMessage()
	again := func(model string) action {
		return func(m *Model) tea.Cmd { return m.answerAgain(msg.ID, m.today(model)) }
	}
	p := m.modelPicker("Another answer by", again)
	p.choose(msg.Model)
	m.over = p
	return nil
}

// today is a model, or what does its work since it was shut down.
func (m *Model) today(id string) string {
	if info := m.catalogue.Find(id); info.Status == chat.Retired && info.Replacement != "" {
		return info.Replacement
	}
	return id
}

// commandRetry is /retry [MODEL].
func (m *Model) commandRetry(model string) tea.Cmd {
	if model == "" {
		return m.retryAnswer()
	}
	return m.answerAgain(m.conv.Head, m.today(m.fullID(model)))
}
