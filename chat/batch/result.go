package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"groqchat/chat"
)

// Result is the outcome of one item: a line of JSON.
type Result struct {
	ID           string    `json:"id"`
	Line         int       `json:"line"`
	Prompt       string    `json:"prompt"`
	Model        string    `json:"model"`
	Answer       string    `json:"answer"`
	Reasoning    string    `json:"reasoning,omitempty"`
	FinishReason string    `json:"finish_reason,omitempty"`
	Error        *Failure  `json:"error,omitempty"` // nil: it was answered
	Usage        *Usage    `json:"usage,omitempty"`
	USD          float64   `json:"usd"`
	Cached       bool      `json:"cached,omitempty"`  // it was given before: nothing was asked, and usage is that of then
	Seconds      float64   `json:"seconds,omitempty"` // from the request to the end of the answer
	Request      string    `json:"request_id,omitempty"`
	Job          string    `json:"batch_id,omitempty"` // of Groq's batch service, where that answered
	At           time.Time `json:"at"`
	Key          string    `json:"key"` // of the item
}

// Recalled is the result of an item that was answered before, to another run or
// otherwise: answer is what was said then.
func (item Item) Recalled(answer chat.Message, at time.Time) Result {
	return Result{
		ID: item.ID, Line: item.Line, Prompt: item.Prompt, Key: item.Key, At: at.UTC(), Model: answer.Model,
		Answer: answer.Content, Reasoning: answer.Reasoning, FinishReason: answer.FinishReason, Usage: NewUsage(answer.Usage), Cached: true,
	}
}

// Message is the answer of a result; ok is false if it has none.
func (r Result) Message() (answer chat.Message, ok bool) {
	answer = chat.Message{
		Role: chat.Assistant, State: chat.Complete, Model: r.Model, Content: r.Answer, Reasoning: r.Reasoning, FinishReason: r.FinishReason,
	}
	if u := r.Usage; u != nil {
		answer.Usage = chat.Usage{PromptTokens: u.Prompt, CompletionTokens: u.Completion, CachedTokens: u.Cached, ReasoningTokens: u.Reasoning}
	}
	return answer, r.Error == nil
}

// Failure is why an item has no answer.
type Failure struct {
	Kind    string `json:"kind,omitempty"` // of the table of kinds in package chat
	Message string `json:"message"`
	Status  int    `json:"status,omitempty"`
	Code    string `json:"code,omitempty"`
	Tries   int    `json:"tries,omitempty"`
}

// Usage is the tokens of an answer.
type Usage struct {
	Prompt     int `json:"prompt_tokens"`
	Completion int `json:"completion_tokens"`
	Cached     int `json:"cached_tokens,omitempty"`
	Reasoning  int `json:"reasoning_tokens,omitempty"`
}

// Tokens is all of them.
func (u *Usage) Tokens() int {
	if u == nil {
		return 0
	}
	return u.Prompt + u.Completion
}

// NewUsage is the tokens of an answer, nil where none were counted.
func NewUsage(u chat.Usage) *Usage {
	if u == (chat.Usage{}) {
		return nil
	}
	return &Usage{u.PromptTokens, u.CompletionTokens, u.CachedTokens, u.ReasoningTokens}
}

// JSON is the result as one line of a file, with its end.
func (r Result) JSON() ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false) // people read it, too
	err := enc.Encode(r)
	return line.Bytes(), err
}

var errNoResult = errors.New("it is no result of a batch")

// ParseResult reads a line of a file of results.
func ParseResult(line []byte) (Result, error) {
	var r Result
	if json.Unmarshal(line, &r) != nil || r.Key == "" {
		return Result{}, errNoResult
	}
	return r, nil
}

// failure is an error as a result has it.
func failure(err error, tries int) *Failure {
	f := &Failure{Kind: chat.KindOf(err).String(), Message: err.Error(), Tries: tries}
	var e *chat.Error
	if errors.As(err, &e) {
		f.Status, f.Code = e.Status, e.Code
	}
	return f
}
