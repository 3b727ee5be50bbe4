package chat

import (
	"context"
	"io"
)

// Ask drains one request to w as text, without the reasoning, and gives the
// answer as a message: whole on success, with what came so far on an error. An
// error of w ends the request and is returned as it is.
func Ask(ctx context.Context, s Streamer, req Request, w io.Writer) (Message, error) {
	conv := Conversation{Model: req.Model, answer: &answer{}, Head: "m1"}
	conv.Messages = []Message{{ID: "m1", Role: Assistant, Model: req.Model}}
	for event, err := range s.Stream(ctx, req) {
		if err != nil {
			conv.Apply(Broken{Err: err})
			return conv.Messages[0], err
		}
		conv.Apply(event)
		if d, ok := event.(Delta); ok {
			if _, err := io.WriteString(w, d.Text); err != nil {
				return conv.Messages[0], err
			}
		}
	}
	if conv.Messages[0].State == Pending {
		err := Errorf(Cut, "the stream ended before the answer was complete")
		conv.Apply(Broken{Err: err})
		return conv.Messages[0], err
	}
	return conv.Messages[0], nil
}
