package ui

import (
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/markdown"
)

// The mouse marks what is said in the transcript: by cells, by words after a second
// click, by paragraphs after a third. What is marked is copied when the button is
// released. Its ends are places of the text, so that it stays where the words are
// while more comes.

// point is a cell of a row as it stands in the window, from 0.
type point struct {
	place
	x int
}

// unit is what is marked at once.
type unit int

const (
	byCell unit = iota + 1
	byWord
	byPart
)

// marking is what is marked; the zero value is nothing.
type marking struct {
	on       bool
	held     bool // the button is down
	unit     unit
	from, to point // where it was pressed, and where the mouse is
	a, b     point // the first cell that is marked, and the last one
	pressed  time.Time
}

// clickTime is how soon a click must follow another one to count with it.
const clickTime = 400 * time.Millisecond

// farRight is a cell right of every row.
const farRight = 1 << 20

func (p point) before(q point) bool {
	if p.place != q.place {
		return p.place.before(q.place)
	}
	return p.x < q.x
}

// pointAt is what stands at a cell of the window; ok is false below the text.
func (t *transcript) pointAt(x, y int) (p point, ok bool) {
	row := 0
	for at := t.top; at.item < len(t.items) && row < t.height; at = t.after(at) {
		n := len(t.rows(at.item, at.part)) - at.row
		if y < row+n {
			return point{place{at.item, at.part, at.row + max(0, y-row)}, x}, true
		}
		row += n
	}
	return point{}, false
}

// drawnRow is a row without its looks, as it stands in the window.
func (t *transcript) drawnRow(p place) string {
	rows := t.rows(p.item, p.part)
	if p.row >= len(rows) {
		return ""
	}
	return unstyled(t.items[p.item].draw(nil, p.part, rows[p.row:p.row+1])[0])
}

// extend marks to a point, in whole units.
func (s *marking) extend(t *transcript, to point) {
	s.to, s.a, s.b = to, s.from, to
	if s.b.before(s.a) {
		s.a, s.b = s.b, s.a
	}
	switch s.unit {
	case byWord:
		s.a.x, _ = wordAt(t.drawnRow(s.a.place), s.a.x, t.widths)
		_, s.b.x = wordAt(t.drawnRow(s.b.place), s.b.x, t.widths)
	case byPart:
		s.a.row, s.a.x = 0, 0
		s.b.row, s.b.x = max(0, len(t.rows(s.b.item, s.b.part))-1), farRight
	case byCell:
	}
	s.on = s.on || s.unit != byCell || s.from != to
}

// wordAt is the first and the last cell of the word at a cell of a row: of letters
// and digits, or of other signs without a blank.
func wordAt(row string, x int, widths ansi.Method) (from, to int) {
	column, class, found := 0, 0, false
	for row != "" {
		piece, cells, n, _ := widths.DecodeSequenceInString(row, ansi.NormalState, nil)
		row = row[n:]
		if is := classOf(piece); is != class {
			if found {
				return from, to
			}
			from, class = column, is
		}
		column += cells
		to = column - 1
		found = found || column > x
	}
	if !found {
		return x, x
	}
	return from, to
}

func classOf(piece string) int {
	switch r, _ := utf8.DecodeRuneInString(piece); {
	case r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
		return 1
	case unicode.IsSpace(r):
		return 2
	}
	return 3
}

// cells is the cells of a row that are marked, from one up to another; ok is false
// if none is.
func (s *marking) cells(p place) (from, to int, ok bool) {
	if !s.on || p.before(s.a.place) || s.b.place.before(p) {
		return 0, 0, false
	}
	from, to = leftMargin, farRight
	if p == s.a.place {
		from = max(from, s.a.x)
	}
	if p == s.b.place {
		to = s.b.x + 1
	}
	return from, to, from < to
}

