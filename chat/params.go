package chat

import (
	"fmt"
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
}

// Parameter is one row of the table of parameters.
type Parameter struct {
	Name  string // in files, in /set and, with dashes, as a flag
	Flag  string
	Kind  string // what a value is, for help: float, int, text, list
	Help  string
	Get   func(Params) string // "" when unset
	apply func(*Params, string) error
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
		{
			"temperature", "temperature", "float", "randomness, 0 to 2", func(p Params) string { return floatText(p.Temperature) },
			func(p *Params, v string) error { return setFloat(&p.Temperature, v, 0, 2) },
		},
		{
			"top_p", "top-p", "float", "nucleus sampling, 0 to 1", func(p Params) string { return floatText(p.TopP) },
			func(p *Params, v string) error { return setFloat(&p.TopP, v, 0, 1) },
		},
		{
			"max_completion_tokens", "max-tokens", "int", "longest answer in tokens, reasoning included",
			func(p Params) string { return intText(p.MaxCompletionTokens) }, setMaxTokens,
		},
		{"seed", "seed", "int", "seed for repeatable sampling", func(p Params) string { return seedText(p.Seed) }, setSeed},
		{
			"stop", "stop", "list", "up to 4 texts that end the answer, separated by commas",
			func(p Params) string { return strings.Join(p.Stop, ",") }, setStop,
		},
		{
			"reasoning_effort", "reasoning-effort", "text", "how much to think: none, default, low, medium, high (by model)",
			func(p Params) string { return p.ReasoningEffort }, setEffort,
		},
	}
}

// FindParameter looks a row up by name or flag.
func FindParameter(name string) (Parameter, bool) {
	rows := Parameters()
	i := slices.IndexFunc(rows, func(r Parameter) bool { return r.Name == name || r.Flag == name })
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

func setEffort(p *Params, v string) error {
	known := []string{"", "none", "default", "low", "medium", "high"}
	if !slices.Contains(known, v) {
		return fmt.Errorf("%q is none of%s", v, strings.Join(known, " "))
	}
	p.ReasoningEffort = v
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
