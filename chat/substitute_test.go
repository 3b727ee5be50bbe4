package chat

import "testing"

func TestSubstitute_IsTheNearest(t *testing.T) {
	for id, want := range map[string]string{
		"llama-3.3-70b-versatile":  DefaultModel, // its replacement
		"llama-3.1-8b-instant":     "openai/gpt-oss-20b",
		"openai/gpt-oss-12ob":      DefaultModel, // a typing error
		"gpt-oss-20":               "openai/gpt-oss-20b",
		"qwen/qwen4-200b-thinking": "qwen/qwen3.8-27b", // its family
		"acme/huge-400b":           DefaultModel,       // its size
		"acme/tiny-1b":             "openai/gpt-oss-20b",
		"acme/odd":                 "qwen/qwen3.8-27b",
	} {
		if got := Builtin().Substitute(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if got := (Catalogue{}).Substitute("x"); got != "" {
		t.Errorf("of none %s", got)
	}
	if got := (Catalogue{{ID: "x", Chat: true}}).Substitute("x"); got != "" {
		t.Errorf("of itself %s", got)
	}
}
