package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// dialog says what happened and offers what can be done. Each choice has a
// number, which chooses it at once.
type dialog struct {
	title, text string
	choices     []choice // columns: what it does, and a detail
	at          int
	touch       touch  // which choice stands where
	closing     string // what closing it means, for the hint
	closed      action // what is done then, nil: nothing
}

func (d *dialog) paste(string) {}

func (d *dialog) whole() bool { return false }

func (d *dialog) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	n := len(d.choices)
	switch m.keys.named(m, msg, scopeOverlay) {
	case "overlay-close":
		return nil, d.closed
	case "overlay-accept":
		return d.take(m)
	case "overlay-up":
		d.at = (d.at + n - 1) % n
	case "overlay-down":
		d.at = (d.at + 1) % n
	default:
		if i, err := strconv.Atoi(msg.Text); err == nil && i >= 1 && i <= n {
			return nil, d.choices[i-1].do
		}
	}
	return d, nil
}

// take does what is selected.
func (d *dialog) take(*Model) (overlay, action) { return nil, d.choices[d.at].do }

// view is a rule with the title, the text, the choices and a line of hints. In a
// low window the choices are cut to a row each, and then the text gives way.
func (d *dialog) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	inner := max(1, width-leftMargin-rightMargin)
	text := wrapPlain(d.text, inner)
	list := d.full(m, inner)
	if len(text)+len(list)+2 > height {
		list = d.list(m, inner, max(0, height-2))
	}
	room := height - len(list) - 2
	rows = append(rows, titleRule(m, d.title, width))
	for _, line := range text[:max(0, min(len(text), room))] {
		rows = append(rows, indent+m.styles.Text.Render(line))
	}
	if room > len(text) {
		rows = append(rows, "")
	}
	d.touch.first = len(rows)
	rows = append(rows, list...)
	foot := hints(m.keys.hint("overlay-accept", "or a number: do it"), m.keys.hint("overlay-close", d.closing))
	rows = append(rows, indent+m.styles.Faint.Render(fitHints(foot, inner)))
	return rows[:min(len(rows), height)], 0, 0, false
}

// full is all choices with nothing cut off: a detail that does not fit beside what
// it belongs to stands below it.
func (d *dialog) full(m *Model, width int) []string {
	const longest = 400
	var rows []string
	d.touch = touch{}
	inner, below := max(1, width-choiceIndent), strings.Repeat(" ", choiceIndent)
	for i, c := range d.choices {
		begun := len(rows)
		mark, style, dim := "  ", m.styles.Text, m.styles.Dim
		if i == d.at {
			mark, style, dim = "▸ ", m.styles.Selected, m.styles.SelectedDim
		}
		what, detail := wrapPlain(safe.Line(c.columns[0], longest), inner), safe.Line(c.columns[1], longest)
		rows = append(rows, indent+style.Render(mark+strconv.Itoa(i+1)+" "+what[0]))
		for _, line := range what[1:] {
			rows = append(rows, indent+style.Render(below+line))
		}
		switch beside := "  " + detail; {
		case detail == "":
		case len(what) == 1 && ansi.StringWidth(what[0]+beside) <= inner:
			rows[len(rows)-1] += dim.Render(beside)
		default:
			for _, line := range wrapPlain(detail, inner) {
				rows = append(rows, indent+dim.Render(below+line))
			}
		}
		d.touch.add(i, len(rows)-begun)
	}
	return rows
}

// list is at most height choices around the selected one.
func (d *dialog) list(m *Model, width, height int) []string {
	first := max(0, min(d.at-height/2, len(d.choices)-height))
	var rows []string
	d.touch = touch{}
	for i := first; i < len(d.choices) && len(rows) < height; i++ {
		c := d.choices[i]
		d.touch.add(i, 1)
		what := safe.Line(strconv.Itoa(i+1)+"  "+c.columns[0], max(1, width-2))
		detail := ""
		if left := width - 4 - ansi.StringWidth(what); left > 8 && c.columns[1] != "" {
			detail = "  " + safe.Line(c.columns[1], left)
		}
		if i == d.at {
			rows = append(rows, indent+m.styles.Selected.Render("▸ "+what)+m.styles.SelectedDim.Render(detail))
			continue
		}
		rows = append(rows, indent+"  "+m.styles.Text.Render(what)+m.styles.Dim.Render(detail))
	}
	return rows
}

// option is a row of a dialog.
func option(what, detail string, do action) choice {
	return choice{columns: []string{what, detail}, do: do}
}
