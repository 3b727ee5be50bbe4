package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// openPalette lists every action with its key, and every command: in the order of
// their tables, what nobody looks for here last, and those on a message first while
// one is chosen. Of what is not possible now it says why.
func (m *Model) openPalette() tea.Cmd {
	p := newPicker("Actions", "no action matches")
	p.tells = true
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "run"), m.keys.hint("overlay-close", "close"))
	var first, choices, rest, last []choice
	for _, b := range m.keys.rows {
		switch {
		case !b.listed():
		case b.scope == scopeMessage && m.focused():
			first = append(first, m.actionChoice(b))
		case b.last:
			last = append(last, m.actionChoice(b))
		case b.scope == scopeMessage || b.scope == scopeEdit || b.scope == scopeInput:
			rest = append(rest, m.actionChoice(b))
		default:
			choices = append(choices, m.actionChoice(b))
		}
	}
	for _, c := range m.commands {
		choices = append(choices, m.offered("/"+c.name, c.help, "/"+c.name, typeCommand(c)))
	}
	p.set(slices.Concat(first, choices, rest, last))
	m.over = p
	return nil
}

// listed reports whether a row is an action of the palette: those of lists and of
// suggestions work only there.
func (b binding) listed() bool {
	return b.do != nil && b.scope != scopeOverlay && b.scope != scopeFirst && b.scope != scopePopup && b.name != "palette"
}

// actionChoice is the row of an action.
func (m *Model) actionChoice(b binding) choice {
	c := m.offered(b.name, b.key.Help().Desc, m.keys.brief(b), b.do)
	c.match += " " + b.key.Help().Key // who looks for a key finds what does the same
	return c
}

// offered is a row of the palette: what an action does, what stands in its way, and
// how else it is got.
func (m *Model) offered(name, does, how string, do action) choice {
	why, mark := m.obstacle(name), " "
	if why != "" {
		why, mark = "not now: "+why, "–"
	}
	return choice{key: name, match: name + " " + does + " " + how, columns: []string{does, how, why}, mark: mark, do: do}
}

// typeCommand runs a command that takes no words and types one that does.
func typeCommand(c command) action {
	return func(m *Model) tea.Cmd {
		if c.usage == "" {
			return c.run(m, "")
		}
		m.focusInput()
		m.composer.clear() // keeps a draft as the newest prompt
		m.composer.setText("/" + c.name + " ")
		return nil
	}
}
