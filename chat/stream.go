package chat

import (
	"context"
	"encoding/json"
	"iter"
)

// Request is what a model is asked. Messages is a path of the tree, root first,
// without the answer under way; System comes before it, if not empty.
type Request struct {
	Model    string
	System   string
	Messages []Message
	Params   Params
	Schema   json.RawMessage // a JSON Schema that the answer has to fit, nil for none
	Longest  int             // the longest answer that limits leave room for, tokens; 0: not known
	Another  bool            // there is an answer already, and another one is wanted
}

// Streamer asks a model.
type Streamer interface {
	// Stream yields events until the answer ends: at best [Started], [Quota],
	// any number of [Reasoning] and [Delta], and [Done]. An error, always an
	// [*Error] or the cause of ctx, comes with a nil event and is the last value.
	// It starts no goroutine that outlives the loop; leaving the loop or
	// cancelling ctx closes the connection.
	Stream(ctx context.Context, req Request) iter.Seq2[Event, error]
}

// StreamFunc is a function that is a [Streamer].
type StreamFunc func(ctx context.Context, req Request) iter.Seq2[Event, error]

// Stream calls f.
func (f StreamFunc) Stream(ctx context.Context, req Request) iter.Seq2[Event, error] {
	return f(ctx, req)
}
