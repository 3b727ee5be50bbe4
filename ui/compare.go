package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// variantList is what stands in the place of one message: to choose from, and to
// compare with what is shown.
type variantList struct {
	all   []chat.Message
	shown int // index of the one that is shown
	at    int
	touch touch // which variant stands where
}

// openVariants lists the variants of the chosen message, else of the last one that
// has any.
func (m *Model) openVariants() tea.Cmd {
	path := m.conv.Path()
	if msg, ok := m.chosenMessage(); ok {
		path = []chat.Message{msg}
	}
	places := m.conv.Places()
	for i := len(path) - 1; i >= 0; i-- {
		if p := places[path[i].ID]; p.Several() {
			m.over = &variantList{all: m.conv.Variants(path[i].ID), shown: p.At - 1, at: p.At - 1}
			return nil
		}
	}
	return m.notice.say(toneInfo, "There is one answer only; "+hints(m.keys.hint("retry", "gives another"), "/edit asks otherwise")+".")
}

func (v *variantList) paste(string) {}

func (v *variantList) whole() bool { return false }

func (v *variantList) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	n := len(v.all)
	switch m.keys.named(m, msg, scopeOverlay) {
	case "overlay-close":
		return nil, nil
	case "overlay-accept":
		return v.take(m)
	case "overlay-up":
		v.at = (v.at + n - 1) % n
	case "overlay-down":
		v.at = (v.at + 1) % n
	case "variant-compare":
		return v.compare(), nil
	}
	return v, nil
}

// take shows the selected one in the chat.
func (v *variantList) take(*Model) (overlay, action) {
	id := v.all[v.at].ID
	return nil, func(m *Model) tea.Cmd { return m.goTo(id) }
}

// comparing reports whether the list of variants is open: for its own key.
func (m *Model) comparing() bool {
	_, ok := m.over.(*variantList)
	return ok
}

// compare shows what differs between the one that is shown and the selected one;
// where that is the same, between it and the one before or after it.
func (v *variantList) compare() overlay {
	from, to := v.shown, v.at
	if from == to {
		from = max(0, to-1)
		to = from + 1
	}
	return v.difference(from, to)
}

// difference shows what differs between two variants.
func (v *variantList) difference(from, to int) *page {
	changes := chat.CompareWords(v.all[from].Content, v.all[to].Content)
	title := fmt.Sprintf("What differs: %d → %d of %d", from+1, to+1, len(v.all))
	return &page{title: title, below: v, rows: func(m *Model, width int) []string {
		return changeRows(m, changes, width)
	}}
}

// variantRows is how many rows a variant takes.
const variantRows = 2

// view is a rule with the title, two rows for each variant and a line of hints.
func (v *variantList) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	inner := max(1, width-leftMargin-rightMargin)
	rows = append(rows, titleRule(m, "Variants", width))
	room := max(1, (height-2)/variantRows)
	first := max(0, min(v.at-room/2, len(v.all)-room))
	v.touch = touch{first: len(rows)}
	for i := first; i < len(v.all) && i < first+room; i++ {
		rows = append(rows, v.rows(m, i, inner)...)
		v.touch.add(i, variantRows)
	}
	rows = rows[:min(len(rows), max(1, height-1))]
	foot := hints(m.keys.hint("overlay-accept", "show"), m.keys.hint("variant-compare", "what differs"), m.keys.hint("overlay-close", "close"))
	rows = append(rows, indent+m.styles.Faint.Render(fitHints(foot, inner)))
	return rows[:min(len(rows), height)], 0, 0, false
}

