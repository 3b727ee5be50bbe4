package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
)

// fullDisk is options whose store cannot write until the folder is freed.
func fullDisk(t *testing.T, s *script) (o Options, free func()) {
	t.Helper()
	o = options(t, s)
	file := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.Store = history.Open(file)
	return o, func() {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUnsaved_IsTriedAgainUntilItIsSaved(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, free := fullDisk(t, answer("still here"))
		s := open(t, o)
		s.retry = true
		s.write("q")
		s.press("enter")
		s.until("the notice", func() bool { return strings.Contains(s.text(), "not be saved") })
		tries := s.m.sequence
		s.until("a second try", func() bool { return s.m.sequence > tries })
		s.shows("still here", "not be saved", "not saved")
		free()
		s.until("it to be told", func() bool { // a draft that failed before may speak next
			return s.m.unsaved.why == nil && strings.Contains(s.text(), "The session is saved again.")
		})
		s.lacks("not saved")
		s.settle()
		if got, err := o.Store.Load(s.m.conv.ID); err != nil || got.Messages[1].Content != "still here" {
			t.Errorf("on disk: %+v, %v", got.Messages, err)
		}
	})
}

func TestUnsaved_QuittingAsks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, _ := fullDisk(t, answer("precious"))
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		s.press("ctrl+d")
		s.settle()
		s.shows("Not saved", "1 Try to save it, and quit", "2 Save it elsewhere", "3 Quit without it")
		if s.quit {
			t.Fatal("it quit without asking")
		}
		s.press("1")
		s.settle()
		s.shows("precious", "not be saved")
		if s.quit {
			t.Fatal("it quit without saving")
		}
		s.m.unsaved.forsake = false
		s.press("ctrl+d", "2")
		path := filepath.Join(t.TempDir(), "elsewhere.json")
		s.write(path)
		s.press("enter")
		s.until("the path", func() bool { return strings.Contains(s.text(), "A copy of this session is in") })
		if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "precious") {
			t.Errorf("there is %q, %v", text, err)
		}
		s.press("ctrl+d")
		s.settle()
		if !s.quit {
			t.Error("it did not quit, although all is saved elsewhere")
		}
	})
}

func TestSave_RefusesAFileThatExists(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("a")))
		path := filepath.Join(t.TempDir(), "mine.txt")
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.write("/save " + path)
		s.press("enter")
		s.shows("nothing to save yet")
		s.write("q")
		s.press("enter")
		s.settle()
		s.write("/save")
		s.press("enter")
		s.shows("Name the file")
		s.write("/save " + path)
		s.press("enter")
		s.settle()
		s.shows("already exists")
		if text, _ := os.ReadFile(path); string(text) != "mine" {
			t.Errorf("it holds %q", text)
		}
	})
}

// Another program writes the session's file while it is open: both versions stay.
func TestConflict_GoesOnInACopy(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ours"))
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		id := s.m.conv.ID
		path := o.Store.Path(id)
		theirs := []byte("{\"theirs\": true}\n")
		if err := os.WriteFile(path, theirs, 0o600); err != nil {
			t.Fatal(err)
		}
		s.write("once more")
		s.press("enter")
		s.until("the copy", func() bool { return s.m.conv.ID != id })
		s.shows("Another program changed the file")
		s.settle()
		if text, _ := os.ReadFile(path); string(text) != string(theirs) {
			t.Errorf("theirs is %q", text)
		}
		got, err := o.Store.Load(s.m.conv.ID)
		if err != nil || len(got.Path()) != 4 || !strings.HasPrefix(got.ID, id+".conflict-") {
			t.Fatalf("ours is %s with %d messages, %v", got.ID, len(got.Messages), err)
		}
		s.write("and on")
		s.press("enter")
		s.settle()
		if got, _ = o.Store.Load(s.m.conv.ID); len(got.Messages) != 6 {
			t.Errorf("the copy has %d messages", len(got.Messages))
		}
		if files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(files) != 2 {
			t.Errorf("the folder holds %v", files)
		}
		if err := s.m.finish(); err != nil || s.m.result().SessionID != got.ID {
			t.Errorf("in the end: %v, %+v", err, s.m.result())
		}
	})
}

