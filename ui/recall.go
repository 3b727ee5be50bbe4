package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// recallTitle tells the list of earlier prompts from others.
const recallTitle = "Earlier prompts"

// openRecall lists the earlier prompts, the newest first, to be searched as one
// types; the chosen one goes into the input.
func (m *Model) openRecall() tea.Cmd {
	p := newPicker(recallTitle, "no earlier prompt has that")
	p.inOrder = true
	p.hint = hints("type to search", m.keys.hint("recall-older", "older"), m.keys.hint("overlay-accept", "into the input"), m.keys.hint("overlay-close", "close"))
	p.extra = func(name string, _ choice) action {
		if name == "recall-older" {
			p.move(1)
		}
		return nil
	}
	p.set(m.recalled())
	if len(p.choices) == 0 {
		return m.notice.say(toneInfo, "There are no earlier prompts yet.")
	}
	m.over = p
	return nil
}

// recalled is each earlier prompt once, the newest first.
func (m *Model) recalled() []choice {
	var choices []choice
	seen := map[string]bool{}
	entries := m.composer.history.entries
	for i := len(entries) - 1; i >= 0; i-- {
		prompt := entries[i].prompt
		if seen[prompt] || m.lines != nil && isCommand(prompt) { // there a command is as soon written as chosen
			continue
		}
		seen[prompt] = true
		size := ""
		if n := strings.Count(prompt, "\n") + 1; n > 1 {
			size = counted(n, "line")
		}
		choices = append(choices, choice{key: prompt, match: prompt, mark: " ", columns: []string{prompt, size}, do: putPrompt(prompt)})
	}
	return choices
}

// putPrompt puts a prompt into the input; what was written there becomes the
// newest of the earlier ones.
func putPrompt(prompt string) action {
	return func(m *Model) tea.Cmd {
		m.composer.clear()
		m.composer.setText(prompt)
		return nil
	}
}

// recalling reports whether the list of earlier prompts is open.
func (m *Model) recalling() bool {
	p, ok := m.over.(*picker)
	return ok && p.title == recallTitle
}
