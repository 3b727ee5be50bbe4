package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

func TestSweep_TakesWhatTheDeadLeftAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	dead, s := Open(dir), Open(dir)
	conv := asked(t, dead)
	stream(t, dead, &conv, chat.Delta{Text: "half"})
	dies(dead)
	alive := Open(dir)
	if err := alive.Hold(idTwo); err != nil {
		t.Fatal(err)
	}
	living := short(idTwo, "alive")
	living.Rev = mustSave(t, alive, living)
	j, err := alive.Journal(living, "")
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	temp := place(t, s, "."+idOne+".abc.tmp", "{")
	fresh := place(t, s, "."+idTwo+".abc.tmp", "{")
	draft := filepath.Join(dir, "drafts", ".x.tmp")
	lock := s.lockPath(NewID(noon()))
	stray := s.journalPath(NewID(noon()))
	for _, path := range []string{draft, lock, stray} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("?"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * time.Hour)
	if err := errors.Join(os.Chtimes(temp, old, old), os.Chtimes(draft, old, old)); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		temp: false, draft: false, lock: false, stray: false, fresh: true,
		dead.journalPath(idOne): false, alive.journalPath(idTwo): true, alive.lockPath(idTwo): true,
	} {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) == want {
			t.Errorf("%s: there is %v", filepath.Base(path), err)
		}
	}
	if got := mustLoad(t, s, idOne); got.Messages[1].Content != "half" {
		t.Errorf("the answer is %+v", got.Messages)
	}
	if files := namesIn(t, filepath.Join(dir, "quarantine")); len(files) != 2 || !strings.HasSuffix(files[0], ".wal") {
		t.Errorf("in quarantine are %v", files)
	}
	alive.ReleaseAll()
}

func TestSweep_NeedsNoFolders(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "none"))
	if err := s.Sweep(t.Context(), noon()); err != nil {
		t.Error(err)
	}
	if found, err := s.Mend(t.Context(), noon()); err != nil || len(found) != 0 {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestDraft_BelongsToItsSession(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	mustSave(t, s, short(idOne, "x"))
	if err := s.SaveDraft(idOne, "not sent\nyet"); err != nil {
		t.Fatal(err)
	}
	if got := mustResume(t, dir, idOne); got.Draft != "not sent\nyet" {
		t.Errorf("the draft is %q", got.Draft)
	}
	if text, err := s.AdoptDraft(idTwo); text != "" || err != nil {
		t.Errorf("adopted %q, %v: its session exists", text, err)
	}
	if err := s.SaveDraft(idOne, ""); err != nil {
		t.Fatal(err)
	}
	if text, err := s.ReadDraft(idOne); text != "" || err != nil {
		t.Errorf("it is %q, %v", text, err)
	}
	if err := s.SaveDraft("../x", "y"); err == nil {
		t.Error("a draft may go anywhere")
	}
	if text, err := s.ReadDraft("../x"); text != "" || err != nil {
		t.Errorf("read %q, %v", text, err)
	}
}

// What was written before anything was said comes back in the next new session,
// unless another process is still writing it.
func TestDraft_OfANewSessionComesBackInTheNext(t *testing.T) {
	dir := t.TempDir()
	first, second := Open(dir), Open(dir)
	older, newer, next := NewID(noon()), NewID(noon().Add(time.Hour)), NewID(noon().Add(2*time.Hour))
	if err := errors.Join(first.SaveDraft(older, "older"), first.SaveDraft(newer, "newer"), first.Hold(newer)); err != nil {
		t.Fatal(err)
	}
	if text, err := second.AdoptDraft(next); text != "older" || err != nil {
		t.Errorf("adopted %q, %v", text, err)
	}
	if text, _ := second.ReadDraft(next); text != "older" {
		t.Errorf("its file holds %q", text)
	}
	first.ReleaseAll()
	last := NewID(noon().Add(3 * time.Hour))
	_ = second.Hold(next)
	if text, _ := Open(dir).AdoptDraft(last); text != "newer" {
		t.Errorf("adopted %q", text)
	}
	if text, err := Open(t.TempDir()).AdoptDraft(last); text != "" || err != nil {
		t.Errorf("adopted %q, %v", text, err)
	}
	second.ReleaseAll()
}

// The files of a draft go where its text goes, and are kept without any too.
func TestDraftFiles_GoWithTheDraft(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	files := []chat.Attachment{{Name: "dot.png", Type: "image/png", Bytes: 3, Width: 1, Height: 1, Data: []byte{1, 2, 3}}}
	huge := chat.Attachment{Name: "huge.txt", Text: strings.Repeat("x", maxDraftFiles)}
	if err := s.SaveDraftFiles(idOne, append(files, huge)); err != nil {
		t.Fatal(err)
	}
	if text, err := s.AdoptDraft(idTwo); text != "" || err != nil {
		t.Errorf("adopted %q, %v", text, err)
	}
	want := DraftFiles{files, []string{"huge.txt"}}
	got, err := s.ReadDraftFiles(idTwo)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if left, err := s.ReadDraftFiles(idOne); len(left.Files) > 0 || err != nil {
		t.Errorf("the files are in two places: %v", err)
	}
	s.dropRest(idTwo, noon())
	if left, err := s.ReadDraftFiles(idTwo); len(left.Files)+len(left.Left) > 0 || err != nil {
		t.Errorf("files of a deleted session stay: %v", err)
	}
	if err := errors.Join(os.WriteFile(s.draftFilesPath(idOne), []byte("{"), 0o600), s.SaveDraftFiles("../x", nil)); err == nil {
		t.Error("an id that is a path is taken")
	}
	if _, err := s.ReadDraftFiles(idOne); err == nil || !strings.Contains(err.Error(), "attach them again") {
		t.Errorf("what is broken is %v", err)
	}
}

func TestWriteFile_TakesNoPlaceThatIsTaken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copy.json")
	if err := WriteFile(path, short(idOne, "x")); err != nil {
		t.Fatal(err)
	}
	text := contentOf(t, path)
	if err := WriteFile(path, short(idOne, "y")); !errors.Is(err, fs.ErrExist) || contentOf(t, path) != text {
		t.Errorf("error is %v", err)
	}
	s := Open(t.TempDir())
	place(t, s, idOne+".json", text)
	mustLoad(t, s, idOne)
}

// The clock plays no part in the order of messages and revisions.
func TestSave_HeedsNoClock(t *testing.T) {
	s := Open(t.TempDir())
	conv := chat.Conversation{ID: NewID(noon()), Model: chat.DefaultModel}
	for i, now := range []time.Time{noon(), noon().Add(-time.Hour), time.Unix(0, 0), time.Date(2106, 2, 7, 6, 28, 16, 0, time.UTC)} {
		conv.Ask("q", nil, now)
		conv.Apply(chat.Delta{Text: "a"})
		conv.Apply(chat.Done{Finish: "stop"})
		conv.Rev = mustSave(t, s, conv)
		got := mustLoad(t, s, conv.ID)
		if path := got.Path(); len(path) != 2*(i+1) || got.Rev != i+1 || path[len(path)-1].ID != conv.Head {
			t.Errorf("at %v: revision %d, %d messages", now, got.Rev, len(path))
		}
	}
}
