package history

import (
	"encoding/json"
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

func TestNewID_SortsByTimeAndDiffers(t *testing.T) {
	a, b, c := NewID(noon()), NewID(noon()), NewID(noon().Add(time.Hour))
	if a == b || !(a < c && b < c) {
		t.Errorf("ids are %s, %s, %s", a, b, c)
	}
	for _, now := range []time.Time{{}, noon(), time.Date(2106, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(1<<60, 0)} {
		if id := NewID(now); !validID(id) {
			t.Errorf("at %v the id is %q", now, id)
		}
	}
}

func TestSave_CountsRevisions(t *testing.T) {
	s, conv := Open(t.TempDir()), short(idOne, "x")
	for want := 1; want <= 3; want++ {
		if conv.Rev = mustSave(t, s, conv); conv.Rev != want {
			t.Fatalf("revision is %d, want %d", conv.Rev, want)
		}
	}
	if got := mustLoad(t, s, idOne); got.Rev != 3 || !got.Updated.Equal(conv.Updated) {
		t.Errorf("loaded revision %d, updated %v", got.Rev, got.Updated)
	}
}

func TestSave_LeavesNothingElseInTheFolder(t *testing.T) {
	dir := t.TempDir()
	mustSave(t, Open(dir), short(idOne, "../../x"))
	var names []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		names = append(names, name)
		return err
	})
	if diff := cmp.Diff([]string{".", "locks", "sessions", "sessions/" + idOne + ".json"}, names); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestSave_TakesOnlyIDs(t *testing.T) {
	dir := t.TempDir()
	s := Open(filepath.Join(dir, "data"))
	for _, id := range []string{"", "../x", "x", strings.ToLower(idOne), idOne + "/..", "81KX3M8Q7VFZ2S0B9R4TYH6NCE", idOne[:25] + "\x00"} {
		if _, err := s.Save(chat.Conversation{ID: id}); err == nil {
			t.Errorf("%q was saved", id)
		}
		if _, err := s.Load(id); !errors.Is(err, ErrNone) {
			t.Errorf("loading %q gives %v", id, err)
		}
		if s.Path(id) != "" {
			t.Errorf("%q has the path %s", id, s.Path(id))
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestSave_WritesAnAnswerUnderWayAsInterrupted(t *testing.T) {
	s, conv := Open(t.TempDir()), chat.Conversation{ID: idOne, Model: "m"}
	conv.Ask("hello", nil, noon())
	conv.Apply(chat.Delta{Text: "Good mor"})
	mustSave(t, s, conv)
	got := mustLoad(t, s, idOne)
	if got.Head != "m2" || len(got.Messages) != 2 || got.Messages[1].State != chat.Interrupted || got.Messages[1].Content != "Good mor" {
		t.Errorf("got head %q, messages %+v", got.Head, got.Messages)
	}
	if conv.Pending() == nil {
		t.Error("saving ended the answer in memory")
	}
}

func TestSave_LeavesOutAnAnswerThatHasNotBegun(t *testing.T) {
	s, conv := Open(t.TempDir()), chat.Conversation{ID: idOne, Model: "m"}
	conv.Ask("hello", nil, noon())
	mustSave(t, s, conv)
	got := mustLoad(t, s, idOne)
	if got.Head != "m1" || len(got.Messages) != 1 || got.Messages[0].Content != "hello" {
		t.Errorf("got head %q, messages %+v", got.Head, got.Messages)
	}
	list, err := s.List(t.Context())
	if err != nil || list.Summaries[0].Count != 1 {
		t.Errorf("the list is %+v, %v", list, err)
	}
}

func TestSave_KeepsWhatItDoesNotKnow(t *testing.T) {
	s, conv := Open(t.TempDir()), rich()
	conv.Extra["z"] = json.RawMessage("[1,\n  2]")
	// A field of ours among the others must not stand in the file twice.
	conv.Extra["title"], conv.Extra["messages"] = json.RawMessage(`"x"`), json.RawMessage(`[]`)
	mustSave(t, s, conv)
	got := mustLoad(t, s, idOne)
	want := chat.Extra{"x_colour": rich().Extra["x_colour"], "z": json.RawMessage("[1,2]")}
	if diff := cmp.Diff(want, got.Extra); diff != "" || got.ReadOnly != "" || got.Title != conv.Title {
		t.Errorf("read-only %q, title %q:\n%s", got.ReadOnly, got.Title, diff)
	}
}

func TestSave_RefusesWhatIsNoJSONAndKeepsTheFile(t *testing.T) {
	s, conv := Open(t.TempDir()), short(idOne, "x")
	conv.Rev = mustSave(t, s, conv)
	before := contentOf(t, s.Path(idOne))
	conv.Extra = chat.Extra{"broken": json.RawMessage("{")}
	if rev, err := s.Save(conv); err == nil || rev != conv.Rev {
		t.Errorf("revision %d, error %v", rev, err)
	}
	if contentOf(t, s.Path(idOne)) != before {
		t.Error("the file changed")
	}
}

func TestSave_RefusesAFileThatSomebodyElseWrote(t *testing.T) {
	dir := t.TempDir()
	one, two := Open(dir), Open(dir)
	mustSave(t, one, short(idOne, "first"))
	mine, theirs := mustLoad(t, one, idOne).Conversation, mustLoad(t, two, idOne).Conversation
	theirs.Title = "theirs"
	mustSave(t, two, theirs)
	mine.Title = "mine"
	if _, err := one.Save(mine); !errors.Is(err, ErrChanged) {
		t.Errorf("error is %v", err)
	}
	if got := mustLoad(t, two, idOne); got.Title != "theirs" {
		t.Errorf("the file holds %q", got.Title)
	}
	// Who loads it again has seen the other's words and may go on.
	again := mustLoad(t, one, idOne).Conversation
	if rev := mustSave(t, one, again); rev != 3 {
		t.Errorf("revision is %d", rev)
	}
}

func TestSave_DoesNotMindATouchedFile(t *testing.T) {
	s, conv := Open(t.TempDir()), short(idOne, "x")
	conv.Rev = mustSave(t, s, conv)
	if err := os.Chtimes(s.Path(idOne), noon(), noon()); err != nil {
		t.Fatal(err)
	}
	conv.Rev = mustSave(t, s, conv)
	text := contentOf(t, s.Path(idOne))
	if err := os.Remove(s.Path(idOne)); err != nil {
		t.Fatal(err)
	}
	place(t, s, idOne+".json", text)
	if rev := mustSave(t, s, conv); rev != 3 {
		t.Errorf("revision is %d", rev)
	}
}

func TestSave_MakesADeletedFileAgain(t *testing.T) {
	dir := t.TempDir()
	s, conv := Open(dir), short(idOne, "x")
	conv.Rev = mustSave(t, s, conv)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if rev := mustSave(t, s, conv); rev != 2 {
		t.Errorf("revision is %d", rev)
	}
	mustLoad(t, s, idOne)
}

// A save may fail at the very end, with the new content in place. That is not
// somebody else's content.
func TestSave_KnowsItsOwnUnfinishedWrite(t *testing.T) {
	s, conv := Open(t.TempDir()), short(idOne, "x")
	conv.Rev = mustSave(t, s, conv)
	conv.Title = "y"
	text, err := encode(conv, conv.Rev+1)
	if err != nil {
		t.Fatal(err)
	}
	known := s.known[idOne]
	s.known[idOne] = stamp{rev: known.rev, sum: known.sum, tried: s.sum(text)}
	place(t, s, idOne+".json", string(text))
	if rev := mustSave(t, s, conv); rev != 3 {
		t.Errorf("revision is %d", rev)
	}
}

func TestSave_RefusesANewerVersion(t *testing.T) {
	s := Open(t.TempDir())
	text := strings.Replace(textOf(t, rich()), `"version":1`, `"version":2`, 1)
	path := place(t, s, idOne+".json", text)
	got := mustLoad(t, s, idOne)
	if !strings.Contains(got.ReadOnly, "newer groqchat") || len(got.Messages) != 3 {
		t.Errorf("read-only is %q, messages %d", got.ReadOnly, len(got.Messages))
	}
	if _, err := s.Save(got.Conversation); !errors.Is(err, ErrReadOnly) {
		t.Errorf("error is %v", err)
	}
	if contentOf(t, path) != text {
		t.Error("the file changed")
	}
}

func TestLoad_SaysThatThereIsNone(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "none"))
	_, err := s.Load(idOne)
	if !errors.Is(err, ErrNone) || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), idOne) {
		t.Errorf("error is %v", err)
	}
}

// A copy that somebody made under another name must not be saved over the first.
func TestLoad_GoesByTheNameOfTheFile(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "first"))
	place(t, s, idTwo+".json", contentOf(t, s.Path(idOne)))
	double := mustLoad(t, s, idTwo)
	double.Title = "copy"
	mustSave(t, s, double.Conversation)
	if got := mustLoad(t, s, idOne); got.Title != "first" || double.ID != idTwo {
		t.Errorf("title is %q, id of the copy %q", got.Title, double.ID)
	}
}
