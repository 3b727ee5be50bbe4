package ui

import (
	"strings"
	"testing"

	"groqchat/chat"
)

func TestQueue_IsSentWhenTheAnswerEndsWell(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("an answer")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.write("first")
		s.press("enter")
		s.until("it is asked", func() bool { return len(model.asked()) == 1 })
		for _, text := range []string{"second", "third"} {
			s.write(text)
			s.press("enter")
		}
		s.shows("↳ queued: second", "↳ queued: third   esc takes it back")
		s.write("a draft")
		close(model.hold)
		s.settle()
		s.lacks("queued")
		got := model.asked()
		if len(got) != 3 || got[1].Messages[2].Content != "second" || got[2].Messages[4].Content != "third" {
			t.Fatalf("asked %d times: %+v", len(got), got[len(got)-1].Messages)
		}
		if text := s.m.composer.text(); text != "a draft" {
			t.Errorf("the composer holds %q", text)
		}
	})
}

func TestQueue_ComesBackAfterAStopAndAFailure(t *testing.T) {
	for name, end := range map[string]func(s *screen, hold chan struct{}){
		"a stop":    func(s *screen, _ chan struct{}) { s.press("ctrl+c") },
		"a failure": func(_ *screen, hold chan struct{}) { close(hold) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				model := &script{hold: make(chan struct{}), err: chat.Errorf(chat.Refused, "no")}
				s := open(t, options(t, model))
				s.write("first")
				s.press("enter")
				s.until("it is asked", func() bool { return len(model.asked()) == 1 })
				s.m.files = []chat.Attachment{{Name: "a.txt", Text: "a"}}
				s.write("second")
				s.press("enter")
				s.write("third")
				s.press("enter")
				s.write("draft")
				end(s, model.hold)
				s.settle()
				if got := s.m.composer.text(); got != "first\nsecond\nthird\ndraft" || len(s.m.files) != 1 || len(s.m.queue) != 0 {
					t.Errorf("the composer holds %q, %d files and %d wait", got, len(s.m.files), len(s.m.queue))
				}
			})
		})
	}
}

func TestQueue_IsTakenBackByEscAndUp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.write("first")
		s.press("enter")
		s.until("it is asked", func() bool { return len(model.asked()) == 1 })
		for _, text := range []string{"second", "third"} {
			s.write(text)
			s.press("enter")
		}
		s.press("up")
		if got := s.m.composer.text(); got != "third" {
			t.Errorf("up gives %q", got)
		}
		s.press("esc")
		if got := s.m.composer.text(); got != "second\nthird" || s.m.turn.stopping {
			t.Errorf("esc gives %q", got)
		}
		s.press("esc")
		if !s.m.turn.stopping {
			t.Error("with nothing queued esc does not stop")
		}
		s.settle()
	})
}

func TestQueue_IsKeptOnDiskAndNotAfterItWasSent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.write("first")
		s.press("enter")
		s.until("it is asked", func() bool { return len(model.asked()) == 1 })
		s.write("second")
		s.press("enter")
		draft := func() string {
			text, err := s.m.opts.Store.ReadDraft(s.m.conv.ID)
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
		s.until("the draft is written", func() bool { return strings.Contains(draft(), "second") })
		close(model.hold)
		s.settle()
		if got := draft(); got != "" {
			t.Errorf("the draft is %q", got)
		}
	})
}

func TestQueue_LeavesAReaderWhereTheyAre(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer(strings.Repeat("a line of an answer\n\n", 60))
		model.hold = make(chan struct{})
		o := options(t, model)
		o.Config.Follow = false
		s := open(t, o)
		s.write("first")
		s.press("enter")
		s.until("it is asked", func() bool { return len(model.asked()) == 1 })
		s.write("second")
		s.press("enter")
		close(model.hold)
		s.until("the second is asked", func() bool { return len(model.asked()) == 2 })
		s.shows("▌ first")
		s.settle()
		s.shows("▌ first")
	})
}
