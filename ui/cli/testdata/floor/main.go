// Command floor is the least that a program with Bubble Tea can be: it shows one
// line until a key is pressed. What it costs the framework costs.
package main

import (
	"os"

	tea "charm.land/bubbletea/v2"
)

type line string

func (l line) Init() tea.Cmd { return nil }

func (l line) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, pressed := msg.(tea.KeyPressMsg); pressed {
		return l, tea.Quit
	}
	return l, nil
}

func (l line) View() tea.View {
	v := tea.NewView(string(l))
	v.AltScreen = true
	return v
}

func main() {
	if _, err := tea.NewProgram(line("one line")).Run(); err != nil {
		os.Exit(1)
	}
}
