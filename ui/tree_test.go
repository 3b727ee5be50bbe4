package ui

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
)

// ask asks a question and waits for the answer.
func (s *screen) ask(text string) {
	s.t.Helper()
	s.write(text)
	s.press("enter")
	s.settle()
}

// command runs a line, and waits for nothing.
func (s *screen) command(line string) {
	s.write(line)
	s.press("enter")
}

// answers are the answers to the questions to come, one after the other; the last
// one also to those after it.
func answers(texts ...string) *script {
	s := answer(texts[0])
	s.next = texts[1:]
	return s
}

// saved is the session as its file has it.
func (s *screen) saved() chat.Conversation {
	s.t.Helper()
	session, err := s.m.opts.Store.Load(s.m.conv.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return session.Conversation
}

// savedShows fails the test unless the path of the file has these texts.
func (s *screen) savedShows(want ...string) {
	s.t.Helper()
	conv := s.saved()
	var got []string
	for _, m := range conv.Path() {
		got = append(got, m.Content)
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		s.t.Errorf("the file shows %q, want %q", got, want)
	}
}

func TestEdit_AsksAnewBesideAndGivesTheDraftBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("one", "two", "edited one")))
		s.ask("first")
		s.ask("second")
		s.press("tab", "g", "e")
		s.shows("❯ first", "editing message 1", "esc gives it up")
		s.write("!")
		s.press("enter")
		s.settle()
		s.shows("▌ first!", "▌ ‹2/2›", "edited one")
		s.lacks("second", "editing")
		s.savedShows("first!", "edited one")
		if n := len(s.saved().Messages); n != 6 {
			t.Errorf("the file has %d messages", n)
		}
		s.press("tab", "k", "left")
		s.shows("▌ second", "two", chosenUserBar+" first", "‹1/2›")
		s.settle()
		s.savedShows("first", "one", "second", "two")
	})
}

func TestEdit_EscBringsTheOldDraftBackWhateverItWas(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("one")))
		s.ask("first")
		paste := strings.Repeat("a pasted line\n", 50)
		s.m.composer.paste(paste)
		s.write("and /edit")
		s.feed(keyPress(t, "home"))
		before := s.m.composer.text()
		s.m.commandEdit("")
		s.m.composer.clear()
		s.write("something else")
		s.press("esc")
		if got := s.m.composer.text(); got != before {
			t.Errorf("the draft is %q", got)
		}
		if s.m.composer.editor.at.off != 0 {
			t.Error("the cursor is not where it was")
		}
		s.press("up")
		if got := s.m.composer.text(); got != "something else" {
			t.Errorf("up brings back %q", got)
		}
	})
}

func TestEdit_ThatFailsIsEditedAgainAndTheOldBranchIsShown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("one")
		s := open(t, options(t, model))
		s.ask("first")
		s.m.composer.setText("a draft")
		s.m.commandEdit("1")
		model.events, model.err = nil, chat.Errorf(chat.Unreachable, "no network")
		s.write(" again")
		s.press("enter")
		s.settle()
		s.shows("▌ first", "one", "❯ first again", "editing message 1")
		s.press("esc")
		s.shows("❯ a draft")
		s.press("ctrl+u")
		s.m.commandEdit("1")
		model.events, model.err = answer("two").events, nil
		s.press("enter")
		s.settle()
		s.shows("two", "‹2/2›")
		if got := model.asked(); len(got[len(got)-1].Messages) != 1 {
			t.Errorf("asked with %+v", got[len(got)-1].Messages)
		}
	})
}

func TestEdit_TakesTheFilesOfTheQuestionAlong(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("one")
		o := options(t, model)
		o.First, o.Files = "explain", []chat.Attachment{{Name: "a.go", Type: "text/plain", Text: "package main"}}
		s := open(t, o)
		s.settle()
		s.m.commandEdit("")
		s.press("enter")
		s.settle()
		all := model.asked()
		if files := all[len(all)-1].Messages[0].Attachments; len(files) != 1 || files[0].Text != "package main" {
			t.Errorf("asked with the files %+v", files)
		}
		if len(s.m.files) != 0 {
			t.Errorf("%d files wait", len(s.m.files))
		}
	})
}

func TestEdit_TheDraftOnDiskHoldsBoth(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("one")))
		s.ask("first")
		s.m.composer.setText("a draft")
		s.m.commandEdit("")
		s.write("!")
		<-time.After(2 * draftTime)
		s.settle()
		if got, err := s.m.opts.Store.ReadDraft(s.m.conv.ID); err != nil || got != "a draft\nfirst!" {
			t.Errorf("the draft is %q, %v", got, err)
		}
	})
}

