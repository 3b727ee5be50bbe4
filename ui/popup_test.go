package ui

import "testing"

func TestPopup_CompletesCommandsAndTheirArguments(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("/ex")
	s.shows("▸ /export [FORMAT] [FILE]", "write the session as")
	s.press("enter")
	if got := s.m.composer.text(); got != "/export " {
		t.Fatalf("the input holds %q", got)
	}
	s.shows("▸ markdown", "html", "json")
	s.press("down", "enter")
	if got := s.m.composer.text(); got != "/export html" {
		t.Errorf("the input holds %q", got)
	}
	s.lacks("▸")
}

func TestPopup_TabAcceptsAndEscCloses(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("/mod")
	s.press("tab")
	s.write("-20b")
	s.shows("▸ openai/gpt-oss-20b")
	s.press("esc")
	s.lacks("▸")
	s.press("backspace")
	s.shows("▸ openai/gpt-oss-20b")
	s.press("tab", "enter")
	s.shows("gpt-oss-20b")
	if s.m.conv.Model != "openai/gpt-oss-20b" || !s.m.composer.empty() {
		t.Errorf("the model is %s, the input holds %q", s.m.conv.Model, s.m.composer.text())
	}
}

// TestPopup_StandsInNobodysWay: what is complete runs, what is unknown is told, and
// what is no command has none.
func TestPopup_StandsInNobodysWay(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("/set")
	s.press("enter")
	s.shows("── Parameters")
	s.press("esc")
	s.write("/modle")
	s.press("enter")
	s.shows("did you mean /model?")
	s.press("ctrl+c")
	s.write("/usr/lib")
	s.lacks("▸")
}

// TestPopup_KnowsTheModelsOfARace, each once, and the topics of the guide.
func TestPopup_KnowsTheModelsOfARace(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("/race 120")
	s.press("tab")
	s.write(" ")
	s.shows("▸ openai/gpt-oss-20b")
	s.lacks("  openai/gpt-oss-120b")
	s.press("tab")
	if got := s.m.composer.text(); got != "/race openai/gpt-oss-120b openai/gpt-oss-20b" {
		t.Errorf("the input holds %q", got)
	}
	s.press("ctrl+u")
	s.write("/help lim")
	s.shows("▸ limits")
}

// TestPopup_ItsKeysAreNotTheFirstThingThatTheHelpSays.
func TestPopup_ItsKeysAreNotTheFirstThingThatTheHelpSays(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.press("f1")
	s.shows("In the chat\n  enter                   send")
}
