package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"groqchat/chat"
)

// trimmer sends a conversation that is too long without its oldest turns, where the
// setting trim wants that, and says so; else it says what can be done. Nobody can be
// asked here, and a guess may be wrong: without the setting the server judges.
type trimmer struct {
	*app
	q       question
	conv    *chat.Conversation
	info    chat.ModelInfo
	longest func(chat.Request) int
}

func (a *app) trimmer(q question, conv *chat.Conversation, model string) trimmer {
	return trimmer{a, q, conv, knownModels(q.set).Find(model), q.client.Longest}
}

// sized is the request, without what the model's window has no room for.
func (t trimmer) sized(req chat.Request) chat.Request {
	room, guess := chat.Room{Window: t.info.Context}, chat.Calibration{}
	if !t.q.set.Trim || room.Fit(req.PromptTokens(t.info)) != chat.OverWindow {
		return req
	}
	if shorter, ok := t.without(req, guess, room); ok {
		return shorter
	}
	return req
}

// without is the request without the oldest turns that the room is too small for.
// They are left out of what is asked after it, too, as in the chat.
func (t trimmer) without(req chat.Request, guess chat.Calibration, room chat.Room) (shorter chat.Request, ok bool) {
	n, fits := req.Excess(t.info, guess, room.Most())
	if n == 0 || !fits {
		return req, false
	}
	if len(t.q.models) < 2 { // another model may have room for all
		t.conv.Since = req.Messages[n].ID
	}
	t.note("sent without the %s: with them it is too long for %s", oldest(n), t.info.Short())
	req.Messages = req.Messages[n:]
	return req, true
}

func oldest(n int) string {
	if n == 1 {
		return "oldest message"
	}
	return chat.Count(n) + " oldest messages"
}

// over sends a request again that was refused for its length, in a form that the
// limit has room for.
func (t trimmer) over(s chat.Streamer) chat.Streamer {
	return chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			refusal := passOn(s.Stream(ctx, req), yield)
			if refusal == nil {
				return
			}
			shorter, err := t.refused(req, refusal)
			if err != nil {
				yield(nil, err)
				return
			}
			s.Stream(ctx, shorter)(yield)
		}
	})
}

// passOn hands a stream on until it ends or refuses the request for its length, which
// is the error.
func passOn(stream iter.Seq2[chat.Event, error], yield func(chat.Event, error) bool) error {
	for event, err := range stream {
		if chat.KindOf(err) == chat.TooLarge {
			return err
		}
		if !yield(event, err) {
			return nil
		}
	}
	return nil
}

// refused is what to send instead of a request that was too large, or the error with
// a way out of it.
func (t trimmer) refused(req chat.Request, err error) (chat.Request, error) {
	var e *chat.Error
	if !errors.As(err, &e) {
		return req, err
	}
	room, guess := chat.Room{Window: t.info.Context}, chat.Calibration{}
	asked := t.longest(req)
	if x := e.Limit; x != nil {
		room.Minute = x.Limit
		guess.Learn(req.PromptTokens(t.info), x.Requested-asked)
	}
	prompt := func() int { return guess.Scale(req.PromptTokens(t.info)) }
	if room.Fit(prompt()) >= chat.OverMinute {
		shorter, ok := req, false
		if t.q.set.Trim {
			shorter, ok = t.without(req, guess, room)
		}
		if !ok {
			return req, t.wayOut(req, err, guess, room)
		}
		req = shorter
	}
	if req.Longest = room.Answer(prompt(), asked); req.Longest < asked {
		t.note("%v", err)
		t.note("asked again for an answer of at most %s tokens: there is room for no longer one", chat.Count(req.Longest))
	}
	return req, nil
}

// wayOut is the error, with what makes the conversation short enough.
func (t trimmer) wayOut(req chat.Request, err error, guess chat.Calibration, room chat.Room) error {
	n, fits := req.Excess(t.info, guess, room.Most())
	if n == 0 || !fits {
		return err
	}
	hint := fmt.Sprintf("--trim leaves out the %s, which is enough; /compact in the chat keeps in brief what they say.", oldest(n))
	return &failure{hint: hint, err: err}
}
