package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// welcomeSessions is how many sessions an empty chat names.
const welcomeSessions = 4

// tip is something worth knowing, with the key of a row of the table or a command;
// one whose key was taken away is not told.
type tip struct {
	key, text string
	more      [][2]string // rows and what their keys do, told behind the text
}

// tips is what an empty chat tells, one at a time.
func tips() []tip {
	return []tip{
		{"next-model", "goes to your next favourite model, also in mid-conversation.", nil},
		{"effort", "changes how hard the model thinks, among the values that it takes.", nil},
		{"palette", "finds every action and shows its key.", nil},
		{"recall", "searches the prompts that you wrote before.", nil},
		{"editor", "writes the prompt in your editor.", nil},
		{"rewind", "goes back to an earlier message of yours and asks it anew; the old branch stays.", nil},
		{"messages", "gives the keys to the messages: ", [][2]string{
			{"message-copy", "copies one"}, {"message-code", "its code"}, {"message-retry", "answers again"}, {"message-find", "searches"},
		}},
		{"retry", "answers the last question again; both answers are kept as variants.", nil},
		{"find", "finds words in the conversation; /search looks in all of them.", nil},
		{"", "@ and the beginning of a path attaches a file to your message.", nil},
		{"", "/race asks two or three models at once, side by side.", nil},
		{"", "/compact shortens a long conversation, and /undo takes that back.", nil},
		{"", "/quota shows what is left of your limits, /usage what you spent.", nil},
		{"", "/persona gives the model a part to play, with its own parameters.", nil},
		{"", "/temporary is a chat that leaves nothing on the disk.", nil},
		{"", "You can write on while an answer comes: what you send waits for its turn.", nil},
	}
}

// tipAt is the tip of the session that began then.
func (m *Model) tipAt(began time.Time) string {
	var told []string
	for _, t := range tips() {
		switch {
		case t.key == "":
			told = append(told, t.text)
		case m.keys.hint(t.key, t.text) != "":
			told = append(told, m.keys.hint(t.key, t.text)+m.more(t))
		}
	}
	return told[max(0, began.Unix())%int64(len(told))]
}

// more is what is told behind a tip.
func (m *Model) more(t tip) string {
	var all []string
	for _, row := range t.more {
		all = append(all, m.keys.hint(row[0], row[1]))
	}
	return end(hints(all...))
}

// findRecent looks up what an empty chat can be gone on with.
func (m *Model) findRecent() tea.Cmd {
	if m.opts.Store == nil || !m.empty() {
		return nil
	}
	return readRecent(m.ctx, m.opts.Store)
}

// empty reports whether nothing was said yet.
func (m *Model) empty() bool { return len(m.transcript.items) == 0 }

// withWelcome puts what can be done into the rows of an empty chat.
func (m *Model) withWelcome(rows []string) []string {
	if !m.empty() || m.readOnly != "" {
		return rows
	}
	welcome := m.welcome(len(rows) - 1)
	m.recent.touch.first = 1 + len(welcome) - len(m.recent.touch.of) // they come last
	for i, row := range welcome {
		rows[i+1] = indent + row
	}
	return rows
}

// welcome is at most that many rows: what the demo is, a tip, the newest sessions,
// as far as they have room.
func (m *Model) welcome(most int) []string {
	var rows []string
	add := func(block []string) {
		if len(rows) > 0 && len(block) > 0 {
			block = slices.Insert(block, 0, "")
		}
		if len(rows)+len(block) <= most {
			rows = append(rows, block...)
		}
	}
	if m.backend.Name == demoName {
		add(m.dimly(demoTour))
	}
	add(m.dimly("Tip: " + m.tipAt(m.conv.Created)))
	add(m.lately(most - len(rows) - 1))
	return rows
}

// dimly is a text that accompanies, wrapped.
func (m *Model) dimly(text string) []string {
	rows := wrapPlain(text, m.regions.text)
	for i, row := range rows {
		rows[i] = m.styles.Dim.Render(row)
	}
	return rows
}

// demoName is what the demo is called as a backend, and demoTour what to try there.
const (
	demoName = "demo"
	demoTour = "This is the demo, which answers from this machine: ask for a tour, code, a table, a list, math, emoji, a puzzle or a long article."
)

// lately is a heading and the newest sessions, at most that many rows.
func (m *Model) lately(most int) []string {
	m.recent.touch = touch{}
	for i, s := range m.recent.sessions {
		if s.ID != m.conv.ID && s.Title != "" && len(m.recent.touch.of) < min(welcomeSessions, most-1) {
			m.recent.touch.add(i, 1)
		}
	}
	if len(m.recent.touch.of) == 0 {
		return nil
	}
	head := hints("Lately", m.keys.hint("sessions", "opens one"))
	rows := []string{m.styles.Faint.Render(safe.Cut(head, m.regions.text, "…"))}
	for _, i := range m.recent.touch.of {
		s := m.recent.sessions[i]
		when := dot + age(m.clock.Sub(s.Updated))
		title := safe.Cut(safe.Line(s.Title, titleMost), m.regions.text-ansi.StringWidthWc(when), "…")
		rows = append(rows, m.styles.Text.Render(safe.Ordered(title))+m.styles.Faint.Render(when))
	}
	return rows
}

// titleMost is how much of a title is looked at, characters.
const titleMost = 200
