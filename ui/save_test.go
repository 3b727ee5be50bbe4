package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
)

func TestChat_SavesTheQuestionBeforeItAsks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		s := open(t, o)
		var seen []chat.Message
		s.m.backend.Chat = chat.StreamFunc(func(ctx context.Context, req chat.Request) streamSeq {
			saved, err := o.Store.Load(s.m.conv.ID)
			if err != nil {
				t.Errorf("nothing was saved before the request: %v", err)
			}
			seen = saved.Messages
			return answer("ok").Stream(ctx, req)
		})
		s.write("first of all")
		s.press("enter")
		s.settle()
		if len(seen) == 0 || seen[0].Content != "first of all" {
			t.Errorf("on disk before the request: %+v", seen)
		}
	})
}

func TestChat_AReadOnlySessionIsShownAndNotWritten(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		o := options(t, model)
		var conv chat.Conversation
		conv.ID = history.NewID(time.Now())
		conv.Ask("from the future", nil, time.Now())
		conv.Apply(chat.Delta{Text: "an answer"})
		conv.Apply(chat.Done{Finish: "stop"})
		o.Session = history.Session{Conversation: conv, ReadOnly: "it was written by a newer groqchat"}
		s := open(t, o)
		s.shows("an answer", "read-only")
		s.write("may I?")
		s.press("enter")
		s.shows("This session is read-only", "❯ may I?")
		if len(model.asked()) != 0 {
			t.Error("it was sent")
		}
	})
}

func TestChat_ASaveThatFailsIsToldAndTheChatGoesOn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("still here"))
		file := filepath.Join(t.TempDir(), "not-a-folder")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		o.Store = history.Open(file)
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		s.shows("still here", "not saved")
	})
}

func TestChat_QuittingWithinAnAnswerSavesWhatCame(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer(""))
		s := open(t, o)
		s.m.backend.Chat = chat.StreamFunc(func(ctx context.Context, _ chat.Request) streamSeq {
			return func(yield func(chat.Event, error) bool) {
				if yield(chat.Delta{Text: "as far as this"}, nil) {
					<-ctx.Done()
					yield(nil, context.Cause(ctx))
				}
			}
		})
		s.write("q")
		s.press("enter")
		s.until("text", func() bool { return strings.Contains(s.text(), "as far as this") })
		if err := s.m.finish(); err != nil {
			t.Fatal(err)
		}
		saved, err := o.Store.Load(s.m.conv.ID)
		if err != nil || saved.Path()[1].Content != "as far as this" {
			t.Errorf("saved %+v, %v", saved.Path(), err)
		}
		if r := s.m.result(); r.SessionID != s.m.conv.ID || r.Title != "q" {
			t.Errorf("result %+v", r)
		}
		s.settle()
	})
}

func TestChat_ReadingASessionDoesNotRewriteIt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("an answer"))
		first := open(t, o)
		first.write("q")
		first.press("enter")
		first.settle()
		if err := first.m.finish(); err != nil {
			t.Fatal(err)
		}
		saved, err := o.Store.Load(first.m.conv.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.Session = saved
		again := open(t, o)
		again.settle()
		again.shows("an answer")
		if err := again.m.finish(); err != nil {
			t.Fatal(err)
		}
		if now, _ := o.Store.Load(saved.ID); now.Rev != saved.Rev {
			t.Errorf("revision %d became %d", saved.Rev, now.Rev)
		}
		again.press("f2")
		if err := again.m.finish(); err != nil {
			t.Fatal(err)
		}
		if now, _ := o.Store.Load(saved.ID); now.Rev != saved.Rev+1 || now.Model != "openai/gpt-oss-20b" {
			t.Errorf("after a change: revision %d, model %s", now.Rev, now.Model)
		}
	})
}

func TestResume_AQuestionWithoutAnAnswerComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("now it works"))
		failed := chat.Conversation{ID: history.NewID(time.Now()), Model: chat.DefaultModel}
		failed.Ask("is anybody there?", nil, time.Now())
		failed.Apply(chat.Broken{Err: errors.New("no network")})
		failed.Retract()
		o.Session = history.Session{Conversation: failed}
		s := open(t, o)
		s.settle()
		s.shows("The last question was not answered: no network. It is in the input again.", "❯ is anybody there?")
		s.press("enter")
		s.settle()
		s.shows("▌ is anybody there?", "now it works")
	})
}

func TestResume_WhyASessionIsReadOnlyOrBroken(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		s := open(t, o)
		s.m.adopt(history.Session{Conversation: chat.Conversation{ID: "x"}, ReadOnly: "it was written by a newer groqchat"})
		s.m.refresh()
		s.shows("! Read-only: it was written by a newer groqchat.")
		s.m.readOnly = ""
		s.feed(loadedMsg{load: s.m.load, err: &history.Damaged{File: "/a/very/long/path/to/the/folder/of/all/the/sessions/that/there/are/01KX3M8Q7VFZ2S0B9R4TYH6NCE.json", Reason: "it is empty"}})
		s.shows("✗ The session file 01KX3M8Q7VFZ2S0B9R4TYH6NCE.json cannot be read: it is")
		s.lacks("/a/very")
	})
}
