package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrite_MakesFileAndFolders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "c.json")
	write(t, path, "hello", 0o600)
	if got := read(t, path); got != "hello" {
		t.Errorf("content is %q", got)
	}
	for _, dir := range []string{filepath.Dir(path), filepath.Dir(filepath.Dir(path))} {
		if mode := modeOf(t, dir); mode != 0o700 {
			t.Errorf("folder %s has the mode %o", dir, mode)
		}
	}
}

func TestWrite_TightensALooserMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	write(t, path, "new", 0o600)
	if mode := modeOf(t, path); mode != 0o600 {
		t.Errorf("mode is %o", mode)
	}
}

func TestWrite_FollowsALinkAndKeepsIt(t *testing.T) {
	real, linked := filepath.Join(t.TempDir(), "real"), filepath.Join(t.TempDir(), "link")
	write(t, real, "old", 0o600)
	if err := os.Symlink(real, linked); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	write(t, linked, "new", 0o600)
	if got := read(t, real); got != "new" {
		t.Errorf("behind the link is %q", got)
	}
	if info, err := os.Lstat(linked); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info.Mode(), err)
	}
	if left := namesIn(t, filepath.Dir(linked)); !cmp.Equal(left, []string{"link"}) {
		t.Errorf("beside the link is %v", left)
	}
}

func TestWrite_RefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "dangling")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := os.Symlink("loop", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	before := namesIn(t, dir)
	for _, name := range before {
		if err := Write(filepath.Join(dir, name), []byte("x"), 0o600); err == nil {
			t.Errorf("%s was replaced", name)
		}
	}
	if after := namesIn(t, dir); !cmp.Equal(before, after) {
		t.Errorf("the folder holds %v, before %v", after, before)
	}
}

func TestWrite_FailsUnderAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	write(t, path, "old", 0o600)
	if err := Write(filepath.Join(path, "g"), []byte("x"), 0o600); err == nil {
		t.Error("a file was made within a file")
	}
	if got := read(t, path); got != "old" {
		t.Errorf("content is %q", got)
	}
}

// The order is what survives a power cut: content before name, name before the end.
func TestWrite_GoesInTheSafeOrder(t *testing.T) {
	r := begin(t, t.TempDir(), "new")
	var got []string
	for _, s := range r.steps() {
		got = append(got, s.name)
	}
	want := []string{"create", "write", "check", "chmod", "fsync", "close", "rename", "fsync folder"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWrite_KeepsTheOldFileWhicheverStepFails(t *testing.T) {
	fault := errors.New("no space left on device")
	for n, s := range begin(t, t.TempDir(), "new").steps() {
		for _, after := range []bool{false, true} {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "f.json"), "old", 0o600)
			r := begin(t, dir, "new")
			steps := r.steps()
			do := steps[n].do
			steps[n].do = func() error {
				if after {
					if err := do(); err != nil {
						return err
					}
				}
				return fault
			}
			if err := r.run(steps); !errors.Is(err, fault) {
				t.Errorf("%s: error is %v", s.name, err)
			}
			want := "old"
			if s.name == "fsync folder" || s.name == "rename" && after {
				want = "new"
			}
			if got := read(t, filepath.Join(dir, "f.json")); got != want {
				t.Errorf("%s fails, done %v: content is %q, want %q", s.name, after, got, want)
			}
			if left := namesIn(t, dir); !cmp.Equal(left, []string{"f.json"}) {
				t.Errorf("%s fails, done %v: the folder holds %v", s.name, after, left)
			}
		}
	}
}

func TestWrite_NoticesAShortWrite(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "f.json"), "old", 0o600)
	r := begin(t, dir, "a new content")
	steps := r.steps()
	steps[1].do = func() error {
		_, err := r.file.WriteString("a new")
		return err
	}
	if err := r.run(steps); err == nil || !strings.Contains(err.Error(), "5 of 13 bytes") {
		t.Errorf("error is %v", err)
	}
	if got := read(t, filepath.Join(dir, "f.json")); got != "old" {
		t.Errorf("content is %q", got)
	}
}

// The temporary file must be hidden and private before the first byte is in it.
func TestWrite_HidesTheTemporaryFile(t *testing.T) {
	dir := t.TempDir()
	r := begin(t, dir, "new")
	if err := r.run(r.steps()[:1]); err != nil {
		t.Fatal(err)
	}
	defer r.abandon()
	names := namesIn(t, dir)
	if len(names) != 1 || !strings.HasPrefix(names[0], ".f.") || !strings.HasSuffix(names[0], ".tmp") {
		t.Fatalf("the folder holds %v", names)
	}
	if mode := modeOf(t, filepath.Join(dir, names[0])); mode != 0o600 {
		t.Errorf("mode is %o", mode)
	}
}

// begin prepares a write of dir/f.json.
func begin(t *testing.T, dir, data string) *replacement {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return newReplacement(root, filepath.Join(dir, "f.json"), []byte(data), 0o600)
}

func write(t *testing.T, path, data string, perm os.FileMode) {
	t.Helper()
	if err := Write(path, []byte(data), perm); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func modeOf(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
