package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"groqchat/chat"
	"groqchat/chat/batch"
)

// batchJSON is how a run ended, as --json gives it.
type batchJSON struct {
	Questions int     `json:"questions"` // of this run
	Earlier   int     `json:"answered_earlier"`
	Answered  int     `json:"answered"`
	Cached    int     `json:"cached"` // of those
	Cut       int     `json:"cut"`    // of those
	Failed    int     `json:"failed"`
	Tokens    int     `json:"tokens"`
	USD       float64 `json:"usd"`
	Seconds   float64 `json:"seconds"`
	Results   string  `json:"results"`  // the file
	Job       *string `json:"batch_id"` // of one that is still under way, null for none
}

// printEnd says what the run did.
func (j *batchJob) printEnd(p batch.Progress) error {
	took := j.now().Sub(p.Began)
	if j.flags.json {
		return j.printJSON(batchJSON{
			p.Total, len(j.items) - p.Total, p.Answered, p.Cached, p.Cut, p.Failed, p.Tokens, p.USD, float64(took.Milliseconds()) / 1000, j.out, orNull(j.underWay),
		})
	}
	if p.Total == 0 {
		return nil // that all were answered before is told
	}
	said := fmt.Sprintf("%s of %s answered in %s", chat.Count(p.Answered), chat.Count(p.Total), chat.Took(took))
	if p.Cached > 0 {
		said += fmt.Sprintf(", %s of them cached", chat.Count(p.Cached))
	}
	if p.Failed > 0 {
		said += fmt.Sprintf(", %s failed", chat.Count(p.Failed))
	}
	said += fmt.Sprintf("; %s tokens", chat.Count(p.Tokens))
	if j.cost() != nil {
		said += ", " + chat.Dollars(p.USD)
	}
	if j.out != "-" {
		said += "; results in " + j.out
	}
	j.note("%s", said)
	return nil
}

// conclude says how the run ended, and gives the error that its end is.
func (j *batchJob) conclude(ctx context.Context, p batch.Progress, sink *resultSink, err error) error {
	var out *outputError
	if errors.As(err, &out) {
		return err
	}
	if err := j.printEnd(p); err != nil {
		return err
	}
	j.listFailures(sink.failed)
	if p.Cut > 0 {
		j.note("%s reached the longest that was allowed; --max-tokens allows more", countNoun(p.Cut, "answer"))
	}
	return j.ending(ctx, p, err)
}

// goOn is how to go on with a batch.
const goOn = "What was answered is kept; the same command goes on from there."

func (j *batchJob) ending(ctx context.Context, p batch.Progress, err error) error {
	hint := goOn
	if j.out == "-" {
		hint = ""
	}
	switch kind := chat.KindOf(err); {
	case ctx.Err() != nil:
		if hint != "" {
			j.note("interrupted; %s", strings.ToLower(hint[:1])+hint[1:])
		}
		return ctx.Err()
	case kind == chat.UnknownModel:
		return j.withReplacement(j.set, err)
	case kind == chat.BadKey:
		return withSource(j.set, err)
	case err != nil:
		return &failure{hint: strings.TrimSpace(chat.Hint(err) + " " + hint), err: err}
	case p.Failed > 0:
		if hint != "" {
			hint = "The same command asks only those again."
		}
		return &failure{code: exitBatch, hint: hint, err: fmt.Errorf("%s of %s have no answer", chat.Count(p.Failed), chat.Count(p.Total))}
	}
	return nil
}

// listFailures says what failed, as far as anybody reads it.
func (j *batchJob) listFailures(failed []batch.Result) {
	const most = 10
	for _, r := range failed[:min(len(failed), most)] {
		j.note("%s: %s", r.ID, r.Error.Message)
	}
	if n := len(failed) - most; n > 0 {
		j.note("and %s more, each with its reason in the results", chat.Count(n))
	}
}
