package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

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
	s.lacks("▸", "/model [ID]")
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
	s.write("/modle 20b")
	s.shows("▸ /model [ID|next|previous]")
	s.press("enter")
	s.shows("did you mean /model?", "/modle 20b")
	s.press("tab")
	if got := s.m.composer.text(); got != "/model 20b" {
		t.Errorf("the nearest makes it %q", got)
	}
	s.press("ctrl+c")
	s.write("/usr/lib")
	s.lacks("▸")
}

// TestPopup_KnowsTheModelsOfARace, each once, and the topics of the guide.
func TestPopup_KnowsTheModelsOfARace(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("/race 120")
	s.press("tab")
	s.shows("▸ openai/gpt-oss-20b")
	s.lacks("  openai/gpt-oss-120b")
	s.press("tab")
	if got := s.m.composer.text(); got != "/race openai/gpt-oss-120b openai/gpt-oss-20b " {
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

// TestPopup_FitsWhatHasTheLetters, the best first, and never what has not.
func TestPopup_FitsWhatHasTheLetters(t *testing.T) {
	words := []string{"export", "resume", "retry", "race", "reasoning_effort", "openai/gpt-oss-20b"}
	for typed, want := range map[string][]string{
		"":      words,
		"re":    {"resume", "retry", "reasoning_effort", "race"},
		"r":     {"resume", "retry", "race", "reasoning_effort"},
		"effo":  {"reasoning_effort"},
		"rsm":   {"resume"},
		"RETRY": {"retry"},
		"20b":   {"openai/gpt-oss-20b"},
		"xyz":   nil,
		"oib":   nil, // the letters are there, far from one another
	} {
		var got []string
		for _, i := range ranked(typed, words) {
			got = append(got, words[i])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q fits %q, want %q", typed, got, want)
		}
	}
}

// TestCommands_TakeWhatTheTableOfKindsKnows: a word in capitals that nobody knows
// would be completed as it stands.
func TestCommands_TakeWhatTheTableOfKindsKnows(t *testing.T) {
	for _, c := range defaultCommands() {
		for _, s := range slots(c.usage) {
			for _, name := range s.names {
				known := slices.ContainsFunc(kinds(), func(k kind) bool { return k.name == name })
				if name != strings.ToLower(name) && !known {
					t.Errorf("/%s takes %s, which has no row in the table of kinds", c.name, name)
				}
			}
		}
	}
}

// TestPopup_CompletesEachArgument goes through the tables: what is typed, and what
// is offered then.
func TestPopup_CompletesEachArgument(t *testing.T) {
	o := options(t, answer("x"))
	dir := o.Config.Paths.Personas
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pirate.toml"), []byte("prompt = \"Arr.\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, o)
	s.until("the personas are known", func() bool { return s.m.personas.all != nil })
	for _, c := range []struct{ typed, offered, taken string }{
		{"/set resp", "▸ response_format", "/set response_format "},
		{"/set response_format js", "▸ json_object", "/set response_format json_object"},
		{"/set service_tier f", "▸ flex", "/set service_tier flex"},
		{"/set reasoning_effort ", "low", ""},
		{"/set temperature ", "temperature: randomness, 0 to 2", ""},
		{"/set foll", "▸ follow", "/set follow "},
		{"/set follow of", "▸ off", "/set follow off"},
		{"/set code_wrap s", "▸ scroll", "/set code_wrap scroll"},
		{"/set width ", "width: now 100 · widest line of text", ""},
		{"/effort h", "▸ high", "/effort high"},
		{"/persona pir", "▸ pirate", "/persona pirate"},
		{"/persona prog", "▸ programming", "/persona programming:"},
		{"/persona programming:rus", "▸ programming:Rust", "/persona programming:Rust"},
		{"/export js", "▸ json", "/export json"},
		{"/snippet py", "▸ python", "/snippet python"},
		{"/copy ta", "▸ table", "/copy table"},
		{"/retry 20b", "▸ openai/gpt-oss-20b", "/retry openai/gpt-oss-20b"},
		{"/cmpct", "▸ /compact", "/compact "},
	} {
		s.write(c.typed)
		s.shows(c.offered)
		if c.taken != "" {
			s.press("tab")
			if got := s.m.composer.text(); got != c.taken {
				t.Errorf("%q and tab make %q, want %q", c.typed, got, c.taken)
			}
		}
		s.press("ctrl+u")
	}
}

// TestPopup_EnterTakesAWordThatIsNotComplete, and runs what is.
func TestPopup_EnterTakesAWordThatIsNotComplete(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("/set resp")
	s.press("enter")
	s.write("json")
	s.press("enter", "enter")
	s.shows("response_format is json_object")
	s.write("/model gpt-oss-20b")
	s.press("enter")
	if s.m.conv.Model != "openai/gpt-oss-20b" {
		t.Errorf("a model is not known by its short name: %s", s.m.conv.Model)
	}
	s.write("/model acme/unlisted")
	s.press("enter")
	if s.m.conv.Model != "acme/unlisted" {
		t.Errorf("a model that no list has is not taken: %s", s.m.conv.Model)
	}
}

// TestPopup_ResumesASessionByItsTitle, and keeps what was typed where there is none.
func TestPopup_ResumesASessionByItsTitle(t *testing.T) {
	o := options(t, answer("x"))
	other := chat.Conversation{ID: history.NewID(time.Now()), Title: "Sorting in Go", Model: chat.DefaultModel}
	other.Ask("how?", nil, time.Now())
	if _, err := o.Store.Save(other); err != nil {
		t.Fatal(err)
	}
	s := open(t, o)
	s.write("/resume sort")
	s.until("the sessions are known", func() bool { return len(s.m.recent.sessions) > 0 })
	s.shows("▸ Sorting in Go")
	s.press("tab")
	if got := s.m.composer.text(); got != "/resume Sorting in Go" {
		t.Fatalf("tab makes it %q", got)
	}
	s.press("enter")
	s.until("it is open", func() bool { return s.m.conv.ID == other.ID })
	s.m.composer.setText("/resume nothing like it")
	s.press("enter")
	s.until("it is told", func() bool { return strings.Contains(s.text(), "o session fits") })
	if got := s.m.composer.text(); got != "/resume nothing like it" {
		t.Errorf("the input holds %q", got)
	}
}

// TestPopup_TellsWhatIsMeantInNarrowWindows: beside the name, or below all of them.
func TestPopup_TellsWhatIsMeantInNarrowWindows(t *testing.T) {
	s := open(t, options(t, answer("x")))
	for _, size := range []tea.WindowSizeMsg{{Width: 40, Height: 12}, {Width: 24, Height: 12}, {Width: 40, Height: 24}} {
		s.feed(size)
		s.write("/eff")
		s.shows("▸ /effort", "[EFFORT] · reasoning")
		s.press("ctrl+u")
	}
	s.feed(tea.WindowSizeMsg{Width: 40, Height: 12})
	s.write("/")
	s.shows("▸ /model    ", "/persona    choose a persona")
}
