package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// textArea is a transcript as it stands in the window. One that an overlay covers in
// part shows other rows than the whole.
type textArea struct {
	t      *transcript
	x, y   int // the cell of the window where its margin begins
	height int
}

// textUnder is the transcript that the mouse is over.
func (m *Model) textUnder(x, y int) (area textArea, ok bool) {
	area = textArea{t: &m.transcript, height: m.regions.transcript}
	if m.over != nil {
		area.height = m.sheet.top
	}
	switch over := m.over.(type) {
	case nil:
		covered := m.suggesting() && m.popup.touch.at(y) >= 0 || m.completes() && m.completion.touch.at(y) >= 0
		return area, y < area.height && !covered
	case *reader:
		area = textArea{&over.alone, 0, m.sheet.top + 1, over.alone.height}
	case *raceView:
		return over.areaUnder(x, y-m.sheet.top)
	}
	return area, y >= area.y && y < area.y+area.height
}

// at is what stands at a cell of the window.
func (a textArea) at(x, y int) (p point, ok bool) {
	switch {
	case a.t.width == 0 || len(a.t.items) == 0:
		return p, false
	case a.t.height == a.height:
		return a.t.pointAt(x-a.x, y-a.y)
	}
	part := *a.t
	part.height = a.height
	part.settle()
	p, ok = part.pointAt(x-a.x, y-a.y)
	a.t.opened = part.opened
	return p, ok
}

// begin begins to mark where the button was pressed, and reports whether there is text.
func (a textArea) begin(p *pointer) bool {
	at, ok := a.at(p.x, p.y)
	if !ok {
		return false
	}
	now := marking{unit: unit(p.clicks), from: at, to: at}
	now.extend(a.t, at)
	a.t.marked = now
	return true
}

func (a textArea) drag(msg tea.Mouse) {
	last := a.height - 1
	switch y := msg.Y - a.y; {
	case y <= 0:
		a.t.scroll(-1)
	case y >= last:
		a.t.scroll(1)
	}
	if p, ok := a.at(msg.X, a.y+max(0, min(msg.Y-a.y, last))); ok && a.t.marked.unit > 0 {
		a.t.marked.extend(a.t, p)
	}
}

// sheet is what an overlay drew last.
type sheet struct {
	of     overlay
	top    int      // its first row in the window
	rows   []string // without the mark of the mouse
	paged  bool     // what stands between its title and its hints can be scrolled
	shift  int      // and how far that is
	widths ansi.Method
	marked marking // its rows are counted from the beginning of what can be scrolled
}

// spread takes in what the overlay drew, and shows what is marked of it.
func (m *Model) spread(top int, rows []string) {
	s := &m.sheet
	if s.of != m.over {
		*s = sheet{of: m.over}
	}
	s.top, s.rows, s.widths = top, slices.Clone(rows), m.transcript.widths
	s.paged, s.shift = false, 0
	if p := m.page(); p != nil {
		s.paged, s.shift = true, p.shown()
	}
	for i, row := range rows {
		if from, to, ok := s.marked.cells(place{row: s.row(i)}); ok && row != "" {
			rows[i] = restyled(row, from, to, m.styles.Marked, s.widths)
		}
	}
}

// page is the page that is open, nil for none.
func (m *Model) page() *page {
	switch over := m.over.(type) {
	case *page:
		return over
	case *snippetPage:
		return &over.page
	}
	return nil
}

// row is what a row of the sheet is counted as.
func (s *sheet) row(i int) int {
	switch {
	case !s.paged, i == 0:
		return i
	case i == len(s.rows)-1: // the hints
		return -1
	}
	return i + s.shift
}

func (s *sheet) point(x, y int) point {
	return point{place{row: s.row(max(0, min(y-s.top, len(s.rows)-1)))}, x}
}

// drawnRow, around and method make it markable.
func (s *sheet) drawnRow(p place) string {
	if i := p.row - s.shift; i >= 0 && i < len(s.rows) {
		return unstyled(s.rows[i])
	}
	return ""
}

func (s *sheet) around(p place) (first, last int) { return p.row, p.row }

func (s *sheet) method() ansi.Method { return s.widths }

// begin begins to mark. In a list a second click takes what the first one chose.
func (s *sheet) begin(p *pointer) {
	p.held = heldSheet
	u := unit(p.clicks)
	if over, ok := s.of.(listed); ok {
		if l := over.listing(); l.touch.at(p.y-s.top) >= 0 {
			u = byCell
		}
	}
	at := s.point(p.x, p.y)
	if s.paged && at.row < 1 {
		return
	}
	s.marked = marking{unit: u, from: at, to: at}
	s.marked.extend(s, at)
}

