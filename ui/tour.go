package ui

import (
	"slices"
	"strings"
)

// tourStep is one of the first things to know. What does it stands before it: keys
// of rows of the table, or what is typed.
type tourStep struct {
	keys  []string // names of rows
	typed string
	text  string
}

// tourSteps is what is enough to begin with.
func tourSteps() []tourStep {
	return []tourStep{
		{keys: []string{"send", "stop"}, text: "Write and send; stop an answer, what has come of it stays."},
		{keys: []string{"models", "effort"}, text: "Choose the model, in mid-conversation too; how hard it thinks."},
		{typed: "@", text: "Attach a file or a picture: @ and the beginning of its path."},
		{keys: []string{"messages", "sessions"}, text: "Go to the messages, to copy, edit or ask anew; to all your sessions."},
		{keys: []string{"palette"}, typed: "/", text: "Find everything else: every action with its key, every command. /guide explains, /help TOPIC a part of it."},
	}
}

// tourRows is the tour as the help begins with it.
func tourRows(m *Model, width int) []string {
	rows := []string{heading(m, "To begin with")}
	for _, step := range tourSteps() {
		rows = append(rows, helpRow(m, step.held(m), step.text, width)...)
	}
	return append(rows, "")
}

// held is what does it, with the user's keys.
func (t tourStep) held(m *Model) string {
	var all []string
	for _, name := range t.keys {
		all = append(all, strings.TrimSpace(m.keys.hint(name, "")))
	}
	all = slices.DeleteFunc(append(all, t.typed), func(s string) bool { return s == "" })
	return strings.Join(all, ", ")
}
