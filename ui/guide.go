package ui

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/config"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
	"groqchat/ui/theme"
)

// guideText is the guide in Markdown. A heading begins a topic. In braces stand
// the names of keys, for which the user may have others, and of tables.
//
//go:embed guide.md
var guideText string

// topic is a part of the guide; its name is the heading in small letters.
type topic struct{ name, text string }

// guideTopics is the guide in parts.
func guideTopics() []topic {
	var all []topic
	for _, part := range strings.Split("\n"+guideText, "\n# ")[1:] {
		heading, _, _ := strings.Cut(part, "\n")
		all = append(all, topic{strings.ToLower(heading), "# " + part})
	}
	return all
}

func topicNames() []string {
	var names []string
	for _, t := range guideTopics() {
		names = append(names, t.name)
	}
	return names
}

// commandHelp opens the help, or the guide at a topic.
func (m *Model) commandHelp(args string) tea.Cmd {
	if args == "" {
		return m.openHelp()
	}
	topics := guideTopics()
	i := slices.IndexFunc(topics, func(t topic) bool { return t.name == strings.ToLower(args) })
	if i < 0 {
		near := didYouMean(args, "", topicNames())
		if near == "." {
			near = "; there are " + strings.Join(topicNames(), ", ") + "."
		}
		return m.notice.say(toneWarning, "The guide has no topic "+args+near)
	}
	return m.openDocument("Guide", m.topicText(topics[i]))
}

// openGuide opens the whole guide.
func (m *Model) openGuide() tea.Cmd {
	var b strings.Builder
	for _, t := range guideTopics() {
		if m.lines != nil && t.name == "keys" { // its lines are in another topic
			continue
		}
		b.WriteString(m.topicText(t) + "\n")
	}
	return m.openDocument("Guide", strings.TrimSuffix(b.String(), "\n"))
}

// topicText is a part of the guide for who reads it here.
func (m *Model) topicText(t topic) string {
	if m.lines != nil {
		return m.spokenTopic(t)
	}
	return m.filled(t.text)
}

// keyMark is what stands in the guide for a key or a table.
func keyMark() *regexp.Regexp { return regexp.MustCompile(`\{[a-z-]+\}`) }

// filled is a text of the guide with the keys and the tables in it.
func (m *Model) filled(text string) string {
	return keyMark().ReplaceAllStringFunc(text, func(name string) string {
		switch name = strings.Trim(name, "{}"); name {
		case "keys":
			return m.keyTable()
		case "commands":
			if m.lines != nil {
				return strings.Join(spokenCommands(m.commands), "\n")
			}
			return commandTable(m.commands)
		case "settings":
			if m.lines != nil {
				return strings.Join(spokenSettings(), "\n")
			}
			return settingTable()
		}
		return m.keys.held(name)
	})
}

// markdownTable is a table of Markdown.
func markdownTable(rows [][]string) string {
	var b strings.Builder
	for i, row := range rows {
		for _, text := range row {
			b.WriteString("| " + strings.ReplaceAll(text, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", len(row)) + "|\n")
		}
	}
	return b.String()
}

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}

// keyTable is a table for each place where keys act.
func (m *Model) keyTable() string {
	var b strings.Builder
	for _, g := range helpGroups() {
		rows := [][]string{{"key", "does", "name"}}
		for _, row := range m.keys.rows {
			if inScope(row, g.scopes) && len(row.key.Keys()) > 0 {
				rows = append(rows, []string{m.keys.sendable(row), row.key.Help().Desc, code(row.name)})
			}
		}
		b.WriteString("## " + g.title + "\n\n" + markdownTable(rows) + "\n")
	}
	return b.String()
}

func commandTable(commands []command) string {
	rows := [][]string{{"command", "does"}}
	for _, c := range commands {
		rows = append(rows, []string{code(strings.TrimSpace("/" + c.name + " " + c.usage)), c.help})
	}
	return markdownTable(rows)
}

func settingTable() string {
	rows := [][]string{{"setting", "default", "meaning"}}
	for _, s := range config.Settings() {
		rows = append(rows, []string{code(s.Name), code(s.Default), s.Help})
	}
	return markdownTable(rows)
}

// document is a text and what it is set for.
type document struct {
	text    string
	width   int
	palette theme.Palette
}

// typesetter sets documents beside the loop, which would wait too long for them.
// It keeps the rows of the last one.
type typesetter struct {
	done  document
	rows  []string
	doing bool
}

// openDocument opens a page for a text in Markdown.
func (m *Model) openDocument(title, text string) tea.Cmd {
	cmd := m.openPage(title, func(m *Model, width int) []string { return m.typesetter.lines(text, width) })
	if p, ok := m.over.(*page); ok {
		p.text = text
	}
	return cmd
}

// lines is the rows of a text, nothing as long as they are not there. Until they
// are there for a narrower window, the old ones are cut.
func (t *typesetter) lines(text string, width int) []string {
	if t.done.text != text {
		return nil
	}
	lines := make([]string, len(t.rows))
	for i, row := range t.rows {
		lines[i] = safe.Cut(indent+row, width, "")
	}
	return lines
}

// typeset begins to set the text of the open page, if it is not set for this
// window and look.
func (m *Model) typeset() tea.Cmd {
	p, ok := m.over.(*page)
	if !ok || p.text == "" || m.typesetter.doing || m.regions.text == 0 {
		return nil
	}
	want := document{p.text, m.regions.text, m.styles.Palette}
	if m.typesetter.done == want {
		return nil
	}
	m.typesetter.doing = true
	styles := m.styles
	return func() tea.Msg {
		return typesetMsg{want, markdown.Document(styles, want.text, want.width)}
	}
}

// onTypeset takes what was set. If another is wanted by now, that comes next.
func (m *Model) onTypeset(msg typesetMsg) {
	m.typesetter = typesetter{done: msg.done, rows: msg.rows}
}
