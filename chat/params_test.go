package chat_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// samples is a valid and an invalid value of each parameter.
func samples() map[string][2]string {
	return map[string][2]string{
		"temperature":           {"0.2", "2.1"},
		"top_p":                 {"0.9", "NaN"},
		"max_completion_tokens": {"2048", "0"},
		"seed":                  {"-42", "1.5"},
		"stop":                  {"END,###", "a,,b"},
		"reasoning_effort":      {"low", "huge"},
		"response_format":       {"json_object", "xml"},
		"service_tier":          {"flex", "free"},
		"frequency_penalty":     {"-0.5", "2.1"},
		"presence_penalty":      {"0.5", "-2.1"},
	}
}

func TestParameters_EachRowSetsGetsAndUnsets(t *testing.T) {
	for _, row := range chat.Parameters() {
		t.Run(row.Name, func(t *testing.T) {
			values, ok := samples()[row.Name]
			if !ok {
				t.Fatal("no sample for this parameter")
			}
			var p chat.Params
			if err := row.Set(&p, values[0]); err != nil || row.Get(p) != values[0] {
				t.Fatalf("set %q: got %q, %v", values[0], row.Get(p), err)
			}
			if err := row.Set(&p, values[1]); err == nil || row.Get(p) != values[0] {
				t.Errorf("set %q: error %v, value %q; want an error and the old value", values[1], err, row.Get(p))
			}
			text, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			var back map[string]any
			if err := json.Unmarshal(text, &back); err != nil || len(back) != 1 || back[row.Name] == nil {
				t.Errorf("as JSON %s: want only %q", text, row.Name)
			}
			if err := row.Set(&p, ""); err != nil || row.Get(p) != "" {
				t.Errorf("unset: %q, %v", row.Get(p), err)
			}
			if diff := cmp.Diff(chat.Params{}, p); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParams_MergeLaysWhatIsSetOver(t *testing.T) {
	cold, warm := 0.0, 1.0
	base := chat.Params{Temperature: &warm, MaxCompletionTokens: 100}
	got := base.Merge(chat.Params{Temperature: &cold, ReasoningEffort: "low"})
	want := chat.Params{Temperature: &cold, MaxCompletionTokens: 100, ReasoningEffort: "low"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if *base.Temperature != 1 {
		t.Error("the base was changed")
	}
}

func TestFindParameter_TakesNamesAndFlags(t *testing.T) {
	for _, name := range []string{"max_completion_tokens", "max-tokens"} {
		if row, ok := chat.FindParameter(name); !ok || row.Name != "max_completion_tokens" {
			t.Errorf("%s: %v %v", name, row.Name, ok)
		}
	}
	if _, ok := chat.FindParameter("logit_bias"); ok {
		t.Error("a parameter that no model has was found")
	}
}
