package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// help is the overlay with every key and command; it is made of the tables.
type help struct{ top int }

// openHelp opens the help.
func (m *Model) openHelp() tea.Cmd {
	if _, asking := m.over.(*firstRun); !asking {
		m.over = &help{}
	}
	return nil
}

func (h *help) paste(string) {}

func (h *help) whole() bool { return true }

func (h *help) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	switch m.keys.named(m, msg, scopeOverlay) {
	case "overlay-up":
		h.top--
	case "overlay-down":
		h.top++
	case "overlay-page-up":
		h.top -= pickerPage
	case "overlay-page-down":
		h.top += pickerPage
	default:
		return nil, nil
	}
	h.top = max(0, min(h.top, len(helpRows(m, m.regions.width))-1))
	return h, nil
}

// helpGroup is a heading over the rows of some scopes.
type helpGroup struct {
	title  string
	scopes []scope
}

func helpGroups() []helpGroup {
	return []helpGroup{
		{"In the chat", []scope{scopeInput, scopeChat}},
		{"Anywhere", []scope{scopeAlways}},
		{"Editing", []scope{scopeEdit}},
		{"In lists", []scope{scopeOverlay}},
	}
}

// helpKeyWidth is the column of keys.
const helpKeyWidth = 24

// helpRows is the whole help at a width, folded from the tables.
func helpRows(m *Model, width int) []string {
	s := m.styles
	keyWidth := min(helpKeyWidth, width/2)
	row := func(key, what string) string {
		return "  " + s.Key.Render(pad(ansi.Truncate(key, keyWidth-1, "…"), keyWidth)) +
			s.Text.Render(ansi.Truncate(what, max(0, width-keyWidth-3), "…"))
	}
	var rows []string
	for _, g := range helpGroups() {
		rows = append(rows, "  "+s.Strong.Render(g.title))
		for _, b := range m.keys.rows {
			if inScope(b, g.scopes) && len(b.key.Keys()) > 0 {
				rows = append(rows, row(b.key.Help().Key, b.key.Help().Desc))
			}
		}
		rows = append(rows, "")
	}
	rows = append(rows, "  "+s.Strong.Render("Commands"))
	for _, c := range m.commands {
		rows = append(rows, row(strings.TrimSpace("/"+c.name+" "+c.usage), c.help))
	}
	return rows
}

func inScope(b binding, scopes []scope) bool {
	for _, s := range scopes {
		if b.scope == s {
			return true
		}
	}
	return false
}

func (h *help) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	all := helpRows(m, width)
	body := max(0, height-2)
	top := max(0, min(h.top, len(all)-body))
	rows = append(rows, titleRule(m, "Help", width))
	rows = append(rows, all[top:min(len(all), top+body)]...)
	foot := hints(m.keys.hint("overlay-down", "scroll"), "any other key closes")
	rows = append(rows, "  "+m.styles.Faint.Render(ansi.Truncate(foot, max(0, width-2), "…")))
	return rows[:min(len(rows), height)], 0, 0, false
}
