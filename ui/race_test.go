package ui

import (
	"context"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// field is a streamer that answers for each model by its own script.
type field struct {
	mu     sync.Mutex
	models map[string]*script
	asked  []chat.Request
}

func (f *field) Stream(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
	f.mu.Lock()
	f.asked = append(f.asked, req)
	f.mu.Unlock()
	return f.models[req.Model].Stream(ctx, req)
}

const racerA, racerB = "openai/gpt-oss-120b", "openai/gpt-oss-20b"

// raced is a screen on which two models were sent the same question.
func raced(t *testing.T, a, b *script) (*screen, *field) {
	t.Helper()
	f := &field{models: map[string]*script{racerA: a, racerB: b}}
	o := options(t, a)
	o.Backend.Chat = f
	s := open(t, o)
	s.settle()
	s.feed(tea.WindowSizeMsg{Width: 100, Height: 24})
	s.write("/race gpt-oss-120b gpt-oss-20b")
	s.press("enter")
	s.shows("The next question goes to gpt-oss-120b, gpt-oss-20b at once.")
	s.write("who are you?")
	s.press("enter")
	return s, f
}

// by is a whole answer by a model.
func by(model, text string) *script {
	s := answer(text)
	s.events[0] = chat.Started{Model: model}
	return s
}

func TestRace_AsksAllAndKeepsThemAsVariants(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, f := raced(t, by(racerA, "I am large"), by(racerB, "I am small"))
		s.settle()
		s.shows("── Race", "▸ gpt-oss-120b", "  gpt-oss-20b", "I am large", "I am small", "480 tok/s", "first token 0.18 s")
		if len(f.asked) != 2 || f.asked[0].Messages[0].Content != "who are you?" || f.asked[1].Messages[0].Content != "who are you?" {
			t.Errorf("asked %+v", f.asked)
		}
		s.press("right", "enter")
		if s.m.over != nil {
			t.Error("it stays open")
		}
		s.shows("‹2/2›", "I am small")
		s.settle()
		loaded, err := s.m.opts.Store.Load(s.m.conv.ID)
		if err != nil || len(loaded.Messages) != 3 || !strings.Contains(s.text(), "I am small") {
			t.Errorf("%d messages are saved, %v", len(loaded.Messages), err)
		}
		if path := loaded.Path(); path[len(path)-1].Content != "I am small" || path[len(path)-1].Model != racerB {
			t.Errorf("the head is %+v", path[len(path)-1])
		}
		if s.m.conv.Model != chat.DefaultModel {
			t.Errorf("the session's model became %s", s.m.conv.Model)
		}
	})
}

func TestRace_KeepsOneAlone(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := raced(t, by(racerA, "I am large"), by(racerB, "I am small"))
		s.settle()
		s.press("right", "o")
		if n := len(s.m.conv.Messages); n != 2 {
			t.Errorf("%d messages stay", n)
		}
		s.shows("I am small")
		s.lacks("‹")
		s.write("/undo")
		s.press("enter")
		if n := len(s.m.conv.Messages); n != 3 {
			t.Errorf("%d messages after undo", n)
		}
	})
}

func TestRace_AnErrorOfOneStopsNoOther(t *testing.T) {
	for name, broken := range map[string]int{"the first": 0, "the second": 1} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				scripts := []*script{by(racerA, "I answer"), by(racerB, "I answer")}
				scripts[broken].events, scripts[broken].err = nil, chat.Errorf(chat.Refused, "it will not")
				s, _ := raced(t, scripts[0], scripts[1])
				s.settle()
				s.shows("I answer", "✗ It will not.")
				if !s.m.composer.empty() || s.m.turn.live {
					t.Errorf("the question came back: %q", s.m.composer.text())
				}
				s.press("esc")
				s.shows("▌ who are you?", "I answer")
			})
		})
	}
}

