package chat

import (
	"encoding/json"
	"strings"
	"time"
)

// Role says who speaks.
type Role string

// The roles of a message; they are the wire's own words.
const (
	System    Role = "system"
	User      Role = "user"
	Assistant Role = "assistant"
)

// State says how an answer ended. User messages are always [Complete].
type State string

// The states of a message.
const (
	// Pending is an answer under way; it is never written to a file as such.
	Pending State = ""
	// Complete is an answer that ended with a finish reason.
	Complete State = "complete"
	// Interrupted is an answer cut off by the connection or the process.
	Interrupted State = "interrupted"
	// Stopped is an answer that the user stopped.
	Stopped State = "stopped"
	// Failed is an answer that ended with an error before or in its text.
	Failed State = "failed"
)

// Usage counts the tokens of one answer, as reported by the server.
// CachedTokens is part of PromptTokens, ReasoningTokens part of CompletionTokens.
type Usage struct {
	PromptTokens     int
	CompletionTokens int
	CachedTokens     int
	ReasoningTokens  int
	Estimated        bool // counted here, at least in part: servers tell at the end, which did not come
}

// Timing says where the time of one answer went. Queue, Prompt and Completion
// are the server's own figures; FirstToken and Total are measured by the client
// from the moment the request left. A zero duration is not known.
type Timing struct {
	Queue, Prompt, Completion time.Duration
	FirstToken, Total         time.Duration
	Thinking                  time.Duration // from the first thought to the first word of the answer
}

// TokensPerSecond is the speed of generation, 0 if it cannot be told.
// The server's completion time is preferred over the client's clock.
func (m Message) TokensPerSecond() float64 {
	d := m.Timing.Completion
	if d <= 0 {
		d = m.Timing.Total - m.Timing.FirstToken
	}
	if d <= 0 || m.Usage.CompletionTokens == 0 {
		return 0
	}
	return float64(m.Usage.CompletionTokens) / d.Seconds()
}

// Attachment is a file that goes with a user message. Text holds the content of
// a text file, or the text of a PDF; pictures have their bytes in Data, and their
// size in points. Bytes is the size of the file, of a picture as it is sent.
type Attachment struct {
	Name, Type    string
	Bytes         int64
	Width, Height int
	Text          string
	Data          []byte
}

// IsImage reports whether the attachment is a picture that can be sent as one.
func (a Attachment) IsImage() bool { return strings.HasPrefix(a.Type, "image/") && len(a.Data) > 0 }

// Extra holds fields of a saved session that this version does not know. They
// are carried from load to save and never read.
type Extra map[string]json.RawMessage

// Message is one node of the tree. ID is unique in its conversation; Parent is
// "" for a root. Content and Reasoning are raw, exactly as they came.
type Message struct {
	ID, Parent  string
	Role        Role
	Created     time.Time
	Content     string
	Reasoning   string
	Attachments []Attachment
	Kept        string // of a summary: the first message that is sent beside it, see [Conversation.Compact]

	// The rest is for answers.
	Model        string
	Params       *Params // that it was asked with, nil for none or where it is not known; it is not changed
	FinishReason string  // as sent by the server: stop, length, tool_calls …
	State        State
	Error        string // why it failed or was interrupted, one line
	RequestID    string
	Cached       bool // it was given before and kept, so that it took nothing
	Usage        Usage
	Timing       Timing

	Extra Extra
}

// Empty reports whether there is nothing to show or send.
func (m Message) Empty() bool {
	return m.Content == "" && m.Reasoning == "" && len(m.Attachments) == 0
}
