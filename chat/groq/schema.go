package groq

import (
	"encoding/json"
	"slices"

	"groqchat/chat"
)

// schemaName is what a schema is called on the wire; the API wants a name.
const schemaName = "answer"

// wireSchema is the response format that makes an answer fit a schema. Models that
// can be held to it are, if the schema has only what that takes; others do their
// best.
func wireSchema(schema json.RawMessage, m chat.ModelInfo) map[string]any {
	of := map[string]any{"name": schemaName, "schema": schema}
	var root any
	if json.Unmarshal(schema, &root) == nil && takesStrict(m) && isStrict(root) {
		of["strict"] = true
	}
	return map[string]any{"type": "json_schema", "json_schema": of}
}

// takesStrict tells the models that can be held to a schema (Groq's page on
// structured outputs, October 2026).
func takesStrict(m chat.ModelInfo) bool {
	return slices.Contains([]string{"openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.8-27b"}, m.ID)
}

// strictKeywords is all that a schema may have which an answer is held to.
func strictKeywords() []string {
	return []string{"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$defs", "$ref", "description", "title", "$schema"}
}

// isStrict reports whether an answer can be held to a schema: nothing may be left
// out of its objects or added to them.
func isStrict(schema any) bool {
	s, ok := schema.(map[string]any)
	if !ok {
		return false
	}
	for name := range s {
		if !slices.Contains(strictKeywords(), name) {
			return false
		}
	}
	return isClosed(s) && eachStrict(s["properties"]) && eachStrict(s["$defs"]) && eachStrict(s["anyOf"]) && (s["items"] == nil || isStrict(s["items"]))
}

// isClosed reports whether a schema of an object names all that it has.
func isClosed(s map[string]any) bool {
	properties, _ := s["properties"].(map[string]any)
	if s["type"] != "object" && properties == nil {
		return true
	}
	required, _ := s["required"].([]any)
	for name := range properties {
		if !slices.Contains(required, any(name)) {
			return false
		}
	}
	return s["additionalProperties"] == false
}

func eachStrict(all any) bool {
	switch all := all.(type) {
	case map[string]any:
		for _, one := range all {
			if !isStrict(one) {
				return false
			}
		}
	case []any:
		return !slices.ContainsFunc(all, func(one any) bool { return !isStrict(one) })
	}
	return true
}
