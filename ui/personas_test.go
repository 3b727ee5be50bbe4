package ui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat"
	"groqchat/config"
)

func TestPersonas_AreChosenFromTheListAndAskForTheirVariable(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("ok")
		s := open(t, options(t, model))
		s.settle()
		s.press("f4")
		s.settle()
		s.shows("── Personas", "programming", "temperature 0.2", "gpt-oss-20b")
		s.write("progr")
		s.press("enter")
		s.shows("── programming: language", "Go", "Python")
		s.write("cobol")
		s.press("enter")
		s.shows("The persona is programming:cobol", "programming:cobol")
		s.write("hi")
		s.press("enter")
		s.settle()
		req := model.asked()[0]
		if !strings.Contains(req.System, "experienced cobol programmer") || req.Params.Temperature == nil || *req.Params.Temperature != 0.2 {
			t.Errorf("asked %+v", req)
		}
		loaded, err := s.m.opts.Store.Load(s.m.conv.ID)
		if err != nil || loaded.Persona != "programming:cobol" {
			t.Errorf("saved as %q, %v", loaded.Persona, err)
		}
		s.press("ctrl+n")
		s.settle()
		if s.m.conv.Persona != "programming:cobol" || !strings.Contains(s.m.conv.System, "cobol") {
			t.Errorf("the new session has %q: %q", s.m.conv.Persona, s.m.conv.System)
		}
	})
}

func TestPersonas_AreTypedChangedAndTakenOff(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		run := func(line string) {
			s.write(line)
			s.press("enter")
			s.settle()
		}
		run("/persona programming:go")
		if c := s.m.conv; !strings.Contains(c.System, "go programmer") || *c.Params.Temperature != 0.2 {
			t.Errorf("%+v", c)
		}
		run("/persona fast")
		if c := s.m.conv; c.Params.Temperature != nil || c.Model != "openai/gpt-oss-20b" || c.Params.ReasoningEffort != "low" {
			t.Errorf("the old persona's temperature stays: %+v", c)
		}
		run("/persona -")
		if c := s.m.conv; c.System != "" || c.Model != chat.DefaultModel || c.Params.ReasoningEffort != "" || c.Persona != "" {
			t.Errorf("something stays: %+v", c)
		}
		s.write("/persona fsat")
		s.press("enter")
		s.until("it is refused", func() bool { return strings.Contains(s.text(), "did you mean fast?") })
		s.shows("❯ /persona fsat")
	})
}

// usePersonas writes a persona into the folder that the screen looks in.
func usePersonas(t *testing.T, o Options, text string) {
	t.Helper()
	dir := o.Config.Paths.Personas
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "mine.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPersonas_FollowTheirFile(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		usePersonas(t, o, `prompt = "one"`)
		s := open(t, o)
		s.watch = true
		wear := func() bool { return s.m.conv.System == "one" }
		s.write("/persona mine")
		s.press("enter")
		s.until("the persona is put on", wear)
		usePersonas(t, o, `prompt = "another"`)
		s.until("the change is seen", func() bool { return s.m.conv.System == "another" })
		s.shows("The persona mine was changed")
		usePersonas(t, o, "promt = 1")
		s.until("the slip is told", func() bool { return strings.Contains(s.text(), "did you mean prompt?") })
		if s.m.conv.System != "another" {
			t.Errorf("the session lost its prompt: %q", s.m.conv.System)
		}
		s.m.conv.System = "my own words"
		usePersonas(t, o, `prompt = "the third one"`)
		read := s.m.personas.stamp
		s.until("it is read", func() bool { return s.m.personas.stamp != read })
		if s.m.conv.System != "my own words" {
			t.Errorf("the user's words are lost: %q", s.m.conv.System)
		}
		s.watch = false
	})
}

func TestPersonas_AResumedSessionFollowsItsFileToo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		usePersonas(t, o, `prompt = "one"`)
		o.Session.ID, o.Session.Persona, o.Session.System = "01KX3M8Q7VFZ2S0B9R4TYH6NCE", "mine", "one"
		s := open(t, o)
		s.watch = true
		s.until("the persona is known", func() bool { return s.m.personas.worn.Name == "mine" })
		usePersonas(t, o, `prompt = "two words"`)
		s.until("the change is seen", func() bool { return s.m.conv.System == "two words" })
		s.watch = false
	})
}

func TestPersonas_OfTheSettingHoldInNewSessions(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		o.Persona = chat.Worn{Persona: chat.Personas()[1]}.With("language", "Go")
		o.Config.Sources["persona"] = config.Source{Kind: config.FromFlag}
		s := open(t, o)
		s.settle()
		s.shows("programming:Go")
		s.write("/persona -")
		s.press("enter", "ctrl+n")
		s.settle()
		if s.m.conv.Persona != "" || s.m.conv.System != "" {
			t.Errorf("taken off, it is back in the new session: %+v", s.m.conv)
		}
	})
}

// askingSurfaces is what shows and changes how a model is asked.
func askingSurfaces() []surface {
	return []surface{
		{"personas", func(s *screen) { s.press("f4") }},
		{"persona's variable", func(s *screen) {
			s.m.ask(chat.Worn{Persona: chat.Personas()[1]}, []chat.Variable{{Name: "language", Choices: []string{"世界 \x1b[2J", strings.Repeat("long ", 30)}}})
			s.write(strings.Repeat("界", 30))
		}},
		{"a long persona", func(s *screen) { s.m.conv.Persona = "programming:" + strings.Repeat("界 \x1b[2J", 20) }},
		{"parameters", func(s *screen) { s.press("f7", "up") }},
		{"parameters, a value typed", func(s *screen) { s.press("f7"); s.write(strings.Repeat("界9", 40)) }},
		{"parameters, a wrong value", func(s *screen) {
			s.press("f7")
			s.write(strings.Repeat("界\x1b[2J", 40))
			s.press("enter")
		}},
		{"snippet", func(s *screen) {
			converse(s, tricky)
			s.m.backend.Body = func(chat.Request) ([]byte, error) { return []byte(`{"model":"世界 \u001b[2J"}`), nil }
			s.m.commandSnippet("python")
		}},
		{"summary", func(s *screen) { converse(s, tricky); converse(s, tricky); summed(s) }},
		{"an open summary", func(s *screen) { converse(s, tricky); converse(s, tricky); summed(s); s.press("tab", "space") }},
		{"race", func(s *screen) { startRace(s, nil, chat.Delta{Text: tricky}) }},
		{"race that failed", func(s *screen) {
			startRace(s, []chat.Event{chat.Reasoning{Text: tricky}}, chat.Broken{Err: errors.New(strings.Repeat("a long reason 世界 ", 30))})
		}},
		{"snippets", func(s *screen) { s.m.openSnippets() }},
	}
}

// startRace races three models; what comes of the first, and of the others.
func startRace(s *screen, first []chat.Event, others ...chat.Event) {
	s.m.race.models = []string{"a/" + strings.Repeat("世", 40), "b", "c"}
	s.m.askAfter("q", 0)
	for _, e := range first {
		s.m.conv.Apply(e)
	}
	for _, l := range s.m.race.lanes {
		for _, e := range others {
			l.conv.Apply(e)
		}
	}
}

// summed gives the conversation a summary.
func summed(s *screen) {
	s.m.conv.Compact(1, chat.DefaultModel, s.m.clock)
	s.m.conv.Apply(chat.Delta{Text: tricky})
	s.m.conv.Apply(chat.Done{Finish: "stop"})
	s.m.transcript.replace(s.m.conv.Path())
}