func TestRace_EscStopsAll(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := by(racerA, "x"), by(racerB, "x")
		a.hold, b.hold = make(chan struct{}), make(chan struct{})
		s, _ := raced(t, a, b)
		s.shows("waiting")
		s.press("esc")
		s.until("all have ended", func() bool { return !s.m.turn.live })
		if s.m.race.running() || s.m.composer.text() != "who are you?" {
			t.Errorf("running %v, the input holds %q", s.m.race.running(), s.m.composer.text())
		}
	})
}

func TestRace_WaitsForTheSlowest(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := by(racerA, "fast one"), by(racerB, "slow one")
		b.hold = make(chan struct{})
		s, _ := raced(t, a, b)
		s.until("the first has ended", func() bool { return s.m.conv.Pending() == nil })
		if !s.m.turn.live {
			t.Fatal("the turn has ended before the race")
		}
		close(b.hold)
		s.until("the race has ended", func() bool { return !s.m.turn.live })
		s.shows("fast one", "slow one")
	})
}

func TestRace_KeepsWhatCameWhenTheProgramEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := by(racerA, "whole"), by(racerB, "half")
		b.events = b.events[:3]
		s, _ := raced(t, a, b)
		s.until("both have said something", func() bool {
			msg, _ := s.m.race.lanes[0].message()
			return msg.Content != "" && s.m.conv.Pending() == nil
		})
		if err := s.m.finish(); err != nil {
			t.Fatal(err)
		}
		loaded, err := s.m.opts.Store.Load(s.m.conv.ID)
		if err != nil || !slices.ContainsFunc(loaded.Messages, func(m chat.Message) bool { return m.Content == "half" && m.Model == racerB }) {
			t.Errorf("saved %+v, %v", loaded.Messages, err)
		}
	})
}

func TestRace_TakesTwoOrThree(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		for _, line := range []string{"/race gpt-oss-120b", "/race a b c d", "/race gpt-oss-20b openai/gpt-oss-20b"} {
			s.write(line)
			s.press("enter")
			s.shows("A race takes two or three models")
			s.press("ctrl+u")
		}
		s.command("/race")
		s.shows("goes to gpt-oss-120b, gpt-oss-20b at once.") // the server has no more of the favourites
		s.press("esc")
		s.m.catalogue = chat.Builtin()
		s.command("/race")
		s.shows("goes to gpt-oss-120b, gpt-oss-20b, qwen3.8-27b")
	})
}

// TestRace_NamesModelsThatCannotRun at once, with what can run in their place.
func TestRace_NamesModelsThatCannotRun(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.m.catalogue = chat.Builtin()
		for line, said := range map[string]string{
			"/race gpt-oss-120b gpt-oss-21b":      "There is no model gpt-oss-21b. The nearest is gpt-oss-20b.",
			"/race gpt-oss-120b whisper-large-v3": "whisper-large-v3 is not a model to chat with.",
		} {
			s.command(line)
			s.shows(said, line)
			if len(s.m.race.models) > 0 {
				t.Errorf("%s: the race is on", line)
			}
			s.press("ctrl+u")
		}
		s.command("/race gpt-oss-120b llama-3.1-8b-instant")
		s.shows("llama-3.1-8b-instant was shut down on 2026-08-16, so gpt-oss-20b takes its")
		if !slices.Equal(s.m.race.models, []string{racerA, racerB}) {
			t.Errorf("%v race", s.m.race.models)
		}
	})
}

