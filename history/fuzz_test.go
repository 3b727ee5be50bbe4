package history

import (
	"os"
	"path/filepath"
	"testing"

	"groqchat/chat"
)

// FuzzRecoverable: nothing that stands in a file may crash, and what can be read and
// written is read again as the same.
func FuzzRecoverable(f *testing.F) {
	files, _ := filepath.Glob("testdata/v1/*.json")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add(text[:len(text)/2])
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		conv, _ := recoverable(text)
		if err := checkTree(conv.Messages); err != nil {
			t.Fatalf("what was recovered is no tree: %v", err)
		}
		session, err := decode(text)
		if err != nil || session.ReadOnly != "" {
			return
		}
		again, err := encode(session.Conversation, session.Rev)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := decode(again)
		if err != nil || len(twice.Messages) != len(session.Messages) || twice.Head != session.Head {
			t.Fatalf("written and read again it is %+v, %v", twice, err)
		}
		if len(conv.Messages) < len(session.Messages) {
			t.Fatalf("%d of %d messages would be saved of a file that is whole", len(conv.Messages), len(session.Messages))
		}
	})
}

// FuzzJournal: whatever a journal holds, the session stays a tree and keeps what
// it had.
func FuzzJournal(f *testing.F) {
	dir := f.TempDir()
	s := Open(dir)
	conv := chat.Conversation{ID: idOne, Model: chat.DefaultModel}
	conv.Ask("why?", nil, noon())
	if _, err := s.Save(conv); err != nil {
		f.Fatal(err)
	}
	j, err := s.Journal(conv, "")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range append(someAnswer(), chat.Done{Finish: "stop"}) {
		if err := j.Record(e); err != nil {
			f.Fatal(err)
		}
	}
	_ = j.Close()
	text, err := os.ReadFile(j.path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text, 0, byte(0))
	f.Add(text, len(text)/2, byte(1))
	f.Fuzz(func(t *testing.T, text []byte, at int, flip byte) {
		if len(text) > 0 {
			text = append([]byte{}, text...)
			text[max(0, at)%len(text)] ^= flip
		}
		r, err := readJournal(text)
		if err != nil {
			return
		}
		for _, conv := range []chat.Conversation{rich(), short(idOne, "x"), {}} {
			before := len(conv.Messages)
			r.foldInto(&conv)
			if err := checkTree(conv.Messages); err != nil || len(conv.Messages) < before {
				t.Fatalf("%d messages of %d, %v", len(conv.Messages), before, err)
			}
		}
	})
}
