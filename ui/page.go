package ui

import (
	tea "charm.land/bubbletea/v2"
)

// page is an overlay to read: rows that can be scrolled.
type page struct {
	title string
	rows  func(m *Model, width int) []string
	text  string                          // of a document, from which others make the rows; "" for other pages
	heads func(m *Model, width int) []int // the rows at which its topics begin; nil: it has none
	top   int
	most  int     // the last row that can be the first of the window, at its present size
	below overlay // what comes back when it is closed, nil: nothing
}

// openPage opens one; the first-run screen stays until it has what it wants, and
// a question to the user comes back.
func (m *Model) openPage(title string, rows func(m *Model, width int) []string) tea.Cmd {
	p := &page{title: title, rows: rows}
	switch over := m.over.(type) {
	case *firstRun:
		return nil
	case *dialog:
		p.below = over
	case *page:
		p.below = over.below
	}
	m.over = p
	return nil
}

func (p *page) paste(string) {}

func (p *page) whole() bool { return true }

func (p *page) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	switch m.keys.named(m, msg, scopeOverlay) {
	case "overlay-up":
		p.scroll(-1)
	case "overlay-down":
		p.scroll(1)
	case "overlay-page-up":
		p.scroll(-pickerPage)
	case "overlay-page-down":
		p.scroll(pickerPage)
	case "topic-before":
		p.top = p.headBefore(m)
	case "topic-after":
		p.top = p.headAfter(m)
	default:
		if p.below != nil || msg.Text == " " || msg.Text == "?" {
			return p.below, nil
		}
		return nil, func(m *Model) tea.Cmd { // somebody goes on writing
			m.typeText(msg)
			return nil
		}
	}
	return p, nil
}

// scroll moves by rows, from what is in view.
func (p *page) scroll(by int) { p.top = max(0, min(p.shown()+by, p.most)) }

// shown is the first row in view: the last topics begin below it.
func (p *page) shown() int { return min(p.top, p.most) }

func (p *page) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	all := p.rows(m, width)
	body := max(0, height-2)
	p.most = max(0, len(all)-body)
	top := p.shown()
	rows = append(rows, titleRule(m, p.title, width))
	rows = append(rows, all[top:min(len(all), top+body)]...)
	foot := hints(m.keys.hint("overlay-down", "scroll"), "any other key closes")
	if p.heads != nil {
		foot = hints(m.keys.hint("overlay-down", "scroll"), m.keys.hint("topic-after", "next topic"), "any other key closes")
	}
	if len(all) <= body {
		foot = "any key closes"
	}
	rows = append(rows, indent+m.styles.Faint.Render(fitHints(foot, max(0, width-2))))
	return rows[:min(len(rows), height)], 0, 0, false
}

// topical reports whether a page with topics is open.
func topical(m *Model) bool {
	p, ok := m.over.(*page)
	return ok && p.heads != nil
}

// headBefore is the row of the topic before, headAfter that of the next one.
func (p *page) headBefore(m *Model) int {
	before := 0
	for _, at := range p.heads(m, m.regions.width) {
		if at < p.top {
			before = at
		}
	}
	return before
}

func (p *page) headAfter(m *Model) int {
	for _, at := range p.heads(m, m.regions.width) {
		if at > p.top {
			return at
		}
	}
	return p.top
}
