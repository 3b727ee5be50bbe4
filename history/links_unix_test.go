//go:build unix

package history

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// everything is a store's whole work on the disk; what fails of it fails.
func everything(t *testing.T, s *Store) {
	t.Helper()
	defer s.ReleaseAll()
	_, _ = script(s, func(chat.Conversation) {})
	if session, err := s.Resume(idTwo, noon()); err == nil {
		_, _ = s.Save(session.Conversation) // it is another hand's, and backed up
		_ = s.SaveDraft(idTwo, "draft")
		session.Continue(noon())
		if j, err := s.Journal(session.Conversation, ""); err == nil {
			_ = j.Record(chat.Delta{Text: "x"})
			_ = j.Close()
		}
	}
	_, _ = s.Import(t.Context(), fileWith(t, "f.jsonl", manyTalks(2)))
	_, _ = s.Mend(t.Context(), noon())
	_ = s.Sweep(t.Context(), noon())
	_, _ = s.Delete(idOne, noon())
	_ = s.Restore(t.Context(), idOne)
	_, _ = s.Delete(idTwo, noon())
	_, _ = s.Purge(noon().AddDate(0, 6, 0), day, true)
}

// furnish fills a folder with a session of another hand, a broken one, and what is
// left of an answer.
func furnish(t *testing.T, sessions string) {
	t.Helper()
	for name, text := range map[string]string{
		idTwo + ".json":         strings.Replace(textOf(t, short(idTwo, "x")), `"app":"groqchat",`, ` "app" : "groqchat",`, 1),
		NewID(noon()) + ".json": "{",
		journalName(idTwo):      "?",
		"." + idTwo + ".x.tmp":  "{",
	} {
		path := filepath.Join(sessions, name)
		if err := errors.Join(os.MkdirAll(sessions, 0o700), os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, noon(), noon().AddDate(0, 0, -1))); err != nil {
			t.Fatal(err)
		}
	}
}

// snapshot is all that is below a folder: names, modes, times and content.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(&b, path, info.Mode(), info.ModTime())
		if info.Mode().IsRegular() {
			text, err := os.ReadFile(path)
			fmt.Fprintf(&b, "%q\n", text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A folder of the data folder that is a link to another place is no way out.
func TestStore_WritesNothingThroughAFolderThatIsALink(t *testing.T) {
	for _, folder := range []string{"sessions", "locks", "drafts", "backups", "quarantine", "trash"} {
		data, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
		if err := os.Mkdir(outside, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, filepath.Join(data, folder)); err != nil {
			t.Fatal(err)
		}
		furnish(t, filepath.Join(data, "sessions"))
		before := snapshot(t, outside)
		everything(t, Open(data))
		if after := snapshot(t, outside); after != before {
			t.Errorf("%s: outside was\n%s\nand is\n%s", folder, before, after)
		}
	}
	s := Open(t.TempDir())
	if err := os.Symlink(t.TempDir(), s.dir); err != nil {
		t.Fatal(err)
	}
	_, err := s.Save(short(idOne, "x"))
	var folder *FolderError
	if !errors.As(err, &folder) || folder.Folder != s.dir || !strings.Contains(folder.Reason, "a link") {
		t.Errorf("saving gives %v", err)
	}
}

// The folder becomes a link while it is worked in, at any operation: at some of
// them each time, since a link that is followed is followed at many.
func TestStore_WritesNothingThroughALinkThatIsSwappedIn(t *testing.T) {
	t.Parallel()
	step := 4
	if testing.Short() {
		step = 20
	}
	for at := rand.IntN(step); ; at += step {
		data, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
		if err := os.Mkdir(outside, 0o755); err != nil {
			t.Fatal(err)
		}
		furnish(t, filepath.Join(data, "sessions"))
		before := snapshot(t, outside)
		s, n := Open(data), 0
		var mu sync.Mutex // for the workers of an import
		s.tap = func(_ *atomicfile.Operation, do func() error) error {
			mu.Lock()
			defer mu.Unlock()
			if n == at {
				if err := errors.Join(os.Rename(s.dir, s.dir+".away"), os.Symlink(outside, s.dir)); err != nil {
					t.Error(err)
				}
			}
			n++
			return do()
		}
		everything(t, s)
		if after := snapshot(t, outside); after != before {
			t.Errorf("swapped before operation %d, outside is\n%s", at, after)
		}
		if n <= at {
			if at < 60 {
				t.Errorf("only %d operations were seen", at)
			}
			return
		}
	}
}
