package chat

import "time"

// Event is a fact about an answer under way: a sealed set.
type Event interface{ event() }

// Started is the first sign of an answer: the server accepted the request.
type Started struct {
	Model     string // as the server names it, may differ from what was asked
	RequestID string
}

// Delta is a piece of the answer's text.
type Delta struct{ Text string }

// Reasoning is a piece of the model's thinking.
type Reasoning struct{ Text string }

// Waiting says when a request is sent that was not yet, or did not get through.
// Nothing of an answer came before it.
type Waiting struct {
	Try   int       // the number of the try to come
	Until time.Time // when it begins
	Cause error     // why the one before failed, an [*Error]; nil before the first
}

// Done ends an answer: a finish reason was seen.
type Done struct {
	Finish string // stop, length, tool_calls …
	Usage  Usage
	Timing Timing
	Cached bool // it was given before and kept: it took no tokens now
}

// Halted ends an answer that the user stopped.
type Halted struct{ Timing Timing }

// Broken ends an answer by an error. What came before it is kept.
type Broken struct {
	Err    error
	Timing Timing
}

func (Started) event()   {}
func (Delta) event()     {}
func (Reasoning) event() {}
func (Quota) event()     {}
func (Waiting) event()   {}
func (Done) event()      {}
func (Halted) event()    {}
func (Broken) event()    {}
