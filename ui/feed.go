package ui

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// gather is how long deltas are gathered into one message: a frame of those that
// terminals show.
const gather = time.Second / 60

// flood is what a frame brings, in bytes, where nobody can read along any more:
// some thirty times what the fastest models send. It is shown at half the rate.
const flood = 2 << 10

// feed carries events from the pump to the screen: those of one frame together
// are written to the journal, and then shown. Bringing never waits, so neither a
// slow terminal nor a slow disk holds up the stream; its size is bounded by the
// answer's.
type feed struct {
	mu      sync.Mutex
	brought []chat.Event      // by the pump, not in the journal yet
	record  chat.Conversation // with all that was put, should the screen never take it
	events  []chat.Event      // put, and not taken yet
	unsaved error             // why the question, or the answer so far, could not be saved

	journal *history.Journal // keeps what comes before it is shown, nil: nothing does
	told    bool             // it was reported that the journal fails
	begin   func() error     // saves the question once more and begins the journal; nil: there is no need
	tried   time.Time        // when that was tried last
	missed  []chat.Event     // what came since there should be a journal
	ink     chan struct{}    // one slot: something was brought
	over    chan struct{}    // closed when nothing more will be brought
	wake    chan struct{}    // one slot: something was put
	dry     chan struct{}    // closed when nothing more will be put
}

func newFeed() *feed {
	return &feed{
		ink: make(chan struct{}, 1), over: make(chan struct{}),
		wake: make(chan struct{}, 1), dry: make(chan struct{}),
	}
}

// nudge fills a slot.
func nudge(slot chan<- struct{}) {
	select {
	case slot <- struct{}{}:
	default:
	}
}

// bring takes what the stream brought.
func (f *feed) bring(e chat.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.brought = append(f.brought, e)
	nudge(f.ink)
}

// carry brings to the screen what was brought, frame by frame, until nothing more
// will be. It is for one goroutine alone.
func (f *feed) carry() {
	defer f.shut()
	for open := true; open; {
		select {
		case <-f.ink:
		case <-f.over:
			open = false
		}
		f.rest(f.settle())
	}
}

// rest waits a frame after so many bytes were shown, unless it is all over. What
// has no text makes no frame that anybody would miss.
func (f *feed) rest(shown int) {
	var frame time.Duration
	switch {
	case shown == 0:
		return
	case shown > flood:
		frame = 2 * gather
	default:
		frame = gather
	}
	next := time.NewTimer(frame)
	defer next.Stop()
	select {
	case <-next.C:
	case <-f.over:
	}
}

// settle writes what was brought to the journal, and puts it. It gives the bytes
// of text in it.
func (f *feed) settle() int {
	f.mu.Lock()
	events := f.brought
	f.brought = nil
	f.mu.Unlock()
	f.write(events)
	f.put(events...)
	size := 0
	for _, e := range events {
		switch e := e.(type) {
		case chat.Delta:
			size += len(e.Text)
		case chat.Reasoning:
			size += len(e.Text)
		default:
		}
	}
	return size
}

// write keeps events in the journal. One that could not be begun with the question
// is tried from time to time, and has all that came since as soon as it can be.
func (f *feed) write(events []chat.Event) {
	if f.begin != nil {
		f.missed = append(f.missed, events...)
		if len(events) == 0 || time.Since(f.tried) < retryTime {
			return
		}
		if err := f.begin(); err != nil {
			f.tried = time.Now()
			return
		}
		events, f.begin, f.missed = f.missed, nil, nil
	}
	if f.journal == nil {
		return
	}
	if err := f.journal.Record(events...); err != nil && !f.told {
		f.told = true
		f.report(err)
	}
}

// put shows events. It leaves the lock even if the reducer panics: the screen and
// the rescue of the session take it too. An event that it panics at is not shown.
func (f *feed) put(events ...chat.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		f.record.Apply(e)
		f.events = append(f.events, e)
	}
	if len(events) > 0 {
		nudge(f.wake)
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

// drain gives all that gathered once the pump has ended, or what there is after
// a while: a stream that does not heed its cancelling may not keep the program.
func (f *feed) drain(longest time.Duration) []chat.Event {
	f.await(longest)
	events, _ := f.take()
	return events
}

// recorded is the conversation with all that was fed, once the pump has ended or
// after a while. It is for when the screen cannot be asked any more.
func (f *feed) recorded(longest time.Duration) chat.Conversation {
	f.await(longest)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.record.Apply(chat.Broken{Err: errEnded})
	return f.record.Clone()
}

func (f *feed) await(longest time.Duration) {
	select {
	case <-f.dry:
	case <-time.After(longest):
	}
}

// waitForEvents waits until the feed has something, or until nothing has come for
// so long that it has to be told. What there is stays in the feed until the model
// takes it, so that nothing is lost between the two when the program ends.
func waitForEvents(id int, f *feed, longest time.Duration) tea.Cmd {
	return func() tea.Msg {
		quiet := time.NewTimer(longest)
		defer quiet.Stop()
		select {
		case <-f.wake:
			return streamAdvancedMsg{turn: id}
		case <-quiet.C:
			return silentMsg{turn: id}
		}
	}
}
