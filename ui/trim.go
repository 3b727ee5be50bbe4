package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// trimmed sends what is too long with all that came before it without the oldest
// turns, if the user wants that done unasked; the system prompt and a summary stay.
// ok is false where it is not wanted or would not help.
func (m *Model) trimmed(s sending) (cmd tea.Cmd, ok bool) {
	if !m.opts.Config.Trim {
		return nil, false
	}
	l := m.weigh(s.req, s.req.Model)
	most := l.room.Window
	switch l.room.Fit(l.prompt) {
	case chat.OverWindow:
	case chat.OverMinute:
		most = l.room.Minute
	default:
		return nil, false
	}
	n, ok := s.excess(l, m.calibration, most)
	if !ok {
		return nil, false
	}
	said := "Sent without " + plural(n, "old message") + ", " + leftOut(s.req.Messages[:n]) + "; /compact keeps what they say in brief."
	send := s.by(m, manner{cut: true, since: s.req.Messages[n].ID})
	return tea.Batch(send, m.notice.say(toneWarning, said)), true
}

// excess is how many of the oldest messages have to be left out for a request to
// take at most so many tokens, if that is enough. What an answer is the rest of is
// not left out.
func (s sending) excess(l load, c chat.Calibration, most int) (count int, ok bool) {
	n, fits := s.req.Excess(l.info, c, most-leastRoom)
	return n, fits && n > 0 && (!s.goesOn || s.req.Messages[n].ID != "")
}
