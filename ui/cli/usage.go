package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"groqchat/history"
	"groqchat/ui"
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
			report, err := history.OpenLedger(set.Paths.State).Report(knownModels(set), days, a.now())
			if err != nil {
				return failed("", "cannot sum up the usage: %w", err)
			}
			return a.printUsage(report, asJSON)
		},
	}
	c.Flags().IntVar(&days, "days", usualDays, "the last `N` days, today included")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) printUsage(r history.UsageReport, asJSON bool) error {
	if asJSON {
		return a.printJSON(usageInJSON(r))
	}
	if r.Total.Answers == 0 {
		a.note("no answer is in the ledger for these %d days; those of the demo and of temporary chats are not kept", len(r.Days))
		return nil
	}
	if a.width(a.stdout) == 0 {
		for _, sentence := range ui.UsageSaid(r) {
			a.note("%s", sentence)
		}
		return a.print(daysTable(r.Days).render(0, ink{}) + "\n" + modelsTable(append(slices.Clone(r.Models), r.Total)).render(0, ink{}))
	}
	in := a.ink(a.stdout)
	lines := ui.UsageLines(r, a.width(a.stdout), ui.Ink{Strong: in.bold, Faint: in.faint})
	return a.page(strings.Join(lines, "\n") + "\n")
}

// daysTable is the days from the first that was used, as programs read them.
func daysTable(days []history.Tally) table {
	t := table{columns: []column{{title: "day"}, {title: "answers"}, {title: "tokens"}, {title: "usd"}}}
	first := slices.IndexFunc(days, func(d history.Tally) bool { return d.Answers > 0 })
	for _, d := range days[max(0, first):] {
		t.rows = append(t.rows, []string{d.Key, strconv.Itoa(d.Answers), strconv.Itoa(d.Tokens()), dollars(d.USD)})
	}
	return t
}

// modelsTable is the models as programs read them; the last row is the sum.
func modelsTable(tallies []history.Tally) table {
	t := table{}
	for _, title := range []string{"model", "answers", "in", "cached", "out", "thought", "usd", "tok/s", "first ms"} {
		t.columns = append(t.columns, column{title: title})
	}
	for _, m := range tallies {
		t.rows = append(t.rows, []string{
			cmp.Or(m.Key, "all"), strconv.Itoa(m.Answers), strconv.Itoa(m.PromptTokens), strconv.Itoa(m.CachedTokens), strconv.Itoa(m.CompletionTokens),
			strconv.Itoa(m.ReasoningTokens), dollars(m.USD), number(int(m.Speed + 0.5)), number(int(m.FirstToken.Milliseconds())),
		})
	}
	return t
}

// dollars is an amount as programs read it, to a millionth.
func dollars(usd float64) string { return strconv.FormatFloat(usd, 'f', 6, 64) }

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

// dayLimitJSON is how a model's tokens of the day are doing.
type dayLimitJSON struct {
	Model   string  `json:"model"`
	Limit   int     `json:"limit_tokens"`
	Spent   int     `json:"spent_tokens"`
	InHours float64 `json:"spent_in_hours,omitempty"` // left out: at this pace never
}

// usageJSON is the report as --json gives it.
type usageJSON struct {
	Days   []tallyJSON    `json:"days"`
	Models []tallyJSON    `json:"models"`
	Total  tallyJSON      `json:"total"`
	Daily  []dayLimitJSON `json:"free_daily_limits"`
}

func usageInJSON(r history.UsageReport) usageJSON {
	all := func(tallies []history.Tally) []tallyJSON {
		rows := make([]tallyJSON, 0, len(tallies))
		for _, t := range tallies {
			rows = append(rows, toTallyJSON(t))
		}
		return rows
	}
	daily := []dayLimitJSON{}
	for _, l := range r.Limits {
		daily = append(daily, dayLimitJSON{l.Model, l.Limit, l.Spent, l.In.Hours()})
	}
	return usageJSON{all(r.Days), all(r.Models), toTallyJSON(r.Total), daily}
}

func toTallyJSON(t history.Tally) tallyJSON {
	return tallyJSON{
		Key: t.Key, Answers: t.Answers, Broken: t.Broken, Estimated: t.Estimated, Prompt: t.PromptTokens, Cached: t.CachedTokens, Completion: t.CompletionTokens,
		Reasoning: t.ReasoningTokens, USD: t.USD, Saved: t.Saved, Speed: t.Speed,
		FirstToken: float64(t.FirstToken) / float64(time.Millisecond),
	}
}
