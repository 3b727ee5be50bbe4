package chat

import (
	"strings"
	"testing"
	"time"
)

// said is a conversation of whole turns: q1 a1, q2 a2 and so on.
func said(turns int) Conversation {
	c := Conversation{Model: "m", System: "be brief"}
	for i := range turns {
		n := string(rune('1' + i))
		c.Ask("q"+n, nil, time.Unix(1, 0))
		c.Apply(Delta{Text: "a" + n})
		c.Apply(Done{Finish: "stop"})
	}
	return c
}

// summarise takes a whole summary.
func summarise(t *testing.T, c *Conversation, text string) {
	t.Helper()
	if !c.Compact(2, "cheap", time.Unix(2, 0)) {
		t.Fatal("nothing was begun")
	}
	c.Apply(Delta{Text: text})
	c.Apply(Done{Finish: "stop"})
}

// sentWords is the contents of what is sent.
func sentWords(r Request) string {
	var all []string
	for _, m := range r.Messages {
		all = append(all, m.Content)
	}
	return strings.Join(all, " ")
}

func TestCompact_AsksForASummaryOfTheOlderTurns(t *testing.T) {
	c := said(4)
	before := c.Head
	if !c.Compact(2, "cheap", time.Unix(2, 0)) {
		t.Fatal("nothing was begun")
	}
	req := c.Request()
	if req.Model != "cheap" || sentWords(req) != "q1 a1 q2 a2 "+summaryWish || req.System != "be brief" || req.Params.MaxCompletionTokens != summaryMost {
		t.Errorf("asked %q of %s with %+v", sentWords(req), req.Model, req.Params)
	}
	c.Apply(Delta{Text: "notes"})
	c.Apply(Done{Finish: "stop"})
	req = c.Request()
	if sentWords(req) != "q3 a3 q4 a4" || !strings.HasPrefix(req.System, "be brief\n\nSummary of") || !strings.HasSuffix(req.System, "\n\nnotes") || req.Model != "m" {
		t.Errorf("sent %q after %q by %s", sentWords(req), req.System, req.Model)
	}
	c.Ask("q5", nil, time.Unix(3, 0))
	if got := sentWords(c.Request()); got != "q3 a3 q4 a4 q5" {
		t.Errorf("the next question is sent with %q", got)
	}
	c.Apply(Delta{Text: "a5"})
	c.Apply(Done{Finish: "stop"})
	if len(c.Path()) != 12 {
		t.Errorf("%d messages are shown", len(c.Path()))
	}
	for range 2 {
		c.Undo()
	}
	if got := sentWords(c.Request()); c.Head != before || got != "q1 a1 q2 a2 q3 a3 q4 a4" || c.Request().System != "be brief" {
		t.Errorf("taken back, %q is sent", got)
	}
}

func TestCompact_AgainSummarisesTheSummaryToo(t *testing.T) {
	c := said(4)
	summarise(t, &c, "first notes")
	c.Ask("q5", nil, time.Unix(3, 0))
	c.Apply(Delta{Text: "a5"})
	c.Apply(Done{Finish: "stop"})
	c.Compact(2, "cheap", time.Unix(4, 0))
	if req := c.Request(); sentWords(req) != "q3 a3 "+summaryWish || !strings.Contains(req.System, "first notes") {
		t.Errorf("asked %q after %q", sentWords(req), req.System)
	}
	c.Apply(Delta{Text: "second notes"})
	c.Apply(Done{Finish: "stop"})
	if req := c.Request(); sentWords(req) != "q4 a4 q5 a5" || strings.Contains(req.System, "first notes") || !strings.Contains(req.System, "second notes") {
		t.Errorf("sent %q after %q", sentWords(req), req.System)
	}
}

func TestCompact_WhatIsNotWholeStandsForNothing(t *testing.T) {
	const all = "q1 a1 q2 a2 q3 a3"
	for name, end := range map[string][]Event{
		"stopped":   {Delta{Text: "half"}, Halted{}},
		"broken":    {Delta{Text: "half"}, Broken{Err: Errorf(Cut, "cut")}},
		"too long":  {Delta{Text: "half"}, Done{Finish: "length"}},
		"empty":     {Done{Finish: "stop"}},
		"no answer": {Broken{Err: Errorf(Cut, "cut")}},
	} {
		c := said(3)
		c.Compact(2, "cheap", time.Unix(2, 0))
		for _, e := range end {
			c.Apply(e)
		}
		if req := c.Request(); sentWords(req) != all || req.System != "be brief" {
			t.Errorf("%s: sent %q after %q", name, sentWords(req), req.System)
		}
		if _, _, ok := c.Unanswered(); ok {
			t.Errorf("%s: the wish for a summary comes back as a question", name)
		}
	}
}

func TestCompact_NeedsAnOlderTurn(t *testing.T) {
	for turns, want := range []bool{false, false, true, true} {
		if c := said(turns); c.Compact(2, "cheap", time.Unix(2, 0)) != want {
			t.Errorf("%d turns: want %v", turns, want)
		}
	}
	c := said(3)
	c.Ask("q4", nil, time.Unix(2, 0))
	if c.Compact(2, "cheap", time.Unix(2, 0)) {
		t.Error("begun under an answer")
	}
}

func TestCompact_KeepsWhatWasTrimmedOut(t *testing.T) {
	c := said(4)
	c.Since = "m3"
	c.Compact(2, "cheap", time.Unix(2, 0))
	if got := sentWords(c.Request()); got != "q2 a2 "+summaryWish {
		t.Errorf("the summary is asked of %q", got)
	}
	c.Apply(Delta{Text: "notes"})
	c.Apply(Done{Finish: "stop"})
	if got := sentWords(c.Request()); got != "q3 a3 q4 a4" {
		t.Errorf("sent %q", got)
	}
	c.Since = "m7"
	if req := c.Request(); sentWords(req) != "q4 a4" || !strings.Contains(req.System, "notes") {
		t.Errorf("trimmed again, %q is sent after %q", sentWords(req), req.System)
	}
}

func TestByPrice_PutsUnknownPricesLast(t *testing.T) {
	got := append(Builtin(), ModelInfo{ID: "x", Chat: true}).ByPrice()
	if got[0].ID != "openai/gpt-oss-20b" || got[len(got)-1].ID != "x" {
		t.Errorf("%s first, %s last", got[0].ID, got[len(got)-1].ID)
	}
}
