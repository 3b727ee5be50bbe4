package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// rewindTime is how soon esc must follow an esc that had nothing to do.
const rewindTime = time.Second

// armRewind opens the list of earlier messages on the second esc in a row.
func (m *Model) armRewind() tea.Cmd {
	if m.clock.Sub(m.escArmed) < rewindTime {
		m.escArmed = time.Time{}
		return m.openRewind()
	}
	m.escArmed = m.clock
	if len(m.questions()) == 0 {
		return nil
	}
	return m.notice.sayFor(rewindTime, toneInfo, m.keys.hint("stop", "again: edit an earlier message"))
}

// openRewind lists the user's messages that are shown, the newest first; the one
// that is chosen is edited and asked anew.
func (m *Model) openRewind() tea.Cmd {
	all := m.questions()
	if len(all) == 0 {
		return m.notice.say(toneInfo, "There is no message of yours to go back to yet.")
	}
	p := newPicker("Rewind to a message of yours", "no message matches")
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "edit it and ask anew, the old branch stays"), m.keys.hint("overlay-close", "close"))
	choices := make([]choice, 0, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		msg := all[i]
		choices = append(choices, choice{
			key: msg.ID, match: searchable(msg.Content), mark: " ", columns: []string{chat.TitleFrom(msg.Content), age(m.clock.Sub(msg.Created))},
			do: func(m *Model) tea.Cmd { return m.edit(msg.ID) },
		})
	}
	p.set(choices)
	m.over = p
	return nil
}

// searchable is as much of a text as a filter looks in.
func searchable(text string) string {
	const most = 1 << 10
	return text[:min(most, len(text))]
}
