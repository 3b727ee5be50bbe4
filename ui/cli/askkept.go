package cli

import (
	"context"
	"errors"
	"iter"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui"
)

// keeps reports whether the question and its answer go into a session.
func (o *askFlags) keeps() bool { return o.save || o.opensSession() }

// begin is the conversation in which the question is asked: a new one, or a saved
// session, whose lock is held then.
func (a *app) begin(ctx context.Context, q *question) (chat.Conversation, *keeper, error) {
	conv := q.set.Begin(q.worn, knownModels(q.set))
	if !q.flags.keeps() {
		return conv, &keeper{app: a}, nil
	}
	store := a.store(ctx, q.set)
	if !q.flags.opensSession() {
		conv.ID = history.NewID(a.now())
		return conv, &keeper{app: a, store: store, server: q.server()}, nil
	}
	options := ui.Options{Config: q.set, Persona: q.worn, Store: store}
	if err := a.session(ctx, &options, q.flags); err != nil {
		return conv, nil, err
	}
	for _, odd := range options.Config.Warnings[len(q.set.Warnings):] {
		a.note("%s", odd.String())
	}
	s := options.Session
	if s.Notice != "" {
		a.note("%s", s.Notice)
	}
	if s.ReadOnly != "" {
		return conv, nil, failed("`groqchat sessions fork "+shortID(s.ID)+"` makes a copy to go on with.", "session %s cannot be written: %s", shortID(s.ID), s.ReadOnly)
	}
	return s.Conversation, &keeper{app: a, store: store, server: q.server()}, nil
}

// keeper keeps a question and its answer in a session: the question is on the disk
// before it leaves, and every piece of the answer before it is shown.
type keeper struct {
	*app
	store   *history.Store // nil: nothing is saved
	server  string
	journal *history.Journal
}

// asked saves the question, and begins the journal of its answer.
func (k *keeper) asked(conv *chat.Conversation) error {
	if k.store == nil {
		return nil
	}
	var held *history.Held
	err := k.store.Hold(conv.ID)
	if !errors.As(err, &held) { // where nothing can be locked, conflicts are noticed all the same
		conv.Rev, err = k.store.Save(*conv)
	}
	if err != nil {
		return failed("Nothing was asked.", "the session cannot be saved: %w", err)
	}
	if k.journal, err = k.store.Journal(*conv, k.server); err != nil {
		k.note("%v", err)
	}
	return nil
}

// over is a stream whose answer is kept in conv.
func (k *keeper) over(conv *chat.Conversation, s chat.Streamer) chat.Streamer {
	return chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			defer func() { k.take(conv, chat.Halted{}) }() // of a reader who left
			for event, err := range s.Stream(ctx, req) {
				switch {
				case err == nil:
					k.take(conv, event)
				case ctx.Err() == nil:
					k.take(conv, chat.Broken{Err: err})
				}
				if !yield(event, err) {
					return
				}
			}
			if ctx.Err() == nil {
				k.take(conv, chat.Broken{Err: chat.Errorf(chat.Cut, "the stream ended before the answer was complete")})
			}
		}
	})
}

// take adds an event to the answer, unless that has ended.
func (k *keeper) take(conv *chat.Conversation, event chat.Event) {
	if conv.Pending() == nil {
		return
	}
	if k.journal != nil {
		// What the disk did not take is in memory, and saved with the session.
		_ = k.journal.Record(event)
	}
	conv.Apply(event)
}

// ended saves the session with its answer. A question that got nothing is taken out
// of what is sent from now on.
func (k *keeper) ended(conv *chat.Conversation) error {
	conv.Retract()
	if k.store == nil {
		return nil
	}
	var err error
	if conv.Rev, err = k.store.Save(*conv); err != nil {
		return failed("What came of the answer is kept in the journal of the session.", "the session cannot be saved: %w", err)
	}
	if k.journal != nil {
		_ = k.journal.Discard() // one that stays is found to hold nothing new
	}
	return nil
}

// close gives the session back.
func (k *keeper) close() {
	if k.store != nil {
		k.store.ReleaseAll()
	}
}
