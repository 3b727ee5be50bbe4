package demo

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// check holds a request against what the model takes, in Groq's words. Where no
// source has its words they are made after those that are known: for bounds other
// than that of n, the count of stops and the images.
func (r *request) check(m model, tier string) *failure {
	checks := []func(model) *failure{
		r.checkChat, r.checkBounds, r.checkUnsupported, r.checkStops, r.checkReasoning, r.checkOutput,
		r.checkImages, r.checkFormat,
	}
	for _, check := range checks {
		if fail := check(m); fail != nil {
			return fail
		}
	}
	return r.checkTier(tier)
}

func (r *request) checkChat(m model) *failure {
	if m.speed == 0 {
		return invalid("The model `%s` does not support chat completions", m.id)
	}
	return nil
}

// checkBounds holds every number against its range. No model uses the penalties,
// but all accept them.
func (r *request) checkBounds(model) *failure {
	rows := []struct {
		name      string
		value     *float64
		low, high float64
	}{
		{"n", r.N, 1, 1},
		{"temperature", r.Temperature, 0, 2},
		{"top_p", r.TopP, 0, 1},
		{"frequency_penalty", r.FrequencyPenalty, -2, 2},
		{"presence_penalty", r.PresencePenalty, -2, 2},
	}
	for _, row := range rows {
		switch {
		case row.value == nil:
		case *row.value > row.high:
			return invalid("'%s' : number must be at most %g", row.name, row.high)
		case *row.value < row.low:
			return invalid("'%s' : number must be at least %g", row.name, row.low)
		}
	}
	return nil
}

func (r *request) checkUnsupported(model) *failure {
	rows := []struct {
		name  string
		asked bool
	}{
		{"logprobs", r.LogProbs != nil && *r.LogProbs},
		{"top_logprobs", r.TopLogProbs != nil},
		{"logit_bias", r.LogitBias != nil},
	}
	for _, row := range rows {
		if row.asked {
			return invalid("`%s` is not supported with this model", row.name).about(row.name)
		}
	}
	return nil
}

func (r *request) checkStops(model) *failure {
	if len(r.Stop) > 4 {
		return invalid("'stop' : maximum number of items is 4")
	}
	if slices.Contains(r.Stop, "") {
		return invalid("'stop' : minimum length is 1")
	}
	return nil
}

func (r *request) checkReasoning(m model) *failure {
	if r.IncludeReasoning != nil && r.ReasoningFormat != nil {
		return invalid("cannot specify both 'include_reasoning' and 'reasoning_format'")
	}
	if fail := r.checkEffort(m); fail != nil {
		return fail
	}
	format := r.format()
	if r.ReasoningFormat == nil {
		return nil
	}
	switch {
	case !slices.Contains([]string{formatParsed, formatRaw, formatHidden}, format):
		return invalid("`reasoning_format` must be one of `parsed`, `raw`, or `hidden`")
	case len(m.effort) == 0, m.harmony && format != formatParsed:
		return invalid("`reasoning_format` is not supported with this model")
	case format == formatRaw && (len(r.Tools) > 0 || r.wantsJSON()):
		return invalid("`reasoning_format` must be one of `parsed` or `hidden` when using tools or JSON mode")
	}
	return nil
}

func (r *request) checkEffort(m model) *failure {
	switch {
	case r.ReasoningEffort == nil:
		return nil
	case len(m.effort) == 0:
		return invalid("`reasoning_effort` is not supported with this model")
	case !slices.Contains(m.effort, *r.ReasoningEffort):
		return invalid("`reasoning_effort` must be one of %s", oneOf(m.effort))
	}
	return nil
}

// oneOf is `a`, `b`, or `c`.
func oneOf(values []string) string {
	last := len(values) - 1
	return "`" + strings.Join(values[:last], "`, `") + "`, or `" + values[last] + "`"
}

// checkOutput holds the length of the answer against the model's most. The name in
// the refusal is that of the property which was sent.
func (r *request) checkOutput(m model) *failure {
	name, asked := "max_completion_tokens", r.MaxCompletionTokens
	if asked == nil {
		name, asked = "max_tokens", r.MaxTokens
	}
	switch {
	case asked == nil:
		return nil
	case *asked < 1:
		return invalid("'%s' : number must be at least 1", name)
	case *asked > m.output:
		most := strconv.Itoa(m.output)
		return invalid("`%s` must be less than or equal to `%s`, the maximum value for `%s` is less than "+
			"the `context_window` for this model", name, most, name).about(name)
	}
	return nil
}

func (r *request) checkImages(m model) *failure {
	images, sent, broken := 0, 0, false
	for i, msg := range r.messages {
		if len(msg.pictures) > 0 && m.images == 0 {
			return invalid("messages[%d].content must be a string", i)
		}
		images += len(msg.pictures)
		for _, p := range msg.pictures {
			sent += p.sent
			broken = broken || p.broken
		}
	}
	switch {
	case images > m.images:
		return invalid("Too many images provided. This model supports up to %d images", m.images)
	case sent > maxImageBytes:
		return tooLarge()
	case broken:
		return invalid("invalid image data")
	}
	return nil
}

// tooLarge is a body, or images in it, beyond the limit; the words are assumed.
func tooLarge() *failure {
	fail := invalid("Request Entity Too Large")
	fail.status, fail.Code = http.StatusRequestEntityTooLarge, "request_too_large"
	return fail
}

func (r *request) checkFormat(model) *failure {
	switch r.ResponseFormat.Type {
	case "", "text":
		return nil
	case "json_object":
	case "json_schema":
		if _, ok := r.fitting(); ok {
			break
		}
		// What Groq says of a model that fails to follow the schema.
		empty := ""
		return &failure{
			status: http.StatusBadRequest, Type: invalidRequest, Code: "json_validate_failed", FailedGeneration: &empty,
			Message: "Failed to validate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
		}
	default:
		return invalid("'response_format.type' : value must be one of text, json_object, json_schema")
	}
	if len(r.Tools) > 0 {
		return invalid("json mode cannot be combined with tool/function calling")
	}
	return nil
}

// checkTier refuses a free organisation the tiers that cost money.
func (r *request) checkTier(tier string) *failure {
	if r.ServiceTier == nil {
		return nil
	}
	switch asked := *r.ServiceTier; {
	case !slices.Contains([]string{onDemand, "auto", "flex", "performance"}, asked):
		return invalid("'service_tier' : value must be one of on_demand, auto, flex, performance")
	case asked == "performance", asked != onDemand && tier == tierFree:
		return invalid("service_tier `%s` is not available for this organization", asked).about("service_tier")
	}
	return nil
}
