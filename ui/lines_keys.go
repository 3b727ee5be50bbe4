package ui

import (
	"slices"
	"strings"
)

// withoutKeys is the table for where no key arrives by itself: what a key does, a
// command or a line does there.
func withoutKeys(rows []binding) keymap {
	for i := range rows {
		b := rows[i].key
		b.SetKeys()
		rows[i].key = b
	}
	return keymap{rows: rows, doors: map[string]string{
		"send": "an empty line", "newline": "\\ at the end of a line", "stop": "ctrl+c", "interrupt": "ctrl+c", "quit": "ctrl+d",
		"models": "/model", "next-model": "/model", "previous-model": "/model", "effort": "/effort", "parameters": "/set", "personas": "/persona",
		"sessions": "/resume", "new": "/new", "help": "/help", "help-quick": "/help", "palette": "/help", "find": "/find",
		"retry": "/retry", "message-retry": "/retry", "continue": "/continue", "thought": "/thought", "rewind": "/edit", "paste": "/paste",
		"undo-step": "/undo", "message-undo": "/undo", "redo-step": "/redo", "message-redo": "/redo", "message-edit": "/edit",
		"message-copy": "/copy", "message-code": "/code", "message-variants": "/variants", "message-tree": "/tree", "message-branch": "/fork",
		"overlay-accept": "a number", "overlay-close": "an empty line", "overlay-favourite": "favourite and a number",
	}}
}

// clipboardOfLines is where copies go that no tool takes: a terminal that is only
// given lines is not told to keep them.
func clipboardOfLines(way string) string {
	if way == "auto" || way == "terminal" {
		return "file"
	}
	return way
}

// has reports whether there is a row of that name.
func (k *keymap) has(name string) bool {
	return slices.ContainsFunc(k.rows, func(b binding) bool { return b.name == name })
}

// lineHelp is the help where there are no keys: what lines do, and the commands.
func (m *Model) lineHelp() []string {
	rows := []string{
		"A line is a message; several that are pasted at once are one.",
		`\ at the end of a line: the message goes on in the next one.`,
		"An empty line: send what was given back.",
		"ctrl+c: stop the answer, leave a list, drop what was begun; twice: quit.",
		"ctrl+d on an empty line: quit.",
		"Commands:",
	}
	for _, c := range m.commands {
		rows = append(rows, strings.TrimSpace("/"+c.name+" "+c.usage)+": "+c.help)
	}
	return rows
}
