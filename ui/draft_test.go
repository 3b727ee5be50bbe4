package ui

import (
	"os"
	"strings"
	"testing"

	"groqchat/history"
)

// restarted is a screen at a start after the program was killed: on a copy of the
// folder as the disk has it.
func restarted(t *testing.T, dir string) *screen {
	t.Helper()
	o, there := withStore(t, answer("x"))
	if err := os.CopyFS(there, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	s := open(t, o)
	s.settle()
	return s
}

// TestDraft_KeepsItsFiles as they were attached, also where the file has gone.
func TestDraft_KeepsItsFiles(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o, dir := withStore(t, answer("fine"))
		s := open(t, o)
		s.settle()
		path := file(t, "notes.md", "# Notes\n")
		s.command("/attach '" + path + "'")
		s.settle()
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		restarted(t, dir).shows("[notes.md 8 B") // also without a word
		s.write("explain")
		s.settle()
		back := restarted(t, dir)
		back.shows("[notes.md 8 B", "❯ explain")
		back.press("enter")
		back.settle()
		if sent := back.m.conv.Messages[0]; len(sent.Attachments) != 1 || sent.Attachments[0].Text != "# Notes\n" {
			t.Errorf("sent %+v", sent)
		}
		s.press("enter")
		s.settle()
		if left, err := o.Store.ReadDraftFiles(s.m.conv.ID); err != nil || len(left.Files) > 0 {
			t.Errorf("%d files stay with the draft, %v", len(left.Files), err)
		}
	})
}

// TestQueue_KeepsItsFiles with what waits, in the session.
func TestQueue_KeepsItsFiles(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		model.hold = make(chan struct{})
		o, dir := withStore(t, model)
		s := open(t, o)
		s.command("first")
		s.until("it is asked", func() bool { return len(model.asked()) == 1 })
		s.command("/attach '" + file(t, "a.txt", "alpha") + "'")
		s.until("it is attached", func() bool { return len(s.m.files) == 1 })
		s.command("second")
		s.until("the draft is written", func() bool {
			left, err := o.Store.ReadDraftFiles(s.m.conv.ID)
			text, _ := o.Store.ReadDraft(s.m.conv.ID)
			return err == nil && len(left.Files) == 1 && text == "second"
		})
		back := afterKill(t, dir, s.m.conv.ID)
		if back.Draft != "second" || len(back.Files.Files) != 1 || back.Files.Files[0].Text != "alpha" {
			t.Errorf("back are %q and %+v", back.Draft, back.Files)
		}
		at := options(t, answer("y"))
		at.Store, at.Session = history.Open(t.TempDir()), back
		next := open(t, at)
		next.settle()
		next.shows("[a.txt 5 B", "second")
		close(model.hold)
		s.settle()
	})
}

// TestDraft_SaysWhichFilesAreNotKept since they are too large together.
func TestDraft_SaysWhichFilesAreNotKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		s := open(t, o)
		s.settle()
		s.m.onDraftFound(draftFoundMsg{session: s.m.conv.ID, text: "see", files: history.DraftFiles{Left: []string{"huge.txt"}}})
		s.m.refresh()
		s.shows("Too large to be kept with what you wrote, so attach again: huge.txt", "❯ see")
		if strings.Contains(s.text(), "[huge") {
			t.Error("it has a chip")
		}
	})
}
