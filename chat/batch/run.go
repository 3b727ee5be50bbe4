package batch

import (
	"context"
	"fmt"
	"io"
	"iter"
	"time"

	"groqchat/chat"
)

// MostAtOnce is how many questions are under way at the most.
const MostAtOnce = 10

// Run is how a batch is asked.
type Run struct {
	Chat     chat.Streamer // without patience: refused items wait behind the others
	Pace     *Pace
	AtOnce   int           // questions under way at the most; 0: MostAtOnce
	Patience chat.Patience // with items that fail
	Grace    time.Duration // what answers under way get to end in when the run is stopped
	Now      func() time.Time
	Cost     func(model string, u chat.Usage) float64 // USD; nil: not known

	// Known gives the result that an item has already, from a cache; nil: none has.
	// It is not asked then, and its result is kept as the others are.
	Known func(Item) (Result, bool)
	// Keep is given each result, one at a time; what it keeps is never asked again.
	// Its error stops the run.
	Keep func(Result) error
	// Tell is told how far the run is, whenever that changes and each second.
	Tell func(Progress)
}

// run is a batch under way. Everything but the asking happens on one goroutine.
type run struct {
	Run
	Progress
	ctx      context.Context // of the requests
	queue    []*job
	outcomes chan outcome
	heard    chan struct{} // limits were told
	outage   outage
	stopped  error // why nothing more is asked
}

// job is an item that is not finished.
type job struct {
	Item
	tries int
	after time.Time // of a wait
	phase int       // of the outage when it was sent
	new   bool      // it is in no cache
}

// outcome is what became of one try.
type outcome struct {
	job    *job
	took   time.Duration
	answer chat.Message
	err    error
}

// Do asks the items and returns when all are finished, ctx is done, or going on is
// of no use: the error says why. Items that failed by themselves are no error.
func (r Run) Do(ctx context.Context, items []Item) (Progress, error) {
	if r.AtOnce <= 0 || r.AtOnce > MostAtOnce {
		r.AtOnce = MostAtOnce
	}
	asking, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	u := &run{Run: r, ctx: asking, outcomes: make(chan outcome, r.AtOnce), heard: make(chan struct{}, 1)}
	u.Total, u.Began = len(items), r.Now()
	for _, item := range items {
		u.queue = append(u.queue, &job{Item: item})
	}
	err := u.loop(ctx)
	if ctx.Err() != nil || err != nil {
		u.windDown(cancel)
	}
	u.tell()
	switch {
	case err != nil:
		return u.Progress, err
	case ctx.Err() != nil:
		return u.Progress, ctx.Err()
	}
	return u.Progress, u.stopped
}

// loop asks until nothing is left, or ctx is done.
func (u *run) loop(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		wait := u.start()
		if u.Running == 0 && (u.stopped != nil || len(u.queue) == 0) {
			return nil
		}
		u.tell()
		timer := time.NewTimer(wait)
		select {
		case o := <-u.outcomes:
			if err := u.settle(o); err != nil {
				timer.Stop()
				return err
			}
		case <-u.heard:
		case <-timer.C:
		case <-tick.C:
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
		timer.Stop()
	}
}

// start begins all that may begin, and says how long nothing more can.
func (u *run) start() time.Duration {
	u.Waiting = time.Time{}
	if pause := u.outage.until.Sub(u.Now()); pause > 0 {
		u.Waiting = u.outage.until
		return pause
	}
	wait := forever
	full := map[string]bool{}
	for i := 0; i < len(u.queue) && u.Running < u.AtOnce && u.stopped == nil; {
		j, now := u.queue[i], u.Now()
		if u.recalled(i) {
			return 0
		}
		if model := j.Request.Model; full[model] || j.after.After(now) {
			if j.after.After(now) {
				wait = min(wait, j.after.Sub(now))
			}
			i++
			continue
		}
		ticket, pause := u.Pace.Enter(j.Request)
		if ticket == nil {
			full[j.Request.Model] = true
			wait = min(wait, pause)
			continue
		}
		u.queue = append(u.queue[:i], u.queue[i+1:]...)
		u.begin(j, ticket)
	}
	if u.Running < u.AtOnce && len(u.queue) > 0 && wait < forever {
		u.Waiting = u.Now().Add(wait)
	}
	return wait
}

