package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/safe"
)

// usualDays is how far back usage looks when it is not told; mostDays the most.
const (
	usualDays = 14
	mostDays  = 3660
)

// usageCommand is `groqchat usage`: what was used, from the local ledger.
func (a *app) usageCommand() *cobra.Command {
	var days int
	var asJSON bool
	c := &cobra.Command{
		Use: "usage [flags]", Short: "tokens, requests and cost by day and model", GroupID: groupSettings, Annotations: using("config color data-dir"),
		Long: "Sums up the answers that this program got, from the ledger that it keeps on this machine. " +
			"Nothing is asked for it; what other programs used with the same key is not in it.",
		Example: "groqchat usage\ngroqchat usage --days 30 --json | jq .total", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if days < 1 || days > mostDays {
				return misused("--days: %d is not a number of days from 1 to %d; see groqchat usage --help", days, mostDays)
			}
			set, err := a.settings(c, false)
			if err != nil {
				return err
			}
			now := a.now()
			entries, err := history.OpenLedger(set.Paths.State).Since(history.FirstDay(days, now))
			if err != nil {
				return failed("", "cannot sum up the usage: %w", err)
			}
			return a.printUsage(usageOf(entries, knownModels(set), days, now), asJSON)
		},
	}
	c.Flags().IntVar(&days, "days", usualDays, "the last `N` days, today included")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// usageReport is what usage shows.
type usageReport struct {
	days, models []history.Tally
	total        history.Tally
	daily        []dailyLimit
}

// dailyLimit is how a model's tokens of the day are doing.
type dailyLimit struct {
	Model   string  `json:"model"`
	Limit   int     `json:"limit_tokens"`
	Spent   int     `json:"spent_tokens"`
	InHours float64 `json:"spent_in_hours,omitempty"` // 0: at this pace never
}

func usageOf(entries []history.Entry, known chat.Catalogue, days int, now time.Time) usageReport {
	r := usageReport{days: history.ByDay(entries, days, now), models: history.ByModel(entries), total: history.SumUp(entries)}
	for _, m := range r.models {
		limit := known.Find(m.Key).FreeDay
		spent, in, ok := history.Exhaustion(entries, m.Key, limit, now)
		if limit == 0 || spent == 0 {
			continue
		}
		d := dailyLimit{Model: m.Key, Limit: limit, Spent: spent}
		if ok {
			d.InHours = in.Hours()
		}
		r.daily = append(r.daily, d)
	}
	return r
}

func (a *app) printUsage(r usageReport, asJSON bool) error {
	if asJSON {
		return a.printJSON(r.json())
	}
	if r.total.Answers == 0 {
		a.note("no answer is in the ledger for these %d days; those of the demo and of temporary chats are not kept", len(r.days))
		return nil
	}
	width, in := a.width(a.stdout), a.ink(a.stdout)
	text := r.dayTable().render(width, in) + "\n" + r.modelTable().render(width, in) + "\n" + r.summary()
	return a.print(text)
}

// dayTable has a bar for each day, so that a busy one is seen at once.
func (r usageReport) dayTable() table {
	t := table{columns: []column{
		{title: "day"},
		{title: "", keep: 2},
		{title: "answers", right: true, keep: 3},
		{title: "tokens", right: true},
		{title: "cost", right: true, keep: 4},
	}}
	most := 1
	for _, d := range r.days {
		most = max(most, d.Tokens())
	}
	for _, d := range r.days {
		t.rows = append(t.rows, []string{d.Key, bar(d.Tokens(), most), number(d.Answers), thousands(d.Tokens()), usd(d.USD)})
	}
	return t
}

// barCells is the length of the longest bar.
const barCells = 24

// bar is a bar in eighths of a cell; what is more than nothing is seen.
func bar(n, most int) string {
	eighths := (n*barCells*8 + most - 1) / most
	parts := []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}
	return strings.Repeat("█", eighths/8) + parts[eighths%8]
}

