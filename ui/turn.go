package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// errStopped is the cause of a turn's context when the user ended it.
var errStopped = errors.New("stopped")

// gather is how long deltas are gathered into one message: a frame of those that
// terminals show.
const gather = time.Second / 60

// tick is how often the figures of a turn move while nothing arrives.
const tick = 100 * time.Millisecond

// turn is the answer in flight; the zero value is idle. At most one is in
// flight, and what bears another id is a stranger.
type turn struct {
	id     int
	live   bool
	cancel context.CancelCauseFunc
	feed   *feed
	model  string
	began  time.Time // when it was asked
	first  time.Time // when the first text came
	heard  time.Time // when anything came last
	now    time.Time // the newest time that was heard of
	chunks int       // pieces of text and reasoning, about a token each

	wait     *chat.Waiting // what it waits for before it is sent, nil: nothing
	again    bool          // when it has stopped it is asked again, of the present model
	guess    int           // tokens of the prompt, uncorrected
	stopping bool          // the user ended it, the stream has not said so yet
	failure  error         // what broke it
}

// owns reports whether a message with id belongs to this turn.
func (t *turn) owns(id int) bool { return t.live && t.id == id }

// begin starts a turn at now and gives its context and its feed.
func (t *turn) begin(parent context.Context, model string, now time.Time) (context.Context, *feed) {
	t.end()
	ctx, cancel := context.WithCancelCause(parent)
	*t = turn{id: t.id + 1, live: true, cancel: cancel, feed: newFeed(), model: model, began: now, heard: now, now: now}
	return ctx, t.feed
}

// underWay is the feed of the turn, nil when it is idle.
func (t *turn) underWay() *feed {
	if !t.live {
		return nil
	}
	return t.feed
}

// stop asks the stream to end; the turn lives on until the pump says so.
func (t *turn) stop() {
	if t.live {
		t.cancel(errStopped)
		t.stopping = true
	}
}

// end makes the turn idle. Its id stays, so that late messages are strangers.
func (t *turn) end() {
	if t.live {
		t.cancel(errStopped)
		t.live = false
	}
}

// hear takes note of what the figures are made of.
func (t *turn) hear(events []chat.Event, at time.Time) {
	t.now, t.heard = at, at
	for _, e := range events {
		switch e.(type) {
		case chat.Delta, chat.Reasoning:
			t.chunks++
			if t.first.IsZero() {
				t.first = at
			}
		default:
		}
	}
}

// speed is the pieces a second so far, 0 if it is too early to tell.
func (t *turn) speed() float64 {
	d := t.now.Sub(t.first)
	if t.first.IsZero() || d < 2*tick {
		return 0
	}
	return float64(t.chunks) / d.Seconds()
}

// silence is how long nothing has come of an answer that began, 0 if that is
// not worth telling.
func (t *turn) silence() time.Duration {
	d := t.now.Sub(t.heard)
	if t.first.IsZero() || d < silenceTold {
		return 0
	}
	return d
}

// A silence is told after a while, and its length each second from then on.
const (
	silenceTold = 5 * time.Second
	silenceTick = time.Second
)

// waited is how long the turn has been going on.
func (t *turn) waited() time.Duration {
	return max(0, t.now.Sub(t.began))
}

// feed carries events from the pump to the screen. Putting never waits, so a
// slow terminal cannot hold up the stream; its size is bounded by the answer's.
type feed struct {
	mu      sync.Mutex
	record  chat.Conversation // with all that was fed, should the screen never take it
	events  []chat.Event
	unsaved error            // why the question, or the answer so far, could not be saved
	journal *history.Journal // keeps what comes before it is shown, nil: nothing does
	told    bool             // it was reported that the journal fails
	begin   func() error     // saves the question once more and begins the journal; nil: there is no need
	tried   time.Time        // when that was tried last
	missed  []chat.Event     // what came since there should be a journal
	wake    chan struct{}    // one slot: something is there
	dry     chan struct{}    // closed when nothing more will be put
}

func newFeed() *feed { return &feed{wake: make(chan struct{}, 1), dry: make(chan struct{})} }

// drain gives all that gathered once the pump has ended, or what there is after
// a while: a stream that does not heed its cancelling may not keep the program.
func (f *feed) drain(longest time.Duration) []chat.Event {
	select {
	case <-f.dry:
	case <-time.After(longest):
	}
	events, _ := f.take()
	return events
}

