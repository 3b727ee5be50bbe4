package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

func TestList_OfNoFolderIsEmpty(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "none"))
	list, err := s.List(t.Context())
	if err != nil || len(list.Summaries)+len(list.Problems) != 0 {
		t.Errorf("the list is %+v, %v", list, err)
	}
	if _, _, err := s.Last(t.Context()); !errors.Is(err, ErrNone) {
		t.Errorf("the last is %v", err)
	}
	if _, err := os.Stat(s.dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("listing made the folder")
	}
}

func TestList_IsNewestFirstByWhatTheFilesSay(t *testing.T) {
	s := Open(t.TempDir())
	var want []string
	for i := range 5 {
		conv := short(NewID(noon().Add(time.Duration(i)*time.Hour)), "x")
		conv.Updated = noon().Add(-time.Duration(i) * time.Minute)
		mustSave(t, s, conv)
		// The file's time runs against the field, as after a copy of the folder.
		at := noon().Add(time.Duration(i) * time.Minute)
		if err := os.Chtimes(s.Path(conv.ID), at, at); err != nil {
			t.Fatal(err)
		}
		want = append(want, conv.ID)
	}
	list, err := s.List(t.Context())
	if diff := cmp.Diff(want, idsOf(list.Summaries)); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if last, _, err := s.Last(t.Context()); err != nil || last.ID != want[0] {
		t.Errorf("the last is %s, %v", last.ID, err)
	}
}

func TestList_NamesWhatItCannotRead(t *testing.T) {
	s := Open(t.TempDir())
	good := textOf(t, rich())
	place(t, s, idOne+".json", good)
	place(t, s, "notes.json", `{"my":"notes"}`)
	place(t, s, strings.ToLower(idTwo)+".json", good)
	other := NewID(noon())
	place(t, s, other+".json", `{"my":"notes"}`)
	newer := NewID(noon())
	place(t, s, newer+".json", strings.Replace(good, `"version":1`, `"version":9`, 1))
	for _, hidden := range []string{"." + idTwo + ".QX.tmp", "." + idTwo + ".wal", ".hidden.json", "README.txt"} {
		place(t, s, hidden, "")
	}
	list, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, p := range list.Problems {
		got[p.File] = p.Reason
	}
	name, version := "its name is not the id of a session", "it was written by a newer groqchat; update this one to go on with it"
	want := map[string]string{
		"notes.json": name, strings.ToLower(idTwo) + ".json": name,
		other + ".json": "it was not written by groqchat", newer + ".json": version,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, one := range list.Summaries {
		if one.Title != rich().Title || (one.ReadOnly != "") != (one.ID == newer) {
			t.Errorf("summary is %+v", one)
		}
	}
	if len(list.Summaries) != 2 {
		t.Errorf("%d summaries", len(list.Summaries))
	}
}

func TestList_ReadsLongHeads(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1800, 1900, 2000, 5000, maxHead - 700, maxHead, 2 * maxHead} {
		s, conv := Open(t.TempDir()), short(idOne, "long \"messages\":[ \\")
		conv.System = strings.Repeat(`"messages":[`, size/len(`"messages":[`))
		conv.Extra = chat.Extra{"zoo": json.RawMessage(`{"messages":[{"title":"not this"}]}`)}
		mustSave(t, s, conv)
		list, err := s.List(t.Context())
		if err != nil || len(list.Summaries) != 1 || list.Summaries[0].Title != conv.Title || list.Summaries[0].Count != 2 {
			t.Errorf("%d bytes of system prompt: the list is %+v, %v", size, list, err)
		}
	}
}

func TestList_StopsWhenItIsCancelled(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "x"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.List(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("list: %v", err)
	}
	if _, _, err := s.Last(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("last: %v", err)
	}
}

func TestLast_PassesOverDamagedFiles(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "whole"))
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(s.Path(idOne), past, past); err != nil {
		t.Fatal(err)
	}
	place(t, s, "notes.json", "{")
	place(t, s, idTwo+".json", "{")
	// The head of this one is whole, so that only a look at all of it tells.
	broken := short(NewID(noon()), "broken")
	broken.Updated = time.Now()
	whole := textOf(t, broken)
	place(t, s, broken.ID+".json", whole[:len(whole)-20])
	last, passed, err := s.Last(t.Context())
	if err != nil || last.ID != idOne || last.Messages == nil {
		t.Errorf("the last is %+v, %v", last, err)
	}
	var names []string
	for _, p := range passed {
		names = append(names, p.File+": "+p.Reason)
	}
	slices.Sort(names)
	want := []string{idTwo + ".json: it ends in the middle", broken.ID + ".json: it ends in the middle"}
	slices.Sort(want)
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestFolder_ErrorsAreInPlainWords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := Open(file)
	_, saving := s.Save(short(idOne, "x"))
	_, listing := s.List(t.Context())
	_, loading := OpenPrompts(filepath.Join(file, "state")).Load(1)
	adding := OpenPrompts(filepath.Join(file, "state")).Append("x")
	for _, err := range []error{saving, listing, loading, adding} {
		var folder *FolderError
		if !errors.As(err, &folder) || folder.Folder != file || folder.Reason != "it is a file" {
			t.Errorf("the error is %v", err)
		}
	}
	for cause, reason := range map[error]string{
		syscall.EROFS: "read-only", syscall.ENOSPC: "the disk is full", fs.ErrPermission: "permissions", syscall.EIO: "",
	} {
		var folder *FolderError
		err := inFolder("/there", fmt.Errorf("open: %w", cause))
		if is := errors.As(err, &folder); is != (reason != "") || is && !strings.Contains(folder.Error(), "/there cannot be used: ") || !strings.Contains(err.Error(), reason) {
			t.Errorf("%v became %v", cause, err)
		}
	}
}

