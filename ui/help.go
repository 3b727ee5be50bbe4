package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// openHelp opens the help: every key and command, made of the tables.
func (m *Model) openHelp() tea.Cmd { return m.openPage("Help", helpRows) }

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
