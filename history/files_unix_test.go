//go:build unix

package history

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// strange puts things that are no sessions among them, and gives what is wrong
// with each by its id.
func strange(t *testing.T, s *Store) map[string]string {
	t.Helper()
	outside := filepath.Join(t.TempDir(), "outside.json")
	if err := os.WriteFile(outside, []byte(textOf(t, rich())), 0o600); err != nil {
		t.Fatal(err)
	}
	wrong := map[string]string{}
	add := func(reason string, make func(path string) error) {
		id := NewID(noon())
		if err := make(filepath.Join(s.dir, id+".json")); err != nil {
			t.Fatal(err)
		}
		wrong[id] = reason
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	add("folder", func(path string) error { return os.Mkdir(path, 0o700) })
	add("not a regular file", func(path string) error { return syscall.Mkfifo(path, 0o600) })
	add("not a regular file", func(path string) error {
		t.Chdir(s.dir) // the name of a socket must be short
		l, err := net.Listen("unix", filepath.Base(path))
		if err == nil {
			t.Cleanup(func() { _ = l.Close() })
		}
		return err
	})
	add("link", func(path string) error { return os.Symlink(outside, path) })
	add("link", func(path string) error { return os.Symlink(filepath.Base(path), path) })
	add("link", func(path string) error { return os.Symlink("/dev/zero", path) })
	if null := filepath.Join(t.TempDir(), "null"); syscall.Mknod(null, syscall.S_IFCHR|0o600, 1<<8|3) == nil {
		add("not a regular file", func(path string) error { return syscall.Mknod(path, syscall.S_IFCHR|0o600, 1<<8|5) }) // /dev/zero
	}
	add("empty", func(path string) error { return os.WriteFile(path, nil, 0o600) })
	add("larger than 64 MiB", func(path string) error {
		return errors.Join(os.WriteFile(path, []byte("{"), 0o600), os.Truncate(path, 5<<30))
	})
	return wrong
}

func TestStore_ReadsNothingButRegularFiles(t *testing.T) {
	s := Open(t.TempDir())
	wrong := strange(t, s)
	before := bytesRead()
	defer func() {
		// Not to read is what makes it quick, however large a file says that it is.
		if n := bytesRead() - before; n > 1<<20 {
			t.Errorf("%d bytes were read", n)
		}
	}()
	for id, reason := range wrong {
		var damaged *Damaged
		if _, err := s.Load(id); !errors.As(err, &damaged) || !strings.Contains(damaged.Reason, reason) {
			t.Errorf("loading: %v, want %q", err, reason)
		}
		if _, err := s.Save(chat.Conversation{ID: id}); !errors.As(err, &damaged) {
			t.Errorf("saving over it (%s): %v", reason, err)
		}
	}
	list, err := s.List(t.Context())
	if err != nil || len(list.Summaries) != 0 || len(list.Problems) != len(wrong) {
		t.Fatalf("the list is %+v, %v", list, err)
	}
	for _, p := range list.Problems {
		if want := wrong[strings.TrimSuffix(p.File, ".json")]; !strings.Contains(p.Reason, want) {
			t.Errorf("%s: reason is %q, want %q", p.File, p.Reason, want)
		}
	}
}

func TestStore_SaysThatAFileMayNotBeRead(t *testing.T) {
	s := Open(asNobody(t))
	path := place(t, s, idOne+".json", textOf(t, rich()))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(idOne); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error is %v", err)
	}
	if _, err := s.Save(rich()); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("saving over it: %v", err)
	}
	list, err := s.List(t.Context())
	if err != nil || len(list.Problems) != 1 || !strings.Contains(list.Problems[0].Reason, "permissions") {
		t.Errorf("the list is %+v, %v", list, err)
	}
}

// A folder that may only be read: it is, and what cannot be saved is said.
func TestStore_ReadsWhatMayOnlyBeRead(t *testing.T) {
	s := Open(asNobody(t))
	conv := short(idOne, "x")
	conv.Rev = mustSave(t, s, conv)
	if err := errors.Join(os.Chmod(s.dir, 0o500), os.Chmod(s.data, 0o500)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(os.Chmod(s.data, 0o700), os.Chmod(s.dir, 0o700)) })
	got, err := s.Resume(idOne, noon())
	if err != nil || got.ReadOnly != "" || len(got.Messages) != 2 {
		t.Errorf("read-only %q, %v", got.ReadOnly, err)
	}
	var folder *FolderError
	if _, err := s.Save(conv); !errors.As(err, &folder) || !strings.Contains(folder.Reason, "permissions") {
		t.Errorf("saving gives %v", err)
	}
	if list, err := s.List(t.Context()); err != nil || len(list.Summaries) != 1 || len(list.Problems) != 0 {
		t.Errorf("the list is %+v, %v", list, err)
	}
}

// asNobody makes the process of the test a user whom permissions hold back, if it
// is root, and gives a folder of that user's.
func asNobody(t *testing.T) string {
	t.Helper()
	if os.Getuid() != 0 {
		return t.TempDir()
	}
	const nobody = 65534
	dir, err := os.MkdirTemp("/tmp", "groqchat") //nolint:usetesting // the folders of tests are closed to others
	if err == nil {
		err = os.Chown(dir, nobody, nobody)
	}
	if err == nil {
		err = syscall.Setreuid(-1, nobody) // of all threads
	}
	if err != nil {
		t.Skip("nobody else can be asked here:", err)
	}
	t.Cleanup(func() {
		if err := errors.Join(syscall.Setreuid(-1, 0), os.RemoveAll(dir)); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestStore_KeepsFilesAndFoldersPrivate(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077} {
		dir := filepath.Join(t.TempDir(), "data")
		old := syscall.Umask(umask)
		_, err := Open(dir).Save(short(idOne, "x"))
		err = errors.Join(err, OpenPrompts(dir).Append("hello"), OpenModelCache(dir).Save(nil, noon()))
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{}, tooOpen(t, dir), same()); diff != "" {
			t.Errorf("umask %o: %s", umask, diff)
		}
	}
}

func TestStore_TightensWhatWasOpen(t *testing.T) {
	dir := t.TempDir()
	s, p := Open(dir), OpenPrompts(filepath.Join(dir, "sessions"))
	path := place(t, s, idOne+".json", textOf(t, rich()))
	if err := errors.Join(p.Append("one"), os.Chmod(path, 0o644), os.Chmod(p.path, 0o666), os.Chmod(s.dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, mustLoad(t, s, idOne).Conversation)
	if err := p.Append("two"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{}, tooOpen(t, s.dir), same()); diff != "" {
		t.Error(diff)
	}
}

// tooOpen is all that others may read below dir, and dir itself.
func tooOpen(t *testing.T, dir string) []string {
	t.Helper()
	var open []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			open = append(open, path+" "+info.Mode().String())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return open
}
