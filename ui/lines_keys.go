package ui

import (
	"slices"
	"strings"

	"groqchat/config"
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
		"models": "/model", "next-model": "/model next", "previous-model": "/model previous", "effort": "/effort", "parameters": "/set", "personas": "/persona",
		"sessions": "/resume", "new": "/new", "help": "/help", "help-quick": "/help", "palette": "/help", "find": "/find",
		"retry": "/retry", "message-retry": "/retry", "continue": "/continue", "thought": "/thought", "rewind": "/edit", "paste": "/paste",
		"recall": "/recall", "up": "/recall", "editor": "/editor", "message-read": "/read", "message-delete": "/delete",
		"undo-step": "/undo", "message-undo": "/undo", "redo-step": "/redo", "message-redo": "/redo", "message-edit": "/edit",
		"message-copy": "/copy", "message-code": "/code", "message-variants": "/variants", "message-tree": "/tree", "message-branch": "/fork",
		"overlay-accept": "a number", "overlay-close": "an empty line", "overlay-favourite": "favourite and a number", "session-undo": "undo",
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
	return slices.Concat(lineRules(), []string{"Commands:"}, spokenCommands(m.commands))
}

// lineRules is what lines do.
func lineRules() []string {
	return []string{
		"A line is a message; several that are pasted at once are one.",
		`\ at the end of a line: the message goes on in the next one.`,
		"An empty line: send what was given back.",
		"A slash at the beginning: a command; a blank before it sends it as text.",
		"ctrl+c or /stop: stop the answer. ctrl+c also leaves a list and drops what was begun; twice: quit.",
		"ctrl+d on an empty line: quit.",
	}
}

// spokenCommands is the commands, one after the other.
func spokenCommands(all []command) []string {
	rows := make([]string, len(all))
	for i, c := range all {
		rows[i] = strings.TrimSpace("/"+c.name+" "+c.usage) + ": " + c.help
	}
	return rows
}

// spokenSettings is the settings likewise.
func spokenSettings() []string {
	var rows []string
	for _, s := range config.Settings() {
		row := s.Name + ": " + s.Help
		if s.Default != "" {
			row += "; by default " + s.Default
		}
		rows = append(rows, row)
	}
	return rows
}

// spokenTopic is a part of the guide for who has lines: nothing about keys that do
// not arrive or places that are not there, and no marks for the eye.
func (m *Model) spokenTopic(t topic) string {
	heading, _, _ := strings.Cut(t.text, "\n")
	switch t.name {
	case "writing", "keys":
		return heading + "\n\n" + strings.Join(lineRules(), "\n") + "\n\n"
	}
	var b strings.Builder
	for line := range strings.Lines(t.text) {
		if !m.lacksKey(line) {
			b.WriteString(line)
		}
	}
	words := strings.NewReplacer("lists every action with its key, **{help}** shows the keys at once", "lists all commands", " and goes from hit to hit", "", "the line below the input says", "words say", "The status line shows", "`/status` tells", "**", "").Replace(b.String())
	return m.filled(words)
}

// lacksKey reports whether a line of the guide is about a key for which there is
// nothing here.
func (m *Model) lacksKey(line string) bool {
	return slices.ContainsFunc(keyMark().FindAllString(line, -1), func(mark string) bool {
		name := strings.Trim(mark, "{}")
		return m.keys.has(name) && m.keys.doors[name] == ""
	})
}
