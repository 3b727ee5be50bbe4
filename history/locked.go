package history

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Locks is what the files of locks say.
type Locks struct {
	Open []Locked
	Left int // files of processes that are gone: they lock nothing, and a sweep removes them
}

// Locked is a session that a process has open.
type Locked struct {
	ID  string
	PID int // 0: not known
}

// Locks looks which sessions are open, in this process or in another. It changes
// nothing, but whoever opens a session in the same instant may find it held.
func (s *Store) Locks(ctx context.Context) (Locks, error) {
	var all Locks
	files, err := readDir(filepath.Join(s.data, "locks"))
	for _, f := range files {
		id, ok := strings.CutSuffix(f.Name(), ".lock")
		if ctx.Err() != nil || !ok || !validID(id) || !f.Type().IsRegular() {
			continue
		}
		if path := s.lockPath(id); isLocked(path) {
			all.Open = append(all.Open, Locked{id, readPID(path)})
		} else {
			all.Left++
		}
	}
	return all, err
}

// isLocked reports whether a process holds the lock of a file. One that cannot be
// tried counts as free: nobody is kept out by it.
func isLocked(path string) bool {
	f := flock.New(path, flock.SetFlag(os.O_RDWR))
	ok, err := f.TryLock()
	if ok {
		_ = f.Unlock() // nothing was written
	}
	return err == nil && !ok
}
