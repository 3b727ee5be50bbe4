package ui

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
)

// replies answers one request after the other with what it is given, as the
// client of a server would, behind the patience that the program has.
func replies(s *script, each ...func(yield func(chat.Event, error) bool)) chat.Streamer {
	n := 0
	once := chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		for range s.Stream(ctx, req) { // keeps the request
			break
		}
		reply := each[min(n, len(each)-1)]
		n++
		return reply
	})
	return chat.WithRetry(once, chat.Patience{MaxWait: time.Minute})
}

func says(text string) func(func(chat.Event, error) bool) {
	return func(yield func(chat.Event, error) bool) {
		_ = yield(chat.Started{}, nil) && yield(chat.Delta{Text: text}, nil) && yield(chat.Done{Finish: "stop", Usage: chat.Usage{PromptTokens: 90}}, nil)
	}
}

func refuses(e chat.Error) func(func(chat.Event, error) bool) {
	return func(yield func(chat.Event, error) bool) { yield(nil, &e) }
}

// limited is a refusal for a while.
func limited(wait time.Duration) chat.Error {
	return chat.Error{Kind: chat.RateLimited, Message: "the limit of 8000 tokens per minute is reached", RetryAfter: wait, Limit: &chat.Exceeded{Unit: "tokens", Per: "minute", Limit: 8000}}
}

// server opens a screen that talks to replies.
func server(t *testing.T, each ...func(yield func(chat.Event, error) bool)) (*screen, *script) {
	t.Helper()
	asked := &script{}
	o := options(t, asked)
	o.Backend.Chat = replies(asked, each...)
	return open(t, o), asked
}

func TestWaiting_CountsDownAndSendsByItself(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, refuses(limited(8*time.Second)), says("the answer"))
		began := time.Now()
		s.write("q")
		s.press("enter")
		s.until("it waits", s.m.turn.waits)
		s.shows("sending in 8 s", "The limit of 8000 tokens", "sends it to another model now", "up gives it back to edit", "esc cancels")
		s.until("it counts", func() bool { return strings.Contains(s.text(), "sending in 3 s") })
		s.settle()
		s.shows("the answer")
		s.lacks("The limit of 8000")
		if n := len(asked.asked()); n != 2 || time.Since(began) < 8*time.Second {
			t.Errorf("asked %d times in %v", n, time.Since(began))
		}
	})
}

func TestWaiting_AnotherModelGetsItAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, refuses(limited(50*time.Second)), says("from elsewhere"))
		began := time.Now()
		s.write("q")
		s.press("enter")
		s.until("it waits", s.m.turn.waits)
		s.write("a draft")
		s.press("f2")
		s.settle()
		s.shows("▌ q", "from elsewhere")
		got := asked.asked()
		if len(got) != 2 || got[1].Model == got[0].Model || time.Since(began) > 10*time.Second {
			t.Errorf("asked %v after %v", got, time.Since(began))
		}
		if text := s.m.composer.text(); text != "a draft" {
			t.Errorf("the composer holds %q", text)
		}
	})
}

func TestWaiting_TheQuestionComesBackToBeEditedOrLeft(t *testing.T) {
	for _, key := range []string{"esc", "up", "ctrl+c"} {
		bubble(t, func(t *testing.T) {
			s, asked := server(t, refuses(limited(50*time.Second)), says("done"))
			s.write("my question")
			s.press("enter")
			s.until("it waits", s.m.turn.waits)
			s.press(key)
			s.settle()
			if text := s.m.composer.text(); text != "my question" || len(asked.asked()) != 1 {
				t.Errorf("%s: the composer holds %q after %d tries", key, text, len(asked.asked()))
			}
			s.write(", better")
			s.press("enter")
			s.settle()
			if got := asked.asked(); len(got) != 2 || got[1].Messages[0].Content != "my question, better" {
				t.Errorf("%s: asked %+v", key, got)
			}
		})
	}
}

func TestRefused_OffersWhatHelps(t *testing.T) {
	otpm := chat.Error{Kind: chat.QuotaSpent, Message: "may write 1000 tokens", Limit: &chat.Exceeded{Unit: "output tokens", Per: "minute", Limit: 1000, Requested: 2048, Final: true}}
	daily := chat.Error{Kind: chat.QuotaSpent, Message: "the limit of 200000 tokens per day is reached", RetryAfter: 15 * time.Minute, Limit: &chat.Exceeded{Unit: "tokens", Per: "day", Limit: 200000}}
	for _, c := range []struct {
		name   string
		err    chat.Error
		shows  []string
		choose string
		check  func(chat.Request) bool
	}{
		{"a daily limit", daily, []string{"Limit reached", "Send it to gpt-oss-20b", "Wait 15 min and send it"}, "1", func(r chat.Request) bool { return r.Model == "openai/gpt-oss-20b" }},
		{"a daily limit, waited for", daily, nil, "3", func(r chat.Request) bool { return r.Model == chat.DefaultModel }},
		{"too long an answer", otpm, []string{"Ask for an answer of at most 1,000 tokens"}, "1", func(r chat.Request) bool { return r.Longest == 1000 && r.Model == chat.DefaultModel }},
		{"a model that is gone", chat.Error{Kind: chat.UnknownModel, Message: "there is no such model"}, []string{"No such model", "the nearest that there is", "Choose another model"}, "1", func(r chat.Request) bool { return r.Model != chat.DefaultModel }},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s, asked := server(t, refuses(c.err), says("done"))
				s.write("q")
				s.press("enter")
				s.until("it is offered", func() bool { return s.m.over != nil })
				s.shows(c.shows...)
				s.read()
				s.press(c.choose)
				s.settle()
				s.shows("▌ q", "done")
				got := asked.asked()
				if len(got) != 2 || !c.check(got[1]) || !s.m.composer.empty() {
					t.Errorf("asked %+v, the composer holds %q", got, s.m.composer.text())
				}
			})
		})
	}
}

