package history

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"groqchat/chat"
)

const day = 24 * time.Hour

func mustDelete(t *testing.T, s *Store, id string, now time.Time) Trashed {
	t.Helper()
	gone, err := s.Delete(id, now)
	if err != nil {
		t.Fatal(err)
	}
	return gone
}

func mustTrash(t *testing.T, s *Store) []Trashed {
	t.Helper()
	trash, err := s.Trash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return trash
}

func TestDelete_AndRestoreGiveTheSameBytes(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "one"))
	broken := place(t, s, idTwo+".json", "this is no session")
	before := map[string]string{s.Path(idOne): contentOf(t, s.Path(idOne)), broken: "this is no session"}

	if gone := mustDelete(t, s, idOne, noon()); gone.Title != "one" || gone.Count != 2 || !gone.Deleted.Equal(noon()) {
		t.Errorf("%+v", gone)
	}
	mustDelete(t, s, idTwo, noon().Add(time.Minute))
	if list, err := s.List(t.Context()); err != nil || len(list.Summaries)+len(list.Problems) != 0 {
		t.Errorf("still listed: %+v, %v", list, err)
	}
	want := []Trashed{{ID: idTwo, Deleted: noon().Add(time.Minute)}, {ID: idOne, Title: "one", Count: 2, Deleted: noon()}}
	if diff := cmp.Diff(want, mustTrash(t, s), cmpopts.IgnoreUnexported(Trashed{}), cmpopts.EquateApproxTime(0)); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(filepath.Join(filepath.Dir(s.dir), "trash"))
	if err != nil || info.Mode().Perm() != folderMode {
		t.Errorf("the trash has mode %v, %v", info.Mode(), err)
	}

	for _, id := range []string{idOne, idTwo} {
		if err := s.Restore(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	for path, text := range before {
		if got := contentOf(t, path); got != text {
			t.Errorf("%s came back as %q", path, got)
		}
	}
	if trash := mustTrash(t, s); len(trash) != 0 {
		t.Errorf("still in the trash: %+v", trash)
	}
	// What was restored is no stranger: it is saved as before.
	conv := mustLoad(t, s, idOne)
	mustSave(t, s, conv.Conversation)
}

func TestDelete_OfWhatIsNotThere(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "none"))
	for _, id := range []string{idOne, "../" + idOne, "", "x"} {
		if _, err := s.Delete(id, noon()); !errors.Is(err, ErrNone) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if err := s.Restore(t.Context(), idOne); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	if trash := mustTrash(t, s); trash != nil {
		t.Error(trash)
	}
	if n, err := s.Purge(noon(), day, false); n != 0 || err != nil {
		t.Error(n, err)
	}
	s = Open(t.TempDir())
	mustSave(t, s, short(idOne, "one"))
	if _, err := s.Delete(idTwo, noon()); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	if err := os.Mkdir(s.Path(idTwo), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Delete(idTwo, noon()); err == nil {
		t.Error("deleted a folder")
	}
}

// The same session may be deleted several times within a second, and none of its
// files is lost by that.
func TestDelete_NeverReplacesWhatIsInTheTrash(t *testing.T) {
	s := Open(t.TempDir())
	for _, title := range []string{"a", "b", "c"} {
		conv := short(idOne, title)
		mustSave(t, s, conv)
		mustDelete(t, s, idOne, noon())
	}
	var titles []string
	for _, gone := range mustTrash(t, s) {
		titles = append(titles, gone.Title)
	}
	if diff := cmp.Diff([]string{"c", "b", "a"}, titles); diff != "" {
		t.Error(diff)
	}
	// The one that was deleted last comes back, and is not replaced by the others.
	if err := s.Restore(t.Context(), idOne); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(t.Context(), idOne); !errors.Is(err, ErrChanged) {
		t.Errorf("restored over a session: %v", err)
	}
	if got := mustLoad(t, s, idOne).Title; got != "c" {
		t.Errorf("%q came back", got)
	}
	if n := len(mustTrash(t, s)); n != 2 {
		t.Errorf("%d are left in the trash", n)
	}
}

func TestRestore_MakesTheFolderAnew(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "one"))
	mustDelete(t, s, idOne, noon())
	if err := os.Remove(s.dir); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(t.Context(), idOne); err != nil {
		t.Fatal(err)
	}
	mustLoad(t, s, idOne)
}

