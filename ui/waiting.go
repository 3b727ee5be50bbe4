package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// A request may wait: for a limit to refill, or for a fault to pass. The status
// line counts down; a notice says why, and what can be done instead.

// onWaiting says what a turn waits for, until it goes on.
func (m *Model) onWaiting(w chat.Waiting) {
	why := "There is no room for it in this minute."
	if w.Cause != nil {
		why = sentence(w.Cause.Error())
	}
	m.noteLimit(w.Cause)
	back := m.keys.hint("up", "gives it back to edit")
	if m.lines != nil { // there it is what stops it
		back = ""
	}
	m.notice.stay(toneWarning, why+" It is sent by itself; "+hints(
		m.keys.hint("next-model", "sends it to another model now"), back, m.keys.hint("stop", "cancels"))+".")
	m.notice.short = hints(m.keys.hint("next-model", "another model"), m.keys.hint("up", "edit"), m.keys.hint("stop", "cancel"))
}

// onGoingOn takes the notice away once the wait is over.
func (m *Model) onGoingOn() {
	if m.turn.wait != nil {
		m.turn.wait = nil
		m.notice.clear()
	}
}

// countDown is how long the turn still waits.
func (t *turn) countDown() string { return chat.Wait(t.wait.Until.Sub(t.now)) }

// waitingText is the status of a turn that waits.
func (t *turn) waitingText() string {
	if t.wait.Try > 2 {
		return fmt.Sprintf("try %d in %s", t.wait.Try, t.countDown())
	}
	return "sending in " + t.countDown()
}

// waits reports whether a turn waits before it is sent.
func (t *turn) waits() bool { return t.live && t.wait != nil }

// sendElsewhere ends the wait: the same question goes to the present model now.
func (m *Model) sendElsewhere() tea.Cmd {
	m.turn.again = true
	m.turn.stop()
	return nil
}

// askWith asks a question with files of its own after a wait, with what is set
// now. The files that wait for another one go on waiting.
func (m *Model) askWith(text string, files []chat.Attachment, wait time.Duration) tea.Cmd {
	others := m.files
	m.files = files
	cmd := m.askAfter(text, wait)
	m.files = others
	return cmd
}

// returned is a question that came back to the composer, and what stood there.
type returned struct {
	question chat.Message
	draft    string
	files    []chat.Attachment // of the draft
}

// sendReturned sends the question that came back to a model, after a wait, and
// leaves in the composer what stood there before.
func (m *Model) sendReturned(r returned, model string, wait time.Duration) tea.Cmd {
	m.conv.Model = model
	m.edited, m.editing = m.editing.id, editing{}
	m.composer.dropAside()
	m.composer.clear()
	m.composer.setText(r.draft)
	m.notice.clear()
	m.files = r.files
	return m.askWith(r.question.Content, r.question.Attachments, wait)
}
