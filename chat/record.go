package chat

import (
	"context"
	"iter"
	"time"
)

// Record is what one answer took. Of one that is not complete the tokens are
// estimated, unless the server told them before it ended.
type Record struct {
	Model     string
	State     State // complete, stopped, interrupted with text, or failed before any
	Usage     Usage
	Timing    Timing
	RequestID string // the server's name of it, "" where it gives none
}

// WithRecord tells record of every answer that began, when it has ended, on the
// goroutine that reads it and, if it is whole, before whoever asked is told. What
// was refused before it began takes nothing and is not told.
func WithRecord(s Streamer, known Catalogue, now func() time.Time, record func(Record)) Streamer {
	return StreamFunc(func(ctx context.Context, req Request) iter.Seq2[Event, error] {
		return func(yield func(Event, error) bool) {
			r := recorder{asked: now(), now: now, told: record, record: Record{Model: req.Model, State: Stopped}}
			defer func() { r.end(ctx, req.PromptTokens(known.Find(req.Model))) }()
			for event, err := range s.Stream(ctx, req) {
				r.hear(event, err)
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// Recount is the record of an answer of which only the events are left, up to
// where the process came that heard them; failure is how it ended if they do not
// say so. ok is false if it never began.
func Recount(ctx context.Context, req Request, known Catalogue, events []Event, failure error) (r Record, ok bool) {
	left := StreamFunc(func(context.Context, Request) iter.Seq2[Event, error] {
		return func(yield func(Event, error) bool) {
			for _, e := range events {
				if b, broke := e.(Broken); broke {
					yield(nil, b.Err)
					return
				}
				if _, halted := e.(Halted); halted || !yield(e, nil) {
					return
				}
			}
			yield(nil, failure)
		}
	})
	never := func() time.Time { return time.Time{} } // when it came is not known
	heard := WithRecord(left, known, never, func(is Record) { r, ok = is, true }).Stream(ctx, req)
	_, _, _ = passOn(heard, func(Event, error) bool { return true }) // the record is all that is wanted
	return r, ok
}

// recorder makes the record of one answer.
type recorder struct {
	asked   time.Time
	now     func() time.Time
	began   bool // the server took the request
	count   meter
	failure error
	record  Record
	told    func(Record)
}

func (r *recorder) hear(event Event, err error) {
	r.failure = err
	switch e := event.(type) {
	case Started:
		r.began, r.record.RequestID = true, e.RequestID
	case Delta:
		r.count.text.add(e.Text)
	case Reasoning:
		r.count.thought.add(e.Text)
	case Done:
		r.record.State, r.record.Usage, r.record.Timing = Complete, e.Usage, e.Timing
		r.told(r.record)
	default:
	}
	if r.record.Timing.FirstToken == 0 && r.count.any() {
		r.began, r.record.Timing.FirstToken = true, r.now().Sub(r.asked)
	}
}

// end tells of an answer that did not come to its end.
func (r *recorder) end(ctx context.Context, prompt int) {
	if r.record.State == Complete || !r.began {
		return
	}
	switch {
	case r.failure == nil || ctx.Err() != nil:
	case r.count.any():
		r.record.State = Interrupted
	default:
		r.record.State = Failed
	}
	if r.record.Usage = r.count.usage(r.failure); r.record.Usage.PromptTokens == 0 {
		r.record.Usage.PromptTokens, r.record.Usage.Estimated = prompt, true
	}
	r.record.Timing.Total = r.now().Sub(r.asked)
	r.told(r.record)
}

// Cost is what an answer costs in USD, 0 where the price is not known. Tokens of
// the prompt that the server had in its cache are cheaper on most models.
func (m ModelInfo) Cost(u Usage) float64 {
	return perMillion(u.PromptTokens-u.CachedTokens, m.PriceIn) + perMillion(u.CachedTokens, m.cachedPrice()) +
		perMillion(u.CompletionTokens, m.PriceOut)
}

// Saved is what the server's cache saved of the cost, in USD.
func (m ModelInfo) Saved(u Usage) float64 {
	return perMillion(u.CachedTokens, m.PriceIn-m.cachedPrice())
}

func (m ModelInfo) cachedPrice() float64 {
	if m.PriceCached > 0 {
		return m.PriceCached
	}
	return m.PriceIn
}

func perMillion(tokens int, price float64) float64 { return float64(max(0, tokens)) * price / 1e6 }
