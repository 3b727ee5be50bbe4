package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/dustin/go-humanize"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// openQuota shows what is known of the limits of every model.
func (m *Model) openQuota() tea.Cmd { return m.openPage("Limits", quotaRows) }

// quotaRows is a paragraph for each model that was used or refused.
func quotaRows(m *Model, width int) []string {
	s := m.styles
	line := func(text string) string {
		return indent + s.Text.Render(ansi.Truncate(text, max(0, width-leftMargin-rightMargin), "…"))
	}
	var rows []string
	for _, id := range m.limitedModels() {
		rows = append(rows, indent+s.Strong.Render(safe.Line(id, max(1, width-leftMargin-rightMargin))))
		for _, text := range m.limitLines(id) {
			rows = append(rows, line("  "+text))
		}
		rows = append(rows, "")
	}
	if rows == nil {
		rows = append(rows, line("Nothing is known yet: limits come with the first answer."), "")
	}
	return append(rows, line("Limits are per model, and refill all the time."))
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

// limitLines is what is known of the limits of one model.
func (m *Model) limitLines(id string) []string {
	var lines []string
	if q, ok := m.quotas[id]; ok {
		lines = append(lines, limitLine("requests a day", q.Requests, m.clock), limitLine("tokens a minute", q.Tokens, m.clock))
	}
	var told []string
	for key, x := range m.limits {
		if key.model == id && !headed(key) {
			told = append(told, fmt.Sprintf("%s a %s: %s, told by a refusal", key.unit, key.per, humanize.Comma(int64(x.Limit))))
		}
	}
	slices.Sort(told)
	lines = append(lines, told...)
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}

// headed reports a limit that the headers of answers tell better.
func headed(k limitKey) bool {
	return k.unit == "tokens" && k.per == "minute" || k.unit == "requests" && k.per == "day"
}

// limitLine is one limit: what is left, and when it is full again.
func limitLine(what string, l chat.Limit, now time.Time) string {
	if !l.Known {
		return ""
	}
	left := l.Left(now)
	text := fmt.Sprintf("%s: %s of %s left", what, humanize.Comma(int64(left)), humanize.Comma(int64(l.Limit)))
	if full := l.FullIn(now); left < l.Limit && full > 0 {
		text += ", full again in " + wholeSeconds(full)
	}
	return text
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

// gaugeTick is how often the gauge of a bucket that refills is moved.
const gaugeTick = time.Second

// refills reports whether the gauge of the present model moves by itself.
func (m *Model) refills() bool {
	q, ok := m.quotas[m.conv.Model]
	return ok && q.Tokens.FullIn(m.clock) > 0
}

// watchGauge moves the gauge as long as its bucket refills. There is one timer at
// a time; an older one finds that it is a stranger.
func (m *Model) watchGauge() tea.Cmd {
	if m.turn.live || !m.refills() {
		return nil
	}
	m.gauge++
	id := m.gauge
	return tea.Tick(gaugeTick, func(time.Time) tea.Msg { return gaugeMovedMsg{id} })
}

func (m *Model) onGaugeMoved(msg gaugeMovedMsg) tea.Cmd {
	if msg.gauge != m.gauge {
		m.changed = false
		return nil
	}
	return m.watchGauge()
}
