package ui

import (
	"strings"
	"testing"

	"groqchat/chat"
)

// afterTurns is a screen on which so many questions were answered.
func afterTurns(t *testing.T, model *script, turns int) *screen {
	s := open(t, options(t, model))
	s.settle()
	for range turns {
		s.m.composer.setText("question " + strings.Repeat("word ", 200))
		s.press("enter")
		s.settle()
	}
	return s
}

func TestCompact_SendsASummaryAndIsTakenBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("what it says")
		s := afterTurns(t, model, 3)
		s.write("/compact")
		s.press("enter")
		s.until("it is told", func() bool { return strings.Contains(s.text(), "tokens are sent from now on") })
		s.shows("▌ /compact: what was said before, in brief", "▸ summary, 3 words", "gpt-oss-120b")
		asked := model.asked()[3]
		if asked.Model != "openai/gpt-oss-20b" || len(asked.Messages) != 3 {
			t.Errorf("asked %s with %d messages", asked.Model, len(asked.Messages))
		}
		s.settle()
		s.write("next")
		s.press("enter")
		s.settle()
		req := model.asked()[4]
		if len(req.Messages) != 5 || !strings.Contains(req.System, "what it says") || req.Model != chat.DefaultModel {
			t.Errorf("sent %d messages after %q to %s", len(req.Messages), req.System, req.Model)
		}
		loaded, err := s.m.opts.Store.Load(s.m.conv.ID)
		if got := loaded.Request(); err != nil || len(got.Messages) != 6 || !strings.Contains(got.System, "what it says") {
			t.Errorf("loaded, %d messages are sent after %q, %v", len(got.Messages), got.System, err)
		}
		for range 2 {
			s.write("/undo")
			s.press("enter")
			s.settle()
		}
		s.lacks("/compact: what")
		if got := s.m.conv.Request(); len(got.Messages) != 6 || got.System != "" {
			t.Errorf("taken back, %d messages are sent after %q", len(got.Messages), got.System)
		}
		s.write("another")
		s.press("enter")
		s.settle()
		s.lacks("‹2/2›") // a summary that was taken back is no question that this one stands beside
	})
}

func TestCompact_OpensWithAKey(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := afterTurns(t, answer("the notes"), 2)
		s.write("/compact")
		s.press("enter")
		s.settle()
		s.lacks("the notes\n\n  gpt-oss-20b")
		s.press("tab", "space")
		s.lacks("▸ summary")
		s.press("space")
		s.shows("▸ summary, 2 words")
	})
}

func TestCompact_ThatFailsLeavesAllAsItWas(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("fine")
		s := afterTurns(t, model, 2)
		head := s.m.conv.Head
		model.events, model.err = nil, chat.Errorf(chat.Refused, "it will not")
		s.write("/compact")
		s.press("enter")
		s.until("it is told", func() bool { return strings.Contains(s.text(), "There is no summary, all is sent as before") })
		s.settle()
		if s.m.conv.Head != head || !s.m.composer.empty() {
			t.Errorf("head %s, want %s; the input holds %q", s.m.conv.Head, head, s.m.composer.text())
		}
	})
}

func TestCompact_SaysWhyNot(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := afterTurns(t, answer("fine"), 1)
		s.write("/compact")
		s.press("enter")
		s.shows("There is no older turn yet")
	})
}

func TestContext_LeavesThoughtsOut(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("fine")
		model.events[3] = chat.Done{Finish: "stop", Usage: chat.Usage{PromptTokens: 60_000, CompletionTokens: 20_000, ReasoningTokens: 14_464}}
		s := afterTurns(t, model, 1)
		s.shows("context 50 %")
	})
}

func TestTrim_LeavesTheOldestTurnsOutUnasked(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("done"))
		s.m.opts.Config.Trim = true
		crowd(s, 8000)
		s.m.conv.System = "the prompt"
		s.write("a new question")
		s.press("enter")
		s.until("it is told", func() bool { return strings.Contains(s.text(), "Sent without 2 old messages") })
		s.settle()
		if got := asked.asked(); len(got) != 1 || len(got[0].Messages) != 3 || got[0].System != "the prompt" {
			t.Errorf("asked %d times, with %d messages", len(got), len(got[0].Messages))
		}
	})
}

// TestCompact_IsNamedWhereverItsQuestionIsShown: the words that the model gets are not the user's.
func TestCompact_IsNamedWhereverItsQuestionIsShown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := afterTurns(t, answer("what it says"), 3)
		s.command("/compact")
		s.settle()
		s.press("esc")
		s.command("/tree")
		s.shows("── All messages", "▌ /compact: what was said")
		s.lacks("Summarise our conversation")
	})
}
