package history

import (
	"math"
	"time"

	"groqchat/chat"
)

// The format of session files. A field of it is one row in sessionField or
// messageField and one line in encode.go.
const (
	formatVersion = 1
	appName       = "groqchat"
)

// header is what a file says before its messages.
type header struct {
	version int
	app     string
	count   int
	conv    chat.Conversation
	head    *string // nil when the file names none
}

// sessionField is where a field of the session goes, nil for one that this
// version does not know. "messages" is not among them.
func sessionField(h *header, name string) any {
	switch name {
	case "version":
		return &h.version
	case "app":
		return &h.app
	case "id":
		return &h.conv.ID
	case "rev":
		return &h.conv.Rev
	case "title":
		return &h.conv.Title
	case "created":
		return &h.conv.Created
	case "updated":
		return &h.conv.Updated
	case "model":
		return &h.conv.Model
	case "persona":
		return &h.conv.Persona
	case "system":
		return &h.conv.System
	case "params":
		return &h.conv.Params
	case "pinned":
		return &h.conv.Pinned
	case "tags":
		return &h.conv.Tags
	case "head":
		return &h.head
	case "since":
		return &h.conv.Since
	case "count":
		return &h.count
	}
	return nil
}

// record is a message as it stands in a file.
type record struct {
	chat.Message
	attachments []attachment
	usage       usage
	timing      timing
}

// messageField is where a field of a message goes, nil for an unknown one.
func messageField(r *record, name string) any {
	switch name {
	case "id":
		return &r.ID
	case "parent":
		return &r.Parent
	case "role":
		return &r.Role
	case "created":
		return &r.Created
	case "model":
		return &r.Model
	case "params":
		return &r.Params
	case "reasoning":
		return &r.Reasoning
	case "content":
		return &r.Content
	case "attachments":
		return &r.attachments
	case "kept":
		return &r.Kept
	case "finish_reason":
		return &r.FinishReason
	case "state":
		return &r.State
	case "error":
		return &r.Error
	case "request_id":
		return &r.RequestID
	case "cached":
		return &r.Cached
	case "usage":
		return &r.usage
	case "timing":
		return &r.timing
	}
	return nil
}

// attachment has the fields of chat.Attachment in the same order, so that one
// converts into the other; Data becomes base64. Width and height are points.
type attachment struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Bytes  int64  `json:"bytes"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Text   string `json:"text,omitempty"`
	Data   []byte `json:"data,omitempty"`
}

// usage converts to and from chat.Usage.
type usage struct {
	PromptTokens     int `json:"prompt_tokens"`
	CompletionTokens int `json:"completion_tokens"`
	CachedTokens     int `json:"cached_tokens"`
	ReasoningTokens  int `json:"reasoning_tokens"`

	Estimated bool `json:"estimated,omitempty"`
}

// timing is in milliseconds; what is not known is left out.
type timing struct {
	Queue      float64 `json:"queue_ms,omitempty"`
	Prompt     float64 `json:"prompt_ms,omitempty"`
	Completion float64 `json:"completion_ms,omitempty"`
	FirstToken float64 `json:"first_token_ms,omitempty"`
	Thinking   float64 `json:"thinking_ms,omitempty"`
	Total      float64 `json:"total_ms,omitempty"`
}

func timingOf(t chat.Timing) timing {
	return timing{millis(t.Queue), millis(t.Prompt), millis(t.Completion), millis(t.FirstToken), millis(t.Thinking), millis(t.Total)}
}

func (t timing) durations() chat.Timing {
	return chat.Timing{
		Queue: duration(t.Queue), Prompt: duration(t.Prompt), Completion: duration(t.Completion),
		FirstToken: duration(t.FirstToken), Thinking: duration(t.Thinking), Total: duration(t.Total),
	}
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// longest is the longest time that is believed, in ms: a year. Beyond it a number
// is nonsense, and far beyond it does not fit a duration.
const longest = 365 * 24 * 60 * 60 * 1000

func duration(ms float64) time.Duration {
	if !(ms > 0 && ms < longest) {
		return 0
	}
	return time.Duration(math.Round(ms * float64(time.Millisecond)))
}
