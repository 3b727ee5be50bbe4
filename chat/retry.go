package chat

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"
)

// Patience is how long and how often a request is sent again. The zero value
// never waits for a limit and gives up after three tries.
type Patience struct {
	Tries   int              // at most, with the first one; 0: three
	MaxWait time.Duration    // longest wait that a server may ask for
	Now     func() time.Time // nil: time.Now
	Random  func() float64   // from 0 to 1, spreads the tries of many clients; nil: always 0
}

// The waits after a fault that no limit explains: half a second, doubled with
// each try, at most eight, less up to a quarter (Groq's own clients do the same).
const (
	usualTries  = 3
	firstWait   = 500 * time.Millisecond
	longestWait = 8 * time.Second
	spread      = 0.25
)

// WithRetry sends a request again that failed before anything of an answer came,
// and yields a [Waiting] before each wait. What a limit of a minute refused is
// sent again when the server says that it has room; faults of servers and
// connections after a short while. What no waiting helps, and what would wait
// longer than p allows, is given up at once, as is everything once text came.
func WithRetry(s Streamer, p Patience) Streamer {
	if p.Tries == 0 {
		p.Tries = usualTries
	}
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Random == nil {
		p.Random = func() float64 { return 0 }
	}
	return StreamFunc(func(ctx context.Context, req Request) iter.Seq2[Event, error] {
		return func(yield func(Event, error) bool) { p.run(ctx, s, req, yield) }
	})
}

// run tries until an answer came, or trying is of no use.
func (p Patience) run(ctx context.Context, s Streamer, req Request, yield func(Event, error) bool) {
	for try := 1; ; try++ {
		spoken, left, failure := passOn(s.Stream(ctx, req), yield)
		if left || failure == nil {
			return
		}
		wait, again := p.wait(failure, try)
		if spoken || !again || ctx.Err() != nil {
			yield(nil, failure)
			return
		}
		told := Waiting{Try: try + 1, Until: p.Now().Add(wait), Cause: failure}
		if !await(ctx, told, wait, yield) {
			return
		}
	}
}

// await yields that something is waited for, and waits; it reports whether to go on.
func await(ctx context.Context, told Waiting, wait time.Duration, yield func(Event, error) bool) bool {
	if !yield(told, nil) {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		yield(nil, context.Cause(ctx))
		return false
	}
}

// After sends a request when some time has passed since it was asked for, and
// yields a [Waiting] without a cause before.
func After(s Streamer, wait time.Duration, now func() time.Time) Streamer {
	if wait <= 0 {
		return s
	}
	return StreamFunc(func(ctx context.Context, req Request) iter.Seq2[Event, error] {
		return func(yield func(Event, error) bool) {
			if !await(ctx, Waiting{Try: 1, Until: now().Add(wait)}, wait, yield) {
				return
			}
			for event, err := range s.Stream(ctx, req) {
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// passOn yields the events of one try. spoken says that text was among them,
// left that nobody wants more.
func passOn(events iter.Seq2[Event, error], yield func(Event, error) bool) (spoken, left bool, failure error) {
	for event, err := range events {
		if err != nil {
			return spoken, false, err
		}
		switch event.(type) {
		case Delta, Reasoning:
			spoken = true
		default:
		}
		if !yield(event, nil) {
			return spoken, true, nil
		}
	}
	return spoken, false, nil
}

// wait is how long to wait after a failed try; again is false if another one is
// of no use, or the wait too long.
func (p Patience) wait(failure error, try int) (d time.Duration, again bool) {
	var e *Error
	if !errors.As(failure, &e) || try >= p.Tries || e.Retry == GiveUp {
		return 0, false
	}
	switch {
	case e.Kind == RateLimited && e.RetryAfter > 0:
		return e.RetryAfter, e.RetryAfter <= p.MaxWait
	case e.Kind == RateLimited, e.passes(), e.Retry == TryAgain:
		d = max(p.backoff(try), e.RetryAfter)
		return d, d <= max(p.MaxWait, longestWait)
	case slices.Contains(mishaps(), e.Code):
		return p.backoff(try), try == 1
	}
	return 0, false
}

// passes reports a fault that may be gone in a moment.
func (e *Error) passes() bool {
	switch e.Kind {
	case ServerFault, Unreachable, Cut:
		return true
	case TimedOut:
		return e.Status != 0 // told by the server; our own patience was long enough
	default:
		return false
	}
}

// mishaps are the codes of answers that the model spoiled: another try may do
// better, a third one will not.
func mishaps() []string {
	return []string{"tool_use_failed", "json_validate_failed", "output_parse_failed"}
}

func (p Patience) backoff(try int) time.Duration {
	d := min(firstWait<<(try-1), longestWait)
	return d - time.Duration(spread*p.Random()*float64(d))
}
