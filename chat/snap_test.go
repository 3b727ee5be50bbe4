package chat

import (
	"strings"
	"testing"
)

func TestSnapped_SaysWhatIsSentInstead(t *testing.T) {
	gpt, qwen := "openai/gpt-oss-120b", "qwen/qwen3.8-27b"
	for _, c := range []struct {
		model string
		p     Params
		want  string // "": nothing
		sent  int
	}{
		{gpt, Params{}, "", leastThinking},
		{gpt, Params{MaxCompletionTokens: 2048, ReasoningEffort: "low"}, "", 2048},
		{gpt, Params{MaxCompletionTokens: 511}, "its thinking counts too, so an answer may take 512 tokens, not 511", 512},
		{gpt, Params{MaxCompletionTokens: 1 << 20}, "an answer has at most 65,536 tokens", 65536},
		{gpt, Params{ReasoningEffort: "none"}, "effort none becomes medium", leastThinking},
		{qwen, Params{MaxCompletionTokens: 100}, "", 100},
		{qwen, Params{MaxCompletionTokens: 100, ReasoningEffort: "high"}, "its thinking counts too, so an answer may take 512 tokens, not 100", 512},
		{"some/model", Params{MaxCompletionTokens: 100, ReasoningEffort: "high"}, "it takes no effort", 100},
	} {
		m := Builtin().Find(c.model)
		if got := strings.Join(m.Snapped(c.p), "; "); got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.model, c.p, got, c.want)
		}
		if got := m.AnswerLimit(c.p.MaxCompletionTokens, m.Effort(c.p.ReasoningEffort)); got != c.sent {
			t.Errorf("%s %+v: %d tokens, want %d", c.model, c.p, got, c.sent)
		}
	}
}
