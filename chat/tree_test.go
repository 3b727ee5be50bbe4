package chat

import (
	"errors"
	"testing"
	"time"
)

func TestAgain_KeepsTheOtherAnswer(t *testing.T) {
	c := cutOff("first")
	if !c.Again(time.Unix(2, 0)) {
		t.Fatal("cannot answer again")
	}
	if got := c.Request().Messages; len(got) != 1 || got[0].Content != "tell" {
		t.Errorf("asks with %+v", got)
	}
	c.Apply(Delta{Text: "second"})
	c.Apply(Done{Finish: "stop"})
	path := c.Path()
	if len(c.Messages) != 3 || len(path) != 2 || path[1].Content != "second" || c.Messages[1].Content != "first" {
		t.Errorf("the tree is %+v", c.Messages)
	}
}

func TestAgain_AnAttemptThatBringsNothingLeavesTheOtherAnswer(t *testing.T) {
	c := cutOff("first")
	c.Again(time.Unix(2, 0))
	c.Apply(Broken{Err: errors.New("no")})
	if _, ok := c.Retract(); ok || c.Path()[1].Content != "first" {
		t.Errorf("retracted %v, shows %+v", ok, c.Path())
	}
}

func TestAgain_NeedsAnAnswer(t *testing.T) {
	under := cutOff("x")
	under.Again(time.Unix(2, 0))
	for name, c := range map[string]*Conversation{"an empty conversation": {}, "an answer under way": under} {
		if c.Again(time.Unix(3, 0)) {
			t.Errorf("%s is answered again", name)
		}
	}
}

func TestConversation_KnowsItsUnansweredQuestion(t *testing.T) {
	now := time.Now()
	asked := func(events ...Event) *Conversation {
		c := &Conversation{}
		c.Ask("first", nil, now)
		for _, e := range events {
			c.Apply(e)
		}
		c.Retract()
		return c
	}
	broken := Broken{Err: errors.New("no network")}
	then := func(c *Conversation, e Event) *Conversation {
		c.Ask("second", nil, now)
		c.Apply(e)
		c.Retract()
		return c
	}
	whole := []Event{Delta{Text: "yes"}, Done{Finish: "stop"}}
	for name, tc := range map[string]struct {
		conv      *Conversation
		want, why string
	}{
		"nothing":                {&Conversation{}, "", ""},
		"under way":              {asked(), "", ""},
		"answered":               {asked(whole...), "", ""},
		"cut off":                {asked(Delta{Text: "ye"}, broken), "", ""},
		"failed":                 {asked(broken), "first", "no network"},
		"stopped":                {asked(Halted{}), "first", ""},
		"the second failed":      {then(asked(whole...), broken), "second", "no network"},
		"the second was stopped": {then(asked(whole...), Halted{}), "", ""},
		"the process ended":      {&Conversation{Messages: []Message{{ID: "m1", Role: User, Content: "alone"}}}, "alone", ""},
	} {
		question, reply, ok := tc.conv.Unanswered()
		if ok != (tc.want != "") || ok && (question.Content != tc.want || reply.Error != tc.why) {
			t.Errorf("%s: %q, %q, %v", name, question.Content, reply.Error, ok)
		}
	}
}

func TestTakeBack_OnlyWhatGotNoAnswer(t *testing.T) {
	for _, c := range []struct {
		name string
		end  []Event
		cut  bool // the answer is not in the file
		want int  // messages of the path
		back bool
	}{
		{"a whole answer stays", []Event{Delta{Text: "a"}, Done{}}, false, 4, false},
		{"a piece of one stays", []Event{Delta{Text: "a"}, Broken{Err: errors.New("no")}}, false, 4, false},
		{"one that failed", []Event{Broken{Err: errors.New("no")}}, false, 2, true},
		{"one that was stopped was given back then", []Event{Halted{}}, false, 4, false},
		{"a question without any", nil, true, 2, true},
	} {
		var conv Conversation
		conv.Ask("before", nil, time.Unix(1, 0))
		conv.Apply(Delta{Text: "fine"})
		conv.Apply(Done{})
		conv.Ask("q", nil, time.Unix(2, 0))
		for _, e := range c.end {
			conv.Apply(e)
		}
		if c.cut {
			conv = Conversation{Messages: conv.Messages[:3], Head: conv.Messages[2].ID}
		}
		conv.TakeBack()
		_, _, back := conv.Unanswered()
		if len(conv.Path()) != c.want || back != c.back {
			t.Errorf("%s: a path of %d, given back %v", c.name, len(conv.Path()), back)
		}
	}
}
