package demo

import "encoding/json"

// The types of this file are written in the order in which Groq writes its keys,
// because encoding/json keeps the order of the fields: the bytes are the contract.

// chunk is one data line of a stream.
type chunk struct {
	ID                string   `json:"id"`
	Object            string   `json:"object"`
	Created           int64    `json:"created"`
	Model             string   `json:"model"`
	SystemFingerprint string   `json:"system_fingerprint"`
	Choices           []choice `json:"choices"`
	XGroq             *xGroq   `json:"x_groq,omitempty"`
	Usage             *usage   `json:"usage,omitempty"`
	ServiceTier       string   `json:"service_tier,omitempty"`
}

type choice struct {
	Index        int             `json:"index"`
	Delta        delta           `json:"delta"`
	LogProbs     json.RawMessage `json:"logprobs"` // always null
	FinishReason *string         `json:"finish_reason"`
}

// delta carries one thing at a time. Content is a pointer because the first chunk
// says it as an empty string and the last one does not say it.
type delta struct {
	Role      string  `json:"role,omitempty"`
	Content   *string `json:"content,omitempty"`
	Reasoning string  `json:"reasoning,omitempty"`
	Channel   string  `json:"channel,omitempty"`
}

type xGroq struct {
	ID    string `json:"id"`
	Seed  *int64 `json:"seed,omitempty"`
	Error string `json:"error,omitempty"` // why the answer was stopped early
	Usage *usage `json:"usage,omitempty"`
}

// usage is what an answer cost; the times are seconds.
type usage struct {
	QueueTime        float64           `json:"queue_time"`
	PromptTokens     int               `json:"prompt_tokens"`
	PromptTime       float64           `json:"prompt_time"`
	CompletionTokens int               `json:"completion_tokens"`
	CompletionTime   float64           `json:"completion_time"`
	TotalTokens      int               `json:"total_tokens"`
	TotalTime        float64           `json:"total_time"`
	Details          *reasoningDetails `json:"completion_tokens_details,omitempty"`
}

type reasoningDetails struct {
	ReasoningTokens int `json:"reasoning_tokens"`
}

// completion is the answer to a request that asked for no stream.
type completion struct {
	ID                string          `json:"id"`
	Object            string          `json:"object"`
	Created           int64           `json:"created"`
	Model             string          `json:"model"`
	Choices           []fullChoice    `json:"choices"`
	Usage             *usage          `json:"usage"`
	UsageBreakdown    json.RawMessage `json:"usage_breakdown"` // always null: Compound is gone
	SystemFingerprint string          `json:"system_fingerprint"`
	XGroq             xGroq           `json:"x_groq"`
	ServiceTier       string          `json:"service_tier"`
}

type fullChoice struct {
	Index        int             `json:"index"`
	Message      fullMessage     `json:"message"`
	LogProbs     json.RawMessage `json:"logprobs"` // always null
	FinishReason string          `json:"finish_reason"`
}

type fullMessage struct {
	Role      string `json:"role"`
	Content   string `json:"content"`
	Reasoning string `json:"reasoning,omitempty"`
}
