package cli

import (
	"fmt"
	"strings"

	"groqchat/chat"
	"groqchat/chat/batch"
	"groqchat/chat/groq"
)

// dryRun estimates the batch. Nothing is sent, and no file is made.
func (j *batchJob) dryRun() error {
	client := groq.New(j.clientOptions(j.set, "", j.set.BaseURL))
	earlier, err := j.earlier()
	if err != nil {
		return err
	}
	sink := &resultSink{job: j, earlier: earlier}
	left, cached := j.uncached(sink.unanswered(j.items))
	e := batch.NewEstimate(left, earlier, j.known, client.Longest)
	done := len(j.items) - len(left) - cached
	if j.flags.json {
		return j.printJSON(j.estimateJSON(e, done, cached))
	}
	return j.print(j.estimate(e, done, cached, len(earlier) > 0))
}

// earlier is the results that there are, without touching their file.
func (j *batchJob) earlier() ([]batch.Result, error) {
	var all []batch.Result
	if j.out == "-" {
		return nil, nil
	}
	text, err := readIfThere(j.out)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(text) {
		if r, err := batch.ParseResult([]byte(line)); err == nil {
			all = append(all, r)
		}
	}
	return all, nil
}

// estimate is what --dry-run says.
func (j *batchJob) estimate(e batch.Estimate, done, cached int, learned bool) string {
	var b strings.Builder
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s %s\n", name, fmt.Sprintf(format, args...))
	}
	asked := countNoun(e.Items, "question")
	if done+cached > 0 {
		asked += " to ask"
	}
	if done > 0 {
		asked += fmt.Sprintf(", %s answered already", chat.Count(done))
	}
	if cached > 0 {
		asked += fmt.Sprintf(", %s in the cache", chat.Count(cached))
	}
	row("Questions", "%s", asked)
	if e.Items == 0 {
		return b.String()
	}
	basis := "a guess"
	if learned {
		basis = "by the answers so far"
	}
	row("Tokens", "about %s in, %s out (%s each, %s; at most %s)",
		chat.Count(e.Prompts), chat.Count(e.Answers), chat.Count(e.Each), basis, chat.Count(e.Most))
	switch {
	case j.priced(e):
		row("Cost", "about %s, at most %s on a paid plan; with --remote half of it", chat.Dollars(e.USD), chat.Dollars(e.USDMost))
	default:
		row("Cost", "not known")
	}
	for i, plan := range batch.Plans() {
		name := ""
		if i == 0 {
			name = "Time"
		}
		days := ""
		if n := e.Days(plan); n > 1 {
			days = fmt.Sprintf(", and %d days by the limits of a day", n)
		}
		row(name, "about %s with %s (%s requests and %s tokens a minute)%s",
			chat.Wait(e.Takes(plan)), plan.Name, chat.Count(plan.Requests), chat.Count(plan.Tokens), days)
	}
	return b.String()
}

func (j *batchJob) priced(e batch.Estimate) bool { return e.Priced && j.cost() != nil }

// estimateJSON is an estimate as --json gives it; what is not known is null.
type estimateJSON struct {
	Questions int        `json:"questions"` // to ask
	Earlier   int        `json:"answered_earlier"`
	Cached    int        `json:"cached"`
	Prompts   int        `json:"prompt_tokens"`
	Answers   int        `json:"completion_tokens"`
	Most      int        `json:"completion_tokens_most"`
	USD       *float64   `json:"usd"`
	USDMost   *float64   `json:"usd_most"`
	Plans     []planJSON `json:"plans"`
}

// planJSON is how long it takes under the limits of a plan.
type planJSON struct {
	Name     string  `json:"name"`
	Requests int     `json:"requests_per_minute"`
	Tokens   int     `json:"tokens_per_minute"`
	Seconds  float64 `json:"seconds"`
	Days     int     `json:"days"` // by the limits of a day
}

func (j *batchJob) estimateJSON(e batch.Estimate, done, cached int) estimateJSON {
	row := estimateJSON{Questions: e.Items, Earlier: done, Cached: cached, Prompts: e.Prompts, Answers: e.Answers, Most: e.Most, Plans: []planJSON{}}
	if j.priced(e) {
		row.USD, row.USDMost = &e.USD, &e.USDMost
	}
	for _, plan := range batch.Plans() {
		row.Plans = append(row.Plans, planJSON{plan.Name, plan.Requests, plan.Tokens, e.Takes(plan).Seconds(), e.Days(plan)})
	}
	return row
}
