//go:build unix

package history

import (
	"os"
	"path/filepath"
	"testing"
)

// A folder that is a link to another place is no way out of the data folder.
func TestTrash_DoesNotFollowLinksOutOfTheDataFolder(t *testing.T) {
	for _, linked := range []string{"sessions", "trash"} {
		t.Run(linked, func(t *testing.T) {
			outside := t.TempDir()
			s := Open(t.TempDir())
			mustSave(t, s, short(idOne, "one"))
			data := filepath.Dir(s.dir)
			if linked == "sessions" {
				if err := os.Rename(s.Path(idOne), filepath.Join(outside, idOne+".json")); err != nil {
					t.Fatal(err)
				}
				if err := os.Remove(s.dir); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Symlink(outside, filepath.Join(data, linked)); err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadDir(outside)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Delete(idOne, noon()); err == nil {
				t.Error("deleted through a link")
			}
			after, err := os.ReadDir(outside)
			if err != nil || len(after) != len(before) {
				t.Errorf("outside are %v, %v", after, err)
			}
			if _, err := s.Load(idOne); err != nil {
				t.Errorf("the session is gone: %v", err)
			}
		})
	}
}
