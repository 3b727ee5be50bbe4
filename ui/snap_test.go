package ui

import (
	"strings"
	"testing"

	"groqchat/chat"
)

// TestSnapped_IsSaidWhereverItIsSet: what a model does not take is not changed
// without a word.
func TestSnapped_IsSaidWhereverItIsSet(t *testing.T) {
	const thinks = "its thinking counts too, so an answer may take 512 tokens, not 100"
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Config.Params.MaxCompletionTokens = 100
		s := open(t, o)
		s.says("gpt-oss-120b: I" + thinks[1:])
		s.m.conv.Params.MaxCompletionTokens = 0
		s.write("/set max_completion_tokens 100")
		s.press("enter")
		s.says("is 100 from the next question on. I" + thinks[1:])
		s.press("f2")
		s.says("Now talking to gpt-oss-20b. I" + thinks[1:])
		s.m.conv.Model = "qwen/qwen3.8-27b" // which does not think by itself
		s.write("/set max_completion_tokens 101")
		s.press("enter")
		s.lacks("counts too")
		s.write("/effort low")
		s.press("enter")
		s.says("Reasoning effort is low from the next question on. I")
	})
}

// says compares with the notice, however it is wrapped.
func (s *screen) says(text string) {
	s.t.Helper()
	if !strings.Contains(s.m.notice.text, text) {
		s.t.Errorf("the notice is %q, want %q", s.m.notice.text, text)
	}
}

func TestPreflight_TellsOfAnAnswerThatCannotBeAsLongAsAllowed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("done"))
		s.m.conv.Params.MaxCompletionTokens = 10_000
		s.m.quotas[chat.DefaultModel] = chat.Quota{Tokens: chat.Limit{Known: true, Limit: 8000, Remaining: 8000, At: s.m.opts.Now()}}
		s.write("q")
		s.press("enter")
		s.says("There is room for an answer of 7,8")
		s.says("; 10,000 were allowed.")
		s.settle()
		if got := asked.asked(); len(got) != 1 || got[0].Longest < 7800 || got[0].Longest > 7900 {
			t.Errorf("asked %+v", got)
		}
	})
}
