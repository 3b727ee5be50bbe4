package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// firstRunForm is how much room the first-run screen takes: what is left out in a
// small window.
type firstRunForm struct{ gaps, title, text, link, short, few bool }

// firstRunForms begins with the roomiest form. The field, and what is wrong with
// what is in it, are in all of them; where to get a key is in nearly all.
func firstRunForms() []firstRunForm {
	return []firstRunForm{
		{gaps: true, title: true, text: true},
		{title: true, text: true},
		{title: true, link: true},
		{title: true, link: true, short: true},
		{link: true, short: true},
		{link: true, short: true, few: true},
		{short: true},
	}
}

func (f *firstRun) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	inner := max(1, min(m.opts.Config.Width, width-leftMargin-rightMargin))
	for _, form := range firstRunForms() {
		rows, x, y = f.rows(m, form, inner)
		if len(rows) <= height {
			break
		}
	}
	for i, row := range rows {
		rows[i] = indent + row
	}
	return rows[:min(len(rows), height)], x, y, y < height && !f.working
}

// rows is the screen in a form, with the place of the cursor.
func (f *firstRun) rows(m *Model, form firstRunForm, inner int) (rows []string, x, y int) {
	s := m.styles
	add := func(style lipgloss.Style, lines []string) {
		for _, line := range lines {
			rows = append(rows, style.Render(line))
		}
	}
	gap := func(wanted bool) {
		if wanted {
			rows = append(rows, "")
		}
	}
	title, text := f.about(m)
	gap(form.gaps)
	if form.title {
		add(s.Title, wrapPlain(title, inner))
	}
	gap(form.text)
	switch {
	case form.text:
		add(s.Text, wrapPlain(text, inner))
	case form.link && !f.refused:
		add(s.Text, wrapPlain(m.keyPlace(), inner))
	}
	gap(form.text)
	field, at := f.field(inner - 2)
	x, y = leftMargin+2+at, len(rows)
	rows = append(rows, s.Accent.Render("❯ ")+field.render(m))
	if f.problem != "" {
		add(s.Danger, wrapPlain("✗ "+f.problem, inner))
	}
	gap(form.gaps)
	keys := stacked(f.hint(m, form.short), inner)
	if form.few {
		keys = keys[:1]
	}
	add(s.Dim, keys)
	return rows, x, y
}

// keyPlace is where a key comes from, in a row.
func (m *Model) keyPlace() string {
	if m.opts.Config.AsksGroq() {
		return firstRunLink
	}
	return "Server: " + safe.Line(m.opts.Config.BaseURL, titleMost)
}

// firstRunLink is what is left of firstRunText where there is no room for it.
const firstRunLink = "Free key: console.groq.com/keys"

// hint is what the keys do now, in fewer words where there is little room.
func (f *firstRun) hint(m *Model, short bool) string {
	demo, use := "try the demo", "use this key"
	bare := demo + " without a key"
	if short {
		demo, use, bare = "demo", "use it", "demo"
	}
	switch {
	case f.working:
		return "checking …"
	case f.key.empty() && f.refused:
		return hints(m.keys.hint("overlay-close", "back to the chat"), m.keys.hint("first-run-demo", demo))
	case f.key.empty():
		return hints(m.keys.hint("overlay-accept", bare), m.keys.hint("first-run-quit", "quit"))
	}
	return hints(m.keys.hint("overlay-accept", use), m.keys.hint("first-run-demo", demo))
}

// maskedField is what stands in the field: the key as dots, or a placeholder.
type maskedField struct {
	text  string
	empty bool
}

// field masks the key: how much was typed is shown, not what.
func (f *firstRun) field(width int) (maskedField, int) {
	if f.key.empty() {
		return maskedField{safe.Cut(f.placeholder(width), width, "…"), true}, 0
	}
	n := min(len([]rune(f.key.value())), max(0, width-1))
	return maskedField{strings.Repeat("•", n), false}, n
}

// placeholder is the longest that has room.
func (f *firstRun) placeholder(width int) string {
	if f.refused {
		return "paste another key"
	}
	for _, text := range []string{"paste your key, or press enter for the demo", "paste your key, or press enter"} {
		if ansi.StringWidthWc(text) <= width {
			return text
		}
	}
	return "paste your key"
}

func (t maskedField) render(m *Model) string {
	if t.empty {
		return m.styles.Faint.Render(t.text)
	}
	return m.styles.Text.Render(t.text)
}