func TestFork_GoesOnInACopyOfWhatIsOpenElsewhere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer("an answer"))
		session := saved(t, o, "first")
		if err := o.Store.Hold(session.ID); err != nil { // the other process
			t.Fatal(err)
		}
		defer o.Store.ReleaseAll()
		mine := o
		mine.Store = history.Open(dir)
		s := open(t, mine)
		s.settle()
		s.write("/fork")
		s.press("enter")
		s.shows("nothing to copy yet")
		s.run(resumeSession(session.ID)(s.m))
		s.settle()
		s.shows("the answer to first", "open in another groqchat", "/fork")
		s.write("may I?")
		s.press("enter")
		s.shows("read-only", "❯ may I?")
		s.press("ctrl+c")
		s.write("/fork")
		s.press("enter")
		s.until("the copy", func() bool { return strings.Contains(s.text(), "This is a copy") })
		s.shows("the answer to first")
		s.write("may I now?")
		s.press("enter")
		s.settle()
		got, err := mine.Store.Load(s.m.conv.ID)
		if err != nil || got.ID == session.ID || len(got.Messages) != 4 || got.Title != "first (copy)" {
			t.Errorf("the copy is %q in %s with %d messages, %v", got.Title, got.ID, len(got.Messages), err)
		}
		if original, err := o.Store.Load(session.ID); err != nil || original.Rev != session.Rev {
			t.Errorf("the original is of revision %d, %v", original.Rev, err)
		}
	})
}

func TestLeave_GivesTheLockBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer("an answer"))
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		id := s.m.conv.ID
		other := history.Open(dir)
		if got, err := other.Resume(id, time.Now()); err != nil || got.ReadOnly == "" {
			t.Errorf("while it is open: read-only %q, %v", got.ReadOnly, err)
		}
		s.press("ctrl+n")
		s.settle()
		if got, err := other.Resume(id, time.Now()); err != nil || got.ReadOnly != "" {
			t.Errorf("after it was left: read-only %q, %v", got.ReadOnly, err)
		}
		other.ReleaseAll()
	})
}

func TestDraft_ComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer("an answer"))
		s := open(t, o)
		s.settle()
		s.write("not sent yet")
		s.settle() // two seconds go by
		o.Store.ReleaseAll()
		again, _ := withStore(t, answer("an answer"))
		again.Store = history.Open(dir)
		next := open(t, again)
		next.settle()
		next.shows("❯ not sent yet")
		next.press("enter")
		next.settle()
		if files, _ := filepath.Glob(filepath.Join(dir, "drafts", "*")); len(files) != 0 {
			t.Errorf("drafts are left: %v", files)
		}
		next.write("and this")
		if err := next.m.finish(); err != nil {
			t.Fatal(err)
		}
		session, err := again.Store.Resume(next.m.conv.ID, time.Now())
		if err != nil || session.Draft != "and this" {
			t.Fatalf("the draft is %q, %v", session.Draft, err)
		}
		again.Session = session
		last := open(t, again)
		last.settle()
		last.shows("an answer", "❯ and this")
		again.Store.ReleaseAll()
	})
}

// What is being written goes along to another session, behind what waits there.
func TestDraft_GoesAlong(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer("an answer"))
		session := saved(t, o, "first")
		if err := o.Store.SaveDraft(session.ID, "waiting"); err != nil {
			t.Fatal(err)
		}
		s := open(t, o)
		s.settle()
		s.write("typed")
		s.settle()
		s.run(resumeSession(session.ID)(s.m))
		s.settle()
		if got := s.m.composer.text(); got != "waiting\ntyped" {
			t.Errorf("the composer holds %q", got)
		}
		if files, _ := filepath.Glob(filepath.Join(dir, "drafts", "*")); len(files) != 1 {
			t.Errorf("drafts are %v", files)
		}
		if text, _ := o.Store.ReadDraft(session.ID); text != "waiting\ntyped" {
			t.Errorf("on disk is %q", text)
		}
	})
}

func TestTemporary_LeavesNothingOnDisk(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("an answer"))
		o.Store, o.Prompts = nil, nil
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		s.write("a draft")
		s.settle()
		s.feed(shownMsg{})
		s.settle()
		if err := s.m.finish(); err != nil {
			t.Error(err)
		}
		if s.m.turn.feed.journal != nil {
			t.Error("a journal was kept")
		}
	})
}

// The first frame comes before the sweep, which touches nothing that lives.
func TestSweep_ComesAfterTheFirstFrame(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer(""))
		dead := open(t, o)
		dead.m.backend.Chat = halting("half")
		dead.write("q")
		dead.press("enter")
		dead.until("text", func() bool { return strings.Contains(dead.text(), "half") })
		there := t.TempDir()
		if err := os.CopyFS(there, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		next := o
		next.Store = history.Open(there)
		s := open(t, next)
		s.settle()
		if got, err := next.Store.Load(dead.m.conv.ID); err != nil || len(got.Messages) != 2 || got.Messages[1].State != chat.Interrupted {
			t.Errorf("after a start: %+v, %v", got.Messages, err)
		}
		dead.press("esc")
		dead.settle()
	})
}