func (r usageReport) modelTable() table {
	t := table{columns: []column{
		{title: "model"},
		{title: "answers", right: true, keep: 5},
		{title: "in", right: true, keep: 6},
		{title: "cached", right: true, keep: 2},
		{title: "out", right: true, keep: 6},
		{title: "reasoning", right: true, keep: 1},
		{title: "cost", right: true},
		{title: "tok/s", right: true, keep: 4},
		{title: "first token", right: true, keep: 3},
	}}
	for _, m := range append(r.models, r.total) {
		name := m.Key
		if name == "" {
			name = "all"
		}
		t.rows = append(t.rows, []string{
			name, number(m.Answers), thousands(m.PromptTokens), thousands(m.CachedTokens), thousands(m.CompletionTokens),
			thousands(m.ReasoningTokens), usd(m.USD), number(int(m.Speed + 0.5)), firstToken(m.FirstToken),
		})
	}
	return t
}

// summary is what the tables do not say.
func (r usageReport) summary() string {
	var lines []string
	if r.total.Saved > 0 {
		lines = append(lines, "Cached tokens saved "+usd(r.total.Saved)+".")
	}
	for _, d := range r.daily {
		line := fmt.Sprintf("%s: %s of the %s tokens that a free key has for a day", safe.Line(d.Model, 60), thousands(d.Spent), thousands(d.Limit))
		if d.InHours > 0 {
			line += "; at the pace of the last hour they are spent in " + hours(d.InHours)
		}
		lines = append(lines, line+".")
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

func hours(h float64) string {
	if h < 1 {
		return fmt.Sprintf("%.0f min", max(1, h*60))
	}
	return fmt.Sprintf("%.1f h", h)
}

func thousands(n int) string {
	if n == 0 {
		return ""
	}
	return humanize.Comma(int64(n))
}

// usd is an amount, nothing where there is none.
func usd(amount float64) string {
	if amount == 0 {
		return ""
	}
	return chat.Dollars(amount)
}

func firstToken(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// tallyJSON is a sum as --json gives it.
type tallyJSON struct {
	Key        string  `json:"key,omitempty"`
	Answers    int     `json:"answers"`
	Broken     int     `json:"broken,omitempty"` // stopped, interrupted or failed; their tokens may be estimated
	Estimated  bool    `json:"estimated,omitempty"`
	Prompt     int     `json:"prompt_tokens"`
	Cached     int     `json:"cached_tokens"`
	Completion int     `json:"completion_tokens"`
	Reasoning  int     `json:"reasoning_tokens"`
	USD        float64 `json:"usd"`
	Saved      float64 `json:"saved_usd"`
	Speed      float64 `json:"tokens_per_second,omitempty"`
	FirstToken float64 `json:"first_token_ms,omitempty"`
}

// usageJSON is the report as --json gives it.
type usageJSON struct {
	Days   []tallyJSON  `json:"days"`
	Models []tallyJSON  `json:"models"`
	Total  tallyJSON    `json:"total"`
	Daily  []dailyLimit `json:"free_daily_limits"`
}

func (r usageReport) json() usageJSON {
	all := func(tallies []history.Tally) []tallyJSON {
		rows := make([]tallyJSON, 0, len(tallies))
		for _, t := range tallies {
			rows = append(rows, toTallyJSON(t))
		}
		return rows
	}
	return usageJSON{all(r.days), all(r.models), toTallyJSON(r.total), append([]dailyLimit{}, r.daily...)}
}

func toTallyJSON(t history.Tally) tallyJSON {
	return tallyJSON{
		Key: t.Key, Answers: t.Answers, Broken: t.Broken, Estimated: t.Estimated, Prompt: t.PromptTokens, Cached: t.CachedTokens, Completion: t.CompletionTokens,
		Reasoning: t.ReasoningTokens, USD: t.USD, Saved: t.Saved, Speed: t.Speed,
		FirstToken: float64(t.FirstToken) / float64(time.Millisecond),
	}
}
