package demo

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// request is a body of POST /chat/completions, as far as the server looks at it.
type request struct {
	Model               string            `json:"model"`
	Messages            []json.RawMessage `json:"messages"`
	MaxCompletionTokens *int              `json:"max_completion_tokens"`
	MaxTokens           *int              `json:"max_tokens"`
	Temperature         *float64          `json:"temperature"`
	TopP                *float64          `json:"top_p"`
	FrequencyPenalty    *float64          `json:"frequency_penalty"`
	PresencePenalty     *float64          `json:"presence_penalty"`
	Stop                stops             `json:"stop"`
	Seed                *int64            `json:"seed"`
	Stream              bool              `json:"stream"`
	StreamOptions       struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
	ResponseFormat   format            `json:"response_format"`
	Tools            []json.RawMessage `json:"tools"`
	ReasoningEffort  *string           `json:"reasoning_effort"`
	ReasoningFormat  *string           `json:"reasoning_format"`
	IncludeReasoning *bool             `json:"include_reasoning"`
	ServiceTier      *string           `json:"service_tier"`
	User             *string           `json:"user"`
	N                *float64          `json:"n"`
	LogProbs         *bool             `json:"logprobs"`
	TopLogProbs      *int              `json:"top_logprobs"`
	LogitBias        map[string]any    `json:"logit_bias"`

	messages []message // Messages, decoded
}

// accepted is every property that a request may have: Groq refuses all others.
func accepted() []string {
	return []string{
		"model", "messages", "max_completion_tokens", "max_tokens", "temperature", "top_p", "stop", "seed", "stream",
		"stream_options", "response_format", "tools", "tool_choice", "parallel_tool_calls", "disable_tool_validation",
		"reasoning_effort", "reasoning_format", "include_reasoning", "service_tier", "user", "frequency_penalty",
		"presence_penalty", "documents", "citation_options", "compound_custom", "search_settings", "include_domains",
		"exclude_domains", "functions", "function_call", "logprobs", "top_logprobs", "logit_bias", "n", "debug",
	}
}

// stops is the texts that end an answer: null, one text or up to four.
type stops []string

// UnmarshalJSON takes a text for a list of one.
func (s *stops) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		*s = make(stops, 1)
		return json.Unmarshal(raw, &(*s)[0])
	}
	return json.Unmarshal(raw, (*[]string)(s))
}

// decode reads a body strictly. It knows nothing of models yet.
func decode(body []byte) (*request, *failure) {
	names, err := properties(body)
	if err != nil {
		// Assumed words: no source has Groq's.
		return nil, invalid("failed to decode json body: json: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	for _, name := range names {
		if !slices.Contains(accepted(), name) {
			return nil, unsupportedProperty(name)
		}
	}
	req := &request{}
	if err := json.Unmarshal(body, req); err != nil {
		return nil, mistyped(err)
	}
	if req.Model == "" {
		return nil, invalid("property 'model' is missing")
	}
	return req, req.decodeMessages()
}

// unsupportedProperty guesses at what was meant, as Groq does now and then.
func unsupportedProperty(name string) *failure {
	bare := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "")) }
	i := slices.IndexFunc(accepted(), func(known string) bool { return bare(known) == bare(name) })
	if i < 0 {
		return invalid("property '%s' is unsupported", name)
	}
	return invalid("property '%s' is unsupported, did you mean '%s'?", name, accepted()[i])
}

// mistyped is a value of the wrong type; the words are assumed after those that
// are known for numbers.
func mistyped(err error) *failure {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return invalid("failed to decode json body: %s", err)
	}
	return invalid("'%s' : value must be %s, but got %s", wrong.Field, typeName(wrong.Type.String()), wrong.Value)
}

func typeName(of string) string {
	switch of {
	case "float64":
		return "a number"
	case "int", "int64":
		return "an integer"
	case "bool":
		return "a boolean"
	case "string":
		return "a string"
	case "[]json.RawMessage", "[]string", "demo.stops":
		return "an array"
	}
	return "an object"
}

// properties is the names of an object in their order.
func properties(raw []byte) ([]string, error) {
	if !json.Valid(raw) {
		return nil, syntax(raw)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("cannot unmarshal into an object")
	}
	var names []string
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		// The token before a value is a string: the input is valid.
		text, _ := name.(string)
		names = append(names, text)
	}
	return names, nil
}

// syntax is what is wrong with JSON that is not valid.
func syntax(raw []byte) error {
	var value json.RawMessage
	return json.Unmarshal(raw, &value)
}