func TestRetry_PagesItsVariantsInPlaceWithTheirModels(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answers("one", "two", "three")
		s := open(t, options(t, model))
		s.ask("first")
		s.press("tab", "r")
		s.settle()
		s.chose("two")
		s.shows("‹2/2› gpt-oss-120b")
		s.press("m")
		s.shows("── Another answer by")
		s.write("oss-20b")
		s.press("enter")
		s.settle()
		s.chose("three")
		if got := model.asked(); got[2].Model != "openai/gpt-oss-20b" || s.m.conv.Model != chat.DefaultModel {
			t.Errorf("asked %s, the session's model is %s", got[2].Model, s.m.conv.Model)
		}
		s.press("left")
		s.chose("two")
		s.press("left", "left")
		s.chose("one")
		s.shows("‹1/3›")
		s.press("right")
		s.chose("two")
		s.press("esc")
		s.ask("go on")
		if got := model.asked(); len(got[3].Messages) != 3 || got[3].Messages[1].Content != "two" {
			t.Errorf("asked with %+v", got[3].Messages)
		}
		s.savedShows("first", "two", "go on", "three")
	})
}

func TestDelete_IsToldLeavesTheFileAndComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("the first answer", "the second answer")))
		s.ask("first")
		s.ask("second")
		s.press("tab", "k", "d")
		s.shows("Deleted, with 1 message after it", "u brings it back")
		s.lacks("second")
		s.settle()
		s.savedShows("first", "the first answer")
		if text, err := os.ReadFile(s.m.opts.Store.Path(s.m.conv.ID)); err != nil || strings.Contains(string(text), "second") {
			t.Errorf("the file still has it (%v)", err)
		}
		s.press("u")
		s.shows("Taken back: the deletion.", "the second answer")
		s.settle()
		s.savedShows("first", "the first answer", "second", "the second answer")
		s.press("U")
		s.settle()
		s.lacks("the second answer")
		s.press("g", "d")
		s.settle()
		if s.m.focused() || len(s.saved().Messages) != 0 {
			t.Errorf("focused %v, the file has %+v", s.m.focused(), s.saved().Messages)
		}
		s.ask("/undo")
		s.ask("/undo")
		s.savedShows("first", "the first answer", "second", "the second answer")
		s.ask("/redo")
		s.savedShows("first", "the first answer")
	})
}

func TestUndo_SurvivesAVisitToAnotherSession(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("one", "two")))
		s.ask("first")
		id := s.m.conv.ID
		s.ask("/retry")
		s.shows("two")
		s.press("ctrl+n")
		s.settle()
		s.command("/undo")
		s.shows("There is nothing to take back")
		s.run(resumeSession(id)(s.m))
		s.settle()
		s.command("/undo")
		s.shows("one", "‹1/2›", "Taken back: the new answer.")
	})
}

func TestSteps_AreRefusedWhileAnAnswerIsUnderWay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.settle()
		s.write("a question")
		s.press("enter")
		s.until("asked", func() bool { return len(model.asked()) == 1 })
		for _, key := range []string{"e", "r", "d", "u"} {
			s.press("tab", key)
			s.shows("An answer is under way")
			s.m.notice.clear()
			s.press("tab")
		}
		close(model.hold)
		s.settle()
	})
}

func TestBranch_GoesOnFromAMessageInANewSession(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("one", "two")))
		s.ask("first")
		s.ask("second")
		old := s.m.conv.ID
		s.press("tab", "k", "k", "b")
		s.until("the copy is there", func() bool { return s.m.conv.ID != old })
		s.shows("This is a copy", "one")
		s.settle()
		s.lacks("second")
		s.savedShows("first", "one")
		if session, err := s.m.opts.Store.Load(old); err != nil || len(session.Messages) != 4 {
			t.Errorf("the old one has %d messages, %v", len(session.Messages), err)
		}
		s.ask("third")
		s.savedShows("first", "one", "third", "two")
		s.press("tab", "k", "b")
		s.settle()
		s.shows("❯ third")
		s.savedShows("first", "one")
	})
}

func TestRewind_OnEscTwiceEditsAnEarlierMessage(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("one", "two", "three")))
		s.press("esc", "esc")
		s.shows("There is no message of yours to go back to yet.")
		s.ask("first")
		s.ask("second")
		s.press("esc")
		<-time.After(rewindTime)
		s.press("esc")
		s.lacks("── Rewind")
		s.press("esc")
		s.shows("── Rewind", "second", "first")
		s.write("irs")
		s.press("enter")
		s.shows("❯ first", "editing message 1")
		s.write(" once more")
		s.press("enter")
		s.settle()
		s.savedShows("first once more", "three")
		if n := len(s.saved().Messages); n != 6 {
			t.Errorf("the file has %d messages", n)
		}
	})
}

