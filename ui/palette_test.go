package ui

import (
	"slices"
	"strings"
	"testing"

	"groqchat/chat"
)

// offers is the choices of the open palette by their keys.
func (s *screen) offers() map[string]choice {
	s.t.Helper()
	p, ok := s.m.over.(*picker)
	if !ok {
		s.t.Fatalf("no palette is open\n%s", s.text())
	}
	all := map[string]choice{}
	for _, c := range p.choices {
		if _, twice := all[c.key]; twice {
			s.t.Errorf("%s is offered twice", c.key)
		}
		all[c.key] = c
	}
	return all
}

// TestPalette_HasEveryRowOfTheTables with its key, whether a message is chosen or
// not.
func TestPalette_HasEveryRowOfTheTables(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 1)
		for _, focus := range []bool{false, true} {
			if focus {
				s.press("tab")
			}
			s.press("ctrl+p")
			offered := s.offers()
			for _, b := range defaultKeys() {
				c, ok := offered[b.name]
				onlyThere := slices.Contains([]scope{scopeOverlay, scopeFirst, scopePopup}, b.scope) || b.name == "palette"
				switch {
				case ok == onlyThere:
					t.Errorf("focus %v: %s is offered: %v", focus, b.name, ok)
				case ok && c.columns[1] != s.m.keys.brief(b):
					t.Errorf("%s is told with the key %q", b.name, c.columns[1])
				}
			}
			for _, c := range defaultCommands() {
				if _, ok := offered["/"+c.name]; !ok {
					t.Errorf("focus %v: /%s is not offered", focus, c.name)
				}
			}
			s.press("esc")
		}
	})
}

// TestPalette_SaysWhyAnActionIsNotPossible, and no more than that holds.
func TestPalette_SaysWhyAnActionIsNotPossible(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.press("ctrl+p")
		for name, why := range map[string]string{
			"stop": "no answer is under way", "retry": "nothing was said yet", "/export": "nothing was said yet", "message-copy": "no message is chosen", "undo-step": "no step was taken yet",
		} {
			if got := s.offers()[name].columns[2]; got != "not now: "+why {
				t.Errorf("%s: %q", name, got)
			}
		}
		s.shows("choose a model")
		s.feed(sized(40, 16))
		s.write("message-copy")
		s.shows("  y · not now: no message is chosen")
		s.feed(sized(80, 24))
		s.press("esc")
		s.write("hello")
		s.press("enter")
		s.settle()
		s.press("tab", "ctrl+p")
		for _, name := range []string{"retry", "/export", "message-copy", "undo-step", "models", "new"} {
			if got := s.offers()[name].columns[2]; got != "" {
				t.Errorf("%s: %q", name, got)
			}
		}
		s.write("copy the message")
		s.press("enter")
		if s.settled(); !strings.Contains(s.text(), "Copied") {
			t.Errorf("the chosen message is not copied\n%s", s.text())
		}
	})
}

// TestObstacles_AreOfActionsThatThereAre.
func TestObstacles_AreOfActionsThatThereAre(t *testing.T) {
	for _, o := range obstacles() {
		for _, name := range strings.Fields(o.names) {
			known := slices.ContainsFunc(defaultKeys(), func(b binding) bool { return b.name == name }) ||
				slices.ContainsFunc(defaultCommands(), func(c command) bool { return "/"+c.name == name })
			if !known {
				t.Errorf("%q: there is no %s", o.why, name)
			}
		}
	}
}

func TestMessageKeys_SayWhyTheyDoNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 1)
		s.press("tab")
		for key, said := range map[string]string{
			"v": "The message has no other variant; r gives another answer.", "left": "The message has no other variant", ">": "Long lines of code are wrapped; w leaves them whole.",
			"c": "There is no code in the message.", "space": "The message came without a thought.",
		} {
			s.press(key)
			s.shows(said)
		}
		s.press("z")
		if s.m.over != nil || !s.m.composer.empty() {
			t.Error("a key that means nothing did something")
		}
	})
}

// TestFocus_TellsWhatCanBeDoneInNarrowWindows, in two rows.
func TestFocus_TellsWhatCanBeDoneInNarrowWindows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 2)
		s.feed(sized(40, 12))
		s.press("tab")
		s.shows("up/down choose · y copy", "e edit", "r again", "esc back")
		s.feed(sized(40, 8))
		s.shows("up/down choose", "esc back")
	})
}

// TestFocus_MarksTheChosenQuestionAlsoWhereItStays in the first row.
func TestFocus_MarksTheChosenQuestionAlsoWhereItStays(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer(longAnswer())))
		s.settle()
		s.m.conv.Ask("what is it?", nil, s.m.clock)
		s.m.conv.Apply(chat.Delta{Text: longAnswer()})
		s.m.conv.Apply(chat.Done{Finish: "stop"})
		s.m.transcript.replace(s.m.conv.Path())
		s.m.refresh()
		s.press("ctrl+home", "tab", "g", "pgdown")
		s.shows(chosenUserBar + " what is it?")
		s.press("G")
		s.lacks(chosenUserBar)
	})
}

// TestNotice_OfBeforeIsNotBelowAnOverlay, and is there again after it.
func TestNotice_OfBeforeIsNotBelowAnOverlay(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.m.notice.stay(toneWarning, "something from before")
	s.m.refresh()
	s.shows("something from before")
	s.press("f1")
	s.lacks("something from before")
	s.press("esc")
	s.shows("something from before")
}

func TestEsc_SaysWhatASecondOneDoes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 1)
		s.press("esc")
		s.shows("esc again: edit an earlier message")
		s.press("esc")
		s.shows("── Rewind")
		s.lacks("esc again")
	})
}
