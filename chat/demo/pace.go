package demo

import (
	"context"
	"time"
)

// pacer holds an answer to its speed. Each token is due at a time counted from the
// first, not from the one before, so that sleeping too long is made up for and the
// average holds.
type pacer struct {
	timing timing
	start  time.Time // of writing
	tokens int       // so far
}

// begin waits for the queue and the reading of the prompt.
func (p *pacer) begin(ctx context.Context) error {
	err := p.stall(ctx, p.timing.queue+p.timing.read)
	p.start = time.Now()
	return err
}

// token waits until the next token is due.
func (p *pacer) token(ctx context.Context) error {
	p.tokens++
	if !p.timing.paced {
		return ctx.Err()
	}
	return sleep(ctx, time.Until(p.start.Add(time.Duration(p.tokens)*p.timing.token)))
}

// stall waits for d, and all that comes later is due that much later.
func (p *pacer) stall(ctx context.Context, d time.Duration) error {
	if !p.timing.paced {
		return ctx.Err()
	}
	p.start = p.start.Add(d)
	return sleep(ctx, d)
}

// sleep waits for d or the end of ctx, whose cause it returns then.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
