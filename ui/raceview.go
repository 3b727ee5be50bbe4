package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
)

// raceView shows the answers of a race: side by side where there is room, below
// one another where there is not. Each has a transcript of its own, in which it
// grows as in the chat, and from whose beginning it is read once it has ended.
type raceView struct {
	at    int
	pages []*racePage
}

// racePage is the answer of a racer.
type racePage struct {
	transcript
	ended bool
	x, y  int // where its text stands in the view, margin included
}

func (v *raceView) paste(string) {}

func (v *raceView) whole() bool { return true }

func racing(m *Model) bool {
	_, ok := m.over.(*raceView)
	return ok
}

func (v *raceView) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	n := len(m.race.lanes) + 1
	switch m.keys.named(m, msg, scopeOverlay) {
	case "overlay-close":
		if m.turn.live {
			return v, func(m *Model) tea.Cmd { m.turn.stop(); return nil }
		}
		return nil, nil
	case "race-left":
		v.at = (v.at + n - 1) % n
	case "race-right":
		v.at = (v.at + 1) % n
	case "overlay-up":
		v.scroll(-1)
	case "overlay-down":
		v.scroll(1)
	case "overlay-page-up":
		v.scroll(-pickerPage)
	case "overlay-page-down":
		v.scroll(pickerPage)
	case "overlay-accept":
		return v, func(m *Model) tea.Cmd { return m.keepLane(v.at, false) }
	case "race-only":
		return v, func(m *Model) tea.Cmd { return m.keepLane(v.at, true) }
	}
	return v, nil
}

// scroll moves all answers by rows.
func (v *raceView) scroll(rows int) {
	for _, p := range v.pages {
		p.scroll(rows)
	}
}

// refresh takes in what came of the answers.
func (v *raceView) refresh(m *Model, all []racer) {
	for i := range all {
		if i == len(v.pages) {
			page := &racePage{transcript: m.transcript.bare()}
			page.show([]chat.Message{all[i].msg})
			v.pages = append(v.pages, page)
		}
		page, msg := v.pages[i], &all[i].msg
		page.update(msg)
		if ended := msg.State != chat.Pending; ended && !page.ended {
			page.ended = true
			if page.follow {
				page.toTop()
			}
		}
	}
}

// raceTop is the row of the view below its title.
const raceTop = 1

// areaUnder is the answer that is at a cell of the view.
func (v *raceView) areaUnder(x, y int) (area textArea, ok bool) {
	for _, p := range v.pages {
		if x >= p.x && x < p.x+leftMargin+p.width && y >= p.y && y < p.y+p.height {
			return textArea{&p.transcript, p.x, p.y, p.height}, true
		}
	}
	return area, false
}

// chooseUnder chooses the answer that was clicked.
func (v *raceView) chooseUnder(area textArea) {
	v.at = max(0, slices.IndexFunc(v.pages, func(p *racePage) bool { return &p.transcript == area.t }))
}

// held reports whether text of an answer was held back.
func (v *raceView) held() bool {
	return slices.ContainsFunc(v.pages, func(p *racePage) bool { return p.transcript.held() })
}

// uncoloured is the work for code in view.
func (v *raceView) uncoloured() *markdown.Work {
	for _, p := range v.pages {
		if w := p.transcript.uncoloured(); w != nil {
			return w
		}
	}
	return nil
}

func (v *raceView) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	rows = append(rows, titleRule(m, "Race", width))
	all := m.racers()
	body := max(0, height-2)
	v.refresh(m, all)
	if each := raceColumn(width, len(all), m.opts.Config.Width); each > 0 {
		rows = append(rows, v.beside(m, all, each, body)...)
	} else {
		rows = append(rows, v.below(m, all, max(1, min(width-leftMargin-rightMargin, m.opts.Config.Width)), body)...)
	}
	rows = append(rows, indent+m.styles.Faint.Render(fitHints(v.hints(m), max(0, width-2))))
	return rows[:min(len(rows), height)], 0, 0, false
}

