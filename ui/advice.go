package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// advice is what to do next about an error: that of the domain, but where a key
// of the chat or the source of a setting helps more.
func (m *Model) advice(err error) string {
	switch chat.KindOf(err) {
	case chat.UnknownModel:
		return end(m.keys.hint("models", "chooses another model"))
	case chat.TooLarge:
		return end(hints("Shorten the message", m.keys.hint("new", "begins a new session")))
	case chat.BadKey:
		return m.opts.Config.KeyHint()
	default:
		return chat.Hint(err)
	}
}

// end puts a full stop behind a text, if there is one.
func end(s string) string {
	if s == "" {
		return ""
	}
	return strings.TrimSuffix(s, ".") + "."
}

// showError says what happened and what to do next, until the next question.
func (m *Model) showError(err error) tea.Cmd {
	m.notice.stay(toneError, strings.TrimSpace(sentence(err.Error())+" "+m.advice(err)))
	return nil
}

// tellBroken says what to do about an answer that broke off. What happened stands
// below the answer already.
func (m *Model) tellBroken(err error) tea.Cmd {
	text := m.nextStep(err)
	if text == "" {
		text = sentence(err.Error())
	}
	m.notice.stay(toneError, text)
	if m.conv.CanContinue() {
		m.notice.short = m.goOn()
	}
	return nil
}

// nextStep is the advice for an error, and the keys that help with an answer that
// broke off.
func (m *Model) nextStep(err error) string {
	switch {
	case m.conv.CanContinue() && chat.KindOf(err) == chat.Cut:
		return end(m.goOn())
	case m.conv.CanContinue():
		return strings.TrimSpace(m.advice(err) + " " + end(m.goOn()))
	}
	return m.advice(err)
}
