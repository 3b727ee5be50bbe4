package history

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestLocks_TellsOpenSessionsFromWhatWasLeft, and leaves both as they are.
func TestLocks_TellsOpenSessionsFromWhatWasLeft(t *testing.T) {
	dir := t.TempDir()
	other, s := Open(dir), Open(dir)
	if locks, err := s.Locks(t.Context()); err != nil || len(locks.Open)+locks.Left > 0 {
		t.Fatalf("an empty folder has %+v, %v", locks, err)
	}
	if err := other.Hold(idOne); err != nil {
		t.Fatal(err)
	}
	defer other.ReleaseAll()
	left := filepath.Join(dir, "locks", idTwo+".lock")
	for _, path := range []string{left, filepath.Join(dir, "locks", "note.txt")} {
		if err := os.WriteFile(path, []byte("1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		locks, err := s.Locks(t.Context())
		if err != nil || !slices.Equal(locks.Open, []Locked{{idOne, os.Getpid()}}) || locks.Left != 1 {
			t.Fatalf("found %+v, %v", locks, err)
		}
	}
	if _, err := os.Stat(left); err != nil {
		t.Error(err)
	}
	if err := s.Hold(idTwo); err != nil {
		t.Error(err)
	}
	s.ReleaseAll()
}
