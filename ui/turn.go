package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// errStopped is the cause of a turn's context when the user ended it.
var errStopped = errors.New("stopped")

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

// tickClock moves the figures of a turn.
func tickClock(id int) tea.Cmd {
	return tea.Tick(tick, func(time.Time) tea.Msg { return clockTickedMsg{turn: id} })
}