// showMarked shows what is marked in rows that are drawn from a place on.
func (t *transcript) showMarked(rows []string, at place) {
	for i, row := range rows {
		if from, to, ok := t.marked.cells(place{at.item, at.part, at.row + i}); ok && row != "" {
			rows[i] = restyled(row, from, to, t.look.styles.Marked, t.widths)
		}
	}
}

// inText reports whether the mouse is over the transcript.
func (m *Model) inText(msg tea.Mouse) bool {
	return m.over == nil && !m.regions.tooSmall && msg.Button == tea.MouseLeft && msg.Y >= 0 && msg.Y < m.regions.transcript
}

// onClick begins to mark. A click soon after another one at the same place marks
// more at once.
func (m *Model) onClick(msg tea.Mouse) {
	t := &m.transcript
	before := t.marked
	m.changed = before.on
	t.marked = marking{}
	if !m.inText(msg) {
		return
	}
	p, ok := t.pointAt(msg.X, msg.Y)
	if !ok {
		return
	}
	now := marking{held: true, unit: byCell, from: p, to: p, pressed: m.clock}
	if before.from == p && m.clock.Sub(before.pressed) < clickTime {
		now.unit = before.unit%byPart + 1
	}
	now.extend(t, p)
	t.marked, m.changed = now, true
}

// onDrag marks up to where the mouse is. At the edge of the window, the text moves.
func (m *Model) onDrag(msg tea.Mouse) {
	t := &m.transcript
	if m.changed = t.marked.held && m.over == nil; !m.changed {
		return
	}
	last := m.regions.transcript - 1
	switch {
	case msg.Y <= 0:
		t.scroll(-1)
	case msg.Y >= last:
		t.scroll(1)
	}
	if p, ok := t.pointAt(msg.X, max(0, min(msg.Y, last))); ok {
		t.marked.extend(t, p)
	}
}

// onRelease copies what is marked; a click on the first line of code copies that.
func (m *Model) onRelease() tea.Cmd {
	t := &m.transcript
	if m.changed = t.marked.held; !m.changed {
		return nil
	}
	t.marked.held = false
	if t.marked.on {
		return m.copyMarked()
	}
	if code, ok := t.codeAt(t.marked.from.place); ok {
		return m.takeCode(code, "")
	}
	return nil
}

// copyMarked copies what is marked with the mouse.
func (m *Model) copyMarked() tea.Cmd {
	text := m.transcript.markedText()
	if text == "" {
		return nil
	}
	return m.clip("Copied", text)
}

// onMarkedKey takes the mark away at any key, which then does what it does: but for
// the one that copies, and the one that only takes it away.
func (m *Model) onMarkedKey(msg tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	if !m.transcript.marked.on || m.over != nil {
		return nil, false
	}
	interrupts, stops := m.keys.named(m, msg, scopeAlways) == "interrupt", m.keys.named(m, msg, scopeChat) == "stop"
	if interrupts {
		cmd = m.copyMarked()
	}
	m.transcript.marked = marking{}
	return cmd, interrupts || stops
}

// codeAt is the code whose first line a place is.
func (t *transcript) codeAt(p place) (code markdown.Code, ok bool) {
	it := t.items[p.item]
	if !it.isBlock(p.part) || !it.doc.Coded(p.part-1) {
		return code, false
	}
	before, row := 0, t.drawnRow(p)
	for part := range p.part {
		if it.isBlock(part) && it.doc.Coded(part-1) {
			before++
		}
	}
	for _, c := range markdown.Codes(it.msg.Content) {
		if c.Number > before && isHeader(row, c.Number) {
			return c, true
		}
	}
	return code, false
}

// releaseMouse gives the mouse to the terminal, which marks text in its own way, or
// takes it back.
func (m *Model) releaseMouse() tea.Cmd {
	m.mouseFree = !m.mouseFree
	m.transcript.marked = marking{}
	if m.mouseFree {
		return m.notice.say(toneInfo, "The mouse is the terminal's now; "+m.keys.hint("mouse", "takes it back")+".")
	}
	return m.notice.say(toneInfo, "The mouse scrolls and marks here again.")
}
