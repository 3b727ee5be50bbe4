package ui

import (
	"groqchat/chat"
	"groqchat/config"
)

// What a farewell leaves on the terminal: no more than the screen had, so that
// the line of the shell, and the one that says how to come back, are below it.
const (
	farewellRoom     = 4 // rows of the window that are not for the exchange
	farewellQuestion = 4 // rows of a longer question
)

// farewell is the last exchange as it stood on the screen, in rows that are safe:
// the beginning of the question, and as much of the end of the answer as a
// window has room for.
func (m *Model) farewell() []string {
	t := &m.transcript
	if m.styles.Palette.Painted { // its ground goes with the screen
		t.restyle(m.themed(m.palette(config.AutoTheme).For(m.opts.Profile)))
	}
	t.show(m.conv.Path())
	t.chosen = ""
	at := t.lastQuestion()
	if at < 0 || !m.opts.Config.Scrollback || m.regions.tooSmall || t.width == 0 {
		return nil
	}
	t.advance()
	rows := t.between(place{item: at}, place{item: at + 1})
	if len(rows) > farewellQuestion {
		rows = append(rows[:farewellQuestion-1], questionBar(t.look)+"…", "")
	}
	start, end := place{item: at + 1}, place{item: len(t.items)}
	if start == end {
		return rows
	}
	if from := t.back(end, max(1, m.regions.height-farewellRoom-len(rows))); start.before(from) {
		start = from
		rows = append(rows, indent+t.look.styles.Faint.Render("…"))
	}
	return append(rows, t.between(start, end)...)
}

// lastQuestion is the item of the last question, -1 if there is none.
func (t *transcript) lastQuestion() int {
	for i := len(t.items) - 1; i >= 0; i-- {
		if t.items[i].msg.Role == chat.User {
			return i
		}
	}
	return -1
}

// between is the rows between two places as they stand on the screen.
func (t *transcript) between(from, to place) []string {
	var rows []string
	for at := from; at.before(to); at = t.after(at) {
		part := t.rows(at.item, at.part)
		rows = t.items[at.item].draw(rows, at.part, part[min(at.row, len(part)):])
	}
	return rows
}