// rows is one variant: which it is with its figures, and how it begins.
func (v *variantList) rows(m *Model, i, width int) []string {
	msg, s := v.all[i], m.styles
	mark := " "
	if i == v.shown {
		mark = "●"
	}
	figures := []string{fmt.Sprintf("%d  yours", i+1)}
	if msg.Role == chat.Assistant {
		figures = footParts(msg)
		figures[0] = fmt.Sprintf("%d  %s", i+1, figures[0])
		figures = slices.Insert(figures, 1, v.settings(i)...)
	}
	head := fit(figures, len(howEnded(msg)), max(1, width-4))
	text := safe.Line(chat.TitleFrom(msg.Content), max(1, width-7))
	if i == v.at {
		return []string{
			indent + s.Selected.Render("▸"+mark+" "+pad(head, width-3)),
			indent + s.SelectedDim.Render(pad("      "+text, width)),
		}
	}
	return []string{indent + " " + s.Accent.Render(mark) + " " + s.Text.Render(head), indent + "      " + s.Dim.Render(text)}
}

// settings is the parameters of a variant that tell it from the others, as far as
// they were set. The effort goes without its first name, as in the status line.
func (v *variantList) settings(i int) []string {
	var all []string
	for _, row := range chat.Parameters() {
		own := paramText(row, v.all[i])
		differs := func(msg chat.Message) bool { return paramText(row, msg) != own }
		if own != "" && slices.ContainsFunc(v.all, differs) {
			all = append(all, safe.Line(strings.TrimPrefix(strings.ReplaceAll(row.Name, "_", " "), "reasoning ")+" "+own, 40))
		}
	}
	return all
}

// paramText is a parameter that an answer was asked with, "" where the server chose.
func paramText(row chat.Parameter, msg chat.Message) string {
	if msg.Params == nil {
		return ""
	}
	return row.Get(*msg.Params)
}

// The marks of a comparison, as git has them for words. While lines are wrapped
// each of their cells is a character for private use, so that they are found again.
const (
	goneBegin, goneEnd = "\ue000\ue001", "\ue002\ue003"
	newBegin, newEnd   = "\ue004\ue005", "\ue006\ue007"
	markCells          = "[--]{++}"
	firstMark          = '\ue000'
)

// changeRows is a comparison as rows: [-gone-] and {+new+}, also told by colour.
func changeRows(m *Model, changes []chat.Change, width int) []string {
	var b strings.Builder
	for _, c := range changes {
		text := strings.Map(withoutMarks, c.Text)
		switch {
		case c.Gone:
			text = goneBegin + text + goneEnd
		case c.New:
			text = newBegin + text + newEnd
		}
		b.WriteString(text)
	}
	var state rune
	var rows []string
	if !slices.ContainsFunc(changes, func(c chat.Change) bool { return !c.Same() }) {
		rows = append(rows, indent+m.styles.Dim.Render(safe.Line("Both have the same words.", max(1, width-leftMargin-rightMargin))), "")
	}
	for _, row := range wrapPlain(b.String(), max(1, width-leftMargin-rightMargin)) {
		rows = append(rows, indent+changeRow(m, row, &state))
	}
	return rows
}

// withoutMarks takes the characters that mark changes out of a text of strangers.
func withoutMarks(r rune) rune {
	if r >= firstMark && int(r-firstMark) < len(markCells) {
		return '\ufffd'
	}
	return r
}

// changeRow colours a row; state is the kind of the piece that it begins in, which
// may have begun rows before.
func changeRow(m *Model, row string, state *rune) string {
	var out, piece strings.Builder
	flush := func() {
		style := m.styles.Text
		switch *state {
		case '[':
			style = m.styles.Danger.Strikethrough(true)
		case '{':
			style = m.styles.Success.Underline(true)
		}
		if piece.Len() > 0 {
			out.WriteString(style.Render(piece.String()))
		}
		piece.Reset()
	}
	for _, r := range row {
		i := int(r - firstMark)
		if i < 0 || i >= len(markCells) {
			piece.WriteRune(r)
			continue
		}
		cell := rune(markCells[i])
		if opens := cell == '[' || cell == '{'; opens {
			flush()
			*state = cell
		}
		piece.WriteRune(cell)
		if cell == ']' || cell == '}' {
			flush()
			*state = 0
		}
	}
	flush()
	return out.String()
}
