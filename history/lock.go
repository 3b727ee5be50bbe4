package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/gofrs/flock"

	"groqchat/history/atomicfile"
)

// A session is written by one process at a time: the one that holds the lock of
// locks/<id>.lock. The system drops the lock with the process, however that ends,
// so there is nothing stale to clean. The file of the session itself cannot be
// locked, since a save puts another one in its place.

// lock is a lock that this process holds.
type lock struct {
	flock *flock.Flock
	path  string
}

func (s *Store) lockPath(id string) string { return filepath.Join(s.data, "locks", id+".lock") }

// Hold takes the lock of a session until [Store.Release] or the end of the
// process. The error is a [*Held] if another process has it. Any other error means
// that locks do not work here, and that only conflicts are noticed.
func (s *Store) Hold(id string) error {
	if !validID(id) {
		return fmt.Errorf("lock the session: %s is not an id", quote(id))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hold(id)
}

func (s *Store) hold(id string) error {
	if s.locks[id] != nil {
		return nil
	}
	l, err := s.acquire(id, true)
	if err != nil {
		return err
	}
	s.locks[id] = l
	return nil
}

// holdBriefly takes the lock for one write, unless it is held anyway. Where there
// are no locks the write goes on without.
func (s *Store) holdBriefly(id string) (release func(), err error) {
	if s.locks[id] != nil {
		return func() {}, nil
	}
	l, err := s.acquire(id, false)
	var held *Held
	switch {
	case errors.As(err, &held):
		return nil, err
	case err != nil:
		return func() {}, nil //nolint:nilerr // the save itself tells what is wrong with the folder
	}
	return l.release, nil
}

// Release gives the lock of a session back, if this store has it.
func (s *Store) Release(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.locks[id]; l != nil {
		l.release()
		delete(s.locks, id)
	}
}

// ReleaseAll gives back all locks that this store has.
func (s *Store) ReleaseAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, l := range s.locks {
		l.release()
		delete(s.locks, id)
	}
}

// lockTries bounds how often a lock is tried whose file is removed meanwhile.
const lockTries = 10

// acquire takes the lock of a session, in a folder that is not elsewhere.
func (s *Store) acquire(id string, kept bool) (*lock, error) {
	path := s.lockPath(id)
	if info, err := os.Lstat(filepath.Dir(path)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, &fs.PathError{Op: "lock", Path: filepath.Dir(path), Err: atomicfile.ErrOutside}
	}
	return acquire(path, kept)
}

// acquire takes a lock without waiting, and says in it whose it is if it is kept
// for longer than a moment.
func acquire(path string, kept bool) (*lock, error) {
	if err := atomicfile.MakeFolder(filepath.Dir(path), nil); err != nil {
		return nil, err
	}
	for range lockTries {
		// What is no file may hang when it is opened, a pipe for instance.
		if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
			return nil, regular(info)
		}
		f := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(fileMode))
		ok, err := f.TryLock()
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, &Held{PID: readPID(path)}
		}
		if ok = stillThere(f, path); ok && kept {
			ok = sign(f, path)
		}
		if ok {
			return &lock{f, path}, nil
		}
		_ = f.Unlock() // of a file that another process has just removed
	}
	return nil, &Held{}
}

// sign writes the number of this process into its lock. On a network file system
// a lock goes when any descriptor of its file is closed, so it is taken once more.
func sign(f *flock.Flock, path string) bool {
	writePID(path)
	if err := f.Unlock(); err != nil {
		return false
	}
	ok, err := f.TryLock()
	return ok && err == nil && stillThere(f, path)
}

// stillThere reports whether the locked file is the one of that name.
func stillThere(f *flock.Flock, path string) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(path)
	return err == nil && os.SameFile(mine, there)
}

// release removes the file while it is locked: whoever has opened it finds out
// that it is not the one of that name any more.
func (l *lock) release() {
	_ = os.Remove(l.path)
	_ = l.flock.Unlock()
}

// writePID says who holds the lock. That is for people; that it cannot be written
// is no harm.
func writePID(path string) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, fileMode)
	if err != nil {
		return
	}
	defer f.Close()
	_ = f.Chmod(fileMode)
	_, _ = fmt.Fprintf(f, "%d\n", os.Getpid())
}

func readPID(path string) int {
	text, _, err := readRegular(filepath.Dir(path), filepath.Base(path), 64)
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid
}

// unsupported reports whether an error says that locks do not work here, rather
// than that nothing can be written.
func unsupported(err error) bool {
	if err == nil || errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		return false
	}
	for _, not := range []error{syscall.EROFS, syscall.ENOSPC, syscall.EIO} {
		if errors.Is(err, not) {
			return false
		}
	}
	return true
}
