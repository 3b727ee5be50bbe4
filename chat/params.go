package chat

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Params are the knobs of a request. A nil pointer, a zero or an empty value
// means that the server decides.
type Params struct {
	Temperature         *float64 `json:"temperature,omitempty"`
	TopP                *float64 `json:"top_p,omitempty"`
	MaxCompletionTokens int      `json:"max_completion_tokens,omitempty"`
	Seed                *int     `json:"seed,omitempty"`
	Stop                []string `json:"stop,omitempty"`
	ReasoningEffort     string   `json:"reasoning_effort,omitempty"`
	ResponseFormat      string   `json:"response_format,omitempty"`
	ServiceTier         string   `json:"service_tier,omitempty"`
	FrequencyPenalty    *float64 `json:"frequency_penalty,omitempty"`
	PresencePenalty     *float64 `json:"presence_penalty,omitempty"`
}

// set is a copy of the parameters, nil if the server decides about all.
func (p Params) set() *Params {
	if reflect.DeepEqual(p, Params{}) {
		return nil
	}
	p.Stop = slices.Clone(p.Stop)
	return &p
}

// Parameter is one row of the table of parameters.
type Parameter struct {
	Name    string // in files and in /set
	Flag    string // without dashes, "" for none
	Kind    string // what a value is, for help: float, int, text, list
	Help    string
	Bounds  string              // what is valid, in few words
	Choices []string            // all valid values, nil where they cannot be listed
	Step    float64             // by which a key changes a number, 0 for none
	Get     func(Params) string // "" when unset
	apply   func(*Params, string) error
}

// Set parses value and stores it; "" unsets the parameter. An error says what
// would be valid; the parameters are unchanged then.
func (p Parameter) Set(params *Params, value string) error {
	if err := p.apply(params, strings.TrimSpace(value)); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	return nil
}

// Parameters is the table: one row for each knob.
func Parameters() []Parameter {
	return []Parameter{
		number("temperature", "temperature", "randomness, 0 to 2", 0, 2, 0.1, func(p *Params) **float64 { return &p.Temperature }),
		number("top_p", "top-p", "nucleus sampling, 0 to 1", 0, 1, 0.05, func(p *Params) **float64 { return &p.TopP }),
		{
			Name: "max_completion_tokens", Flag: "max-tokens", Kind: "int", Help: "longest answer in tokens, reasoning included", Bounds: "from 1", Step: 256,
			Get: func(p Params) string { return intText(p.MaxCompletionTokens) }, apply: setMaxTokens,
		},
		{
			Name: "seed", Flag: "seed", Kind: "int", Help: "seed for repeatable sampling", Bounds: "a whole number", Step: 1,
			Get: func(p Params) string { return seedText(p.Seed) }, apply: setSeed,
		},
		{
			Name: "stop", Flag: "stop", Kind: "list", Help: "up to 4 texts that end the answer, separated by commas", Bounds: "up to 4 texts",
			Get: func(p Params) string { return strings.Join(p.Stop, ",") }, apply: setStop,
		},
		word("reasoning_effort", "reasoning-effort", "how much to think: none, default, low, medium, high (by model)",
			[]string{"none", "default", "low", "medium", "high"}, func(p *Params) *string { return &p.ReasoningEffort }),
		word("response_format", "", "text, or json_object, which the prompt must ask for",
			[]string{"text", "json_object"}, func(p *Params) *string { return &p.ResponseFormat }),
		word("service_tier", "", "on_demand; others for paying accounts",
			[]string{"on_demand", "auto", "flex", "performance"}, func(p *Params) *string { return &p.ServiceTier }),
		number("frequency_penalty", "", "against repeating words, -2 to 2; without effect at Groq", -2, 2, 0.1, func(p *Params) **float64 { return &p.FrequencyPenalty }),
		number("presence_penalty", "", "for new subjects, -2 to 2; without effect at Groq", -2, 2, 0.1, func(p *Params) **float64 { return &p.PresencePenalty }),
	}
}

// number is the row of a number between bounds.
func number(name, flag, help string, low, high, step float64, at func(*Params) **float64) Parameter {
	return Parameter{
		Name: name, Flag: flag, Kind: "float", Help: help, Bounds: fmt.Sprintf("%g to %g", low, high), Step: step,
		Get:   func(p Params) string { return floatText(*at(&p)) },
		apply: func(p *Params, v string) error { return setFloat(at(p), v, low, high) },
	}
}

// word is the row of a choice.
func word(name, flag, help string, choices []string, at func(*Params) *string) Parameter {
	return Parameter{
		Name: name, Flag: flag, Kind: "text", Help: help, Bounds: strings.Join(choices, ", "), Choices: choices,
		Get:   func(p Params) string { return *at(&p) },
		apply: func(p *Params, v string) error { return setWord(at(p), v, choices) },
	}
}

// FindParameter looks a row up by name or flag.
func FindParameter(name string) (Parameter, bool) {
	rows := Parameters()
	i := slices.IndexFunc(rows, func(r Parameter) bool { return r.Name == name || name != "" && r.Flag == name })
	if i < 0 {
		return Parameter{}, false
	}
	return rows[i], true
}

// Merge lays over p what is set in top.
func (p Params) Merge(top Params) Params {
	for _, row := range Parameters() {
		if v := row.Get(top); v != "" {
			// A value that was got from Params is valid by construction.
			_ = row.apply(&p, v)
		}
	}
	return p
}

func setFloat(dst **float64, v string, low, high float64) error {
	if v == "" {
		*dst = nil
		return nil
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || !(f >= low && f <= high) {
		return fmt.Errorf("%q is not a number from %g to %g", v, low, high)
	}
	*dst = &f
	return nil
}

func setMaxTokens(p *Params, v string) error {
	if v == "" {
		p.MaxCompletionTokens = 0
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is not a whole number from 1", v)
	}
	p.MaxCompletionTokens = n
	return nil
}

func setSeed(p *Params, v string) error {
	if v == "" {
		p.Seed = nil
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		return fmt.Errorf("%q is not a whole number", v)
	}
	p.Seed = &n
	return nil
}

// maxStops is the most stop texts that Groq takes in one request.
const maxStops = 4

func setStop(p *Params, v string) error {
	if v == "" {
		p.Stop = nil
		return nil
	}
	stops := strings.Split(v, ",")
	if len(stops) > maxStops || slices.Contains(stops, "") {
		return fmt.Errorf("%q is not a list of 1 to %d texts", v, maxStops)
	}
	p.Stop = stops
	return nil
}

func setWord(dst *string, v string, known []string) error {
	if v != "" && !slices.Contains(known, v) {
		return fmt.Errorf("%q is none of %s", v, strings.Join(known, " "))
	}
	*dst = v
	return nil
}

func floatText(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'g', -1, 64)
}

func intText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func seedText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
