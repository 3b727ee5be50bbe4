package ui

import (
	"strings"
	"unicode/utf8"
)

// needsTelling reports whether a key reaches a program only from a terminal that
// tells it from others (the kitty keyboard protocol, or xterm's modifyOtherKeys):
// the others send the same for shift+enter as for enter.
func needsTelling(key string) bool {
	switch key {
	case "shift+enter", "ctrl+enter", "ctrl+backspace":
		return true
	}
	rest, ok := strings.CutPrefix(key, "ctrl+shift+")
	return ok && utf8.RuneCountInString(rest) == 1
}

// sendable is the keys of a row as the help shows them: first those that this
// terminal sends.
func (m *Model) sendable(b binding) string {
	if m.tells {
		return b.key.Help().Key
	}
	var sent, not []string
	for _, k := range b.key.Keys() {
		if needsTelling(k) && showKey(k) == k {
			not = append(not, k)
		} else {
			sent = append(sent, k)
		}
	}
	switch {
	case len(not) == 0:
		return b.key.Help().Key
	case len(sent) == 0:
		return showKeys(not) + " (not here)"
	}
	return showKeys(sent) + "; not here: " + showKeys(not)
}

// untoldText says what "not here" means.
const untoldText = "This terminal did not say that it tells keys such as shift+enter from enter. What is marked “not here” may do nothing; the keys before it do the same. kitty, Ghostty, WezTerm, foot and others tell them, tmux after “set -g extended-keys on”."

func untoldRows(m *Model, width int) []string {
	rows := []string{heading(m, "Not in this terminal")}
	for _, line := range wrapPlain(untoldText, max(1, width-leftMargin-rightMargin)) {
		rows = append(rows, indent+m.styles.Text.Render(line))
	}
	return rows
}
