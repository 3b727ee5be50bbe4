package demo

import (
	"encoding/json"
	"net/http"
	"slices"
)

// model is one row of what the server knows: what it lists, accepts and how fast
// it answers.
type model struct {
	id       string
	name     string
	created  int64 // Unix seconds
	owner    string
	context  int      // tokens
	output   int      // most tokens of one answer
	speed    float64  // tokens per second; 0: cannot chat
	harmony  bool     // gpt-oss: always reasons, marks the channel, pays for its template
	effort   []string // values of reasoning_effort; none: does not reason
	images   int      // most images of one request
	verdict  string   // all that the model ever says: it classifies
	apps     bool     // the list says "public_apps":null
	inputs   []string
	outputs  []string
	features []string
	price    *pricing
	free     limits
	paid     limits
}

// pricing is US dollars per token, as text; Groq leaves out what is not known.
type pricing struct {
	Prompt         string `json:"prompt"`
	Completion     string `json:"completion"`
	Image          string `json:"image,omitempty"`
	Request        string `json:"request,omitempty"`
	InputCacheRead string `json:"input_cache_read,omitempty"`
}

// modelJSON is a model as GET /models lists it.
type modelJSON struct {
	ID                  string          `json:"id"`
	Object              string          `json:"object"`
	Created             int64           `json:"created"`
	OwnedBy             string          `json:"owned_by"`
	Active              bool            `json:"active"`
	ContextWindow       int             `json:"context_window"`
	PublicApps          json.RawMessage `json:"public_apps,omitempty"`
	MaxCompletionTokens int             `json:"max_completion_tokens"`
	Name                string          `json:"name"`
	InputModalities     []string        `json:"input_modalities"`
	OutputModalities    []string        `json:"output_modalities"`
	SupportedFeatures   []string        `json:"supported_features"`
	Pricing             *pricing        `json:"pricing"`
}

func (m model) json() modelJSON {
	row := modelJSON{
		ID: m.id, Object: "model", Created: m.created, OwnedBy: m.owner, Active: true,
		ContextWindow: m.context, MaxCompletionTokens: m.output, Name: m.name,
		InputModalities: m.inputs, OutputModalities: m.outputs, SupportedFeatures: m.features, Pricing: m.price,
	}
	if m.apps {
		row.PublicApps = json.RawMessage("null")
	}
	return row
}

// listModels answers GET /models, which carries no rate headers.
func (c *call) listModels() *failure {
	list := struct {
		Object string      `json:"object"`
		Data   []modelJSON `json:"data"`
	}{Object: "list"}
	for _, m := range c.models {
		list.Data = append(list.Data, m.json())
	}
	writeJSON(c.w, http.StatusOK, list)
	return nil
}

// showModel answers GET /models/{id}; ids contain slashes and come unescaped.
func (c *call) showModel(id string) *failure {
	m, fail := c.model(id)
	if fail != nil {
		return fail
	}
	writeJSON(c.w, http.StatusOK, m.json())
	return nil
}

// model finds a model that still runs.
func (a *api) model(id string) (model, *failure) {
	if i := slices.IndexFunc(a.models, func(m model) bool { return m.id == id }); i >= 0 {
		return a.models[i], nil
	}
	if slices.Contains(decommissioned(), id) {
		return model{}, modelDecommissioned(id)
	}
	return model{}, modelNotFound(id)
}
