package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// popup is what a slash command that is being written may become, and what it
// does. It stands over the last rows of the transcript, so that nothing moves for it.
type popup struct {
	text   string // for which the rows were made
	rows   []candidate
	about  string // of the command whose words are being written
	part   string // what is there of the word that the rows are for
	at     int
	chosen bool // the user moved in it, so enter accepts
	closed bool // until the text changes
	touch  touch
}

// candidate is what may stand in a line.
type candidate struct {
	name   string // as it is listed
	brief  string // another name for it, "" for none
	more   string // what stands behind the name where there is room
	help   string
	insert string // what is put in, "" for the name
	line   string // what the input holds once it is taken
	near   bool   // it is only like what is written: enter does not take it
}

// word is what is put into the line.
func (c candidate) word() string {
	if c.insert != "" {
		return c.insert
	}
	return c.name
}

// popupRows is the most rows of it, and popupAbout of what is said below them.
const (
	popupRows  = 8
	popupAbout = 2
)

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
	if !isCommand(text) || m.composer.history.back > 0 {
		return
	}
	if name, args, argued := strings.Cut(text[1:], " "); argued {
		m.suggestArguments(name, args)
	} else {
		m.popup.part, m.popup.rows = name, m.suggestedCommands(name, "")
	}
	if len(m.popup.rows) == 1 && m.popup.rows[0].line == text {
		m.popup.rows = nil
	}
}

// renewPopup makes the rows anew, since there is more to know.
func (m *Model) renewPopup() { m.popup.text = "" }

// suggestedCommands is the commands that fit a name, with what is written behind it:
// else those that it may have been meant to be.
func (m *Model) suggestedCommands(name, behind string) []candidate {
	all := make([]candidate, len(m.commands))
	for i, c := range m.commands {
		all[i] = c.candidate(behind)
	}
	if rows := bestOf(name, all); len(rows) > 0 && behind == "" {
		return rows
	}
	near := chat.Nearest(name, commandNames(m.commands))
	rows := slices.DeleteFunc(all, func(c candidate) bool {
		about := len(name) > 3 && strings.Contains(strings.ToLower(c.help), name)
		return c.name != "/"+near && (near != "" || !about)
	})
	for i := range rows {
		rows[i].near = true
	}
	return rows
}

// candidate is the command as it is listed.
func (c command) candidate(behind string) candidate {
	line := "/" + c.name + behind
	if c.usage != "" && behind == "" {
		line += " "
	}
	return candidate{name: "/" + c.name, more: c.usage, help: c.help, line: line}
}

// suggestArguments makes the rows for a command with words behind it.
func (m *Model) suggestArguments(name, args string) {
	i := slices.IndexFunc(m.commands, func(c command) bool { return c.name == name })
	if i < 0 {
		m.popup.rows = m.suggestedCommands(name, " "+args)
		return
	}
	c := m.commands[i]
	a, ok := argumentOf(c, args)
	if !ok {
		return
	}
	p := &m.popup
	p.part, p.about = a.part, hints(strings.TrimSpace("/"+c.name+" "+c.usage), c.help)
	if about := a.about(m); about != "" {
		p.about = about
	}
	p.rows = a.candidates(m)
	for i, row := range p.rows {
		p.rows[i].line = strings.TrimSuffix(p.text, a.part) + row.word()
		if a.goesOn {
			p.rows[i].line += " "
		}
	}
}

// completing reports whether there is something to take.
func (m *Model) completing() bool { return m.suggesting() && len(m.popup.rows) > 0 }

// suggesting reports whether the popup is to be seen.
func (m *Model) suggesting() bool {
	return m.over == nil && !m.focused() && !m.popup.closed && (len(m.popup.rows) > 0 || m.popup.about != "")
}

// accepting reports whether enter accepts: a word that is not complete, or what the
// user went to.
func (m *Model) accepting() bool {
	p := &m.popup
	switch {
	case !m.completing():
		return false
	case p.chosen:
		return true
	case p.part == "" || strings.HasSuffix(p.part, ":") || p.rows[p.at].near:
		return false
	}
	is := func(c candidate) bool {
		return strings.EqualFold(strings.TrimPrefix(c.name, "/"), p.part) || strings.EqualFold(c.brief, p.part)
	}
	return !slices.ContainsFunc(p.rows, is) && (p.about == "" || strings.Contains(strings.ToLower(p.rows[p.at].name), strings.ToLower(p.part)))
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
	if !m.suggesting() {
		return rows
	}
	over := m.popup.view(m, m.regions.width-leftMargin-rightMargin, len(rows)-1)
	m.popup.touch.first = len(rows) - len(over)
	copy(rows[len(rows)-len(over):], over)
	return rows
}

// view is at most height rows: what fits, and below it what is not told beside it.
func (p *popup) view(m *Model, width, height int) []string {
	column, brief := p.column(width)
	about := p.about
	if len(p.rows) > 0 {
		if c := p.rows[p.at]; about == "" && (brief || ansi.StringWidthWc(c.help) > width-column-2*leftMargin) {
			about = strings.TrimSpace(hints(c.more, c.help))
		}
	}
	var told []string
	if about != "" {
		told = wrapPlain(about, width)
	}
	told = told[:min(len(told), popupAbout, max(0, height-min(1, len(p.rows))))]
	n := max(0, min(popupRows, len(p.rows), height-len(told)))
	first := max(0, min(p.at-n/2, len(p.rows)-n))
	rows := make([]string, 0, n+len(told))
	p.touch = touch{}
	for i := first; i < first+n; i++ {
		p.touch.add(i, 1)
		rows = append(rows, p.row(m, i, width, column, brief))
	}
	for _, line := range told {
		rows = append(rows, indent+m.styles.Dim.Render(line))
	}
	return rows
}

// column is the width of the names. Brief are the rows where the meanings have too
// little room beside what a command takes: then that stands below.
func (p *popup) column(width int) (cells int, brief bool) {
	whole, names := 0, 0
	for _, c := range p.rows {
		names = max(names, ansi.StringWidthWc(safe.Line(c.name, width-leftMargin)))
		whole = max(whole, ansi.StringWidthWc(safe.Line(c.shown(false), width-leftMargin)))
	}
	if whole+2*leftMargin+meaningLeast <= width {
		return whole, false
	}
	return names, true
}

func (c candidate) shown(brief bool) string {
	if brief || c.more == "" {
		return c.name
	}
	return c.name + " " + c.more
}

// row is the name of a candidate and what it means.
func (p *popup) row(m *Model, i, width, column int, brief bool) string {
	c, s := p.rows[i], m.styles
	mark, name, help := "  ", s.Text, s.Dim
	if i == p.at {
		mark, name, help = "▸ ", s.Selected, s.SelectedDim
	}
	left := width - column - 2*leftMargin
	if c.help == "" || left < meaningFew {
		return name.Render(mark + safe.Line(c.shown(brief), width-leftMargin))
	}
	return name.Render(mark+pad(safe.Line(c.shown(brief), column), column)) + help.Render("  "+safe.Line(c.help, left))
}