// hints is what can be done with the answers.
func (v *raceView) hints(m *Model) string {
	scroll := ""
	if slices.ContainsFunc(v.pages, func(p *racePage) bool { return p.pill() != "" }) {
		scroll = m.keys.hint("overlay-page-down", "scroll")
	}
	if m.turn.live {
		return hints(m.keys.hint("overlay-close", "stops all"), m.keys.hint("race-right", "choose"), scroll)
	}
	return hints(m.keys.hint("overlay-accept", "keep it"), m.keys.hint("race-right", "choose"), scroll,
		m.keys.hint("race-only", "keep it alone"), m.keys.hint("overlay-close", "all as variants"))
}

// beside is the columns of a row each.
func (v *raceView) beside(m *Model, all []racer, each, height int) []string {
	columns := make([][]string, len(all))
	for i, r := range all {
		v.pages[i].x, v.pages[i].y = i*(each+raceGap), raceTop
		columns[i] = v.column(m, r, i, each, height)
	}
	rows := make([]string, height)
	for i := range rows {
		line := indent
		for n, c := range columns {
			if n > 0 {
				line += strings.Repeat(" ", raceGap)
			}
			line += pad(at(c, i), each)
		}
		rows[i] = strings.TrimRight(line, " ")
	}
	return rows
}

// below is the racers one after the other, with as many rows each.
func (v *raceView) below(m *Model, all []racer, width, height int) []string {
	var rows []string
	for i, r := range all {
		share := (height - len(rows)) / (len(all) - i)
		v.pages[i].x, v.pages[i].y = 0, raceTop+len(rows)
		for _, row := range v.column(m, r, i, width, share) {
			rows = append(rows, strings.TrimRight(indent+row, " "))
		}
	}
	return rows
}

// column is one racer: who, how fast, and what it says: the end while it goes on,
// the beginning once it is done.
func (v *raceView) column(m *Model, r racer, i, width, height int) []string {
	s := m.styles
	head := s.Strong.Render(safe.Line("  "+chat.ShortModel(r.model), width))
	if i == v.at {
		head = s.Selected.Render(safe.Line("▸ "+chat.ShortModel(r.model), width))
	}
	rows := []string{head, s.Faint.Render(racerFigures(r, width))}
	v.pages[i].y += len(rows)
	for _, row := range v.pages[i].within(width, height-len(rows)) {
		rows = append(rows, strings.TrimPrefix(row, indent))
	}
	rows = rows[:min(len(rows), height)]
	if more := v.pages[i].pill(); more != "" && height > raceHead {
		rows = append(rows[:height-1], s.Dim.Render(safe.Line(more, width)))
	}
	return rows
}

// raceHead is the rows of a column before its text.
const raceHead = 2

// within is an answer in a column, with a row left for what is below it.
func (p *racePage) within(width, height int) []string {
	p.resize(width, max(0, height))
	if p.height == 0 {
		return nil
	}
	rows := p.view()
	if p.pill() != "" && height > 1 {
		p.resize(width, height-1)
		rows = p.view()
	}
	return rows
}

// racerFigures is how fast a racer is, with the speed and the first token before all.
func racerFigures(r racer, width int) string {
	t := r.turn
	switch {
	case r.msg.State != chat.Pending:
		return raceFoot(r.msg, width)
	case t.wait != nil:
		return safe.Cut(t.waitingText(), width, "…")
	case t.first.IsZero():
		return "waiting " + chat.Took(t.waited().Truncate(100*time.Millisecond))
	}
	return fit([]string{fmt.Sprintf("%.0f tok/s", t.speed()), "first token " + chat.Took(t.first.Sub(t.began))}, 0, width)
}

// raceFoot is the figures of an answer that has ended, those that a race is about
// first.
func raceFoot(m chat.Message, width int) string {
	var parts []string
	if s := m.TokensPerSecond(); s > 0 {
		parts = append(parts, fmt.Sprintf("%.0f tok/s", s))
	}
	if d := m.Timing.FirstToken; d > 0 {
		parts = append(parts, "first token "+chat.Took(d))
	}
	if d := m.Timing.Total; d > 0 {
		parts = append(parts, chat.Took(d))
	}
	if n := m.Usage.CompletionTokens; n > 0 {
		parts = append(parts, about(m.Usage)+plural(n, "token"))
	}
	parts = append(parts, howEnded(m)...)
	if len(parts) == 0 {
		return ""
	}
	return fit(parts, len(howEnded(m)), width)
}
