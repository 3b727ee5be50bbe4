package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/safe"
)

// snippetPage is a program to read, which a key copies or writes to a file.
type snippetPage struct {
	page
	text, file string
}

// showsSnippet reports whether one is open: some keys mean something only there.
func showsSnippet(m *Model) bool {
	_, ok := m.over.(*snippetPage)
	return ok
}

// commandSnippet is /snippet [LANGUAGE] [FILE]; "-" copies it at once.
func (m *Model) commandSnippet(args string) tea.Cmd {
	name, file, _ := strings.Cut(args, " ")
	if name == "" {
		return m.openSnippets()
	}
	l, ok := chat.FindSnippetLanguage(name)
	if !ok {
		return m.notice.say(toneWarning, "There is no snippet in "+name+didYouMean(name, "", snippetNames()))
	}
	return m.snippet(l, strings.TrimSpace(file))
}

func snippetNames() []string {
	var names []string
	for _, l := range chat.SnippetLanguages() {
		names = append(names, l.Name)
	}
	return names
}

// openSnippets offers the languages.
func (m *Model) openSnippets() tea.Cmd {
	p := newPicker("Snippets", "no language matches")
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "show it"), m.keys.hint("overlay-close", "close"))
	var choices []choice
	for _, l := range chat.SnippetLanguages() {
		choices = append(choices, choice{
			key: l.Name, match: l.Name + " " + l.Help, mark: " ", columns: []string{hints(l.Name, l.Help)},
			do: func(m *Model) tea.Cmd { return m.snippet(l, "") },
		})
	}
	p.set(choices)
	m.over = p
	return nil
}

// snippet shows a program that asks the last question of the conversation anew,
// copies it or writes it to a file.
func (m *Model) snippet(l chat.SnippetLanguage, file string) tea.Cmd {
	req := m.conv.Request()
	last := len(req.Messages)
	for last > 0 && req.Messages[last-1].Role != chat.User {
		last--
	}
	req.Messages = slices.Clone(req.Messages[:last])
	if last == 0 || m.backend.Body == nil {
		return m.notice.say(toneInfo, "There is no question yet to make a snippet of.")
	}
	body, err := m.backend.Body(req)
	text := ""
	if err == nil {
		text, err = l.Write(body, m.opts.Config.BaseURL)
	}
	switch {
	case err != nil:
		return m.showError(err)
	case file == clipboardFile:
		return m.clip("Copied", text)
	case file != "":
		return writeSnippet(file, text)
	}
	m.over = &snippetPage{page{title: hints("Snippet", l.Name), rows: snippetRows(text)}, text, "groqchat-snippet." + l.Ending}
	return nil
}

// snippetRows is the program as it is, in rows that fit.
func snippetRows(text string) func(*Model, int) []string {
	text = safe.Text(text)
	return func(m *Model, width int) []string {
		rows := wrapSafe(strings.TrimRight(text, "\n"), width-leftMargin-rightMargin, m.transcript.widths)
		for i, row := range rows {
			rows[i] = indent + m.styles.Code.Render(row)
		}
		return rows
	}
}

func (p *snippetPage) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	switch m.keys.named(m, msg, scopeOverlay) {
	case "snippet-copy":
		return p, func(m *Model) tea.Cmd { return m.clip("Copied", p.text) }
	case "snippet-save":
		return p, func(*Model) tea.Cmd { return writeSnippet(p.file, p.text) }
	}
	next, do := p.page.update(m, msg)
	if next == overlay(&p.page) {
		return p, do
	}
	return next, do
}

func (p *snippetPage) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	rows, x, y, ok = p.page.view(m, width, height)
	if n := len(rows); n > 1 {
		foot := hints(m.keys.hint("snippet-copy", "copy"), m.keys.hint("snippet-save", "save as "+p.file), m.keys.hint("overlay-down", "scroll"), "any other key closes")
		rows[n-1] = indent + m.styles.Faint.Render(fitHints(foot, max(0, width-2)))
	}
	return rows, x, y, ok
}

// writeSnippet writes a file that must not exist.
func writeSnippet(path, text string) tea.Cmd {
	return func() tea.Msg {
		return exportedMsg{path: path, err: history.WriteExport(path, []byte(text), false)}
	}
}
