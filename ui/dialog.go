package ui

import (
	"slices"
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
// low window nothing is cut off of the selected choice, the others have a row each,
// and first the text gives way, then the hints.
func (d *dialog) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	inner := max(1, min(width-leftMargin-rightMargin, m.opts.Config.Width))
	text, list, foot := wrapPlain(d.text, inner), d.full(m, inner), 1
	if len(text)+len(list)+2 > height {
		list = d.squeezed(m, inner)
		if len(list)+2 >= height {
			foot = 0
		}
		list = d.around(list, height-1-foot)
	}
	room := max(0, height-len(list)-1-foot)
	rows = append(rows, titleRule(m, d.title, width))
	for _, line := range begun(text, room, inner) {
		rows = append(rows, indent+m.styles.Text.Render(line))
	}
	if room > len(text) {
		rows = append(rows, "")
	}
	d.touch.first = len(rows)
	rows = append(rows, list...)
	if foot > 0 {
		hint := hints(m.keys.hint("overlay-accept", "or a number: do it"), m.keys.hint("overlay-close", safe.Text(d.closing)))
		rows = append(rows, indent+m.styles.Faint.Render(fitHints(hint, inner)))
	}
	return rows[:min(len(rows), height)], 0, 0, false
}

// begun is at most that many rows of a text, the last of which says that there is more.
func begun(rows []string, most, width int) []string {
	if len(rows) <= most || most < 1 {
		return rows[:min(len(rows), most)]
	}
	rows = slices.Clone(rows[:most])
	rows[most-1] = safe.Cut(rows[most-1]+"…", width, "…")
	return rows
}

// full is all choices with nothing cut off.
func (d *dialog) full(m *Model, width int) []string {
	var rows []string
	d.touch = touch{}
	for i := range d.choices {
		entire := d.entire(m, i, width)
		d.touch.add(i, len(entire))
		rows = append(rows, entire...)
	}
	return rows
}

// squeezed is all choices, with nothing cut off of the selected one alone.
func (d *dialog) squeezed(m *Model, width int) []string {
	var rows []string
	d.touch = touch{}
	for i := range d.choices {
		of := []string{d.row(m, i, width)}
		if i == d.at {
			of = d.entire(m, i, width)
		}
		d.touch.add(i, len(of))
		rows = append(rows, of...)
	}
	return rows
}

// around is the squeezed rows that have room: one row is left to the text, unless the
// selected choice needs it.
func (d *dialog) around(rows []string, height int) []string {
	own := len(rows) - len(d.choices) + 1 // rows of the selected one
	height = max(height-1, min(own, height), 1)
	first := max(0, min(d.at-max(0, height-own)/2, len(rows)-height))
	end := min(len(rows), first+height)
	d.touch.of = d.touch.of[first:end]
	return rows[first:end]
}

// entire is a choice with nothing cut off: a detail that does not fit beside what it
// belongs to stands below it.
func (d *dialog) entire(m *Model, i, width int) (rows []string) {
	const longest = 400
	c, inner, below := d.choices[i], max(1, width-choiceIndent), strings.Repeat(" ", choiceIndent)
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
	case len(what) == 1 && ansi.StringWidthWc(what[0]+beside) <= inner:
		rows[0] += dim.Render(beside)
	default:
		for _, line := range wrapPlain(detail, inner) {
			rows = append(rows, indent+dim.Render(below+line))
		}
	}
	return rows
}

// row is a choice that is not selected, cut to a row.
func (d *dialog) row(m *Model, i, width int) string {
	c := d.choices[i]
	what := safe.Line(strconv.Itoa(i+1)+" "+c.columns[0], max(1, width-2))
	detail := ""
	if left := width - choiceIndent - ansi.StringWidthWc(what); left > 8 && c.columns[1] != "" {
		detail = "  " + safe.Line(c.columns[1], left)
	}
	return indent + "  " + m.styles.Text.Render(what) + m.styles.Dim.Render(detail)
}

// option is a row of a dialog.
func option(what, detail string, do action) choice {
	return choice{columns: []string{what, detail}, do: do}
}
