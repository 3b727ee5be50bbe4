package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// raceView shows the answers of a race: side by side where there is room, below
// one another where there is not.
type raceView struct{ at, top int }

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
		v.top = max(0, v.top-1)
	case "overlay-down":
		v.top++
	case "overlay-page-up":
		v.top = max(0, v.top-pickerPage)
	case "overlay-page-down":
		v.top += pickerPage
	case "overlay-accept":
		return v, func(m *Model) tea.Cmd { return m.keepLane(v.at, false) }
	case "race-only":
		return v, func(m *Model) tea.Cmd { return m.keepLane(v.at, true) }
	}
	return v, nil
}

func (v *raceView) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	rows = append(rows, titleRule(m, "Race", width))
	all := m.racers()
	body := max(0, height-2)
	if each := raceColumn(width, len(all)); each > 0 {
		rows = append(rows, v.beside(m, all, each, body)...)
	} else {
		rows = append(rows, v.below(m, all, max(1, width-leftMargin-rightMargin), body)...)
	}
	foot := hints(m.keys.hint("overlay-accept", "keep it"), m.keys.hint("race-right", "choose"), m.keys.hint("race-only", "keep it alone"), m.keys.hint("overlay-close", "all as variants"))
	if m.turn.live {
		foot = hints(m.keys.hint("overlay-close", "stops all"), m.keys.hint("race-right", "choose"))
	}
	rows = append(rows, indent+m.styles.Faint.Render(fitHints(foot, max(0, width-2))))
	return rows[:min(len(rows), height)], 0, 0, false
}

// beside is the columns of a row each.
func (v *raceView) beside(m *Model, all []racer, each, height int) []string {
	columns := make([][]string, len(all))
	for i, r := range all {
		columns[i] = v.column(m, r, i == v.at, each, height)
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
		for _, row := range v.column(m, r, i == v.at, width, share) {
			rows = append(rows, indent+row)
		}
	}
	return rows
}

// column is one racer: who, how fast, and what it says: the end while it goes on,
// the beginning once it is done.
func (v *raceView) column(m *Model, r racer, chosen bool, width, height int) []string {
	s := m.styles
	head := s.Strong.Render(safe.Line("  "+chat.ShortModel(r.model), width))
	if chosen {
		head = s.Selected.Render(safe.Line("▸ "+chat.ShortModel(r.model), width))
	}
	rows := []string{head, s.Faint.Render(ansi.Truncate(racerFigures(r), width, "…"))}
	text, style := r.msg.Content, s.Text
	switch {
	case text == "" && r.msg.Error != "":
		text, style = "✗ "+sentence(r.msg.Error), s.Danger
	case text == "":
		text, style = r.msg.Reasoning, s.Faint
	}
	room := max(0, height-len(rows))
	pending := r.msg.State == chat.Pending
	if most := (room + 1) * width * 4; pending && len(text) > most {
		text = strings.ToValidUTF8(text[len(text)-most:], "")
	}
	lines := wrapPlain(text, width)
	first := max(0, len(lines)-room)
	if !pending {
		first = min(first, v.top)
	}
	for _, line := range lines[first:min(len(lines), first+room)] {
		rows = append(rows, style.Render(line))
	}
	for len(rows) < height {
		rows = append(rows, "")
	}
	return rows[:min(len(rows), height)]
}

// racerFigures is how fast a racer is.
func racerFigures(r racer) string {
	t := r.turn
	switch {
	case r.msg.State != chat.Pending:
		return strings.Join(footParts(r.msg)[1:], dot)
	case t.wait != nil:
		return t.waitingText()
	case t.first.IsZero():
		return "waiting " + chat.Took(t.waited().Truncate(100*time.Millisecond))
	}
	return fmt.Sprintf("%.0f tok/s · first token %s", t.speed(), chat.Took(t.first.Sub(t.began)))
}
