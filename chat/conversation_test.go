package chat_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"groqchat/chat"
)

// noon is when everything in these tests happens.
func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// answered is a conversation with one exchange.
func answered(question, answer string) chat.Conversation {
	c := chat.Conversation{Model: chat.DefaultModel}
	c.Ask(question, nil, noon())
	c.Apply(chat.Delta{Text: answer})
	c.Apply(chat.Done{Finish: "stop"})
	return c
}

func TestConversation_AskAppendsAQuestionAndAnAnswerUnderWay(t *testing.T) {
	c := chat.Conversation{Model: "m"}
	c.Ask("why?", nil, noon())
	want := []chat.Message{
		{ID: "m1", Role: chat.User, Created: noon(), Content: "why?", State: chat.Complete},
		{ID: "m2", Parent: "m1", Role: chat.Assistant, Created: noon(), Model: "m"},
	}
	if diff := cmp.Diff(want, c.Path()); diff != "" {
		t.Error(diff)
	}
	if c.Pending() == nil || c.Pending().ID != "m2" {
		t.Errorf("pending = %v, want m2", c.Pending())
	}
	if c.Title != "why?" {
		t.Errorf("title = %q", c.Title)
	}
}

func TestConversation_ApplyGathersAnAnswer(t *testing.T) {
	c := chat.Conversation{Model: "asked"}
	c.Ask("q", nil, noon())
	for _, e := range []chat.Event{
		chat.Started{Model: "served", RequestID: "req_1"},
		chat.Quota{Model: "served"},
		chat.Reasoning{Text: "let me "},
		chat.Reasoning{Text: "think"},
		chat.Delta{Text: "forty"},
		chat.Delta{Text: "-two"},
		chat.Done{Finish: "stop", Usage: chat.Usage{PromptTokens: 3, CompletionTokens: 5}, Timing: chat.Timing{Completion: time.Second}},
	} {
		c.Apply(e)
	}
	want := chat.Message{
		ID: "m2", Parent: "m1", Role: chat.Assistant, Created: noon(), Model: "served", RequestID: "req_1",
		Reasoning: "let me think", Content: "forty-two", State: chat.Complete, FinishReason: "stop",
		Usage: chat.Usage{PromptTokens: 3, CompletionTokens: 5}, Timing: chat.Timing{Completion: time.Second},
	}
	if diff := cmp.Diff(want, c.Path()[1]); diff != "" {
		t.Error(diff)
	}
	if got := c.Path()[1].TokensPerSecond(); got != 5 {
		t.Errorf("speed = %v tokens a second, want 5", got)
	}
	if c.Pending() != nil {
		t.Error("an answer that is done is still pending")
	}
}

func TestConversation_EndsSayHowAnAnswerEnded(t *testing.T) {
	broken := chat.Broken{Err: errors.New("the line\nwent dead")}
	for name, tc := range map[string]struct {
		text  string
		end   chat.Event
		state chat.State
		err   string
	}{
		"done":              {"a", chat.Done{Finish: "stop"}, chat.Complete, ""},
		"stopped":           {"a", chat.Halted{}, chat.Stopped, ""},
		"broken in text":    {"a", broken, chat.Interrupted, "the line went dead"},
		"broken before any": {"", broken, chat.Failed, "the line went dead"},
	} {
		t.Run(name, func(t *testing.T) {
			c := chat.Conversation{}
			c.Ask("q", nil, noon())
			if tc.text != "" {
				c.Apply(chat.Delta{Text: tc.text})
			}
			c.Apply(tc.end)
			got := c.Path()[1]
			if got.State != tc.state || got.Error != tc.err || got.Content != tc.text {
				t.Errorf("got state %q error %q content %q", got.State, got.Error, got.Content)
			}
			before := got
			c.Apply(chat.Delta{Text: "late"})
			if diff := cmp.Diff(before, c.Path()[1]); diff != "" {
				t.Errorf("an event after the end changed the answer: %s", diff)
			}
		})
	}
}

