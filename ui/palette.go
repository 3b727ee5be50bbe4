package ui

import tea "charm.land/bubbletea/v2"

// openPalette lists every action with its key, and every command: in the order of
// their tables, what nobody looks for here last.
func (m *Model) openPalette() tea.Cmd {
	p := newPicker("Actions", "no action matches")
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "run"), m.keys.hint("overlay-close", "close"))
	var choices, last []choice
	for _, b := range m.keys.rows {
		if b.scope != scopeAlways && b.scope != scopeChat || b.name == "palette" {
			continue
		}
		help := b.key.Help()
		row := choice{key: b.name, match: b.name + " " + help.Desc, columns: []string{help.Desc, help.Key}, mark: " ", do: b.do}
		if b.last {
			last = append(last, row)
			continue
		}
		choices = append(choices, row)
	}
	for _, c := range m.commands {
		choices = append(choices, choice{
			key: "/" + c.name, match: "/" + c.name + " " + c.help, mark: " ",
			columns: []string{c.help, "/" + c.name}, do: typeCommand(c),
		})
	}
	p.set(append(choices, last...))
	m.over = p
	return nil
}

// typeCommand runs a command that takes no words and types one that does.
func typeCommand(c command) action {
	return func(m *Model) tea.Cmd {
		if c.usage == "" {
			return c.run(m, "")
		}
		m.composer.clear() // keeps a draft as the newest prompt
		m.composer.setText("/" + c.name + " ")
		return nil
	}
}
