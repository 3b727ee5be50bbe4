package ui

import (
	"cmp"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/ui/safe"
)

// tuner is the editor of parameters: the rows of their table with what holds, what
// is valid and who said so. What is typed is a value of the selected row.
type tuner struct {
	at      int
	typing  bool
	field   editor
	problem string // with what was typed last
	touch   touch  // which row stands where
}

// tuning reports whether the editor is open: some keys mean something only there.
func tuning(m *Model) bool {
	_, ok := m.over.(*tuner)
	return ok
}

func (m *Model) openParameters() tea.Cmd {
	m.over = &tuner{field: newLineEditor()}
	return nil
}

// commandSet is /set [NAME [VALUE]].
func (m *Model) commandSet(args string) tea.Cmd {
	name, value, _ := strings.Cut(args, " ")
	if name == "" {
		return m.openParameters()
	}
	row, ok := chat.FindParameter(name)
	if s, live := findLive(name); live {
		return m.setLive(s, strings.TrimSpace(value))
	}
	if !ok {
		m.composer.setText("/set " + args)
		near := didYouMean(name, "", settableNames())
		if near == "." {
			near = "; there are " + strings.Join(settableNames(), ", ") + "."
		}
		return m.notice.say(toneWarning, "There is no parameter "+name+near)
	}
	if err := m.setParameter(row, value); err != nil {
		m.composer.setText("/set " + args)
		return m.notice.say(toneWarning, sentence(err.Error()))
	}
	said := row.Name + " is left to the server."
	if v := row.Get(m.conv.Params); v != "" {
		said = row.Name + " is " + v + " from the next question on."
	}
	info := m.catalogue.Find(m.conv.Model)
	if why := row.Ignored(info); why != "" {
		return m.notice.say(toneWarning, said+" But "+why+".")
	}
	return m.notice.say(toneInfo, said+m.snapped(info))
}

func parameterNames() []string {
	rows := chat.Parameters()
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Name
	}
	return names
}

// setParameter sets a parameter of the session, "" unsets it; new sessions of this
// run have it too.
func (m *Model) setParameter(row chat.Parameter, value string) error {
	if err := row.Set(&m.conv.Params, value); err != nil {
		return err
	}
	m.chosen[row.Name] = row.Get(m.conv.Params)
	return nil
}

// resetParameter gives a parameter the value that new sessions begin with.
func (m *Model) resetParameter(row chat.Parameter) {
	fresh := m.opts.Config.Begin(m.personas.worn, m.catalogue)
	// What new sessions begin with is valid.
	_ = row.Set(&m.conv.Params, row.Get(fresh.Params))
	delete(m.chosen, row.Name)
}

// row is the selected row as the present model takes it.
func (t *tuner) row(m *Model) chat.Parameter {
	return chat.Parameters()[t.at].For(m.catalogue.Find(m.conv.Model))
}

func (t *tuner) paste(text string) {
	t.typing, t.problem = true, ""
	t.field.insert(text)
}

func (t *tuner) whole() bool { return false }

func (t *tuner) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	name := m.keys.named(m, msg, scopeOverlay)
	if t.typing {
		t.write(m, msg, name)
		return t, nil
	}
	switch name {
	case "overlay-close":
		return nil, nil
	case "overlay-accept":
		return t.take(m)
	case "overlay-up":
		t.move(-1)
	case "overlay-down":
		t.move(1)
	case "parameter-less":
		t.step(m, -1)
	case "parameter-more":
		t.step(m, 1)
	case "parameter-reset":
		m.resetParameter(t.row(m))
	case "parameter-reset-all":
		for _, row := range chat.Parameters() {
			m.resetParameter(row)
		}
	case "parameter-default":
		row := t.row(m)
		return t, func(m *Model) tea.Cmd { return m.keepDefault(row.Name, row.Get(m.conv.Params)) }
	default:
		if msg.Text != "" {
			t.paste(msg.Text)
		}
	}
	return t, nil
}

// take begins to type a value.
func (t *tuner) take(m *Model) (overlay, action) {
	t.typing = true
	t.field.setValue(t.row(m).Get(m.conv.Params))
	return t, nil
}

// write takes a key while a value is typed.
func (t *tuner) write(m *Model, msg tea.KeyPressMsg, name string) {
	switch name {
	case "overlay-close":
		t.leave()
	case "overlay-accept":
		t.commit(m)
	case "overlay-up":
		t.commit(m)
		t.move(-1)
	case "overlay-down":
		t.commit(m)
		t.move(1)
	default:
		t.problem = ""
		if op, ok := m.keys.edit(m, msg); ok {
			t.field.do(op)
		} else {
			t.field.insert(msg.Text)
		}
	}
}

// commit takes what was typed, or says what is wrong with it.
func (t *tuner) commit(m *Model) {
	row := t.row(m)
	value := strings.TrimSpace(t.field.value())
	if err := m.setParameter(row, value); err != nil {
		t.problem = sentence(cmp.Or(errors.Unwrap(err), err).Error()) // the name stands above
		return
	}
	t.leave()
}

func (t *tuner) leave() {
	t.typing, t.problem = false, ""
	t.field.setValue("")
}

// move goes round at the ends, but not away from a problem.
func (t *tuner) move(by int) {
	if n := len(chat.Parameters()); t.problem == "" {
		t.at = (t.at + by + n) % n
	}
}

func (t *tuner) step(m *Model, by int) {
	row := t.row(m)
	if value, ok := row.Stepped(m.conv.Params, m.catalogue.Find(m.conv.Model), by); ok {
		// A step is valid.
		_ = m.setParameter(row, value)
	}
}