func TestPurge_TakesOnlyWhatIsOld(t *testing.T) {
	s := Open(t.TempDir())
	for i, age := range []time.Duration{0, 29 * day, 30 * day, 31 * day, 100 * day} {
		id := NewID(noon().Add(time.Duration(i)))
		mustSave(t, s, short(id, age.String()))
		mustDelete(t, s, id, noon().Add(-age))
	}
	trash := filepath.Join(filepath.Dir(s.dir), "trash")
	for _, stranger := range []string{"notes.txt", "a.1.json", idOne + ".x.json", idOne + ".json"} {
		if err := os.WriteFile(filepath.Join(trash, stranger), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n, err := s.Purge(noon(), 30*day, false)
	if n != 2 || err != nil {
		t.Fatalf("purged %d, %v", n, err)
	}
	if left := mustTrash(t, s); len(left) != 3 {
		t.Errorf("%+v", left)
	}
	names, err := os.ReadDir(trash)
	if err != nil || len(names) != 3+4+1 {
		t.Errorf("strangers were purged: %v, %v", names, err)
	}
}

// A clock that is ten years ahead deletes nothing, however often the program is
// started, unless somebody says that it is right.
func TestPurge_DoesNotBelieveAClockThatLeapt(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "one"))
	mustDelete(t, s, idOne, noon())
	if n, err := s.Purge(noon().Add(day), 30*day, false); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	wrong := noon().AddDate(10, 0, 0)
	for i := range 3 {
		mustSave(t, s, short(idTwo, "in the wrong time"))
		mustDelete(t, s, idTwo, wrong.Add(time.Duration(i)*day))
		if n, err := s.Purge(wrong.Add(time.Duration(i)*day), 30*day, false); n != 0 || !errors.Is(err, ErrClock) {
			t.Errorf("start %d: purged %d, %v", i, n, err)
		}
	}
	if n, err := s.Purge(noon().Add(2*day), 30*day, false); n != 0 || err != nil {
		t.Errorf("with the right clock again: %d, %v", n, err)
	}
	if n, err := s.Purge(wrong.Add(40*day), 30*day, true); n != 4 || err != nil {
		t.Errorf("with a word of the user: %d, %v", n, err)
	}
}

func TestPurge_WithoutANoteGoesByTheTrash(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "one"))
	mustDelete(t, s, idOne, noon())
	if _, err := s.Purge(noon().AddDate(2, 0, 0), day, false); !errors.Is(err, ErrClock) {
		t.Error(err)
	}
	if n, err := s.Purge(noon().AddDate(1, 0, 0), day, false); n != 1 || err != nil {
		t.Error(n, err)
	}
}

func TestChange_SavesWhatWasChanged(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "one"))
	conv, err := s.Change(idOne, func(c *chat.Conversation) {
		Retitle(c, " a\n better\ttitle ")
		Tag(c, "#Go", "ünter")
		c.Pinned = true
	})
	if err != nil || conv.Title != "a better title" {
		t.Fatal(conv.Title, err)
	}
	got := mustLoad(t, s, idOne)
	if diff := cmp.Diff(conv, got.Conversation, same()); diff != "" || got.Rev != 2 {
		t.Error(diff)
	}
	if !got.Updated.Equal(noon().Add(time.Minute)) {
		t.Errorf("its time is %v", got.Updated)
	}
	if _, err := s.Change(idTwo, func(*chat.Conversation) {}); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	newer := place(t, s, idTwo+".json", `{"version":9,"app":"groqchat","id":"`+idTwo+`","messages":[]}`)
	before := contentOf(t, newer)
	if _, err := s.Change(idTwo, func(c *chat.Conversation) { c.Title = "x" }); !errors.Is(err, ErrReadOnly) || contentOf(t, newer) != before {
		t.Error(err)
	}
}

func TestRetitle_BoundsTheTitle(t *testing.T) {
	var conv chat.Conversation
	long := make([]rune, 1000)
	for i := range long {
		long[i] = 'ü'
	}
	Retitle(&conv, string(long))
	if n := len([]rune(conv.Title)); n != 200 {
		t.Errorf("%d runes", n)
	}
	Retitle(&conv, " \n ")
	if conv.Title != "" {
		t.Errorf("%q", conv.Title)
	}
}

func TestTag_AddsAndTakes(t *testing.T) {
	conv := chat.Conversation{Tags: []string{"b"}}
	Tag(&conv, "a b", "#C")
	if diff := cmp.Diff([]string{"a", "b", "c"}, conv.Tags); diff != "" {
		t.Error(diff)
	}
	Tag(&conv, "-a", "-#b -x", "#", "-")
	if diff := cmp.Diff([]string{"c"}, conv.Tags); diff != "" {
		t.Error(diff)
	}
}

func TestFork_IsAnotherSessionWithTheSameTree(t *testing.T) {
	conv := rich()
	before := conv.Clone()
	fork := Fork(&conv, noon())
	if fork.ID == conv.ID || !validID(fork.ID) || fork.Rev != 0 || fork.Head != conv.Head || !fork.Created.Equal(noon()) {
		t.Errorf("%+v", fork)
	}
	if diff := cmp.Diff(conv.Messages, fork.Messages); diff != "" {
		t.Error(diff)
	}
	fork.Messages[0].Content = "changed"
	fork.Tags[0] = "changed"
	if diff := cmp.Diff(before, conv, same()); diff != "" {
		t.Error("the fork shares memory:", diff)
	}
}

func TestPinnedFirst_KeepsTheOrderOfTheOthers(t *testing.T) {
	p, q := Summary{Pinned: true}, Summary{}
	if PinnedFirst(p, q) >= 0 || PinnedFirst(q, p) <= 0 || PinnedFirst(p, p) != 0 || PinnedFirst(q, q) != 0 {
		t.Error("not in order")
	}
}
