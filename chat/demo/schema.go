package demo

import (
	"encoding/json"
	"strings"
)

// format is what an answer has to look like.
type format struct {
	Type       string `json:"type"`
	JSONSchema *struct {
		Name   string          `json:"name"`
		Schema json.RawMessage `json:"schema"`
	} `json:"json_schema"`
}

// fitting is an answer that fits the schema of the request; ok is false without
// one.
func (r *request) fitting() (a answer, ok bool) {
	if r.ResponseFormat.JSONSchema == nil {
		return answer{}, false
	}
	var root shape
	if json.Unmarshal(r.ResponseFormat.JSONSchema.Schema, &root) != nil {
		return answer{}, false
	}
	text, err := json.Marshal(root.sample(&root, deepestSample))
	return answer{[]string{"The answer has to fit a schema."}, string(text)}, err == nil
}

// deepestSample ends schemas that are within themselves.
const deepestSample = 12

// shape is what the server reads of a schema.
type shape struct {
	Type       types            `json:"type"`
	Properties map[string]shape `json:"properties"`
	Required   []string         `json:"required"`
	Items      *shape           `json:"items"`
	Enum       []any            `json:"enum"`
	Const      any              `json:"const"`
	AnyOf      []shape          `json:"anyOf"`
	Ref        string           `json:"$ref"`
	Defs       map[string]shape `json:"$defs"`
}

// types is one type or several.
type types []string

// UnmarshalJSON takes a text for a list of one.
func (t *types) UnmarshalJSON(raw []byte) error { return (*stops)(t).UnmarshalJSON(raw) }

// sample is a value that fits, by the keywords that strict schemas may have. Of what
// may be left out it leaves nothing out, until it is deep.
func (s shape) sample(root *shape, deep int) any {
	switch {
	case s.Const != nil:
		return s.Const
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Ref == "#" && deep > 0:
		return root.sample(root, deep-1)
	case s.Ref != "" && deep > 0:
		return root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")].sample(root, deep-1)
	case len(s.AnyOf) > 0:
		return s.AnyOf[len(s.AnyOf)-1].sample(root, deep-1) // the last: null, where there is one
	case len(s.Type) == 0 && s.Properties == nil:
		return nil
	case s.Properties != nil, s.Type[0] == "object":
		return s.object(root, deep)
	}
	return s.plain(root, deep)
}

func (s shape) object(root *shape, deep int) any {
	all := map[string]any{}
	for name, of := range s.Properties {
		all[name] = of.sample(root, deep-1)
	}
	return all
}

func (s shape) plain(root *shape, deep int) any {
	switch s.Type[0] {
	case "string":
		return "demo"
	case "integer", "number":
		return 1
	case "boolean":
		return true
	case "array":
		if s.Items == nil || deep <= 0 {
			return []any{}
		}
		return []any{s.Items.sample(root, deep-1)}
	}
	return nil
}
