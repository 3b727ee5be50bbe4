package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// What is sent while an answer is under way waits for its end. If that is good,
// the first of what waits is asked; else all of it is in the composer again. So
// nothing waits while no answer is under way.

// queued is a message that waits.
type queued struct {
	text  string
	files []chat.Attachment
}

// enqueue lets what is in the composer wait for the end of the answer.
func (m *Model) enqueue() tea.Cmd {
	text := strings.TrimSpace(m.composer.text())
	m.composer.clear()
	m.queue = append(m.queue, queued{text, m.files})
	m.files, m.attaching.last = nil, nil
	m.queueSteps++
	return m.remember(text)
}

// takeBack puts the message that was queued last before what is in the composer.
// ok is false if none waits.
func (m *Model) takeBack() (ok bool) {
	last := len(m.queue) - 1
	if last < 0 {
		return false
	}
	q := m.queue[last]
	m.queue = m.queue[:last]
	m.queueSteps++
	m.giveBack(chat.Message{Content: q.text, Attachments: q.files})
	return true
}

// returnQueue puts all that waits into the composer again, the first first.
func (m *Model) returnQueue() {
	for m.takeBack() {
	}
}

// goOnQueue asks the first of what waits if the answer ended well, else it gives
// all of it back.
func (m *Model) goOnQueue() tea.Cmd {
	if len(m.queue) == 0 {
		return nil
	}
	if !m.endedWell() || m.readOnly != "" {
		m.returnQueue()
		return nil
	}
	next := m.queue[0]
	req := m.conv.Request()
	req.Messages = append(req.Messages, chat.Message{Role: chat.User, Content: next.text, Attachments: next.files})
	if l := m.weigh(req, m.conv.Model); m.opts.Config.Preflight && l.room.Fit(l.prompt) != chat.Fits || m.blind(next.files) {
		idle := m.composer.empty() && m.over == nil
		m.returnQueue()
		if idle {
			m.asksFirst(strings.TrimSpace(m.composer.text()))
		}
		return nil
	}
	m.queue = slices.Clone(m.queue[1:])
	m.queueSteps++
	m.notice.clear()
	m.edited = ""
	reading := m.transcript.reading()
	cmd := m.askWith(next.text, next.files, 0)
	if reading != nil {
		reading(&m.transcript)
	}
	return cmd
}

// endedWell reports whether the last answer is whole.
func (m *Model) endedWell() bool {
	path := m.conv.Path()
	if len(path) == 0 {
		return false
	}
	last := path[len(path)-1]
	return last.State == chat.Complete && last.FinishReason != "length"
}

// draftText is what is written and not sent: what waits, and the composer's text.
func (m *Model) draftText() string {
	var parts []string
	for _, q := range m.queue {
		parts = append(parts, q.text)
	}
	if text := m.composer.unsent(); text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n")
}

// reading gives, if the end of the conversation is not in view, what keeps the
// window where it is: nobody who reads is taken to a question that is asked by
// itself.
func (t *transcript) reading() func(*transcript) {
	if t.width == 0 || t.height == 0 {
		return nil
	}
	t.settle() // what came with the end of the answer is not laid out yet
	if rows, _ := t.below(); rows == 0 {
		return nil
	}
	top, pin, follow := t.top, t.pin, t.follow
	return func(t *transcript) { t.top, t.pin, t.follow = top, pin, follow }
}
