package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// An answer is there in a second and takes minutes to read: so it is shown from its
// beginning, and these actions go on from there.

func (m *Model) pageUp() tea.Cmd {
	m.transcript.scroll(-max(1, m.regions.transcript-2))
	return nil
}

func (m *Model) pageDown() tea.Cmd {
	m.transcript.scroll(max(1, m.regions.transcript-2))
	return nil
}

func (m *Model) scrollTop() tea.Cmd {
	m.transcript.toTop()
	return nil
}

func (m *Model) scrollBottom() tea.Cmd {
	m.transcript.toEnd()
	return nil
}

// readOn goes on a page, with two rows of the one before.
func (m *Model) readOn() tea.Cmd { return m.pageDown() }

// unread reports whether something stands below the window and nothing in the
// input.
func (m *Model) unread() bool {
	return m.composer.empty() && m.transcript.pill() != ""
}

// gapRows is the row between transcript and composer; it says what is below, and
// which key goes on.
func (m *Model) gapRows() []string {
	if m.regions.gap == 0 {
		return nil
	}
	text := m.pill()
	left := max(0, m.regions.width-ansi.StringWidthWc(text)-rightMargin)
	said := ""
	if line := m.editingLine(); line != "" {
		said = indent + fitHints(line, max(0, left-2*leftMargin))
	}
	if said+text == "" {
		return []string{""}
	}
	return []string{m.styles.Accent.Render(pad(said, left)) + m.styles.Dim.Render(safe.Cut(text, m.regions.width-left, ""))}
}

// pill is what is below, and the key that goes on.
func (m *Model) pill() string {
	text := m.transcript.pill()
	if text == "" || !m.composer.empty() || m.focused() {
		return text
	}
	return fit([]string{text, m.keys.hint("read-on", "goes on")}, 0, m.regions.width-rightMargin)
}

// stickyLeast is the least height of a window that has room for a line that stays.
const stickyLeast = 8

// stickyBytes is how much of a question is looked at for its first line.
const stickyBytes = 1000

// withQuestion puts the question into the first row when its own rows are above
// the window and its answer goes on below.
func (m *Model) withQuestion(rows []string) []string {
	if at, ok := m.transcript.questionAbove(); ok && len(rows) >= stickyLeast {
		q := asked(m.transcript.items[at].msg)
		q = strings.TrimSpace(q[:min(len(q), stickyBytes)])
		line, more, _ := strings.Cut(safe.Text(strings.ToValidUTF8(q, "")), "\n")
		if more != "" {
			line += " …"
		}
		bar := questionBar(m.transcript.look)
		if at == m.transcript.chosenAt() {
			bar = m.styles.UserBar.Render(chosenUserBar) + " "
		}
		rows[0] = bar + m.styles.Dim.Render(safe.Line(line, max(1, m.regions.text)))
	}
	return rows
}

// questionAbove is the item of the question of the answer at the top of the window,
// if no word of it is in view.
func (t *transcript) questionAbove() (at int, ok bool) {
	if len(t.items) == 0 || t.width == 0 || t.top.item >= len(t.items) {
		return 0, false
	}
	at = t.top.item
	if t.items[at].msg.Role != chat.User {
		if t.begins(t.top) { // its first row is not hidden
			return 0, false
		}
		at--
	} else if t.top.part < t.parts(at)-1 || t.top.row < len(t.rows(at, t.top.part))-1 {
		return 0, false
	}
	if at < 0 || at == len(t.items)-1 || t.items[at].msg.Role != chat.User {
		return 0, false
	}
	return at, true
}

// begins reports whether a place is the first row of its item.
func (t *transcript) begins(p place) bool {
	for part := range p.part {
		if len(t.rows(p.item, part)) > 0 {
			return false
		}
	}
	return p.row == 0
}
