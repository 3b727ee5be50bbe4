package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
)

// halting is a streamer that sends the texts and then nothing until it is stopped.
func halting(texts ...string) chat.StreamFunc {
	return func(ctx context.Context, _ chat.Request) streamSeq {
		return func(yield func(chat.Event, error) bool) {
			for _, text := range texts {
				if !yield(chat.Delta{Text: text}, nil) {
					return
				}
			}
			<-ctx.Done()
			yield(nil, context.Cause(ctx))
		}
	}
}

// withStore is options whose store is in a folder that the test knows.
func withStore(t *testing.T, s *script) (Options, string) {
	t.Helper()
	o, dir := options(t, s), t.TempDir()
	o.Store = history.Open(dir)
	return o, dir
}

// afterKill is the session as the next start finds it if the program were killed
// at this moment: by a copy of its folder, since its lock goes only with it.
func afterKill(t *testing.T, dir, id string) history.Session {
	t.Helper()
	there := t.TempDir()
	if err := os.CopyFS(there, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	store := history.Open(there)
	defer store.ReleaseAll()
	session, err := store.Resume(id, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func TestJournal_HasWhatIsShown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer(""))
		s := open(t, o)
		s.m.backend.Chat = halting("as far", " as this")
		s.write("q")
		s.press("enter")
		s.until("text", func() bool { return strings.Contains(s.text(), "as far as this") })
		got := afterKill(t, dir, s.m.conv.ID)
		if path := got.Path(); len(path) != 2 || path[1].Content != "as far as this" || path[1].State != chat.Interrupted {
			t.Fatalf("after a kill: %+v", path)
		}
		// Gone on with, it grows from there.
		s.press("esc")
		s.settle()
		if files, _ := filepath.Glob(filepath.Join(dir, "sessions", ".*.wal")); len(files) != 0 {
			t.Errorf("a journal is left of a saved answer: %v", files)
		}
		s.m.backend.Chat = halting("as far as this", " and no further, until it is long enough to be joined"+strings.Repeat(" and more", 60))
		s.press("f6")
		s.until("more text", func() bool { return strings.Contains(s.text(), "and no further") })
		shown := s.m.conv.Path()[1].Content
		if got = afterKill(t, dir, s.m.conv.ID); got.Messages[1].Content != shown {
			t.Errorf("after a kill: %q, shown was %q", got.Messages[1].Content, shown)
		}
		s.press("esc")
		s.settle()
	})
}

func TestResume_ShowsTheHalfAnswerAndOffersToGoOn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer(""))
		s := open(t, o)
		s.m.backend.Chat = halting("half an answer")
		s.write("q")
		s.press("enter")
		s.until("text", func() bool { return strings.Contains(s.text(), "half an answer") })
		next, _ := withStore(t, answer(""))
		next.Session = afterKill(t, dir, s.m.conv.ID)
		again := open(t, next)
		again.settle()
		again.shows("half an answer", "is back, as far as it", "came: f6 goes on with it")
		s.press("esc")
		s.settle()
	})
}