func TestRewind_DoesNotComeOfStoppingAnAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		s.ask("first")
		model.hold = make(chan struct{})
		s.write("second")
		s.press("enter")
		s.until("asked", func() bool { return len(model.asked()) == 2 })
		s.press("esc")
		s.settle()
		s.press("ctrl+u", "esc")
		s.lacks("── Rewind")
	})
}

func TestTree_ShowsEveryBranchAndGoesThere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("one", "two", "another two")))
		s.ask("first")
		s.ask("second")
		s.ask("/retry")
		s.ask("/tree")
		s.shows("── All messages", "•▌ first", "•· one", "•▌ second", " ├ · ‹1/2› two", "▸●├ · ‹2/2› another two")
		s.press("up", "enter")
		s.chose("two")
		s.settle()
		s.savedShows("first", "one", "second", "two")
		s.press("t")
		s.shows("▸●├ · ‹1/2› two")
		for range 3 {
			s.press("up")
		}
		s.press("enter")
		s.chose("first")
		s.savedShows("first", "one", "second", "two")
	})
}

func TestVariants_AreListedComparedAndChosen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("the quick fox", "the slow fox jumps")))
		s.ask("first")
		s.command("/variants")
		s.shows("There is one answer only")
		s.ask("/retry")
		s.ask("/variants")
		s.shows("── Variants", "1  gpt-oss-120b · 24 tokens", "the quick fox", "▸● 2  gpt-oss-120b")
		s.press("d")
		s.shows("What differs: 1 → 2 of 2", "the [-quick-]{+slow+} fox{+ jumps+}")
		s.press("esc")
		s.shows("── Variants")
		s.press("up", "d")
		s.shows("What differs: 2 → 1 of 2", "the [-slow-]{+quick+} fox[- jumps-]")
		s.press("esc", "enter")
		s.settle()
		s.shows("‹1/2›", "the quick fox")
		s.savedShows("first", "the quick fox")
	})
}

func TestVariants_TheKeyOfTheListIsALetterElsewhere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.press("ctrl+o")
		s.write("d")
		if got := s.m.over.(*picker).filter.value(); got != "d" {
			t.Errorf("the filter holds %q", got)
		}
	})
}

// TestVariants_AComparisonIsMarkedAtEveryWidth: the marks stand as they should
// however the rows are wrapped, and a stranger's text cannot set its own.
func TestVariants_AComparisonIsMarkedAtEveryWidth(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		changes := chat.CompareWords("one two\nthree \ue001four "+strings.Repeat("long ", 9), "one 2\nthree five")
		for width := 20; width < 60; width++ {
			var all []string
			for _, row := range changeRows(s.m, changes, width) {
				all = append(all, strings.TrimSpace(ansi.Strip(row)))
			}
			got := strings.ReplaceAll(strings.Join(all, ""), " ", "")
			if want := "one[-two-]{+2+}three[-\ufffdfour" + strings.Repeat("long", 9) + "-]{+five+}"; got != want {
				t.Fatalf("at %d: %s, want %s", width, got, want)
			}
		}
	})
}

// treeSurfaces are the states of the screen that show the tree of messages.
func treeSurfaces() []surface {
	return []surface{
		{"on a message", func(s *screen) { converse(s, tricky); s.press("tab", "k", "j") }},
		{"on a message, with input", func(s *screen) {
			converse(s, tricky)
			s.press("tab")
			s.m.composer.setText(strings.Repeat("words and 世界 👍🏽 ", 40))
		}},
		{"editing", func(s *screen) { converse(s, tricky); s.m.commandEdit("1") }},
		{"variants of both", func(s *screen) { branched(s); s.press("tab") }},
		{"rewind", func(s *screen) { converse(s, tricky); s.press("alt+esc") }},
		{"tree", func(s *screen) { branched(s); s.m.openTree() }},
		{"variants", func(s *screen) { branched(s); s.m.openVariants() }},
		{"what differs", func(s *screen) { branched(s); s.m.openVariants(); s.press("d") }},
		{"what differs, further down", func(s *screen) { branched(s); s.m.openVariants(); s.press("d", "down", "down") }},
	}
}

// branched is a conversation with variants of its question and of its answer.
func branched(s *screen) {
	converse(s, tricky)
	s.m.conv.Edit("m1", "another 世界 question", nil, s.m.clock)
	s.m.conv.Apply(chat.Delta{Text: "short"})
	s.m.conv.Apply(chat.Done{Finish: "stop"})
	for range 3 {
		s.m.conv.Again(s.m.clock)
		s.m.conv.Apply(chat.Delta{Text: tricky + "and more"})
		s.m.conv.Apply(chat.Done{Finish: "length"})
	}
	s.m.reshow()
}
