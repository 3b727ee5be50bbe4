package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// openHelp opens the help: every key and command, made of the tables.
func (m *Model) openHelp() tea.Cmd {
	cmd := m.openPage("Help", helpRows)
	if p, ok := m.over.(*page); ok {
		p.heads = helpHeads
	}
	return cmd
}

// helpGroup is a heading over the rows of some scopes.
type helpGroup struct {
	title  string
	scopes []scope
}

func helpGroups() []helpGroup {
	return []helpGroup{
		{"In the chat", []scope{scopeInput, scopeChat}},
		{"On a message", []scope{scopeMessage}},
		{"Anywhere", []scope{scopeAlways}},
		{"While suggestions are shown", []scope{scopePopup}},
		{"Editing", []scope{scopeEdit}},
		{"In lists", []scope{scopeOverlay}},
	}
}

// The column of keys, and the narrowest column of meanings beside it: where there
// is less, a meaning stands below its keys.
const (
	helpKeyWidth     = 24
	helpMeaningWidth = 24
)

// helpRow is keys and what they do, wrapped: nothing of either is cut.
func helpRow(m *Model, key, what string, width int) []string {
	s := m.styles
	inner := max(1, width-leftMargin-rightMargin)
	if inner < helpKeyWidth+helpMeaningWidth {
		var rows []string
		for _, line := range wrapPlain(key, inner) {
			rows = append(rows, indent+s.Key.Render(line))
		}
		for _, line := range wrapPlain(what, max(1, inner-2)) {
			rows = append(rows, indent+"  "+s.Text.Render(line))
		}
		return rows
	}
	keys, meaning := wrapPlain(key, helpKeyWidth-1), wrapPlain(what, inner-helpKeyWidth)
	rows := make([]string, max(len(keys), len(meaning)))
	for i := range rows {
		rows[i] = indent + s.Key.Render(pad(at(keys, i), helpKeyWidth)) + s.Text.Render(at(meaning, i))
	}
	return rows
}

func at(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return ""
}

// helpRows is the whole help at a width, folded from the tables.
func helpRows(m *Model, width int) []string {
	if m.lines != nil {
		return m.lineHelp()
	}
	return slices.Concat(helpTopics(m, width)...)
}

// helpHeads is where the topics of the help begin.
func helpHeads(m *Model, width int) []int {
	var heads []int
	at := 0
	for _, rows := range helpTopics(m, width) {
		heads = append(heads, at)
		at += len(rows)
	}
	return heads
}

// helpTopics is the help in parts, the first steps before all: a heading and its
// rows each. While a message is chosen, what its keys do comes next.
func helpTopics(m *Model, width int) [][]string {
	topics := [][]string{tourRows(m, width)}
	for _, g := range m.helpOrder() {
		topics = append(topics, groupRows(m, g, width))
	}
	topics = append(topics, commandRows(m, width))
	if !m.keys.tells {
		topics = append(topics, untoldRows(m, width))
	}
	return topics
}

// helpOrder is the groups with that of the present focus first.
func (m *Model) helpOrder() []helpGroup {
	groups := helpGroups()
	if m.focused() {
		at := slices.IndexFunc(groups, func(g helpGroup) bool { return slices.Contains(g.scopes, scopeMessage) })
		groups = slices.Insert(slices.Delete(slices.Clone(groups), at, at+1), 0, groups[at])
	}
	return groups
}

func heading(m *Model, title string) string { return indent + m.styles.Strong.Render(title) }

func groupRows(m *Model, g helpGroup, width int) []string {
	rows := []string{heading(m, g.title)}
	for _, b := range m.keys.rows {
		if inScope(b, g.scopes) && len(b.key.Keys()) > 0 {
			rows = append(rows, helpRow(m, m.keys.sendable(b), b.key.Help().Desc, width)...)
		}
	}
	return append(rows, "")
}

func commandRows(m *Model, width int) []string {
	rows := []string{heading(m, "Commands")}
	for _, c := range m.commands {
		rows = append(rows, helpRow(m, strings.TrimSpace("/"+c.name+" "+c.usage), c.help, width)...)
	}
	return append(rows, "")
}

func inScope(b binding, scopes []scope) bool {
	for _, s := range scopes {
		if b.scope == s {
			return true
		}
	}
	return false
}
