package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// sending is a request that is about to be sent: the text in the input, another
// answer, or the rest of one.
type sending struct {
	req     chat.Request
	what    string // how a question about it calls it
	closing string // what closing that question means
	goesOn  bool   // it is the rest of an answer, which cannot be left out
	by      func(*Model, manner) tea.Cmd
}

// manner is how a request is sent. The zero value is at once, whole, to the model
// that it is for.
type manner struct {
	model string        // another model
	since string        // the first message that is sent, "" if cut: the text in the input
	cut   bool          // what stands before since is left out, also from now on
	wait  time.Duration // before it is sent
}

// inManner is a choice to send it so.
func (s sending) inManner(how manner) action {
	return func(m *Model) tea.Cmd { return s.by(m, how) }
}

// to sends it to another model.
func (s sending) to(m *Model, model string) tea.Cmd { return s.by(m, manner{model: model}) }

// sendIfRoom sends what there is room for; else it leaves out what is old, if the
// user wants that done unasked, or asks.
func (m *Model) sendIfRoom(s sending) tea.Cmd {
	if cmd, sent := m.trimmed(s); sent {
		return cmd
	}
	if m.lacksRoom(s) {
		return nil
	}
	return s.by(m, manner{})
}

// written is the text in the input, on its way.
func (m *Model) written(text string) sending {
	base := m.base()
	req := base.Request()
	req.Messages = append(req.Messages, chat.Message{Role: chat.User, Content: text, Attachments: m.files})
	return sending{req: req, what: "This message", closing: "change the message", by: sendDraft}
}

func sendDraft(m *Model, how manner) tea.Cmd {
	if how.model != "" {
		m.conv.Model = how.model
	}
	if how.cut {
		m.conv.Since = how.since
		if how.since == "" { // the message that is to be sent is all that is left
			base := m.base()
			m.conv.Since = base.NextID(strings.TrimSpace(m.composer.text()))
		}
	}
	return m.sendLater(how.wait)
}

// repeated is another answer beside id, on its way to a model, "" for the present
// one. It reports false if there is nothing to answer.
func (m *Model) repeated(id, model string) (sending, bool) {
	at := m.conv.Clone()
	if !at.AnswerAgain(id, model, m.clock) {
		return sending{}, false
	}
	return sending{req: at.Request(), what: "This question", closing: "leave it", by: func(m *Model, how manner) tea.Cmd {
		if how.model != "" {
			model = how.model
		}
		m.leaveOut(how)
		ask := m.resume(func(c *chat.Conversation) { c.AnswerAgain(id, model, m.clock) }, how.wait)
		m.awaitAnswer()
		return ask
	}}, true
}

// rest is what is left of an answer that ended too early, on its way.
func (m *Model) rest() (sending, bool) {
	at := m.conv.Clone()
	if !at.Continue(m.clock) {
		return sending{}, false
	}
	return sending{req: at.Request(), what: "To go on", closing: "leave it", goesOn: true, by: func(m *Model, how manner) tea.Cmd {
		if how.model != "" {
			m.conv.Model = how.model
		}
		m.leaveOut(how)
		reading := m.transcript.reading()
		ask := m.resume(func(c *chat.Conversation) { c.Continue(m.clock) }, how.wait)
		if reading != nil {
			reading(&m.transcript)
		}
		return ask
	}}, true
}

// leaveOut leaves messages out of what is sent, if it is to be sent so.
func (m *Model) leaveOut(how manner) {
	if how.cut {
		m.conv.Since = how.since
	}
}

// sendNow sends what is in the composer, whatever the limits say.
func (m *Model) sendNow() tea.Cmd { return m.sendLater(0) }

func (m *Model) sendDraftTo(model string) tea.Cmd { return sendDraft(m, manner{model: model}) }
