package ui

import (
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
)

func TestWork_IsShownOnceItTakesLong(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		steps := newSteps()
		s.run(s.m.follow("reading", Things("page"), steps))
		steps.tell(30, 300)
		s.until("it is looked at", func() bool { return s.m.work.progress.Done == 30 })
		s.lacks("reading")
		s.until("it takes long", func() bool { return s.m.work.progress.Slow() })
		s.shows("██░", "reading 30 of 300 pages", chat.Wait(9*time.Second)+" left", "30/s")
		s.m.opts.Env = []string{"WT_SESSION=1"}
		s.press("ctrl+n") // whatever else goes on
		if bar := s.m.frame.ProgressBar; bar == nil || bar.Value != 10 {
			t.Errorf("the taskbar shows %v", bar)
		}
		steps.end()
		s.settle()
		s.lacks("reading")
		if s.m.work.steps != nil {
			t.Error("it goes on")
		}
	})
}

func TestSearch_TellsHowFarItIsOnceItTakesLong(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.m.openSearch("words") // and nobody looks
		feed := s.m.search.feed
		feed.put(history.Hit{})
		feed.tell(250, 1000)
		s.feed(hitsFoundMsg{s.m.search.id})
		s.lacks("250 of")
		<-time.After(2 * time.Second)
		feed.tell(500, 1000)
		s.until("it is told", func() bool { return s.m.searcher().far.Done == 500 })
		s.shows("500 of 1,000 sessions", chat.Wait(2*time.Second)+" left", "250/s")
		feed.end(nil)
		s.settle()
		s.lacks("500 of")
		s.shows("type to search")
	})
}

func TestProgressLine_LeavesOutWhatHasNoRoom(t *testing.T) {
	same := func(s string) string { return s }
	parts := Progress{Done: 5, All: 10, Took: time.Second, Measure: Things("file")}.Parts()
	for width, want := range map[int]string{
		60: "████████████░░░░░░░░░░░░ 5 of 10 files · 1 s left · 5/s",
		40: "███████░░░░░░░ 5 of 10 files · 1 s left",
		24: "████░░░░░ 5 of 10 files",
		12: "5 of 10 fil",
	} {
		if got := ProgressLine(5, 10, width, parts, same); got != want {
			t.Errorf("in %d cells: %q, want %q", width, got, want)
		}
	}
}

// TestGround_CanBeChangedAtOnce as the other settings of looks.
func TestGround_CanBeChangedAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.command("/set ground always")
		if s.shows("ground is always for this run"); !s.m.styles.Palette.Painted {
			t.Error("the ground is not painted")
		}
		s.command("/set ground never")
		if s.m.styles.Palette.Painted {
			t.Error("the ground is painted")
		}
	})
}

func TestWelcome_TipsNameTheUsersKeys(t *testing.T) {
	o := options(t, answer("ok"))
	o.Config.Keys = map[string][]string{"message-copy": {"x"}, "message-code": {}}
	m := newModel(t.Context(), o)
	for _, tip := range tips() {
		if tip.key == "messages" {
			if got := m.more(tip); got != "x copies one · r answers again · / searches." {
				t.Errorf("told is %q", got)
			}
		}
	}
}