// recalled keeps the result that an item of the queue has already, and takes it out.
func (u *run) recalled(at int) bool {
	j := u.queue[at]
	if j.new || u.Known == nil {
		return false
	}
	r, ok := u.Known(j.Item)
	if j.new = !ok; !ok {
		return false
	}
	u.queue = append(u.queue[:at], u.queue[at+1:]...)
	if err := u.Keep(r); err != nil {
		u.stopped = err
		return true
	}
	u.Count(r, u.Now())
	return true
}

// begin asks one item on a goroutine of its own. A panic becomes the outcome.
func (u *run) begin(j *job, t *Ticket) {
	u.Running++
	j.tries++
	j.phase = u.outage.phase
	req := j.Request
	req.Longest = t.Longest
	go func() {
		o, began := outcome{job: j}, u.Now()
		defer func() {
			if defect := recover(); defect != nil {
				o.err = fmt.Errorf("a defect of groqchat: %v", defect)
			}
			t.End(o.answer.Usage, o.err)
			u.outcomes <- o
		}()
		o.answer, o.err = chat.Ask(u.ctx, u.observed(t), req, io.Discard)
		o.took = u.Now().Sub(began)
	}()
}

// observed lets the pace hear of the limits as soon as they are told.
func (u *run) observed(t *Ticket) chat.Streamer {
	return chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			for event, err := range u.Chat.Stream(ctx, req) {
				u.hear(t, event)
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// hear takes in an event that tells the limits, and lets others know.
func (u *run) hear(t *Ticket, event chat.Event) {
	q, ok := event.(chat.Quota)
	if !ok {
		return
	}
	t.Told(q)
	select {
	case u.heard <- struct{}{}:
	default:
	}
}

// settle keeps an outcome, or puts the item back behind the others.
func (u *run) settle(o outcome) error {
	u.Running--
	if o.err == nil {
		u.outage = outage{phase: u.outage.phase}
		return u.keep(o)
	}
	if fatal(o.err, u.Answered-u.Cached) {
		u.stopped = o.err
		return nil
	}
	wait, again := u.Patience.Again(o.err, o.job.tries)
	if general(o.err) {
		if u.outage.grows(o.job.phase, u.Now()) {
			u.stopped = o.err
		}
		if chat.KindOf(o.err) == chat.Unreachable {
			o.job.tries--
			again = true
		}
	}
	if again && u.stopped == nil {
		o.job.after = u.Now().Add(wait)
		u.queue = append(u.queue, o.job)
		u.Retried++
		return nil
	}
	if again {
		return nil // the next run asks it
	}
	return u.keep(o)
}

func (u *run) keep(o outcome) error {
	r := u.result(o)
	if err := u.Keep(r); err != nil {
		return err
	}
	u.Count(r, u.Now())
	return nil
}

// result is an outcome as it is kept.
func (u *run) result(o outcome) Result {
	item, m := o.job.Item, o.answer
	r := Result{
		ID: item.ID, Line: item.Line, Prompt: item.Prompt, Key: item.Key, At: u.Now().UTC(), Model: item.Request.Model,
		Answer: m.Content, Reasoning: m.Reasoning, FinishReason: m.FinishReason, Request: m.RequestID,
		Usage: NewUsage(m.Usage), Seconds: float64(o.took.Milliseconds()) / 1000,
	}
	if u.Cost != nil {
		r.USD = u.Cost(r.Model, m.Usage)
	}
	if o.err != nil {
		r.Error = failure(o.err, o.job.tries)
	}
	return r
}

// windDown lets answers under way end, as long as grace allows, and keeps them.
func (u *run) windDown(cancel context.CancelFunc) {
	u.Stopping = true
	u.tell()
	grace := time.NewTimer(u.Grace)
	defer grace.Stop()
	for u.Running > 0 {
		select {
		case o := <-u.outcomes:
			u.Running--
			if o.err == nil && u.keep(o) != nil {
				cancel() // the disk takes nothing any more
			}
			u.tell()
		case <-grace.C:
			cancel()
		}
	}
}
