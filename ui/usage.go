package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// usageDays is how far back the page of usage looks.
const usageDays = 14

// openUsage reads the ledger; the page opens when it is read.
func (m *Model) openUsage() tea.Cmd {
	if m.opts.Ledger == nil {
		return m.notice.say(toneInfo, "The answers of the demo are not counted.")
	}
	return readUsage(m.opts.Ledger, m.catalogue, m.clock)
}

func readUsage(l *history.Ledger, known chat.Catalogue, now time.Time) tea.Cmd {
	return func() tea.Msg {
		report, err := l.Report(known, usageDays, now)
		return usageReadMsg{report, err}
	}
}

// onUsageRead opens the page, unless something else was opened meanwhile.
func (m *Model) onUsageRead(msg usageReadMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		return m.showError(msg.err)
	case m.over != nil:
		return nil
	case msg.report.Total.Answers == 0:
		return m.notice.say(toneInfo, fmt.Sprintf("No answer of the last %d days is in the ledger.", usageDays))
	}
	return m.openPage("Usage", func(m *Model, width int) []string {
		return pageLines(UsageLines(msg.report, max(1, width-leftMargin-rightMargin), m.ink()))
	})
}

// ink is the look of figures on a page.
func (m *Model) ink() Ink {
	of := func(render func(...string) string) func(string) string {
		return func(s string) string { return render(s) }
	}
	return Ink{Text: of(m.styles.Text.Render), Strong: of(m.styles.Strong.Render), Faint: of(m.styles.Dim.Render), Accent: of(m.styles.Accent.Render)}
}

// pageLines is lines as they stand on a page.
func pageLines(lines []string) []string {
	rows := make([]string, len(lines))
	for i, line := range lines {
		rows[i] = indent + line
	}
	return rows
}

// UsageLines is a report in at most width cells, 0: no limit. What does not fit
// beside one another stands below one another; nothing is left out.
func UsageLines(r history.UsageReport, width int, ink Ink) []string {
	lines := append(daysUsed(r.Days).lines(width, ink), "")
	lines = append(lines, modelsUsed(append(slices.Clone(r.Models), r.Total)).lines(width, ink)...)
	if said := UsageSaid(r); len(said) > 0 {
		lines = append(lines, "")
		for _, sentence := range said {
			for _, line := range wrapWide(sentence, width) {
				lines = append(lines, ink.text(line))
			}
		}
	}
	return lines
}

func wrapWide(text string, width int) []string {
	if width <= 0 {
		width = unbounded
	}
	return wrapPlain(text, width)
}

// daysUsed has a bar for each day from the first that was used, so that a busy one
// is seen at once.
func daysUsed(days []history.Tally) figures {
	f := figures{titles: []string{"day", "", "answers", "tokens", "cost"}, right: []bool{false, false, true, true, true}, bar: 1}
	most := 1
	for _, d := range days {
		most = max(most, d.Tokens())
	}
	first := slices.IndexFunc(days, func(d history.Tally) bool { return d.Answers > 0 })
	for _, d := range days[max(0, first):] {
		f.rows = append(f.rows, []string{d.Key, bar(d.Tokens(), most), some(d.Answers), about(d.Usage) + some(d.Tokens()), money(d.USD)})
	}
	return f
}

// barCells is the length of the longest bar.
const barCells = 24

// bar is a bar in eighths of a cell; what is more than nothing is seen.
func bar(n, most int) string {
	eighths := (n*barCells*8 + most - 1) / most
	parts := []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}
	return strings.Repeat("█", eighths/8) + parts[eighths%8]
}

func modelsUsed(tallies []history.Tally) figures {
	f := figures{
		titles: []string{"model", "answers", "in", "cached", "out", "thought", "cost", "tok/s", "first"},
		names:  []string{"", "answers", "in", "cached", "out", "thought", "cost", "tok/s", "first token"},
		right:  []bool{false, true, true, true, true, true, true, true, true},
	}
	for _, t := range tallies {
		name, first := chat.ShortModel(t.Key), ""
		if name == "" {
			name = "all"
		}
		if t.FirstToken > 0 {
			first = chat.Took(t.FirstToken)
		}
		f.rows = append(f.rows, []string{
			name, some(t.Answers), some(t.PromptTokens), some(t.CachedTokens), some(t.CompletionTokens),
			some(t.ReasoningTokens), money(t.USD), some(int(t.Speed + 0.5)), first,
		})
	}
	return f
}

// UsageSaid is what the tables of a report do not say, in sentences.
func UsageSaid(r history.UsageReport) []string {
	var said []string
	if speed := speedSaid(r.Days); speed != "" {
		said = append(said, speed)
	}
	if n := r.Total.Broken; n > 0 {
		text := plural(n, "answer") + " did not come to the end"
		if r.Total.Estimated {
			text += "; what the server did not tell of the tokens is estimated"
		}
		said = append(said, text+".")
	}
	if r.Total.Saved > 0 {
		said = append(said, "Cached tokens saved "+chat.Dollars(r.Total.Saved)+".")
	}
	for _, l := range r.Limits {
		text := fmt.Sprintf("%s: %s of the %s tokens that a free key has for a day are used", l.Model, chat.Count(l.Spent), chat.Count(l.Limit))
		if l.In > 0 {
			text += "; at the pace of the last hour they run out in " + chat.Wait(l.In)
		}
		said = append(said, text+".")
	}
	return said
}

// some is a count, nothing where there is none.
func some(n int) string {
	if n == 0 {
		return ""
	}
	return chat.Count(n)
}

// money is an amount, nothing where there is none.
func money(usd float64) string {
	if usd == 0 {
		return ""
	}
	return chat.Dollars(usd)
}
