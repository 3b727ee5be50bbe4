package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"groqchat/config"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
	"groqchat/ui/theme"
)

const themesTitle = "Themes"

// commandTheme is /theme [NAME].
func (m *Model) commandTheme(args string) tea.Cmd {
	if args == "" {
		return m.openThemes()
	}
	return readThemes(m.opts.Config.Paths.Themes, args)
}

// openThemes opens the list, which shows each theme that it is moved to. The
// folder is read anew meanwhile.
func (m *Model) openThemes() tea.Cmd {
	p := newPicker(themesTitle, "no theme matches")
	p.heading = []string{"theme", "ground", "contrast"}
	p.hint = hints(m.keys.hint("overlay-down", "look"), m.keys.hint("overlay-accept", "keep"), m.keys.hint("overlay-close", "back"), "type to filter")
	p.set(m.themeChoices())
	name := m.opts.Config.Theme
	if name != config.AutoTheme {
		name = m.palette(name).Name
	}
	p.choose(name)
	p.sample = (&themeSample{}).rows
	m.over = p
	return tea.Batch(readThemes(m.opts.Config.Paths.Themes, ""), tea.RequestBackgroundColor)
}

// themeChoices is a row for each theme, and one for the theme that suits the
// ground.
func (m *Model) themeChoices() []choice {
	row := func(name, help, ground, contrast string) choice {
		mark := " "
		if name == m.opts.Config.Theme {
			mark = "•"
		}
		return choice{key: name, match: name + " " + help + " " + ground, mark: mark, columns: []string{hints(name, help), ground, contrast}, brief: name, do: useTheme(name)}
	}
	auto := m.palette(config.AutoTheme)
	choices := []choice{row(config.AutoTheme, "suits the terminal's ground, now "+auto.Name, "", "")}
	for _, p := range m.themes.known() {
		choices = append(choices, row(p.Name, p.Help, groundOf(p), contrastOf(p)))
	}
	return choices
}

// listThemes is the names that /theme takes.
func listThemes(m *Model, _ []string) []candidate {
	now := m.opts.Config.Theme
	all := []candidate{{name: config.AutoTheme, help: hints(m.holds(now == config.AutoTheme), "suits the terminal's ground")}}
	for _, p := range m.themes.known() {
		all = append(all, candidate{name: p.Name, help: hints(m.holds(p.Name == now), p.Help)})
	}
	return all
}

func groundOf(p theme.Palette) string {
	switch {
	case p.Ground == "":
		return "any"
	case p.Dark:
		return "dark"
	}
	return "light"
}

// contrastOf is the least contrast of a text; one that is hard to read is told.
func contrastOf(p theme.Palette) string {
	c, token := p.Least()
	switch {
	case token == "":
		return ""
	case c < 4.5:
		return fmt.Sprintf("%.1f:1 %s", c, token)
	}
	return fmt.Sprintf("%.1f:1", c)
}

func useTheme(name string) action {
	return func(m *Model) tea.Cmd { return m.useTheme(name) }
}

// useTheme takes a theme at once, and for the next starts.
func (m *Model) useTheme(name string) tea.Cmd {
	m.opts.Config.Theme = name
	if m.opts.SetDefault == nil {
		return m.notice.say(toneInfo, "The theme is "+m.themeSaid()+".")
	}
	return setDefault(m.opts.SetDefault, themeSetting, name)
}

// themeSetting is the row of settings that names the theme.
const themeSetting = "theme"

// themeSaid is the theme as it is told.
func (m *Model) themeSaid() string {
	if name := m.opts.Config.Theme; name != config.AutoTheme {
		return name
	}
	return config.AutoTheme + ", now " + m.palette(config.AutoTheme).Name
}

// onThemeSet says what was written.
func (m *Model) onThemeSet() tea.Cmd {
	said := "The theme is " + m.themeSaid() + "."
	if m.lines != nil {
		said += " It is for the screen: lines have no colours."
	}
	switch source := m.opts.Config.Sources[themeSetting]; source.Kind {
	case config.FromFlag, config.FromEnv:
		return m.notice.say(toneWarning, said+" "+source.Detail+" stands over it at the next start.")
	}
	m.opts.Config = m.opts.Config.From(themeSetting, true)
	return m.notice.say(toneInfo, said)
}

// chooseTheme takes the theme whose name was typed.
func (m *Model) chooseTheme(typed string) tea.Cmd {
	if typed == config.AutoTheme {
		return m.useTheme(typed)
	}
	p, err := FindTheme(typed, m.themes.known())
	if err != nil {
		if m.composer.empty() {
			m.composer.setText("/theme " + typed)
		}
		return m.notice.say(toneWarning, sentence(err.Error()))
	}
	return m.useTheme(p.Name)
}

// themeSample is something of everything, in the present theme. It is made once
// for each.
type themeSample struct {
	palette theme.Palette
	width   int
	made    []string
}

// sampleText is what answers are made of.
const sampleText = "## Heading\nText with **weight**, `code` and a [link](https://groq.com).\n" +
	"> Words of others.\n\n1. one\n\n```go\nfunc hi(n int) string { return fmt.Sprint(\"hi \", n+1) } // why\n```\n"

// sampleList is how many rows the list has at least beside the sample.
const sampleList = 7

// rows is the sample, cut to what a list of that height can do without.
func (t *themeSample) rows(m *Model, height int) []string {
	width := m.regions.text
	if p := m.styles.Palette; t.made == nil || t.palette != p || t.width != width {
		*t = themeSample{palette: p, width: width, made: sampleRows(m.styles, width)}
	}
	n := min(len(t.made), height-sampleList)
	if n < 4 {
		return nil
	}
	return t.made[:n]
}

func sampleRows(s theme.Styles, width int) []string {
	rows := []string{"", questionBar(look{styles: s}) + s.User.Render("What you ask")}
	for _, row := range markdown.New(s).Render(sampleText, max(1, width)) {
		if row != "" {
			rows = append(rows, indent+row)
		}
	}
	foot := s.Faint.Render("what accompanies it") + "  " + s.Success.Render("✓ done") + "  " + s.Warning.Render("! odd") + "  " + s.Danger.Render("✗ wrong")
	return append(rows, indent+safe.Cut(foot, max(1, width), ""))
}
