package groq

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// silence is the cause with which a watchdog cancels a request.
type silence struct {
	limit time.Duration
	begun bool // headers had come
}

func (s *silence) Error() string { return fmt.Sprintf("silent for %v", s.limit) }

// watchdog gives up on a server that is silent while it is waited for. Neither
// the time in which nobody waits, because the reader is slow, counts, nor that in
// which the process or the machine was asleep. The clock goes on in a sleep, so
// the time is counted in steps: a step that took much longer was no waiting.
type watchdog struct {
	giveUp func(error)

	mu    sync.Mutex
	timer *time.Timer
	since time.Time     // when the present step began, zero while nobody waits
	spent time.Duration // in the steps before
	why   *silence
}

// step is the longest time between two looks at the clock.
const step = time.Second

// overslept is how late a timer can be on a busy machine. Later than that, it was
// a sleep, and the server gets its time once more.
const overslept = 2 * time.Second

// wait starts the clock.
func (w *watchdog) wait(limit time.Duration, begun bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.since, w.spent = time.Now(), 0
	if w.why == nil || w.why.limit != limit || w.why.begun != begun {
		w.why = &silence{limit: limit, begun: begun}
	}
	if w.timer == nil {
		w.timer = time.AfterFunc(w.next(), w.look)
		return
	}
	w.timer.Reset(w.next())
}

// next is how long the present step is.
func (w *watchdog) next() time.Duration { return min(step, w.why.limit-w.spent) }

// rest stops the clock and gives the time that was waited.
func (w *watchdog) rest() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.since.IsZero() {
		return 0
	}
	waited := w.spent + min(time.Since(w.since), step)
	w.since = time.Time{}
	w.timer.Stop()
	return waited
}

// look ends a step.
func (w *watchdog) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.since.IsZero() {
		return
	}
	took := time.Since(w.since)
	switch {
	case took < w.next():
		return // somebody waits anew since the timer fired
	case took > w.next()+overslept:
		w.spent = 0
	default:
		w.spent += took
	}
	if w.spent >= w.why.limit {
		w.giveUp(w.why)
		return
	}
	w.since = time.Now()
	w.timer.Reset(w.next())
}

// watched is a body whose reader is not kept waiting for ever.
type watched struct {
	io.ReadCloser
	ex *exchange
}

func (b *watched) Read(p []byte) (int, error) {
	b.ex.dog.wait(b.ex.patience(), true)
	defer func() { b.ex.waited += b.ex.dog.rest() }()
	return b.ReadCloser.Read(p)
}
