package groq

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"groqchat/chat"
)

// chunk is one event of a stream, as far as this program reads it: what Groq
// sends, and what other servers call the same. Everything may be absent or null.
type chunk struct {
	ID      string   `json:"id"`
	Model   string   `json:"model"`
	Choices []choice `json:"choices"`
	XGroq   struct {
		ID    string          `json:"id"`
		Error json.RawMessage `json:"error"` // why a stream was stopped early; a text, but be ready for an object
		Usage *usage          `json:"usage"`
	} `json:"x_groq"`
	Usage *usage          `json:"usage"`
	Error json.RawMessage `json:"error"`
}

type choice struct {
	Index        int    `json:"index"`
	FinishReason string `json:"finish_reason"`
	Delta        delta  `json:"delta"`
	Message      delta  `json:"message"` // of a whole answer
}

type delta struct {
	Content          string `json:"content"`
	Reasoning        string `json:"reasoning"`
	ReasoningContent string `json:"reasoning_content"` // what other servers call it
	ToolCalls        []call `json:"tool_calls"`        // nobody asked for any
}

// call is a piece of a call of a tool. There are no tools: it is shown as text.
type call struct {
	Function struct {
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	} `json:"function"`
}

// said is the text of a piece, and whatever it calls as text.
func (d delta) said() string {
	text := d.Content
	for _, c := range d.ToolCalls {
		if c.Function.Name != "" {
			text += "\n" + c.Function.Name + " "
		}
		text += c.Function.Arguments
	}
	return text
}

// usage counts tokens and says where the server's time went, in seconds.
type usage struct {
	PromptTokens     int     `json:"prompt_tokens"`
	CompletionTokens int     `json:"completion_tokens"`
	QueueTime        float64 `json:"queue_time"`
	PromptTime       float64 `json:"prompt_time"`
	CompletionTime   float64 `json:"completion_time"`
	PromptDetails    struct {
		CachedTokens int `json:"cached_tokens"`
	} `json:"prompt_tokens_details"`
	CompletionDetails struct {
		ReasoningTokens int `json:"reasoning_tokens"`
	} `json:"completion_tokens_details"`
}

// decodeChunk reads one event. A property of an unexpected type is left out; what
// is not a JSON object is an error.
func decodeChunk(raw []byte) (chunk, error) {
	var c chunk
	err := json.Unmarshal(raw, &c)
	var mismatch *json.UnmarshalTypeError
	if err == nil || errors.As(err, &mismatch) && mismatch.Field != "" {
		return c, nil
	}
	return chunk{}, fmt.Errorf("decoding a part of the answer: %w", err)
}

// fault is what the chunk says went wrong.
func (c chunk) fault() (fault, bool) {
	if f, ok := parseFault(c.Error); ok {
		return f, true
	}
	return parseFault(c.XGroq.Error)
}

// latest is the usage that the chunk tells, nil if none.
func (c chunk) latest() *usage {
	if c.Usage != nil {
		return c.Usage
	}
	return c.XGroq.Usage
}

func (u usage) tokens() chat.Usage {
	return chat.Usage{
		PromptTokens:     u.PromptTokens,
		CompletionTokens: u.CompletionTokens,
		CachedTokens:     u.PromptDetails.CachedTokens,
		ReasoningTokens:  u.CompletionDetails.ReasoningTokens,
	}
}

// seconds is f as a duration; what cannot be one is 0, not known.
func seconds(f float64) time.Duration {
	if !(f > 0) || f > math.MaxInt64/float64(time.Second) {
		return 0
	}
	return time.Duration(math.Round(f * float64(time.Second)))
}
