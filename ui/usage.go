package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/dustin/go-humanize"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/safe"
)

// usageDays is how far back the page of usage looks.
const usageDays = 14

// openUsage reads the ledger; the page opens when it is read.
func (m *Model) openUsage() tea.Cmd {
	if m.opts.Ledger == nil {
		return m.notice.say(toneInfo, "The answers of the demo are not counted.")
	}
	return readUsage(m.opts.Ledger, history.FirstDay(usageDays, m.clock))
}

func readUsage(l *history.Ledger, from time.Time) tea.Cmd {
	return func() tea.Msg {
		entries, err := l.Since(from)
		return usageReadMsg{entries, err}
	}
}

// onUsageRead opens the page, unless something else was opened meanwhile.
func (m *Model) onUsageRead(msg usageReadMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		return m.showError(msg.err)
	case m.over != nil:
		return nil
	case len(msg.entries) == 0:
		return m.notice.say(toneInfo, "No answer is in the ledger yet.")
	}
	days, models, all := history.ByDay(msg.entries, usageDays, m.clock), history.ByModel(msg.entries), history.SumUp(msg.entries)
	return m.openPage("Usage", func(m *Model, width int) []string { return usageRows(m, width, days, models, all) })
}

// usageRows is a bar for each day, and a line or two for each model.
func usageRows(m *Model, width int, days, models []history.Tally, all history.Tally) []string {
	s := m.styles
	inner := max(0, width-leftMargin-rightMargin)
	line := func(text string) string { return indent + s.Text.Render(ansi.Truncate(text, inner, "…")) }
	most := 1
	for _, d := range days {
		most = max(most, d.Tokens())
	}
	rows := []string{indent + s.Strong.Render(fmt.Sprintf("The last %d days", len(days)))}
	for _, d := range days {
		figures := fmt.Sprintf("%9s tokens  %s", humanize.Comma(int64(d.Tokens())), chat.Dollars(d.USD))
		bar := usageBar(d.Tokens(), most, max(0, min(40, inner-len(d.Key)-len(figures)-4)))
		rows = append(rows, indent+s.Dim.Render(d.Key)+"  "+s.Accent.Render(bar)+"  "+s.Text.Render(ansi.Truncate(figures, max(0, inner-len(d.Key)-2), "…")))
	}
	rows = append(rows, "")
	for _, t := range append(models, all) {
		name := t.Key
		if name == "" {
			name = "all models"
		}
		rows = append(rows, indent+s.Strong.Render(safe.Line(name, max(1, inner))), line("  "+tallyText(t)), line("  "+speedText(t)))
	}
	return rows
}

// usageBar is a bar of whole cells, so wide for the most, padded to that width.
func usageBar(n, most, width int) string {
	cells := 0
	if n > 0 {
		cells = max(1, n*width/most)
	}
	return pad(strings.Repeat("━", min(cells, width)), width)
}

func tallyText(t history.Tally) string {
	parts := []string{
		plural(t.Answers, "answer"), humanize.Comma(int64(t.PromptTokens)) + " tokens in",
		humanize.Comma(int64(t.CompletionTokens)) + " out", chat.Dollars(t.USD),
	}
	if t.Saved > 0 {
		parts = append(parts, "the cache saved "+chat.Dollars(t.Saved))
	}
	return strings.Join(parts, " · ")
}

func speedText(t history.Tally) string {
	var parts []string
	if t.Speed > 0 {
		parts = append(parts, fmt.Sprintf("median %.0f tok/s", t.Speed))
	}
	if t.FirstToken > 0 {
		parts = append(parts, "first token "+seconds(t.FirstToken))
	}
	return strings.Join(parts, " · ")
}