func TestConversation_AnySplitOfATextGivesTheSameMessage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		c := chat.Conversation{}
		c.Ask("q", nil, noon())
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			c.Apply(chat.Delta{Text: rest[:n]})
			rest = rest[n:]
		}
		if got := c.Pending().Content; got != text {
			t.Fatalf("got %q, want %q", got, text)
		}
	})
}

func TestConversation_RequestIsThePathWithoutEmptyAnswers(t *testing.T) {
	c := answered("one", "first")
	c.System = "be brief"
	c.Ask("two", nil, noon())
	c.Apply(chat.Reasoning{Text: "hm"})
	c.Apply(chat.Halted{})
	c.Ask("three", nil, noon())
	req := c.Request()
	var got []string
	for _, m := range req.Messages {
		got = append(got, string(m.Role)+": "+m.Content)
	}
	want := []string{"user: one", "assistant: first", "user: two", "user: three"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if req.System != "be brief" || req.Model != chat.DefaultModel {
		t.Errorf("system %q, model %q", req.System, req.Model)
	}
}

func TestConversation_RetractGivesBackAQuestionWithoutAnswer(t *testing.T) {
	c := answered("one", "first")
	c.Ask("two", nil, noon())
	if _, ok := c.Retract(); ok {
		t.Fatal("an answer under way was retracted")
	}
	c.Apply(chat.Halted{})
	question, ok := c.Retract()
	if !ok || question.Content != "two" {
		t.Fatalf("got %q %v", question.Content, ok)
	}
	if c.Head != "m2" || len(c.Path()) != 2 || len(c.Messages) != 4 {
		t.Errorf("head %s, path %d, tree %d: the branch must stay and the head go back", c.Head, len(c.Path()), len(c.Messages))
	}
	if _, ok := c.Retract(); ok {
		t.Error("a complete answer was retracted")
	}
}

func TestConversation_TryingAgainDoesNotPileUp(t *testing.T) {
	c := answered("one", "first")
	for range 3 {
		c.Ask("two", nil, noon())
		c.Apply(chat.Broken{Err: errors.New("no network")})
		if _, ok := c.Retract(); !ok {
			t.Fatal("not retracted")
		}
	}
	if len(c.Messages) != 4 {
		t.Errorf("%d messages, want 4: one dead attempt", len(c.Messages))
	}
	c.Ask("other words", nil, noon())
	if len(c.Messages) != 6 {
		t.Errorf("%d messages, want 6: other words must not replace the attempt", len(c.Messages))
	}
	ids := map[string]bool{}
	for _, m := range c.Messages {
		if ids[m.ID] {
			t.Errorf("id %s twice", m.ID)
		}
		ids[m.ID] = true
	}
}

func TestConversation_CloneDoesNotFollowTheOriginal(t *testing.T) {
	c := chat.Conversation{}
	c.Ask("q", nil, noon())
	c.Apply(chat.Delta{Text: "one"})
	d := c.Clone()
	c.Apply(chat.Delta{Text: " two"})
	if got := d.Path()[1].Content; got != "one" {
		t.Errorf("the copy has %q", got)
	}
}

func TestConversation_PathEndsOnACycle(t *testing.T) {
	c := chat.Conversation{Head: "b", Messages: []chat.Message{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}}}
	if n := len(c.Path()); n > 3 {
		t.Errorf("path of %d messages", n)
	}
}

func TestTitleFrom_IsTheFirstLineCutBetweenWords(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"\n  \n  Hello,\tworld \nx": "Hello, world",
		strings.Repeat("word ", 20): strings.Repeat("word ", 11) + "word…",
		strings.Repeat("界", 61):     strings.Repeat("界", 60) + "…",
	} {
		if got := chat.TitleFrom(in); got != want {
			t.Errorf("TitleFrom(%q) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkConversation_ApplyDelta(b *testing.B) {
	c := chat.Conversation{}
	c.Ask("q", nil, noon())
	b.ReportAllocs()
	for b.Loop() {
		c.Apply(chat.Delta{Text: "four"})
	}
}