// TestRace_KeepsAllThatWasShownWhenItIsKilled in the middle, of every model.
func TestRace_KeepsAllThatWasShownWhenItIsKilled(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := by(racerA, "half of the large"), by(racerB, "half of the small")
		a.events, b.events = a.events[:3], b.events[:3]
		a.open, b.open = true, true
		s, _ := raced(t, a, b)
		s.until("both have said something", func() bool {
			msg, _ := s.m.race.lanes[0].message()
			return msg.Content != "" && s.m.conv.Pending().Content != ""
		})
		back := afterKill(t, folderOf(s), s.m.conv.ID)
		for text, model := range map[string]string{"half of the large": racerA, "half of the small": racerB} {
			at := slices.IndexFunc(back.Messages, func(m chat.Message) bool { return m.Content == text })
			if at < 0 || back.Messages[at].Model != model || back.Messages[at].State != chat.Interrupted {
				t.Errorf("%q is not back: %+v", text, back.Messages)
			}
		}
		if last := back.Messages[len(back.Messages)-1]; len(back.Variants(last.ID)) != 2 || !strings.Contains(back.Notice, "The 2 answers") {
			t.Errorf("%d variants, %q", len(back.Variants(last.ID)), back.Notice)
		}
	})
}

// folderOf is where a screen keeps its sessions.
func folderOf(s *screen) string { return filepath.Dir(filepath.Dir(s.m.opts.Store.Path(s.m.conv.ID))) }

// TestRace_TheSlowestIsKeptAfterTheFirstWasSaved: the journal stays for it.
func TestRace_TheSlowestIsKeptAfterTheFirstWasSaved(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := by(racerA, "whole"), by(racerB, "half")
		b.events, b.open = b.events[:3], true
		s, _ := raced(t, a, b)
		s.until("both have said something", func() bool {
			msg, _ := s.m.race.lanes[0].message()
			return msg.Content != "" && s.m.conv.Pending() == nil
		})
		if err := s.m.saver.save(s.m.snapshot()); err != nil {
			t.Fatal(err)
		}
		back := afterKill(t, folderOf(s), s.m.conv.ID)
		if len(back.Messages) != 3 || back.Messages[2].Content != "half" {
			t.Errorf("back is %+v", back.Messages)
		}
	})
}

// TestRace_OneAloneIsOneStep also of three models.
func TestRace_OneAloneIsOneStep(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, f := raced(t, by(racerA, "I am large"), by(racerB, "I am small"))
		s.settle()
		s.press("esc")
		third := "acme/new"
		f.models[third] = by(third, "I see")
		s.command("/race gpt-oss-120b gpt-oss-20b new")
		s.command("and now?")
		s.settle()
		n := len(s.m.conv.Messages)
		s.press("right", "o")
		if got := len(s.m.conv.Messages); got != n-2 {
			t.Errorf("%d of %d messages stay", got, n)
		}
		s.command("/undo")
		if got := len(s.m.conv.Messages); got != n {
			t.Errorf("%d of %d messages after one undo", got, n)
		}
	})
}

// TestRace_ColumnsAreMarkdown at the width that they have, and figures are whole.
func TestRace_ColumnsAreMarkdown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		text := "# Title\n\nSome **strong** words.\n\n```zzz\nx := 1\n```\n"
		s, _ := raced(t, by(racerA, text), by(racerB, text))
		s.settle()
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 24}, {Width: 120, Height: 40}} {
			s.feed(size)
			s.shows("Some strong words.", "480 tok/s · first token 0.18 s")
			s.lacks("**", "```")
		}
	})
}

// TestRace_EscCallsItOff before the question is asked, and says so.
// TestRace_SaysThatAColumnHasMore: how much, and the key that shows it.
func TestRace_SaysThatAColumnHasMore(t *testing.T) {
	bubble(t, func(t *testing.T) {
		long := strings.Repeat("a line of the answer\n\n", 30)
		s, _ := raced(t, by(racerA, long), by(racerB, "short"))
		s.settle()
		s.shows("more lines", "pgdn scroll")
		before := strings.Count(s.text(), "↓ ")
		s.press("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")
		s.lacks("more lines", "pgdn scroll")
		if before != 1 {
			t.Errorf("%d columns say that they have more", before)
		}
	})
}

func TestRace_EscCallsItOff(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.command("/race gpt-oss-120b gpt-oss-20b")
	s.press("esc")
	s.shows("No race: the next question goes to one model.")
	if len(s.m.race.models) > 0 {
		t.Error("the race is still on")
	}
}
