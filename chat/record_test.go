package chat

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// told is what a record says in one line.
func told(r Record) string {
	mark := ""
	if r.Usage.Estimated {
		mark = " about"
	}
	return fmt.Sprintf("%s %s%s %d+%d (%d thought) after %v of %v", r.Model, r.State, mark, r.Usage.PromptTokens, r.Usage.CompletionTokens,
		r.Usage.ReasoningTokens, r.Timing.FirstToken, r.Timing.Total)
}

func TestWithRecord_TellsOfEveryAnswerThatBegan(t *testing.T) {
	const cancelled = -1
	spoken := []Event{Started{}, Reasoning{Text: "hm"}, Delta{Text: "a"}, Delta{Text: " b"}}
	whole := append(slices.Clone(spoken), Done{Finish: "stop", Usage: Usage{PromptTokens: 90, CompletionTokens: 3}})
	for _, c := range []struct {
		name   string
		answer try
		leave  int    // after so many events, 0: never, -1: cancelled
		want   string // "": nothing
	}{
		{"a whole one as the server says", try{events: whole}, 0, "m complete 90+3 (0 thought) after 0s of 0s"},
		{"a refused one took nothing", refusal(BadKey, 0), 0, ""},
		{"one that broke off is counted", try{events: spoken, err: &Error{Kind: Cut}}, 0, "m interrupted about 5+3 (1 thought) after 1s of 1s"},
		{"what the server said before it broke off stands", try{events: spoken, err: &Error{Kind: ServerFault, Usage: Usage{PromptTokens: 91, CompletionTokens: 7}}}, 0, "m interrupted 91+7 (0 thought) after 1s of 1s"},
		{"one that failed before its text took the prompt", try{events: []Event{Started{}}, err: &Error{Kind: ServerFault}}, 0, "m failed about 5+0 (0 thought) after 0s of 1s"},
		{"one that nobody wanted to its end", try{events: whole}, 3, "m stopped about 5+2 (1 thought) after 1s of 1s"},
		{"one that was cancelled", try{events: spoken, err: context.Canceled}, cancelled, "m stopped about 5+3 (1 thought) after 1s of 1s"},
		{"a server that gathers tokens", try{events: []Event{Delta{Text: strings.Repeat("word", 100)}}, err: &Error{}}, 0, "m interrupted about 5+100 (0 thought) after 1s of 1s"},
	} {
		var got []string
		at := time.Unix(0, 0)
		asked := false
		now := func() time.Time { // a second passes after the request
			if asked {
				return at.Add(time.Second)
			}
			asked = true
			return at
		}
		s := WithRecord(&tries{answers: []try{c.answer}}, nil, now, func(r Record) { got = append(got, told(r)) })
		ctx, cancel := context.WithCancel(context.Background())
		seen := 0
		for range s.Stream(ctx, Request{Model: "m", Messages: []Message{{Content: "12345678"}}}) {
			if seen++; seen == c.leave {
				break
			}
			if c.leave == cancelled {
				cancel()
			}
		}
		cancel()
		if c.want == "" && got != nil || c.want != "" && !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: recorded %q, want %q", c.name, got, c.want)
		}
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
