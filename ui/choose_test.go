package ui

import (
	"strings"
	"testing"

	"groqchat/chat"
)

func TestChat_ModelsSwitchInMidConversation(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("ok")
		s := open(t, options(t, model))
		s.write("one")
		s.press("enter")
		s.settle()
		s.press("f2")
		s.shows("Now talking to gpt-oss-20b")
		s.write("two")
		s.press("enter")
		s.settle()
		if got := model.asked()[1].Model; got != "openai/gpt-oss-20b" || len(model.asked()[1].Messages) != 3 {
			t.Errorf("asked %s with %d messages", got, len(model.asked()[1].Messages))
		}
		s.press("shift+f2")
		if s.m.conv.Model != chat.DefaultModel {
			t.Errorf("back to %s", s.m.conv.Model)
		}
	})
}

func TestModelPicker_FiltersAndTakesAnyID(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.press("ctrl+o")
		s.shows("── Models", "openai/gpt-oss-120b", "acme/new", "★")
		s.lacks("llama-3.3")
		s.write("new")
		s.shows("acme/new")
		s.lacks("gpt-oss-20b  ")
		s.press("enter")
		if s.m.conv.Model != "acme/new" || s.m.over != nil {
			t.Errorf("model %s, overlay %v", s.m.conv.Model, s.m.over)
		}
		s.press("ctrl+o")
		s.write("my/own-model")
		s.shows("use my/own-model as it is")
		s.press("enter")
		if s.m.conv.Model != "my/own-model" {
			t.Errorf("model %s", s.m.conv.Model)
		}
		s.press("ctrl+o", "esc")
		if s.m.over != nil {
			t.Error("esc left the picker open")
		}
	})
}

func TestSessions_NewOneAndBackByThePicker(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("the old answer")))
		s.write("the old question")
		s.press("enter")
		s.settle()
		old := s.m.conv.ID
		s.press("ctrl+n")
		s.settle()
		s.lacks("the old answer")
		if s.m.conv.ID == old {
			t.Fatal("the same session")
		}
		s.press("ctrl+s")
		s.settle()
		s.shows("── Sessions", "the old question")
		s.press("enter")
		s.settle()
		s.shows("▌ the old question", "the old answer")
		if s.m.conv.ID != old {
			t.Errorf("session %s, want %s", s.m.conv.ID, old)
		}
	})
}

func TestChat_UnknownCommandsAreNotSentAndKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		s.write("/modle")
		s.press("enter")
		s.shows("There is no /modle; did you mean /model?", "❯ /modle")
		if len(model.asked()) != 0 {
			t.Error("it was sent")
		}
	})
}

func TestCommands_SetSystemEffortAndModel(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		s.settle()
		for _, line := range []string{"/set temperature 0", "/system be brief", "/effort high", "/model openai/gpt-oss-20b", "hi"} {
			s.write(line)
			s.press("enter")
		}
		s.settle()
		if len(model.asked()) != 1 {
			t.Fatalf("asked %d times", len(model.asked()))
		}
		req := model.asked()[0]
		if req.System != "be brief" || req.Model != "openai/gpt-oss-20b" || req.Params.ReasoningEffort != "high" || req.Params.Temperature == nil || *req.Params.Temperature != 0 {
			t.Errorf("request %+v", req)
		}
		for _, tc := range []struct{ line, want string }{
			{"/set temperature 9", "is not a number from 0 to 2"},
			{"/set tempreture 1", "did you mean temperature?"},
			{"/effort huge", "takes as reasoning effort: low, medium, high"},
			{"/model gemma2-9b-it", "was shut down on 2025-10-08; use openai/gpt-oss-20b"},
			{"/effort high", "has no reasoning effort to choose"},
		} {
			s.write(tc.line)
			s.press("enter")
			s.shows(tc.want)
		}
	})
}

func TestModels_SayWhatTheyDoNotTake(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.m.useModel("qwen/qwen3.8-27b")
		s.m.conv.Params.ReasoningEffort, s.m.conv.Params.MaxCompletionTokens = "none", 30000
		s.m.useModel(chat.DefaultModel)
		s.feed(nil)
		if got := s.m.notice.text; got != "Now talking to gpt-oss-120b. Effort none becomes medium." {
			t.Errorf("says %q", got)
		}
		s.m.useModel("qwen/qwen3.8-27b")
		if got := s.m.notice.text; !strings.HasSuffix(got, "An answer has at most 16,384 tokens.") {
			t.Errorf("says %q", got)
		}
		s.m.useModel("acme/new")
		if got := s.m.notice.text; !strings.HasSuffix(got, "It takes no effort.") {
			t.Errorf("says %q", got)
		}
	})
}
