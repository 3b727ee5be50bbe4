package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// openQuota shows what is known of the limits of every model.
func (m *Model) openQuota() tea.Cmd { return m.openPage("Limits", quotaRows) }

// quotaRows is a paragraph for each model that was used or refused.
func quotaRows(m *Model, width int) []string {
	inner := max(1, width-leftMargin-rightMargin)
	ink := m.ink()
	var lines []string
	for _, id := range m.limitedModels() {
		for _, line := range wrapPlain(id, inner) {
			lines = append(lines, ink.strong(line))
		}
		table := figures{titles: make([]string, 3), right: make([]bool, 3), rows: m.limitRows(id)}
		for _, line := range table.lines(max(1, inner-figureGap), Ink{Text: ink.Text, Strong: ink.Text}) {
			lines = append(lines, "  "+line)
		}
		lines = append(lines, "")
	}
	said := "Limits are per model, and refill all the time."
	if lines == nil {
		said = "Nothing is known yet: limits come with the first answer. " + said
	}
	for _, line := range wrapPlain(said, inner) {
		lines = append(lines, ink.text(line))
	}
	return pageLines(lines)
}

// limitedModels is the models of which any limit is known, the present one first.
func (m *Model) limitedModels() []string {
	var ids []string
	for id := range m.quotas {
		ids = append(ids, id)
	}
	for key := range m.limits {
		if !slices.Contains(ids, key.model) {
			ids = append(ids, key.model)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		if (a == m.conv.Model) != (b == m.conv.Model) {
			if a == m.conv.Model {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return ids
}

// limitRows is what is known of the limits of one model: which, what is left of
// it, and when it is full again.
func (m *Model) limitRows(id string) [][]string {
	var told, rows [][]string
	for key, x := range m.limits {
		if key.model == id && !headed(key) {
			told = append(told, []string{key.unit + " a " + key.per, "at most " + chat.Count(x.Limit), "told by a refusal"})
		}
	}
	slices.SortFunc(told, slices.Compare)
	q := m.quotas[id]
	rows = append(rows, limitRow("requests a day", q.Requests, m.clock), limitRow("tokens a minute", q.Tokens, m.clock))
	return slices.DeleteFunc(append(rows, told...), func(row []string) bool { return row == nil })
}

// headed reports a limit that the headers of answers tell better.
func headed(k limitKey) bool {
	return k.unit == "tokens" && k.per == "minute" || k.unit == "requests" && k.per == "day"
}

// limitRow is one limit, nil if it is not known.
func limitRow(what string, l chat.Limit, now time.Time) []string {
	if !l.Known {
		return nil
	}
	left, full := l.Left(now), ""
	if in := l.FullIn(now); left < l.Limit && in > 0 {
		full = "full again in " + chat.Wait(in)
	}
	return []string{what, chat.Count(left) + " of " + chat.Count(l.Limit) + " left", full}
}

// spend takes the answer that ended out of the minute's tokens: the headers came
// before it.
func (m *Model) spend(answer int) { m.spendOf(m.turn.model, answer) }

// spendOf does so for any model.
func (m *Model) spendOf(model string, answer int) {
	if q, ok := m.quotas[model]; ok {
		q.Tokens = q.Tokens.Spend(answer, time.Minute, m.clock)
		m.quotas[model] = q
	}
}

// gaugeTick is how often the gauge of a bucket that refills is moved at the most.
const gaugeTick = time.Second

// gaugeMoves is when the gauge of the present model moves by itself the next time, 0:
// both buckets are full. A day's requests come back one by one, minutes apart.
func (m *Model) gaugeMoves() time.Duration {
	q := m.quotas[m.conv.Model]
	if q.Tokens.FullIn(m.clock) > 0 {
		return gaugeTick
	}
	left := q.Requests.Left(m.clock)
	if !q.Requests.Known || left >= q.Requests.Limit {
		return 0
	}
	return max(gaugeTick, q.Requests.RoomIn(left+1, m.clock))
}

// watchGauge moves the gauge as long as its bucket refills. There is one timer at
// a time; an older one finds that it is a stranger.
func (m *Model) watchGauge() tea.Cmd {
	next := m.gaugeMoves()
	if m.turn.live || next == 0 {
		return nil
	}
	m.gauge++
	id := m.gauge
	return tea.Tick(next, func(time.Time) tea.Msg { return gaugeMovedMsg{id} })
}

func (m *Model) onGaugeMoved(msg gaugeMovedMsg) tea.Cmd {
	if msg.gauge != m.gauge {
		m.changed = false
		return nil
	}
	return m.watchGauge()
}
