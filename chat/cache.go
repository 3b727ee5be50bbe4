package chat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
)

// Cache keeps answers by the key of what was asked, see [Request.Key]. It is asked
// on the goroutine that reads the answer, and may be asked by several at once.
type Cache interface {
	// Get gives the answer to what was asked, if it has one that may still be used.
	Get(key string) (answer Message, ok bool)
	// Put keeps an answer: its text, reasoning, model, finish reason and usage.
	Put(key string, answer Message) error
}

// WithCache gives the answer that the cache has to the same request to the same
// server, marked as [Done.Cached], and keeps those that s gives, if they are whole.
// A request that wants another answer than it had is sent in any case. unkept hears
// of answers that the cache does not take.
func WithCache(s Streamer, cache Cache, server string, unkept func(error)) Streamer {
	return StreamFunc(func(ctx context.Context, req Request) iter.Seq2[Event, error] {
		return func(yield func(Event, error) bool) {
			key := req.Key(server)
			if !req.Another {
				if answer, ok := cache.Get(key); ok && ctx.Err() == nil {
					again(answer, yield)
					return
				}
			}
			if answer := heard(s.Stream(ctx, req), req.Model, yield); answer.IsWhole() {
				if err := cache.Put(key, answer); err != nil {
					unkept(err)
				}
			}
		}
	})
}

// heard passes a stream on until the answer is whole, and returns that as it is at
// the end.
func heard(stream iter.Seq2[Event, error], model string, yield func(Event, error) bool) Message {
	conv := Conversation{Model: model, answer: &answer{}, Head: "m1", Messages: []Message{{ID: "m1", Role: Assistant, Model: model}}}
	for event, err := range stream {
		if err == nil {
			conv.Apply(event)
		}
		if !yield(event, err) || conv.Messages[0].IsWhole() {
			break
		}
	}
	return conv.Messages[0]
}

// IsWhole reports whether an answer came to the end that the model gave it. Those
// that ended for another reason may be longer the next time: no cache has them.
func (m Message) IsWhole() bool {
	return m.State == Complete && m.FinishReason == "stop" && m.Content != ""
}

// again is the events of an answer that was given before. It takes no time.
func again(answer Message, yield func(Event, error) bool) {
	events := []Event{Started{Model: answer.Model}}
	if answer.Reasoning != "" {
		events = append(events, Reasoning{Text: answer.Reasoning})
	}
	events = append(events, Delta{Text: answer.Content}, Done{Finish: answer.FinishReason, Usage: answer.Usage, Cached: true})
	for _, event := range events {
		if !yield(event, nil) {
			return
		}
	}
}

// Key names what is asked of a server: the same for the same model, messages and
// parameters, another one for all else.
func (r Request) Key(server string) string {
	type said struct {
		Role    Role
		Content string
		Files   []Attachment
	}
	asked := struct {
		Server, Model, System string
		Said                  []said
		Params                Params
		Schema                []byte
		Longest               int
	}{server, r.Model, r.System, nil, r.Params, r.Schema, r.Longest}
	for _, m := range r.Messages {
		one := said{Role: m.Role, Content: m.Content}
		if len(m.Attachments) > 0 { // an empty list is none
			one.Files = m.Attachments
		}
		asked.Said = append(asked.Said, one)
	}
	sum := sha256.New()
	// Nothing of it is of a kind that JSON cannot say, and a hash takes all.
	_ = json.NewEncoder(sum).Encode(asked)
	return hex.EncodeToString(sum.Sum(nil))
}

// Spent is the tokens that an answer took of the limits: none, if it came from a
// cache.
func (d Done) Spent() int {
	if d.Cached {
		return 0
	}
	return d.Usage.CompletionTokens
}
