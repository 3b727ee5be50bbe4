package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/config"
	"groqchat/ui/theme"
)

// themes is what is known of them, and of the ground that they stand on. The
// user's folder is looked at as long as one of its themes is shown, or wanted, or
// the list is open.
type themes struct {
	all      []theme.Palette // nil until something was read: the built-in ones
	stamp    string          // of the folder, when all was read
	watching bool            // a look is under way
	light    bool            // the terminal's ground
	told     bool            // the terminal has said what its ground is
}

// themesReadMsg is what the folder of themes holds. It replaces what was read
// before, so that it may come late.
type themesReadMsg struct {
	all    []theme.Palette
	odd    []config.Warning
	stamp  string
	looked bool   // it is the end of a look, without which there is another one
	same   bool   // nothing has changed since, and nothing was read
	choose string // what was typed to be taken
}

// Themes is the built-in themes and those of the user's folder, which replace
// built-in ones of the same name. Their warnings are for the user.
func Themes(dir string) ([]theme.Palette, []config.Warning) {
	all := theme.Builtin()
	read, odd := config.Themes(dir, config.ThemeWords{Tokens: theme.TokenNames(), Bases: themeNames(all)})
	for _, t := range read {
		p := customTheme(t)
		if i := slices.IndexFunc(all, func(q theme.Palette) bool { return strings.EqualFold(q.Name, t.Name) }); i >= 0 {
			all[i] = p
			continue
		}
		all = append(all, p)
	}
	return all, odd
}

// customTheme completes what a file says: with its base, or the built-in theme of
// its name, or the one that is usual on its ground.
func customTheme(t config.Theme) theme.Palette {
	base, ok := theme.Find(cmp.Or(t.Base, t.Name))
	if !ok {
		base, _ = theme.Find(theme.Default)
		if !base.With(t.Colors).Dark {
			base, _ = theme.Find(theme.DefaultLight)
		}
	}
	p := base.With(t.Colors)
	p.Name, p.Custom = t.Name, true
	p.Help = cmp.Or(t.Help, "after "+base.Name)
	return p
}

// FindTheme finds a theme by its name, in any case. The error says which was
// likely meant.
func FindTheme(name string, all []theme.Palette) (theme.Palette, error) {
	i := slices.IndexFunc(all, func(p theme.Palette) bool { return strings.EqualFold(p.Name, name) })
	if i >= 0 {
		return all[i], nil
	}
	names := append([]string{config.AutoTheme}, themeNames(all)...)
	near := didYouMean(name, "", names)
	if near == "." {
		near = "; there are " + strings.Join(names, ", ")
	}
	return theme.Palette{}, fmt.Errorf("there is no theme %s%s", name, near)
}

func themeNames(all []theme.Palette) []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return names
}

// known is the themes that there are.
func (t *themes) known() []theme.Palette {
	if t.all == nil {
		t.all = theme.Builtin()
	}
	return t.all
}

// palette is the theme of a name; one that is not there, and auto, is the one that
// suits the ground.
func (m *Model) palette(name string) theme.Palette {
	c, all := m.opts.Config, m.themes.known()
	names := []string{name, c.ThemeDark, theme.Default}
	if m.themes.light {
		names = []string{name, c.ThemeLight, theme.DefaultLight}
	}
	for _, name := range names {
		if i := slices.IndexFunc(all, func(p theme.Palette) bool { return strings.EqualFold(p.Name, name) }); i >= 0 {
			return m.grounded(all[i])
		}
	}
	return all[0]
}

// grounded decides whether the ground is painted.
func (m *Model) grounded(p theme.Palette) theme.Palette {
	switch m.opts.Config.Ground {
	case "always":
		p.Painted = p.Ground != ""
	case "auto":
		p.Painted = p.Ground != "" && m.themes.told && m.themes.light == p.Dark
	}
	return p
}

// wanted is the theme to be seen: the one that the list is at, else that of the
// settings. So leaving the list gives the old one back, however it is left.
func (m *Model) wanted() theme.Palette {
	name := m.opts.Config.Theme
	if p, ok := m.over.(*picker); ok && p.title == themesTitle {
		name = cmp.Or(p.selected().key, name)
	}
	return m.palette(name).For(m.opts.Profile)
}

// themed is the styles of a theme.
func (m *Model) themed(p theme.Palette) theme.Styles {
	st := theme.New(p)
	if m.opts.Sheet != nil {
		st = st.WithMarkdown(*m.opts.Sheet)
	}
	return st
}

// dress draws in another theme if another is wanted. What is out of view is drawn
// when it comes into view.
func (m *Model) dress() {
	p := m.wanted()
	if p == m.styles.Palette {
		return
	}
	m.styles = m.themed(p)
	m.canvas = m.styles.Canvas()
	m.transcript.restyle(m.styles)
	switch over := m.over.(type) {
	case *reader:
		over.alone.restyle(m.styles)
	case *raceView:
		over.pages = nil
	}
}

// onGround hears what the terminal's ground is, which may be late or change.
func (m *Model) onGround(dark bool) {
	m.changed = !m.themes.told || m.themes.light == dark
	m.themes.told, m.themes.light = true, !dark
}

// watchThemes looks at the folder from time to time while that matters.
func (m *Model) watchThemes() tea.Cmd {
	p, open := m.over.(*picker)
	matters := m.palette(m.opts.Config.Theme).Custom || m.lacksTheme() || open && p.title == themesTitle
	if m.themes.watching || !matters {
		return nil
	}
	m.themes.watching = true
	return lookAtThemes(m.opts.Config.Paths.Themes, m.themes.stamp)
}

// lacksTheme reports whether a theme of the settings is not there.
func (m *Model) lacksTheme() bool {
	c, all := m.opts.Config, m.themes.known()
	there := func(name string) bool {
		return name == config.AutoTheme || slices.ContainsFunc(all, func(p theme.Palette) bool { return strings.EqualFold(p.Name, name) })
	}
	return !there(c.Theme) || !there(c.ThemeDark) || !there(c.ThemeLight)
}

// onThemesRead takes in what the folder holds.
func (m *Model) onThemesRead(msg themesReadMsg) tea.Cmd {
	if msg.looked {
		m.themes.watching = false
	}
	if msg.same {
		m.changed = false
		return nil
	}
	m.themes.all, m.themes.stamp = msg.all, msg.stamp
	m.warn(nil, msg.odd)
	if dir := m.opts.Config.Paths.Themes; len(msg.odd) == 0 && dir != "" && strings.HasPrefix(m.notice.text, dir) {
		m.notice.clear() // it is mended
	}
	if p, ok := m.over.(*picker); ok && p.title == themesTitle {
		p.set(m.themeChoices())
	}
	if msg.choose != "" {
		return m.chooseTheme(msg.choose)
	}
	return nil
}

// themeLook is how often the folder is looked at: who changes colours wants to see
// them.
const themeLook = time.Second

func lookAtThemes(dir, stamp string) tea.Cmd {
	return func() tea.Msg {
		if !changesWithin(themeLook, config.ThemeStamp, dir, stamp) {
			return themesReadMsg{looked: true, same: true}
		}
		msg := themesOf(dir)
		msg.looked = true
		return msg
	}
}

func readThemes(dir, choose string) tea.Cmd {
	return func() tea.Msg {
		msg := themesOf(dir)
		msg.choose = choose
		return msg
	}
}

// themesOf reads the folder. Its stamp is taken before, so that what changes
// meanwhile is read again.
func themesOf(dir string) themesReadMsg {
	msg := themesReadMsg{stamp: config.ThemeStamp(dir)}
	msg.all, msg.odd = Themes(dir)
	return msg
}
