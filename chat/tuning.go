package chat

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// For is the row as a model takes it: the values and bounds that hold for it.
func (p Parameter) For(m ModelInfo) Parameter {
	switch {
	case p.Name == "reasoning_effort" && len(m.Efforts) > 0:
		p.Choices, p.Bounds = m.Efforts, strings.Join(m.Efforts, ", ")
	case p.Name == "max_completion_tokens" && m.MaxOutput > 0:
		p.Bounds = fmt.Sprintf("1 to %d", m.MaxOutput)
	}
	return p
}

// Ignored says why a value has no effect on a model, "" if it has one.
func (p Parameter) Ignored(m ModelInfo) string {
	switch p.Name {
	case "reasoning_effort":
		if len(m.Efforts) == 0 {
			return m.Short() + " has no reasoning effort to choose"
		}
	case "frequency_penalty", "presence_penalty":
		if m.Status != Unlisted {
			return "no model of Groq heeds it"
		}
	}
	return ""
}

// Unset is what holds on a model while nothing is set, "" where only the server
// knows.
func (p Parameter) Unset(m ModelInfo) string {
	defaults := map[string]string{
		"temperature": "1", "top_p": "1", "reasoning_effort": m.DefaultEffort, "response_format": "text", "service_tier": "on_demand",
		"frequency_penalty": "0", "presence_penalty": "0",
	}
	return defaults[p.Name]
}

// Stepped is the value that is so many steps from the present one, or from what
// holds unset, as it would be typed. ok is false where there is none: beyond the
// bounds, or where nothing can be counted.
func (p Parameter) Stepped(params Params, m ModelInfo, by int) (value string, ok bool) {
	present := p.Get(params)
	if present == "" {
		present = p.Unset(m)
	}
	if p.Choices != nil {
		at := slices.Index(p.Choices, present)
		n := len(p.Choices)
		return p.Choices[(max(at, 0)+by+n)%n], true
	}
	if p.Step == 0 {
		return "", false
	}
	from, err := strconv.ParseFloat(present, 64)
	if err != nil {
		from = 0
	}
	to := (math.Round(from/p.Step) + float64(by)) * p.Step
	value = strconv.FormatFloat(math.Round(to*1000)/1000, 'f', -1, 64)
	var probe Params
	return value, p.Set(&probe, value) == nil
}
