package chat

import (
	"context"
	"math"
	"slices"
	"testing"
)

func TestWithRecord_TellsOfWholeAnswersOnly(t *testing.T) {
	var got []string
	record := func(model string, d Done) { got = append(got, model+" "+d.Finish) }
	for _, answer := range []try{whole(), refusal(BadKey, 0), {events: []Event{Delta{Text: "a"}}, err: &Error{Kind: Cut}}} {
		s := WithRecord(&tries{answers: []try{answer}}, record)
		for range s.Stream(context.Background(), Request{Model: "m"}) {
		}
	}
	if !slices.Equal(got, []string{"m stop"}) {
		t.Errorf("recorded %q", got)
	}
}

func TestCost_CountsTheCache(t *testing.T) {
	m := Builtin().Find(DefaultModel)
	u := Usage{PromptTokens: 1_000_000, CachedTokens: 400_000, CompletionTokens: 2_000_000, ReasoningTokens: 1_000_000}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	if cost, saved := m.Cost(u), m.Saved(u); !near(cost, 0.6*0.15+0.4*0.075+2*0.60) || !near(saved, 0.4*0.075) {
		t.Errorf("cost %v, saved %v", cost, saved)
	}
	qwen := Builtin().Find("qwen/qwen3.8-27b") // its cache saves nothing
	if cost, saved := qwen.Cost(u), qwen.Saved(u); !near(cost, 0.80+8) || saved != 0 {
		t.Errorf("without a price for the cache: cost %v, saved %v", cost, saved)
	}
	if got := (ModelInfo{}).Cost(u); got != 0 {
		t.Errorf("an unknown price gives %v", got)
	}
}

func TestDollars_AreShort(t *testing.T) {
	for usd, want := range map[float64]string{0: "$0", 0.00001: "<$0.0001", 0.0123: "$0.0123", 0.5: "$0.50", 1234.567: "$1234.57"} {
		if got := Dollars(usd); got != want {
			t.Errorf("%v: %s, want %s", usd, got, want)
		}
	}
}
