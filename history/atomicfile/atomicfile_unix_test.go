//go:build unix

package atomicfile

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

func TestWrite_GivesTheModeUnderAnyUmask(t *testing.T) {
	dir := t.TempDir()
	for _, umask := range []int{0, 0o022, 0o077, 0o177} {
		for _, perm := range []os.FileMode{0o600, 0o644} {
			old := syscall.Umask(umask)
			err := Write(filepath.Join(dir, "f"), []byte("x"), perm)
			syscall.Umask(old)
			if err != nil {
				t.Fatal(err)
			}
			if mode := modeOf(t, filepath.Join(dir, "f")); mode != perm {
				t.Errorf("umask %o, wanted %o: mode is %o", umask, perm, mode)
			}
		}
	}
}

func TestWrite_RefusesAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip("no pipes here:", err)
	}
	if err := Write(path, []byte("x"), 0o600); err == nil {
		t.Error("a pipe was replaced")
	}
}

// A real full disk, where the test may mount one.
func TestWrite_KeepsTheOldFileOnAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", dir).Run(); err != nil {
		t.Skip("no file system can be mounted here:", err)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	path := filepath.Join(dir, "f")
	old, larger := bytes.Repeat([]byte("o"), 400<<10), bytes.Repeat([]byte("n"), 900<<10)
	write(t, path, string(old), 0o600)
	if err := Write(path, larger, 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error is %v", err)
	}
	if got := read(t, path); got != string(old) {
		t.Errorf("%d bytes are left, or others than before", len(got))
	}
	if names := namesIn(t, dir); len(names) != 1 {
		t.Errorf("the folder holds %v", names)
	}
}
