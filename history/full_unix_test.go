//go:build linux

package history

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"groqchat/chat"
)

// mounted is a small file system of its own, where one may be mounted.
func mounted(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).Run(); err != nil {
		t.Skip("no file system can be mounted here:", err)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// A disk that is really full: the file stays as it was, the next save has it all.
func TestDisk_FullForReal(t *testing.T) {
	dir := mounted(t, "size=1m")
	s := Open(dir)
	conv := asked(t, s)
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 900<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	j := stream(t, s, &conv)
	text, failed := strings.Repeat("word ", 2000), 0
	for range 40 {
		if err := j.Record(chat.Delta{Text: text}); errors.Is(err, syscall.ENOSPC) {
			failed++
		} else if err != nil {
			t.Fatal(err)
		}
		conv.Apply(chat.Delta{Text: text})
	}
	conv.Apply(chat.Done{Finish: "stop"})
	if _, err := s.Save(conv); !errors.Is(err, syscall.ENOSPC) || failed == 0 {
		t.Errorf("saving gives %v, %d records failed", err, failed)
	}
	if got := mustLoad(t, s, idOne); len(got.Messages) != 1 || got.Rev != conv.Rev {
		t.Errorf("on disk are %d messages", len(got.Messages))
	}
	if err := errors.Join(os.Remove(ballast), j.Discard()); err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, conv)
	if got := mustLoad(t, s, idOne); got.Messages[1].Content != strings.Repeat(text, 40) {
		t.Error("the answer is not whole")
	}
	s.ReleaseAll()
}

// A disk that cannot be written is read all the same.
func TestDisk_ReadOnlyForReal(t *testing.T) {
	dir := mounted(t, "size=1m")
	s := Open(dir)
	conv := short(idOne, "x")
	conv.Rev = mustSave(t, s, conv)
	if err := exec.Command("mount", "-o", "remount,ro", dir).Run(); err != nil {
		t.Skip("cannot be made read-only:", err)
	}
	got, err := s.Resume(idOne, noon())
	if err != nil || got.ReadOnly != "" || got.Notice != "" || len(got.Messages) != 2 {
		t.Errorf("read-only %q, notice %q, %v", got.ReadOnly, got.Notice, err)
	}
	if list, err := s.List(t.Context()); err != nil || len(list.Summaries) != 1 {
		t.Errorf("the list is %+v, %v", list, err)
	}
	if _, err := s.Save(conv); !errors.Is(err, syscall.EROFS) {
		t.Errorf("saving gives %v", err)
	}
	s.ReleaseAll()
}

// On a machine with other users nobody else reads anything.
func TestStore_IsClosedToOtherUsers(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	public, err := os.MkdirTemp("/tmp", "groqchat") //nolint:usetesting // the folders of tests may be closed themselves
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(public) })
	open := filepath.Join(public, "open")
	if err := errors.Join(os.Chmod(public, 0o755), os.WriteFile(open, []byte("x"), 0o644)); err != nil {
		t.Fatal(err)
	}
	reads := func(path string) bool {
		c := exec.Command("cat", path)
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		return c.Run() == nil
	}
	if !reads(open) {
		t.Skip("nobody else can be asked here")
	}
	s := Open(filepath.Join(public, "data"))
	defer s.ReleaseAll()
	conv := asked(t, s)
	stream(t, s, &conv, chat.Delta{Text: "secret"})
	mustSave(t, s, short(idTwo, "x"))
	if _, err := s.Delete(idTwo, noon()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.SaveDraft(idOne, "draft"), s.Hold(idOne)); err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(s.data, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if files++; reads(path) {
				t.Errorf("another user reads %s", path)
			}
		}
		return err
	})
	if err != nil || files < 5 {
		t.Errorf("%d files were tried, %v", files, err)
	}
}

// importSize is the size of a large export in MB, for the soak.
const importSize = "GROQCHAT_IMPORT_MB"

// An export of any size is read a conversation at a time.
func TestImport_LargeNeedsNoMemory(t *testing.T) {
	size, _ := strconv.Atoi(os.Getenv(importSize))
	if size == 0 {
		t.Skip("takes long; make soak does it")
	}
	path := filepath.Join(t.TempDir(), "conversations.json")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const each = 256 << 10
	text, n := strings.Repeat("word ", each/5), size<<20/each
	_, _ = f.WriteString("[")
	for i := range n {
		one := strings.Replace(strings.Trim(gptTalk("a", "u - user "+text, "a u assistant yes"), "[]"), "c-9", strconv.Itoa(i), 1)
		if i > 0 {
			one = "," + one
		}
		if _, err := f.WriteString(one); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = f.WriteString("]")
	start := time.Now()
	r := mustImport(t, Open(t.TempDir()), path)
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d conversations of %d MB in %s, at most %d MB of memory", len(r.Imported), size, time.Since(start).Round(time.Millisecond), used.Maxrss>>10)
	if len(r.Imported) != n || used.Maxrss>>10 > 300 {
		t.Errorf("%d of %d, %d MB", len(r.Imported), n, used.Maxrss>>10)
	}
}

// A limit of the size of files ends no process, and no file.
func TestDisk_LimitOfAFilesSize(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, says := child(t, dir, "limit")
	var got []string
	for says.Scan() {
		got = append(got, says.Text())
	}
	if err := c.Wait(); err != nil || strings.Join(got, " ") != "too large, 2 messages are left" {
		t.Errorf("the child says %q, %v", got, err)
	}
}

func TestStore_KeepsWhatIsBesideTheSessionsPrivate(t *testing.T) {
	for _, umask := range []int{0, 0o077} {
		old := syscall.Umask(umask)
		s, _ := wreck(t)
		place(t, s, idTwo+".json", strings.Replace(textOf(t, short(idTwo, "x")), `"app":"groqchat",`, ` "app" : "groqchat",`, 1))
		_, err := s.Save(short(idTwo, "y"))
		_, mendErr := s.Mend(t.Context(), noon())
		err = errors.Join(err, mendErr, s.SaveDraft(idOne, "draft"), s.Hold(idOne), WriteFile(filepath.Join(s.data, "copy"), rich()))
		conv := mustLoad(t, s, idOne).Conversation
		conv.Continue(noon())
		stream(t, s, &conv, chat.Delta{Text: "x"})
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range namesIn(t, s.data) {
			if open := tooOpen(t, filepath.Join(s.data, name)); len(open) > 0 {
				t.Errorf("umask %o: %v", umask, open)
			}
		}
		if dirs := namesIn(t, s.data); strings.Join(dirs, " ") != "backups copy drafts locks quarantine sessions" {
			t.Errorf("there are %v", dirs)
		}
		s.ReleaseAll()
	}
}
