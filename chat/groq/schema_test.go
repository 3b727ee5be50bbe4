package groq

import (
	"encoding/json"
	"testing"

	"groqchat/chat"
)

// TestSchema_IsHeldToWhereThatWorks: a strict schema that has more than strict ones
// may have is refused, so it is not sent as one.
func TestSchema_IsHeldToWhereThatWorks(t *testing.T) {
	held := chat.Builtin().Find("openai/gpt-oss-20b")
	closed := `{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":"array","items":{"$ref":"#/$defs/b"}}},` +
		`"required":["a","b"],"additionalProperties":false,"$defs":{"b":{"anyOf":[{"type":"integer"},{"enum":["x"]}]}}}`
	for _, row := range []struct {
		schema string
		model  chat.ModelInfo
		strict bool
	}{
		{closed, held, true},
		{closed, chat.Builtin().Find("openai/gpt-oss-safeguard-20b"), false},
		{closed, chat.Builtin().Find("somebody/else"), false},
		{`{"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false}`, held, false},
		{`{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}`, held, false},
		{`{"type":"integer","minimum":3}`, held, false},
		{`{"type":"array","items":{"type":"object","properties":{"a":{}}}}`, held, false},
		{`{"anyOf":[{"type":"string","pattern":"a"}]}`, held, false},
		{`{"$defs":{"a":{"type":"string","maxLength":1}}}`, held, false},
		{`true`, held, false},
	} {
		got := wireSchema(json.RawMessage(row.schema), row.model)
		of, ok := got["json_schema"].(map[string]any)
		if !ok || got["type"] != "json_schema" || of["name"] != "answer" || string(of["schema"].(json.RawMessage)) != row.schema {
			t.Fatalf("%v", got)
		}
		if strict := of["strict"] == true; strict != row.strict {
			t.Errorf("%s for %s: strict %t", row.schema, row.model.ID, strict)
		}
	}
}
