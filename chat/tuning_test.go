package chat

import "testing"

func TestParameter_StepsWithinWhatTheModelTakes(t *testing.T) {
	gpt, qwen, plain := Builtin().Find(DefaultModel), Builtin().Find("qwen/qwen3.8-27b"), ModelInfo{ID: "x"}
	for _, tc := range []struct {
		name, from string
		model      ModelInfo
		by         int
		want       string
		ok         bool
	}{
		{"temperature", "", gpt, -1, "0.9", true},
		{"temperature", "0.33", gpt, 1, "0.4", true},
		{"temperature", "2", gpt, 1, "2.1", false},
		{"temperature", "0", gpt, -1, "-0.1", false},
		{"top_p", "0.95", gpt, 1, "1", true},
		{"seed", "", gpt, -1, "-1", true},
		{"max_completion_tokens", "", gpt, 1, "256", true},
		{"max_completion_tokens", "256", gpt, -1, "0", false},
		{"stop", "", gpt, 1, "", false},
		{"reasoning_effort", "", gpt, 1, "high", true},
		{"reasoning_effort", "", qwen, -1, "high", true},
		{"reasoning_effort", "", plain, 1, "default", true},
		{"service_tier", "performance", gpt, 1, "on_demand", true},
	} {
		row, _ := FindParameter(tc.name)
		row = row.For(tc.model)
		var p Params
		if err := row.Set(&p, tc.from); err != nil {
			t.Fatal(err)
		}
		if got, ok := row.Stepped(p, tc.model, tc.by); ok != tc.ok || ok && got != tc.want {
			t.Errorf("%s %q by %d on %s: %q, %v; want %q, %v", tc.name, tc.from, tc.by, tc.model.ID, got, ok, tc.want, tc.ok)
		}
	}
}

func TestParameter_SaysWhatAModelIgnores(t *testing.T) {
	gpt, plain := Builtin().Find(DefaultModel), ModelInfo{ID: "x"}
	for _, tc := range []struct {
		name    string
		model   ModelInfo
		ignored bool
	}{
		{"presence_penalty", gpt, true},
		{"presence_penalty", plain, false},
		{"reasoning_effort", gpt, false},
		{"reasoning_effort", plain, true},
		{"temperature", gpt, false},
	} {
		row, _ := FindParameter(tc.name)
		if got := row.Ignored(tc.model); (got != "") != tc.ignored {
			t.Errorf("%s on %s: %q", tc.name, tc.model.ID, got)
		}
	}
}