func TestRefused_ClosingLeavesTheTextToBeChanged(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, refuses(chat.Error{Kind: chat.UnknownModel, Message: "there is no such model"}))
		s.write("my text")
		s.press("enter")
		s.until("it is offered", func() bool { return s.m.over != nil })
		s.press("esc")
		s.settle()
		s.shows("There is no such model")
		if text := s.m.composer.text(); text != "my text" || len(asked.asked()) != 1 {
			t.Errorf("the composer holds %q", text)
		}
	})
}

func TestRefused_MendsTheDefault(t *testing.T) {
	bubble(t, func(t *testing.T) {
		asked := &script{}
		o := options(t, asked)
		o.Config.Model = "gemma2-9b-it"
		o.Backend.Chat = replies(asked, refuses(chat.Error{Kind: chat.UnknownModel, Message: "it was shut down"}), says("done"))
		set := ""
		o.SetDefault = func(setting, model string) error { set = setting + " " + model; return nil }
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.until("it is offered", func() bool { return s.m.over != nil })
		s.read()
		s.press("down", "enter")
		s.until("it is said", func() bool { return strings.Contains(s.text(), "New sessions talk to gpt-oss-20b") })
		s.settle()
		s.shows("done")
		if set != "model openai/gpt-oss-20b" {
			t.Errorf("the default is %q", set)
		}
	})
}

func TestContinue_GoesOnWhereTheAnswerStopped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t,
			func(yield func(chat.Event, error) bool) {
				_ = yield(chat.Started{}, nil) && yield(chat.Delta{Text: "The scanner reads line by"}, nil) && yield(nil, chat.Errorf(chat.Cut, "the connection broke"))
			}, says("reads line by line, and more."))
		s.write("q")
		s.press("enter")
		s.settle()
		s.shows("✗ The connection broke", "f6 goes on with it", "f5 tries again")
		s.press("f6")
		s.settle()
		s.shows("The scanner reads line by line, and more.")
		s.lacks("✗", "by reads")
		if got := asked.asked(); len(got) != 2 || len(got[1].Messages) != 3 {
			t.Errorf("asked %+v", got)
		}
		s.press("f6")
		s.shows("there is nothing to go on with")
	})
}

func TestRetry_KeepsTheOldAnswerIfTheNewOneFails(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, says("first"), says("second"), refuses(chat.Error{Kind: chat.BadKey, Message: "the key is refused"}))
		s.write("q")
		s.press("enter")
		s.settle()
		s.press("f5")
		s.settle()
		s.shows("second")
		s.lacks("first")
		s.press("f5")
		s.settle()
		s.press("esc")
		s.shows("second", "The key is refused")
		if n := len(s.m.conv.Messages); n != 4 || !s.m.composer.empty() {
			t.Errorf("%d messages, the composer holds %q", n, s.m.composer.text())
		}
	})
}

func TestRetry_NeedsAnAnswerAndPeace(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.press("f5")
		s.shows("There is no answer yet")
		s.write("q")
		s.press("enter", "f5")
		s.shows("An answer is under way")
		close(model.hold)
		s.settle()
		s.m.readOnly = "newer"
		s.press("f6")
		s.shows("This session is read-only")
	})
}

func TestEnd_SaysWhatToDoWithAnAnswerThatIsAllThought(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, func(yield func(chat.Event, error) bool) {
			_ = yield(chat.Started{}, nil) && yield(chat.Reasoning{Text: "hm"}, nil) && yield(chat.Done{Finish: "length"}, nil)
		})
		s.write("q")
		s.press("enter")
		s.settle()
		s.shows("cut off while thinking", "Allow a longer answer with /set")
	})
}

func TestNote_KeepsLimitsOfRefusalsOnly(t *testing.T) {
	s := &screen{t: t, m: newModel(t.Context(), options(t, answer("x")))}
	s.m.noteLimit(errors.New("odd"))
	s.m.noteLimit(&chat.Error{})
	s.m.noteLimit(&chat.Error{Model: "m", Limit: &chat.Exceeded{Unit: "requests", Per: "minute", Limit: 30}})
	if len(s.m.limits) != 1 {
		t.Errorf("kept %v", s.m.limits)
	}
}

func TestSilence_IsToldAfterAWhile(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		o := options(t, model)
		more := make(chan struct{})
		o.Backend.Chat = chat.StreamFunc(func(context.Context, chat.Request) streamSeq {
			return func(yield func(chat.Event, error) bool) {
				_ = yield(chat.Started{}, nil) && yield(chat.Delta{Text: "the beginning"}, nil)
				<-more
				_ = yield(chat.Delta{Text: ", the end"}, nil) && yield(chat.Done{Finish: "stop"}, nil)
			}
		})
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.until("it has begun", func() bool { return strings.Contains(s.text(), "the beginning") })
		s.lacks("silent")
		s.until("the silence is told", func() bool { return strings.Contains(s.text(), "silent for 5 s") })
		s.until("it is counted", func() bool { return strings.Contains(s.text(), "silent for 8 s") })
		close(more)
		s.settle()
		s.shows("the beginning, the end")
		s.lacks("silent")
	})
}
