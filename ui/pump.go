package ui

import (
	"context"
	"errors"
	"time"

	"groqchat/chat"
)

// pump saves the question, asks, and brings what comes until the answer ends. The
// last event is always Done, Halted or Broken.
func pump(ctx context.Context, s chat.Streamer, req chat.Request, save func() error, out *feed) {
	if err := save(); err != nil {
		out.report(err)
		out.begin, out.tried = save, time.Now()
	}
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

// spawn starts the two goroutines of a turn: work brings to the feed, and the
// other one carries on from there. A panic in either becomes an event, and the
// crash of the program. When both have ended, the feed is dry.
func spawn(out *feed, work func(), crashed func(*Crash)) {
	go func() {
		defer close(out.over)
		defer caught(crashed, out.bring)
		work()
	}()
	go func() {
		defer close(out.dry)
		defer caught(crashed, func(e chat.Event) { out.put(e) })
		out.carry()
	}()
}

// caught is deferred by the goroutines of a turn, and recovers their panics.
func caught(crashed func(*Crash), tell func(chat.Event)) {
	r := recover()
	if r == nil {
		return
	}
	if crashed != nil {
		crashed(NewCrash(r))
	}
	defer func() { _ = recover() }() // the reducer may be what panicked
	tell(chat.Broken{Err: errInternal})
}
