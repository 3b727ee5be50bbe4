package ui

import "testing"

// TestVariants_TellParametersApart that answers were asked with.
func TestVariants_TellParametersApart(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("the quick fox", "the slow fox jumps")))
		s.command("/set temperature 0.2")
		s.command("/set seed 7")
		s.ask("first")
		s.command("/set temperature 1.5")
		s.command("/effort high")
		s.ask("/retry")
		s.ask("/variants")
		s.shows("1  gpt-oss-120b · temperature 0.2 · ", "2  gpt-oss-120b · temperature 1.5 · effort high · ")
		s.lacks("seed 7")
		loaded, err := s.m.opts.Store.Load(s.m.conv.ID)
		if p := loaded.Messages[2].Params; err != nil || p == nil || *p.Temperature != 1.5 || p.ReasoningEffort != "high" || *p.Seed != 7 {
			t.Errorf("saved with %+v, %v", p, err)
		}
	})
}
