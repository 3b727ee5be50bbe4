package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// trimmed sends a message that is too long with all that came before it, without
// the oldest turns, if the user wants that done unasked; the system prompt and a
// summary stay. ok is false where it is not wanted or would not help.
func (m *Model) trimmed(text string) (cmd tea.Cmd, ok bool) {
	if !m.opts.Config.Trim || m.keyIn(text, m.files) != "" || m.blind(m.files) {
		return nil, false // there is another question about it
	}
	req := m.draftRequest(text)
	l := m.weigh(req, m.conv.Model)
	if fit := l.room.Fit(l.prompt); fit != chat.OverWindow && fit != chat.OverMinute {
		return nil, false
	}
	n, fits := req.Excess(l.info, m.calibration, l.room.Most())
	if n == 0 || !fits {
		return nil, false
	}
	said := "Sent without " + plural(n, "old message") + ", " + leftOut(req.Messages[:n]) + "; /compact keeps what they say in brief."
	send := sendSince(req.Messages[n].ID)(m)
	return tea.Batch(send, m.notice.say(toneWarning, said)), true
}
