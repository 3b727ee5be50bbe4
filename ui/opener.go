package ui

import tea "charm.land/bubbletea/v2"

// The questions that enter alone asks right after the first-run screen, so that a
// new user sees an answer before having to think of a question.
const (
	openerDemo = "What can I do?"
	openerGroq = "What is Groq?"
)

// offerOpener lets the empty input offer a first question.
func (m *Model) offerOpener() {
	m.opener = openerGroq
	if m.backend.Name == demoName {
		m.opener = openerDemo
	}
	m.composer.placeholder = "Ask anything; " + m.keys.held("send") + ": " + m.opener
	m.dropOpener()
}

// dropOpener ends the offer as soon as something was said.
func (m *Model) dropOpener() {
	if m.opener != "" && !m.empty() {
		m.opener, m.composer.placeholder = "", m.placeholder()
	}
}

// tellOpener tells it where no placeholder does.
func (l *lineMode) tellOpener(m *Model) {
	m.dropOpener()
	if m.opener == l.told.opener || m.over != nil || m.turn.live {
		return
	}
	if l.told.opener = m.opener; m.opener != "" {
		l.say("An empty line asks: " + m.opener)
	}
}

// sendOpener asks the question that is on offer, if one is.
func (m *Model) sendOpener() tea.Cmd {
	if m.opener == "" || m.backend.Chat == nil || m.readOnly != "" || m.turn.live {
		return nil
	}
	m.composer.insert(m.opener)
	return m.send()
}
