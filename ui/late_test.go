package ui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
)

// A save that comes after the session was deleted makes no file of it again.
func TestDelete_ALateSaveBringsNothingBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer("an answer"))
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		id, saver := s.m.conv.ID, s.m.saver
		late := s.m.snapshot()
		late.conv.Title = "late"
		if err := saver.remove(id, time.Now()); err != nil {
			t.Fatal(err)
		}
		late.sequence++
		if err := errors.Join(saver.save(late), saver.draft(id, "late", late.sequence+1)); err != nil {
			t.Error(err)
		}
		if _, err := o.Store.Load(id); !errors.Is(err, history.ErrNone) {
			t.Errorf("the session is there again: %v", err)
		}
		if drafts, _ := filepath.Glob(filepath.Join(dir, "drafts", "*")); len(drafts) != 0 {
			t.Errorf("there are drafts: %v", drafts)
		}
		// What is asked in it after all is not lost.
		s.write("and this?")
		s.press("enter")
		s.settle()
		if got, err := o.Store.Load(id); err != nil || len(got.Messages) != 4 {
			t.Errorf("%d messages, %v", len(got.Messages), err)
		}
	})
}

// A draft that cannot be kept is told once, not at every pause.
func TestDraft_ThatCannotBeKeptIsToldOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, free := fullDisk(t, answer("x"))
		s := open(t, o)
		s.settle()
		s.write("one")
		s.hears("What you type is not kept on disk until it is sent")
		s.settle()
		s.write(" two")
		s.settle()
		s.lacks("What you type is not kept")
		free()
		s.write(" three")
		s.settle()
		if text, err := o.Store.ReadDraft(s.m.conv.ID); text != "one two three" || err != nil {
			t.Errorf("the draft is %q, %v", text, err)
		}
		if s.m.draft.failed {
			t.Error("it is still taken to fail")
		}
	})
}

// An answer whose question could not be saved gets its journal as soon as it can,
// with all that came before.
func TestJournal_BeginsWhenTheDiskCanBeWritten(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, free := fullDisk(t, answer(""))
		more := make(chan string)
		s := open(t, o)
		s.m.backend.Chat = chat.StreamFunc(func(context.Context, chat.Request) streamSeq {
			return func(yield func(chat.Event, error) bool) {
				for text := range more {
					if !yield(chat.Delta{Text: text}, nil) {
						return
					}
				}
				yield(chat.Done{Finish: "stop"}, nil)
			}
		})
		s.retry = true
		s.write("q")
		s.press("enter")
		says := func(text string) {
			go func() { more <- text }()
			s.until(text, func() bool { return strings.Contains(s.text(), text) })
		}
		says("alpha")
		if s.m.turn.feed.journal != nil {
			t.Fatal("there is a journal on a full disk")
		}
		free()
		<-time.After(2 * retryTime)
		says(" beta")
		says(" gamma")
		dead := history.Open(filepath.Dir(filepath.Dir(o.Store.Path(s.m.conv.ID))))
		got, err := dead.Resume(s.m.conv.ID, time.Now()) // as another process sees it
		if err != nil || len(got.Messages) != 2 || got.Messages[1].Content != "alpha beta gamma" || got.ReadOnly == "" {
			t.Errorf("%+v, read-only %q, %v", got.Messages, got.ReadOnly, err)
		}
		close(more)
		s.settle()
		if got, err := o.Store.Load(s.m.conv.ID); err != nil || got.Messages[1].State != chat.Complete {
			t.Errorf("%+v, %v", got.Messages, err)
		}
	})
}

// What has no reason on disk has a sentence all the same.
func TestFoot_SaysThatAnAnswerEndsWithoutAReason(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Session.ID = history.NewID(time.Now())
		o.Session.Ask("q", nil, time.Now())
		o.Session.Messages[1].Content, o.Session.Messages[1].State = "as far", chat.Interrupted
		s := open(t, o)
		s.settle()
		s.shows("as far", "✗ No more of it was saved.", "interrupted")
	})
}