// keepDefault writes what a setting is into the configuration.
func (m *Model) keepDefault(setting, value string) tea.Cmd {
	if m.opts.SetDefault == nil {
		return m.notice.say(toneInfo, "There is no configuration file to write to.")
	}
	return setDefault(m.opts.SetDefault, setting, value)
}

// onDefaultSet lets a new default hold for the sessions that begin from now on.
func (m *Model) onDefaultSet(msg defaultSetMsg) tea.Cmd {
	if msg.setting == themeSetting {
		return m.onThemeSet()
	}
	if msg.setting == "model" {
		return m.notice.say(toneInfo, "New sessions talk to "+chat.ShortModel(msg.value)+".")
	}
	said := "New sessions have " + msg.setting + " " + msg.value + "."
	if msg.value == "" {
		said = "New sessions leave " + msg.setting + " to the server."
	}
	switch source := m.opts.Config.Sources[msg.setting]; source.Kind {
	case config.FromFlag, config.FromEnv:
		return m.notice.say(toneWarning, said+" "+source.Detail+" stands over that in this run.")
	}
	if row, ok := config.FindSetting(msg.setting); ok {
		// It was valid enough to be written.
		_ = row.Set(&m.opts.Config.Config, msg.value)
		m.opts.Config = m.opts.Config.From(msg.setting, msg.value != "")
	}
	return m.notice.say(toneInfo, said)
}

// saidBy is where the value of a parameter comes from.
func (m *Model) saidBy(row chat.Parameter) string {
	value, source := row.Get(m.conv.Params), m.opts.Config.Sources[row.Name]
	switch {
	case value == "":
		return "default"
	case row.Get(m.personas.worn.Params) == value:
		return "persona"
	case row.Get(m.opts.Config.Params) != value || source.Kind == config.FromDefault:
		return "session"
	case source.Kind == config.FromFile:
		return "config"
	}
	return source.Kind
}

// columns is a row of the list: its name, what holds, what is valid, who said so.
func (t *tuner) columns(m *Model, row chat.Parameter) []string {
	info := m.catalogue.Find(m.conv.Model)
	value := row.Get(m.conv.Params)
	if value == "" {
		if value = row.Unset(info); value == "" {
			value = "–"
		}
	}
	by := m.saidBy(row)
	if row.Ignored(info) != "" {
		by = "no effect"
	}
	return []string{strings.ReplaceAll(row.Name, "_", " "), value, by, row.Bounds}
}

func (t *tuner) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	s := m.styles
	inner := listWidth(width)
	rows = append(rows, titleRule(m, hints("Parameters", m.catalogue.Find(m.conv.Model).Short()), width))
	t.touch = touch{first: len(rows)}
	rows = append(rows, t.list(m, inner, max(1, height-3))...)
	y = len(rows)
	line, x, ok := t.detail(m, inner)
	rows = append(rows, indent+line)
	hint := hints(strings.TrimSpace(m.keys.hint("parameter-less", ""))+"/"+m.keys.hint("parameter-more", "change"),
		m.keys.hint("parameter-default", "as default"), m.keys.hint("parameter-reset", "reset"), m.keys.hint("parameter-reset-all", "reset all"), m.keys.hint("overlay-close", "close"))
	if t.typing {
		hint = hints(m.keys.hint("overlay-accept", "set it"), m.keys.hint("overlay-close", "leave it"))
	}
	rows = append(rows, indent+s.Faint.Render(fit(strings.Split(hint, dot), 1, max(0, width-leftMargin))))
	return rows[:min(len(rows), height)], x, y, ok && y < height
}

// boundsCells is the most of a value and of what is valid that a column shows.
const boundsCells = 24

// list is at most height rows around the selected one.
func (t *tuner) list(m *Model, width, height int) []string {
	info := m.catalogue.Find(m.conv.Model)
	all := chat.Parameters()
	cells := make([][]string, len(all))
	natural := make([]int, 4)
	for i, row := range all {
		cells[i] = t.columns(m, row.For(info))
		for n, text := range cells[i] {
			natural[n] = max(natural[n], ansi.StringWidthWc(safe.Line(text, boundsCells)))
		}
	}
	widths := columnWidths(natural, width-2)
	first := max(0, min(t.at-height/2, len(all)-height))
	var rows []string
	for i := first; i < len(all) && len(rows) < height; i++ {
		t.touch.add(i, 1)
		line := columnsLine(cells[i], widths)
		style := m.styles.Text
		if all[i].Get(m.conv.Params) == "" || all[i].Ignored(info) != "" {
			style = m.styles.Dim
		}
		if i == t.at {
			rows = append(rows, indent+m.styles.Selected.Render("▸ "+line))
			continue
		}
		rows = append(rows, indent+"  "+style.Render(line))
	}
	return rows
}

// detail is the line below the list: what is typed, what is wrong with it, or what
// the selected row is.
func (t *tuner) detail(m *Model, width int) (line string, x int, typing bool) {
	row := t.row(m)
	switch {
	case t.problem != "":
		return m.styles.Warning.Render(safe.Cut("! "+safe.Line(t.problem, width), width, "…")), 0, false
	case t.typing:
		text, at := t.field.line(max(1, width-2))
		return m.styles.Accent.Render("❯ ") + m.styles.Text.Render(text), leftMargin + 2 + at, true
	}
	text := row.Help
	if row.Choices != nil {
		text = strings.Join(row.Choices, ", ")
	}
	if why := row.Ignored(m.catalogue.Find(m.conv.Model)); why != "" {
		text = sentence(why)
	}
	return m.styles.Dim.Render(safe.Cut(safe.Line(text, width), width, "…")), 0, false
}
