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
	left := sink.unanswered(j.items)
	e := batch.NewEstimate(left, earlier, j.known, client.Longest)
	return j.print(j.estimate(e, len(j.items)-len(left), len(earlier) > 0))
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
func (j *batchJob) estimate(e batch.Estimate, done int, learned bool) string {
	var b strings.Builder
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s %s\n", name, fmt.Sprintf(format, args...))
	}
	asked := countNoun(e.Items, "question")
	if done > 0 {
		asked += fmt.Sprintf(" to ask, %s answered already", chat.Count(done))
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
	case e.Priced && (j.flags.demo || hostName(j.set) == ""):
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
