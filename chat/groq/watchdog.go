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

// watchdog gives up on a server that is silent while it is waited for. The time
// in which nobody waits, because the reader is slow, does not count.
type watchdog struct {
	giveUp func(error)

	mu    sync.Mutex
	timer *time.Timer
	due   time.Time // zero while nobody waits
	why   *silence
}

// wait starts the clock.
func (w *watchdog) wait(limit time.Duration, begun bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.due = time.Now().Add(limit)
	if w.why == nil || w.why.limit != limit || w.why.begun != begun {
		w.why = &silence{limit: limit, begun: begun}
	}
	if w.timer == nil {
		w.timer = time.AfterFunc(limit, w.expire)
		return
	}
	w.timer.Reset(limit)
}

// rest stops the clock.
func (w *watchdog) rest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.due = time.Time{}
	if w.timer != nil {
		w.timer.Stop()
	}
}

// overslept is how late a timer can be on a busy machine. Later than that, the
// process or the machine was asleep, and the server gets its time once more.
const overslept = 5 * time.Second

func (w *watchdog) expire() {
	w.mu.Lock()
	defer w.mu.Unlock()
	late := time.Since(w.due)
	switch {
	case w.due.IsZero() || late < 0:
		// Somebody rested, or waits anew, since the timer fired.
	case late > overslept:
		w.due = time.Now().Add(w.why.limit)
		w.timer.Reset(w.why.limit)
	default:
		w.giveUp(w.why)
	}
}

// watched is a body whose reader is not kept waiting for ever.
type watched struct {
	io.ReadCloser
	ex *exchange
}

func (b *watched) Read(p []byte) (int, error) {
	began := time.Now()
	b.ex.dog.wait(b.ex.patience(), true)
	defer func() {
		b.ex.dog.rest()
		// More is the sleep of the machine.
		b.ex.waited += min(time.Since(began), b.ex.idle)
	}()
	return b.ReadCloser.Read(p)
}
