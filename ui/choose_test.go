package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

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
			{"/set verbosity 1", "There is no parameter verbosity; there are temperature, top_p,"},
			{"/model gemma2-9b-it", "gemma2-9b-it was shut down on 2025-10-08: now talking to gpt-oss-20b."},
			{"/model acme/new", "Now talking to new"},
			{"/effort high", "has no reasoning effort to choose"},
		} {
			s.write(tc.line)
			s.press("enter")
			s.shows(tc.want)
			if refused := strings.Contains(tc.line, "/set "); refused != (s.m.composer.text() == tc.line) {
				t.Errorf("after %s the input holds %q", tc.line, s.m.composer.text())
			}
			s.press("ctrl+u")
		}
	})
}

func TestSend_TellsCommandsFromTexts(t *testing.T) {
	for text, command := range map[string]bool{
		"/help": true, "/set temperature 1": true, "/modle": true, "/a-b": true, "/": true, "/quit ": true,
		"/etc/passwd what is this": false, "//hi": false, "/usr/bin": false, "/Users": false, "/top_p": false,
		" /help": false, "/help\nme": false, "help": false,
	} {
		if isCommand(text) != command {
			t.Errorf("%q: a command is %v", text, !command)
		}
	}
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		for _, text := range []string{"/etc/passwd what is this", " /help me"} {
			s.write(text)
			s.press("enter")
			s.settle()
		}
		if got := model.asked(); len(got) != 2 || got[0].Messages[0].Content != "/etc/passwd what is this" || got[1].Messages[2].Content != "/help me" {
			t.Errorf("asked %+v", got)
		}
		s.write("/hepl")
		s.press("enter")
		s.shows("did you mean /help?", "/help lists what there is", "before it sends it as text")
	})
}

func TestModelPicker_ARetiredModelStandsForItsReplacement(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.press("ctrl+o")
		s.lacks("gemma2")
		s.write("gemma2-9b")
		s.shows("gemma2-9b-it: retired 2025-10-08 → gpt-oss-20b")
		s.press("enter")
		s.shows("was shut down on 2025-10-08: now talking to gpt-oss-20b")
		if s.m.conv.Model != "openai/gpt-oss-20b" {
			t.Errorf("the model is %s", s.m.conv.Model)
		}
	})
}

func TestModelPicker_NarrowWindowsShowShortNames(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.press("ctrl+o")
		for _, width := range []int{20, 24, 30, 40} {
			s.feed(tea.WindowSizeMsg{Width: width, Height: 12})
			s.shows("gpt-oss-120b", "gpt-oss-20b")
		}
	})
}

func TestPalette_BeginsWithWhatIsUsed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.press("ctrl+p")
		p := s.m.over.(*picker)
		var names []string
		for _, c := range p.choices {
			names = append(names, c.key)
		}
		got := strings.Join(names, " ")
		if !strings.HasPrefix(got, "models sessions new effort personas parameters help ") || !strings.HasSuffix(got, " interrupt redraw suspend") {
			t.Errorf("the order is %s", got)
		}
	})
}

func TestNew_KeepsTheModelAndWhatWasSet(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		for _, line := range []string{"/model openai/gpt-oss-20b", "/effort high", "/set temperature 0.5", "hi"} {
			s.write(line)
			s.press("enter")
		}
		s.settle()
		s.press("ctrl+n")
		s.settle()
		if p := s.m.conv.Params; s.m.conv.Model != "openai/gpt-oss-20b" || p.ReasoningEffort != "high" || p.Temperature == nil || *p.Temperature != 0.5 {
			t.Errorf("model %s, parameters %+v", s.m.conv.Model, p)
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
