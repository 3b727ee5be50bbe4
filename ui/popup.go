package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/config"
	"groqchat/ui/safe"
)

// popup is what a slash command that is being written may become. It stands over
// the last rows of the transcript, so that nothing moves for it.
type popup struct {
	text   string // for which the rows were made
	rows   []candidate
	at     int
	chosen bool // the user moved in it, so enter accepts
	closed bool // until the text changes
}

// candidate is a line that the input may hold, and what it does.
type candidate struct{ line, shown, help string }

// popupRows is the most rows of it.
const popupRows = 8

// suggestCommands makes the rows for what the input holds now.
func (m *Model) suggestCommands() {
	text := ""
	if lines := m.composer.editor.lines; len(lines) == 1 && strings.HasPrefix(lines[0].text, "/") { // else it may be long
		text = m.composer.text()
	}
	if text == m.popup.text {
		return
	}
	m.popup = popup{text: text}
	if isCommand(text) && m.composer.history.back == 0 {
		m.popup.rows = m.candidates(text)
	}
	if len(m.popup.rows) == 1 && m.popup.rows[0].line == text {
		m.popup.rows = nil
	}
}

// candidates is the commands that begin so, or the arguments of one.
func (m *Model) candidates(text string) (rows []candidate) {
	name, args, argued := strings.Cut(text[1:], " ")
	if argued {
		return m.arguments(name, args)
	}
	for _, c := range m.commands {
		if strings.HasPrefix(c.name, name) {
			line := "/" + c.name
			if c.usage != "" {
				line += " "
			}
			rows = append(rows, candidate{line, strings.TrimSpace("/" + c.name + " " + c.usage), c.help})
		}
	}
	return rows
}

// arguments is the first words that a command knows and that hold what is written;
// a race takes several.
func (m *Model) arguments(name, args string) (rows []candidate) {
	named := ""
	if last := strings.LastIndex(args, " ") + 1; name == "race" && len(strings.Fields(args[:last])) < mostRacers {
		named, args = args[:last], args[last:]
	}
	args = strings.ToLower(args)
	for _, word := range m.words(name) {
		if strings.Contains(strings.ToLower(word), args) && !strings.Contains(args, " ") && !strings.Contains(named, word) {
			rows = append(rows, candidate{"/" + name + " " + named + word, word, ""})
		}
	}
	return rows
}

// words is the first arguments that a command knows.
func (m *Model) words(name string) (words []string) {
	switch name {
	case "model", "retry", "compact", "race":
		for _, info := range m.catalogue.Chats() {
			words = append(words, info.ID)
		}
	case "effort":
		return m.catalogue.Find(m.conv.Model).Efforts
	case "set":
		return parameterNames()
	case "snippet":
		return snippetNames()
	case "persona":
		for _, p := range m.personas.all {
			words = append(words, p.Name)
		}
	case "theme":
		return append([]string{config.AutoTheme}, themeNames(m.themes.known())...)
	case "export":
		return ExportNames()
	case "copy":
		return copyWords()
	case "help":
		return topicNames()
	}
	return words
}

// completing reports whether the popup is to be seen.
func (m *Model) completing() bool {
	return m.over == nil && !m.focused() && !m.popup.closed && len(m.popup.rows) > 0
}

// accepting reports whether enter accepts: a name that is not complete, or what
// the user went to.
func (m *Model) accepting() bool {
	if !m.completing() {
		return false
	}
	typed := strings.TrimSpace(m.popup.text)
	known := slices.ContainsFunc(m.commands, func(c command) bool { return "/"+c.name == typed })
	return m.popup.chosen || !known && !strings.Contains(typed, " ") && typed != "/"
}

func (m *Model) popupUp() tea.Cmd   { return m.popupMove(-1) }
func (m *Model) popupDown() tea.Cmd { return m.popupMove(1) }

// popupMove goes round at the ends.
func (m *Model) popupMove(by int) tea.Cmd {
	p := &m.popup
	p.at, p.chosen = (p.at+by+len(p.rows))%len(p.rows), true
	return nil
}

func (m *Model) popupClose() tea.Cmd {
	m.popup.closed = true
	return nil
}

// popupAccept puts the chosen line into the input.
func (m *Model) popupAccept() tea.Cmd {
	m.composer.setText(m.popup.rows[m.popup.at].line)
	return nil
}

// withPopup puts the popup over the last of the rows above the input.
func (m *Model) withPopup(rows []string) []string {
	p, s := &m.popup, m.styles
	n := min(popupRows, len(p.rows), len(rows)-1)
	if !m.completing() || n < 1 {
		return rows
	}
	first := max(0, min(p.at-n/2, len(p.rows)-n))
	width, widest := m.regions.width-leftMargin-rightMargin, 0
	for _, c := range p.rows {
		widest = max(widest, ansi.StringWidth(safe.Line(c.shown, width/2)))
	}
	for i := range n {
		c := p.rows[first+i]
		mark, name, help := "  ", s.Text, s.Dim
		if first+i == p.at {
			mark, name, help = "▸ ", s.Selected, s.SelectedDim
		}
		shown := safe.Line(c.shown, width-leftMargin)
		if c.help != "" {
			shown = pad(safe.Line(c.shown, width/2), widest)
		}
		line := name.Render(mark + shown)
		if left := width - leftMargin - widest - 2; c.help != "" && left > 8 {
			line += help.Render("  " + safe.Line(c.help, left))
		}
		rows[len(rows)-n+i] = line
	}
	return rows
}