func TestFind_KnowsIDsAndTitles(t *testing.T) {
	s := Open(t.TempDir())
	ids := []string{"01KX3M8Q7VFZ2S0B9R4TYHGREP", "01KX3M8Q7VFZ2S0B9R4TYH6NCF", "01KY000000FZ2S0B9R4TYH6NCG"}
	for i, title := range []string{"Binary search in Go", "Über Suche", "Go, binary trees"} {
		mustSave(t, s, short(ids[i], title))
	}
	cases := []struct{ query, want string }{
		{ids[0], ids[0]},
		{strings.ToLower(ids[1]), ids[1]},
		{"01ky", ids[2]},
		{" 6ncf ", ids[1]},
		{"grep", ids[0]},
		{"search", ids[0]},
		{"über", ids[1]},
		{"ÜBER suche", ids[1]},
		{"trees go", ids[2]},
	}
	for _, c := range cases {
		got, err := s.Find(t.Context(), c.query)
		if err != nil || got.ID != c.want {
			t.Errorf("%q finds %s, %v; want %s", c.query, got.ID, err, c.want)
		}
	}
	for _, query := range []string{"", "  ", "nothing like it", "NCF", strings.Repeat("x", 5000)} {
		if got, err := s.Find(t.Context(), query); !errors.Is(err, ErrNone) {
			t.Errorf("%.20q finds %s, %v", query, got.ID, err)
		}
	}
}

func TestFind_NamesTheCandidatesWhenSeveralFit(t *testing.T) {
	s := Open(t.TempDir())
	for _, title := range []string{"Go one", "Go two", "Go\x1b[31m three", "Go 4", "Go 5", "Go 6", "Rust"} {
		mustSave(t, s, short(NewID(noon()), title))
	}
	_, err := s.Find(t.Context(), "go")
	var many *Ambiguous
	if !errors.As(err, &many) || len(many.Candidates) != 6 || many.Query != "go" {
		t.Fatalf("error is %v", err)
	}
	if text := err.Error(); !strings.HasPrefix(text, `"go" fits 6 sessions: `) || strings.Contains(text, "\x1b") || !strings.Contains(text, ", …;") {
		t.Errorf("the sentence is %s", text)
	}
	if _, err := s.Find(t.Context(), "01"); !errors.As(err, &many) || len(many.Candidates) != 7 {
		t.Errorf("an id's beginning: %v", err)
	}
	if got, err := s.Find(t.Context(), "go two"); err != nil || got.Title != "Go two" {
		t.Errorf("a whole title: %+v, %v", got, err)
	}
}

func TestFind_SaysWhyAFileCannotBeFound(t *testing.T) {
	s := Open(t.TempDir())
	place(t, s, idOne+".json", "{")
	_, err := s.Find(t.Context(), idOne)
	if !errors.Is(err, ErrNone) || !strings.Contains(err.Error(), "ends in the middle") {
		t.Errorf("error is %v", err)
	}
}

func idsOf(list []Summary) []string {
	var ids []string
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return ids
}

// The newest come first, and the rest is the list of all.
func TestListNewest_ThenAll(t *testing.T) {
	s := Open(t.TempDir())
	if newest, rest, err := s.ListNewest(t.Context(), 2); len(newest.Summaries) != 0 || rest != nil || err != nil {
		t.Errorf("of no folder: %+v, %v", newest, err)
	}
	var ids []string
	for i := range 5 {
		conv := short(NewID(noon()), fmt.Sprint(i))
		conv.Updated = noon().Add(time.Duration(i) * time.Hour)
		mustSave(t, s, conv)
		written := conv.Updated
		if err := os.Chtimes(s.Path(conv.ID), written, written); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, conv.ID)
	}
	newest, rest, err := s.ListNewest(t.Context(), 2)
	if err != nil || len(newest.Summaries) != 2 || newest.Summaries[0].ID != ids[4] || newest.Summaries[1].ID != ids[3] {
		t.Fatalf("the newest are %+v, %v", newest, err)
	}
	want, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := rest(t.Context())
		if diff := cmp.Diff(want, got); diff != "" || err != nil || len(got.Summaries) != 5 {
			t.Error(diff, err)
		}
	}
	if _, rest, _ = s.ListNewest(t.Context(), 5); rest != nil {
		t.Error("there is more than all")
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.ListNewest(cancelled, 2); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
