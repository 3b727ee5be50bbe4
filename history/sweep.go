package history

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// tempAge is how old the temporary file of a save must be to be a leftover: no
// save takes as long.
const tempAge = time.Hour

// Sweep removes what processes left behind that ended too early: temporary files,
// locks that nobody holds. Their journals it brings into their sessions. What
// belongs to a living process is left alone.
func (s *Store) Sweep(ctx context.Context, now time.Time) error {
	var all []error
	for _, name := range []string{"sessions", "drafts", "backups", "quarantine"} {
		all = append(all, s.sweepTemps(ctx, filepath.Join(s.data, name), now))
	}
	_, err := s.Recover(ctx, now)
	return errors.Join(append(all, err, s.sweepLocks(ctx))...)
}

func (s *Store) sweepTemps(ctx context.Context, dir string, now time.Time) error {
	files, err := readDir(dir)
	for _, f := range files {
		name := f.Name()
		if ctx.Err() != nil || !strings.HasPrefix(name, ".") || filepath.Ext(name) != ".tmp" || !f.Type().IsRegular() {
			continue
		}
		if info, infoErr := f.Info(); infoErr == nil && now.Sub(info.ModTime()) > tempAge {
			err = errors.Join(err, s.remove(filepath.Join(dir, name)))
		}
	}
	return err
}

// sweepLocks removes the files of locks that nobody holds.
func (s *Store) sweepLocks(ctx context.Context) error {
	files, err := readDir(filepath.Join(s.data, "locks"))
	for _, f := range files {
		id, ok := strings.CutSuffix(f.Name(), ".lock")
		if ctx.Err() != nil || !ok || !validID(id) {
			continue
		}
		s.mu.Lock()
		if release, heldErr := s.holdBriefly(id); heldErr == nil {
			release()
		}
		s.mu.Unlock()
	}
	return err
}

// Recover brings the journals of processes that are gone into their sessions, and
// gives what there is to say about each, by session.
func (s *Store) Recover(ctx context.Context, now time.Time) (map[string]string, error) {
	files, err := readDir(s.dir)
	said := map[string]string{}
	for _, f := range files {
		id, ok := journalID(f.Name())
		if !ok || ctx.Err() != nil {
			continue
		}
		if notice := s.recover(id, now); notice != "" {
			said[id] = notice
		}
	}
	return said, err
}

// journalID is the session of a journal by its name.
func journalID(name string) (id string, ok bool) {
	id, ok = strings.CutSuffix(name, ".wal")
	id = strings.TrimPrefix(id, ".")
	return id, ok && validID(id) && name == journalName(id)
}

func (s *Store) recover(id string, now time.Time) (notice string) {
	if s.holds(id) {
		return "" // it is our own
	}
	if err := s.Hold(id); err != nil {
		return "" // somebody's, or it cannot be told whose
	}
	defer s.Release(id)
	session, err := s.Load(id)
	switch {
	case errors.Is(err, ErrNone):
		return s.putAside(journalName(id), "there is no session that it belongs to", now)
	case err != nil || session.ReadOnly != "":
		return "" // both are mended together, if at all
	}
	return s.fold(&session.Conversation, now)
}

func (s *Store) holds(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.locks[id] != nil
}

// readDir is the entries of a folder that may be missing.
func readDir(dir string) ([]fs.DirEntry, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return files, err
}

// WriteFile writes a session as a file of its own, which must not exist.
func WriteFile(path string, conv chat.Conversation) error {
	text, err := encode(conv, conv.Rev)
	if err != nil {
		return err
	}
	taken := func() error {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(fs.ErrExist, err)
		}
		return nil
	}
	if err := taken(); err != nil {
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	return atomicfile.Replace(path, text, atomicfile.Options{Perm: fileMode, Check: taken})
}