// dragSheet marks up to where the mouse is. At the edge of a page, it is scrolled.
func (m *Model) dragSheet(msg tea.Mouse) {
	s := &m.sheet
	if p := m.page(); p != nil {
		switch y := msg.Y - s.top; {
		case y <= 0:
			p.scroll(-1)
		case y >= len(s.rows)-1:
			p.scroll(1)
		}
		s.shift = p.shown()
		msg.Y = max(s.top+1, min(msg.Y, s.top+len(s.rows)-2))
	}
	if s.marked.unit > 0 {
		s.marked.extend(s, s.point(msg.X, msg.Y))
	}
}

// sheetText is what is marked of an overlay, as it was written: lines that ended for
// want of room are joined where all that stands before the end of the mark is the
// same with more room.
func (m *Model) sheetText() string {
	const room = 1 << 12
	s, a, b := &m.sheet, m.sheet.marked.a, m.sheet.marked.b
	narrow, wide := rowsText{rows: s.rows}, rowsText{}
	if p := m.page(); p != nil {
		narrow.rows = slices.Concat(s.rows[:1], p.rows(m, m.regions.width), s.rows[len(s.rows)-1:])
		wide.rows = slices.Concat(s.rows[:1], p.rows(m, room))
	} else {
		wide.rows, _, _, _ = m.over.view(m, room, len(s.rows))
	}
	if b.row >= len(narrow.rows) {
		return ""
	}
	narrow.rows = s.bare(narrow.rows[:b.row+1])
	wide.rows = s.bare(wide.rows)
	from := spotIn{a.row, byteAt(narrow.rows[a.row], a.x-leftMargin, s.widths)}
	to := spotIn{b.row, byteAt(narrow.rows[b.row], b.x+1-leftMargin, s.widths)}
	text := ""
	if start, end, ok := wide.find(narrow, from, to); ok {
		text = wide.between(start, end)
	} else {
		text = narrow.between(from, to)
	}
	return dedented(strings.Trim(text, "\n"))
}

// dedented is a text without the blanks that all of its lines begin with.
func dedented(text string) string {
	lines := strings.Split(text, "\n")
	least := len(text)
	for _, line := range lines {
		if bare := strings.TrimLeft(line, " "); bare != "" {
			least = min(least, len(line)-len(bare))
		}
	}
	for i, line := range lines {
		lines[i] = line[min(least, len(line)):]
	}
	return strings.Join(lines, "\n")
}

// bare is rows without looks and margins, and without the mark of what is selected.
func (s *sheet) bare(rows []string) []string {
	bare := make([]string, len(rows))
	for i, row := range rows {
		bare[i] = withoutMargin(row)
		if !s.paged {
			bare[i] = strings.Replace(bare[i], "▸", " ", 1)
		}
	}
	return bare
}

// marks is the mark that is to be seen, nil for none.
func (m *Model) marks() *marking {
	switch {
	case m.transcript.marked.on:
		return &m.transcript.marked
	case m.sheet.marked.on:
		return &m.sheet.marked
	}
	switch over := m.over.(type) {
	case *reader:
		if over.alone.marked.on {
			return &over.alone.marked
		}
	case *raceView:
		for _, p := range over.pages {
			if p.marked.on {
				return &p.marked
			}
		}
	}
	return nil
}

// unmark takes every mark away, and reports whether one was to be seen.
func (m *Model) unmark() bool {
	was := false
	for s := m.marks(); s != nil; s = m.marks() {
		*s, was = marking{}, true
	}
	m.transcript.marked, m.sheet.marked = marking{}, marking{}
	return was
}

// markedText is the text of the mark that is to be seen.
func (m *Model) markedText() string {
	marks := m.marks()
	switch {
	case marks == nil:
		return ""
	case marks == &m.sheet.marked:
		return m.sheetText()
	case marks == &m.transcript.marked:
		return m.transcript.markedText()
	}
	return m.mouse.area.t.markedText()
}

// copyMarked copies what is marked with the mouse.
func (m *Model) copyMarked() tea.Cmd {
	text := m.markedText()
	if text == "" {
		return nil
	}
	return m.clip("Copied", text)
}

// onMarkedKey takes the mark away at any key, which then does what it does: but for
// the one that copies, and the one that only takes it away.
func (m *Model) onMarkedKey(msg tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	if m.marks() == nil {
		return nil, false
	}
	stops := m.keys.named(m, msg, scopeChat) == "stop"
	if m.over != nil {
		stops = m.keys.named(m, msg, scopeOverlay) == "overlay-close"
	}
	interrupts := m.keys.named(m, msg, scopeAlways) == "interrupt"
	if interrupts {
		cmd = m.copyMarked()
	}
	m.unmark()
	return cmd, interrupts || stops
}
