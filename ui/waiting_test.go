package ui

import (
	"strings"
	"testing"
	"time"

	"groqchat/chat"
)

func TestWaiting_SaysNothingOfItOnceItIsOver(t *testing.T) {
	for _, key := range []string{"f2", "esc"} {
		t.Run(key, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s, _ := server(t, refuses(limited(50*time.Second)), says("from elsewhere"))
				s.write("q")
				s.press("enter")
				s.until("it waits", s.m.turn.waits)
				s.shows("It is sent by itself")
				s.press(key)
				s.settle()
				s.lacks("It is sent by itself")
			})
		})
	}
}

func TestWaiting_ARetryGoesToAnotherModelToo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("first"), refuses(limited(50*time.Second)), says("second"))
		s.write("q")
		s.press("enter")
		s.settle()
		s.press("f5")
		s.until("it waits", s.m.turn.waits)
		s.press("f2")
		s.settle()
		s.shows("second")
		s.lacks("first", "It is sent by itself")
		if got := asked.asked(); len(got) != 3 || got[2].Model == got[1].Model {
			t.Errorf("asked %d times", len(got))
		}
	})
}

func TestWaiting_ARetryDoesNotGoOnWithTheOlderAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t,
			func(yield func(chat.Event, error) bool) {
				_ = yield(chat.Started{}, nil) && yield(chat.Delta{Text: "a beginning"}, nil) && yield(nil, chat.Errorf(chat.Cut, "the connection broke"))
			}, refuses(limited(50*time.Second)), says("anew"))
		s.write("q")
		s.press("enter")
		s.settle()
		s.press("f5")
		s.until("it waits", s.m.turn.waits)
		s.press("f2")
		s.settle()
		s.lacks("a beginning")
		if got := asked.asked(); len(got) != 3 || len(got[2].Messages) != 1 {
			t.Errorf("asked %+v", got[len(got)-1].Messages)
		}
	})
}

func TestGauge_MovesAfterAStopToo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, says("x"), refuses(limited(50*time.Second)))
		s.write("q")
		s.press("enter")
		s.settle()
		s.m.quotas[chat.DefaultModel] = chat.Quota{Tokens: chat.Limit{Known: true, Limit: 8000, Remaining: 2000, Reset: 45 * time.Second, At: s.m.opts.Now()}}
		s.write("r")
		s.press("enter")
		s.until("it waits", s.m.turn.waits)
		s.press("esc")
		s.settle()
		s.shows("minute 8k/8k")
	})
}

func TestFirst_TakesOnlyItsOwnFiles(t *testing.T) {
	bubble(t, func(t *testing.T) {
		image := chat.Attachment{Name: "a.txt", Type: "text/plain", Text: "old"}
		asked := answer("x")
		o := options(t, asked)
		o.Session.ID = "s"
		o.Session.Conversation = chat.Conversation{ID: "s", Model: chat.DefaultModel}
		o.Session.Ask("what is this", []chat.Attachment{image}, time.Now())
		o.Session.Apply(chat.Broken{Err: chat.Errorf(chat.Unreachable, "no network")})
		o.Session.Retract()
		o.First = "something else"
		s := open(t, o)
		s.settle()
		got := asked.asked()
		if len(got) != 1 || len(got[0].Messages) != 1 || len(got[0].Messages[0].Attachments) != 0 {
			t.Errorf("sent %+v", got)
		}
		if s.m.composer.text() != "what is this" || len(s.m.files) != 1 {
			t.Errorf("the composer holds %q and %d files", s.m.composer.text(), len(s.m.files))
		}
	})
}

// TestQuit_WhileItWaitsKeepsWhatWasAsked: whoever comes back finds the question
// where it can be sent again, and what else was written.
func TestQuit_WhileItWaitsKeepsWhatWasAsked(t *testing.T) {
	for _, c := range []struct {
		name  string
		first bool // it is the first question of the session
		draft string
		keys  []string
	}{
		{"the first question", true, "", nil},
		{"a later question", false, "", nil},
		{"a draft beside it", false, "a draft", nil},
		{"given back first", false, "", []string{"esc"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				asked := &script{}
				o := options(t, asked)
				each := []func(func(chat.Event, error) bool){says("fine"), refuses(limited(50 * time.Second))}
				if c.first {
					each = each[1:]
				}
				o.Backend.Chat = replies(asked, each...)
				s := open(t, o)
				if !c.first {
					s.write("before")
					s.press("enter")
					s.settle()
				}
				s.write("my question")
				s.m.files = []chat.Attachment{{Name: "a.txt", Type: "text/plain", Text: "of a file", Bytes: 9}}
				s.press("enter")
				s.until("it waits", s.m.turn.waits)
				s.write(c.draft)
				for _, key := range c.keys {
					s.press(key)
					s.settle()
				}
				if err := s.m.finish(); err != nil {
					t.Fatal(err)
				}
				saved, err := o.Store.Resume(s.m.conv.ID, o.Now())
				if err != nil {
					t.Fatal(err)
				}
				o.Session = saved
				again := open(t, o)
				text := again.m.composer.text()
				if strings.Count(text, "my question") != 1 || !strings.Contains(text, c.draft) || c.keys == nil && len(again.m.files) != 1 {
					t.Errorf("the composer holds %q, with %d files; on the screen\n%s", text, len(again.m.files), again.text())
				}
				again.lacks("▌ my question")
			})
		})
	}
}
