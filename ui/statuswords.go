package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// What the status line shows, in sentences.

// commandStatus is /status.
func (m *Model) commandStatus() tea.Cmd { return m.notice.say(toneInfo, m.statusInWords()) }

// statusInWords is where one is: the model, the session, and how much room is left.
func (m *Model) statusInWords() string {
	said := []string{sentence(m.talkingTo())}
	if n := len(m.conv.Path()); n > 0 {
		said = append(said, "The session “"+safe.Line(m.conv.Title, 100)+"” has "+plural(n, "message")+".")
	} else {
		said = append(said, "The session is empty.")
	}
	said = append(said, m.standing())
	if used := m.status().context; used != "" {
		said = append(said, "Of the context "+strings.NewReplacer("context ", "", "<", "less than ", " %", " percent").Replace(used)+" is used.")
	}
	q := m.quotas[m.conv.Model]
	for _, l := range []struct {
		what  string
		limit chat.Limit
	}{{"requests a day", q.Requests}, {"tokens a minute", q.Tokens}} {
		if l.limit.Known {
			said = append(said, "Left: "+chat.Count(l.limit.Left(m.clock))+" of "+chat.Count(l.limit.Limit)+" "+l.what+".")
		}
	}
	return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
}

// talkingTo is the model, and what belongs to it.
func (m *Model) talkingTo() string {
	s := m.status()
	said := "talking to " + s.model
	switch s.server {
	case "":
	case demoName:
		said += " of the demo"
	default:
		said += " at " + s.server
	}
	if s.effort != "" {
		said += ", effort " + s.effort
	}
	if s.persona != "" {
		said += ", persona " + s.persona
	}
	return said
}

// standing is what holds for the whole session, "" for nothing worth a word.
func (m *Model) standing() string {
	var said []string
	switch {
	case m.readOnly != "":
		said = append(said, "It is read-only.")
	case m.unsaved.why != nil:
		said = append(said, "It is not saved.")
	case m.opts.Store == nil:
		said = append(said, "It is temporary: nothing of it is kept on the disk.")
	}
	if m.backend.Unencrypted {
		said = append(said, "What is sent travels unencrypted.")
	}
	return strings.Join(said, " ")
}
