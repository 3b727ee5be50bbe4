package demo

// This file is what a request means, also where it says nothing.

const (
	onDemand = "on_demand"

	formatParsed = "parsed"
	formatRaw    = "raw"
	formatHidden = "hidden"
)

// format is how the reasoning is to be sent. Not asked for it is raw, or parsed
// where raw cannot be: with tools, with JSON and on gpt-oss, which has no raw.
func (r *request) format() string {
	if r.ReasoningFormat != nil {
		return *r.ReasoningFormat
	}
	switch {
	case r.IncludeReasoning != nil && !*r.IncludeReasoning:
		return formatHidden
	case r.IncludeReasoning != nil, len(r.Tools) > 0, r.wantsJSON():
		return formatParsed
	}
	return formatRaw
}

func (r *request) wantsJSON() bool { return r.ResponseFormat.Type == "json_object" }

// reasons is how hard the model thinks about this request: low, medium or high, ""
// for not at all. Qwen's default was seen to be not at all, against its page.
func (r *request) reasons(m model) string {
	effort := ""
	if m.harmony {
		effort = "medium"
	}
	if r.ReasoningEffort != nil {
		effort = *r.ReasoningEffort
	}
	if effort == "none" || effort == "default" {
		return ""
	}
	return effort
}

// most is how long the answer may be, in tokens with its reasoning.
func (r *request) most(m model) int {
	if asked := r.asked(); asked > 0 {
		return asked
	}
	return m.output
}

// asked is the limit that the request sets, 0 if it sets none.
func (r *request) asked() int {
	for _, asked := range []*int{r.MaxCompletionTokens, r.MaxTokens} {
		if asked != nil {
			return *asked
		}
	}
	return 0
}

// Prices of a prompt in tokens: what a template adds to each message, what
// gpt-oss's own adds to any prompt, and an image.
const (
	messageTokens = 3
	harmonyTokens = 60
	imageTokens   = 2048
)

func (r *request) promptTokens(m model) int {
	n := 0
	if m.harmony {
		n = harmonyTokens
	}
	for _, msg := range r.messages {
		n += messageTokens + estimate(msg.text) + imageTokens*len(msg.pictures)
	}
	return n
}
