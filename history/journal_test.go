package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// dies is a process that ends: its locks go with it.
func dies(s *Store) { s.ReleaseAll() }

// asked is a session with a question that is saved, and an answer under way.
func asked(t *testing.T, s *Store) chat.Conversation {
	t.Helper()
	conv := chat.Conversation{ID: idOne, Model: chat.DefaultModel}
	conv.Ask("why?", nil, noon())
	if err := s.Hold(idOne); err != nil {
		t.Fatal(err)
	}
	conv.Rev = mustSave(t, s, conv)
	return conv
}

// stream records events and applies them to conv, as the pump and the screen do.
func stream(t *testing.T, s *Store, conv *chat.Conversation, events ...chat.Event) *Journal {
	t.Helper()
	j, err := s.Journal(*conv, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	for _, e := range events {
		if err := j.Record(e); err != nil {
			t.Fatal(err)
		}
		conv.Apply(e)
	}
	return j
}

func mustResume(t *testing.T, dir, id string) Session {
	t.Helper()
	s := Open(dir)
	t.Cleanup(s.ReleaseAll)
	session, err := s.Resume(id, noon())
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// someAnswer is the beginning of an answer of every kind of event.
func someAnswer() []chat.Event {
	return []chat.Event{
		chat.Waiting{Try: 1},
		chat.Started{Model: "other/model", RequestID: "req_1"},
		chat.Quota{Model: "other/model"},
		chat.Reasoning{Text: "hm\n"},
		chat.Reasoning{Text: "<so>"},
		chat.Delta{Text: "Because \"of"},
		chat.Delta{Text: "\" \u2028 😀"},
		chat.Delta{Text: "\n"},
	}
}

func TestJournal_BringsBackWhatWasShown(t *testing.T) {
	all := someAnswer()
	for n := range len(all) + 1 {
		dir := t.TempDir()
		s := Open(dir)
		conv := asked(t, s)
		stream(t, s, &conv, all[:n]...)
		dies(s)
		got := mustResume(t, dir, idOne)
		conv.Apply(chat.Broken{Err: errLost})
		if conv.Messages[1].Empty() { // nothing was shown
			conv.Messages, conv.Head = conv.Messages[:1], "m1"
		} else {
			conv.Rev++
		}
		if diff := cmp.Diff(conv, got.Conversation, same()); diff != "" {
			t.Fatalf("after %d events:\n%s", n, diff)
		}
		if left := namesIn(t, s.dir); !cmp.Equal(left, []string{idOne + ".json"}) {
			t.Errorf("after %d events the folder holds %v", n, left)
		}
		if (got.Notice != "") != (len(got.Messages) == 2) {
			t.Errorf("after %d events the notice is %q", n, got.Notice)
		}
	}
}

func TestJournal_KnowsHowAnAnswerEnded(t *testing.T) {
	ends := map[chat.State]chat.Event{
		chat.Complete:    chat.Done{Finish: "stop", Usage: chat.Usage{PromptTokens: 3, CompletionTokens: 4}, Timing: chat.Timing{Total: 5e6}},
		chat.Stopped:     chat.Halted{Timing: chat.Timing{Total: 6e6}},
		chat.Interrupted: chat.Broken{Err: errors.New("the line\nbroke"), Timing: chat.Timing{Total: 7e6}},
	}
	for state, end := range ends {
		dir := t.TempDir()
		s := Open(dir)
		conv := asked(t, s)
		stream(t, s, &conv, append(someAnswer(), end)...)
		dies(s)
		conv.Rev++
		if diff := cmp.Diff(conv, mustResume(t, dir, idOne).Conversation, same()); diff != "" {
			t.Errorf("%s: %s", state, diff)
		}
	}
}

// An answer that is gone on with grows from its end, where the joint may have to
// wait for more text.
func TestJournal_GoesOnWithAnAnswer(t *testing.T) {
	pieces := []string{"one two three four five six seven", " seven eight", " nine ten", strings.Repeat(" and more", 60)}
	for n := range len(pieces) {
		dir := t.TempDir()
		s := Open(dir)
		conv := asked(t, s)
		stream(t, s, &conv, chat.Reasoning{Text: "hm"}, chat.Delta{Text: pieces[0]}, chat.Halted{})
		conv.Continue(noon())
		conv.Rev = mustSave(t, s, conv)
		j, err := s.Journal(conv, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range pieces[1 : n+1] {
			if err := j.Record(chat.Delta{Text: text}); err != nil {
				t.Fatal(err)
			}
			conv.Apply(chat.Delta{Text: text})
		}
		_ = j.Close()
		dies(s)
		conv.Apply(chat.Broken{Err: errLost})
		if got := mustResume(t, dir, idOne); got.Messages[1].Content != conv.Messages[1].Content || got.Messages[1].State != chat.Interrupted && n > 0 {
			t.Errorf("after %d pieces it is\n%q, not\n%q", n, got.Messages[1].Content, conv.Messages[1].Content)
		}
	}
}

// A save in the middle of an answer writes a part of it. What came later is in the
// journal alone, although the file is of a later revision.
func TestJournal_AddsToAnAnswerThatWasSavedHalf(t *testing.T) {
	for half := range len(someAnswer()) {
		dir := t.TempDir()
		s := Open(dir)
		conv := asked(t, s)
		j := stream(t, s, &conv)
		for i, e := range someAnswer() {
			if err := j.Record(e); err != nil {
				t.Fatal(err)
			}
			conv.Apply(e)
			if i == half {
				conv.Rev = mustSave(t, s, conv)
			}
		}
		dies(s)
		got := mustResume(t, dir, idOne)
		if m := got.Messages[1]; m.Content != conv.Messages[1].Content || m.Reasoning != "hm\n<so>" || got.Head != "m2" {
			t.Errorf("saved after %d: head %s, %+v", half, got.Head, m)
		}
	}
}

// The process may end between the save of an answer and the end of its journal.
func TestJournal_OfASavedAnswerAddsNothing(t *testing.T) {
	for _, end := range []chat.Event{chat.Done{Finish: "stop"}, chat.Halted{}, chat.Broken{Err: errors.New("cut")}} {
		dir := t.TempDir()
		s := Open(dir)
		conv := asked(t, s)
		stream(t, s, &conv, append(someAnswer(), end)...)
		conv.Rev = mustSave(t, s, conv)
		dies(s)
		got := mustResume(t, dir, idOne)
		if diff := cmp.Diff(conv, got.Conversation, same()); diff != "" || got.Notice != "" {
			t.Errorf("%T: notice %q, %s", end, got.Notice, diff)
		}
		if left := namesIn(t, s.dir); len(left) != 1 {
			t.Errorf("%T: the folder holds %v", end, left)
		}
	}
}

func TestJournal_ThatDoesNotGoWithItsSessionIsSetAside(t *testing.T) {
	other := short(idOne, "another")
	other.Messages[1].Content = "An answer of another host."
	orphan := short(idOne, "without the question")
	orphan.Messages, orphan.Head = []chat.Message{{ID: "m9", Role: chat.User, Content: "x", State: chat.Complete}}, "m9"
	for _, now := range []chat.Conversation{other, orphan} {
		dir := t.TempDir()
		s := Open(dir)
		conv := asked(t, s)
		stream(t, s, &conv, someAnswer()...)
		text := contentOf(t, s.journalPath(idOne))
		dies(s)
		now.Rev = 5
		place(t, s, idOne+".json", textOf(t, now))
		got := mustResume(t, dir, idOne)
		if diff := cmp.Diff(now, got.Conversation, same()); diff != "" || !strings.Contains(got.Notice, "quarantine") {
			t.Errorf("notice %q, %s", got.Notice, diff)
		}
		aside := filepath.Join(dir, "quarantine", idOne+".1795348800.wal")
		if contentOf(t, aside) != text || !strings.Contains(contentOf(t, aside+".reason.txt"), "does not go with the session") {
			t.Error("it is not in quarantine as it was")
		}
	}
}

// Text that is cut within a character in two pieces is whole again.
func TestJournal_KeepsHalfCharacters(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	conv := asked(t, s)
	stream(t, s, &conv, chat.Delta{Text: "\xf0\x9f"}, chat.Delta{Text: "\x98\x80 \xff"}, chat.Reasoning{Text: "\xf0"})
	dies(s)
	if m := mustResume(t, dir, idOne).Messages[1]; m.Content != "😀 \uFFFD" || m.Reasoning != "\uFFFD" {
		t.Errorf("it is %q, %q", m.Content, m.Reasoning)
	}
}

// namesIn is what a folder holds.
func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

// What comes together is kept together, but as the records that it is made of: a
// write that is cut short loses only those that it did not reach.
func TestJournal_WritesOnceForWhatComesTogether(t *testing.T) {
	synctest.Test(t, writesOnce)
}

// writesOnce runs in a bubble, where no timer of a journal comes in between.
func writesOnce(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	conv := asked(t, s)
	j := stream(t, s, &conv)
	writes := 0
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		if op.Name == "write" {
			writes++
			op.Data = op.Data[:len(op.Data)-1] // the end of the last line
		}
		return do()
	}
	pieces := []chat.Event{chat.Delta{Text: "one "}, chat.Quota{}, chat.Delta{Text: "two "}, chat.Delta{Text: "three"}}
	if err := j.Record(pieces...); err != nil || writes != 1 {
		t.Errorf("%d writes, %v", writes, err)
	}
	dies(s)
	back := mustResume(t, dir, idOne)
	if got := back.Path()[1].Content; got != "one two " {
		t.Errorf("got %q", got)
	}
}

// TestJournal_BringsBackAnswersThatCameTogether whatever of them is in the session
// already, and in whatever order they came.
func TestJournal_BringsBackAnswersThatCameTogether(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	conv := asked(t, s)
	temperature := 0.2
	beside := []chat.Message{
		{ID: "m3", Parent: "m1", Role: chat.Assistant, Model: "b", Created: noon(), Params: &chat.Params{Temperature: &temperature}},
		{ID: "m4", Parent: "m1", Role: chat.Assistant, Model: "c", Created: noon()},
	}
	j, err := s.Journal(conv, "", beside...)
	if err != nil {
		t.Fatal(err)
	}
	record := func(j *Journal, events ...chat.Event) {
		t.Helper()
		if err := j.Record(events...); err != nil {
			t.Fatal(err)
		}
	}
	b := j.Beside("m3")
	record(b, chat.Delta{Text: "of b"})
	record(j, chat.Delta{Text: "of "}, chat.Delta{Text: "a"}, chat.Done{Finish: "stop"})
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	record(b, chat.Delta{Text: ", more"}, chat.Delta{Text: "\xff"}) // the first has ended, the file is open for the rest
	record(j.Beside("m4"), chat.Started{Model: "c"})
	if err := j.Record(chat.Delta{Text: "late"}); err == nil {
		t.Error("an answer that has ended takes more")
	}
	dies(s)

	session := mustResume(t, dir, idOne)
	var got []string
	for _, m := range session.Messages {
		got = append(got, m.ID+" "+m.Parent+" "+m.Model+" "+string(m.State)+" "+m.Content)
	}
	want := []string{"m1   complete why?", "m2 m1 " + chat.DefaultModel + " complete of a", "m3 m1 b interrupted of b, more�"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(session.Notice, "The 2 answers") {
		t.Errorf("it says %q", session.Notice)
	}
	if p := session.Messages[2].Params; p == nil || *p.Temperature != temperature {
		t.Errorf("its parameters are %+v", p)
	}
	if again := mustResume(t, dir, idOne); again.Notice != "" || len(again.Messages) != 3 {
		t.Errorf("the next time it says %q", again.Notice)
	}
}