// recorded is the conversation with all that was fed, once the pump has ended or
// after a while. It is for when the screen cannot be asked any more.
func (f *feed) recorded(longest time.Duration) chat.Conversation {
	select {
	case <-f.dry:
	case <-time.After(longest):
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.record.Apply(chat.Broken{Err: errEnded})
	return f.record.Clone()
}

func (f *feed) put(e chat.Event) {
	f.keep(e)
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// keep leaves the lock even if the reducer panics: the screen and the rescue of
// the session take it too. An event that it panics at is not shown.
func (f *feed) keep(e chat.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.record.Apply(e)
	f.events = append(f.events, e)
}

// bring puts what the stream brought, once it is in the journal. It is for the
// pump alone.
func (f *feed) bring(e chat.Event) {
	if f.begin != nil {
		f.missed = append(f.missed, e)
		f.catchUp()
	} else {
		f.write(e)
	}
	f.put(e)
}

// write keeps an event in the journal, if there is one.
func (f *feed) write(e chat.Event) {
	if f.journal == nil {
		return
	}
	if err := f.journal.Record(e); err != nil && !f.told {
		f.told = true
		f.report(err)
	}
}

// catchUp tries from time to time to begin the journal that could not be begun
// with the question, and keeps in it what came since.
func (f *feed) catchUp() {
	if time.Since(f.tried) < retryTime {
		return
	}
	if err := f.begin(); err != nil {
		f.tried = time.Now()
		return
	}
	missed := f.missed
	f.begin, f.missed = nil, nil
	for _, e := range missed {
		f.write(e)
	}
}

// shut ends the journal; its file stays until the answer is saved.
func (f *feed) shut() {
	if f.journal == nil {
		return
	}
	if err := f.journal.Close(); err != nil && !f.told {
		f.report(err)
	}
}

// report says that the question could not be saved.
func (f *feed) report(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unsaved = err
}

// take gives all that gathered.
func (f *feed) take() ([]chat.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	events, unsaved := f.events, f.unsaved
	f.events, f.unsaved = nil, nil
	return events, unsaved
}

// pump saves the question, asks, and feeds what comes until the answer ends. The
// last event is always Done, Halted or Broken.
func pump(ctx context.Context, s chat.Streamer, req chat.Request, save func() error, out *feed) {
	if err := save(); err != nil {
		out.report(err)
		out.begin, out.tried = save, time.Now()
	}
	defer out.shut()
	for event, err := range s.Stream(ctx, req) {
		if err != nil {
			out.bring(ending(ctx, err))
			return
		}
		out.bring(event)
		if _, done := event.(chat.Done); done {
			return
		}
	}
	out.bring(ending(ctx, chat.Errorf(chat.Cut, "the stream ended before the answer was complete")))
}

// errEnded is what broke an answer when the program was ended.
var errEnded = errors.New("groqchat was closed in mid-answer")

// ending tells a stop by the user from the end of the program and from an error.
func ending(ctx context.Context, err error) chat.Event {
	switch {
	case ctx.Err() == nil:
		return chat.Broken{Err: err}
	case context.Cause(ctx) == errStopped: //nolint:errorlint // ours alone, given by stop
		return chat.Halted{}
	}
	return chat.Broken{Err: errEnded}
}

// errInternal is what broke an answer when its goroutine panicked. What the panic
// said may be words of the conversation, or a key.
var errInternal = errors.New("an internal error of groqchat")

// spawn starts the goroutine of a turn; a panic in work becomes an event, and the
// crash of the program. When work has ended, the feed is dry.
func spawn(out *feed, work func(), crashed func(*Crash)) {
	go func() {
		defer close(out.dry)
		defer func() {
			if r := recover(); r != nil {
				if crashed != nil {
					crashed(NewCrash(r))
				}
				defer func() { _ = recover() }() // the reducer may be what panicked
				out.put(chat.Broken{Err: errInternal})
			}
		}()
		work()
	}()
}

// waitForEvents waits until the feed has something and a frame has passed since
// last, or until nothing has come for so long that it has to be told. What there
// is stays in the feed until the model takes it, so that nothing is lost between
// the two when the program ends.
func waitForEvents(id int, f *feed, last time.Time, now func() time.Time, longest time.Duration) tea.Cmd {
	return func() tea.Msg {
		quiet := time.NewTimer(longest)
		defer quiet.Stop()
		select {
		case <-f.wake:
		case <-quiet.C:
			return silentMsg{turn: id}
		}
		if d := gather - now().Sub(last); d > 0 && d <= gather {
			<-time.After(d)
		}
		return streamAdvancedMsg{turn: id}
	}
}

// tickClock moves the figures of a turn.
func tickClock(id int) tea.Cmd {
	return tea.Tick(tick, func(time.Time) tea.Msg { return clockTickedMsg{turn: id} })
}
