package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// Beside the sessions lie files that the program makes and never deletes: in
// backups/ the originals of those that it did not write as it does, in quarantine/
// what could not be read, with the reason; and copies in the folder of sessions
// where another program wrote one at the same time.

const (
	conflictMark = ".conflict-"
	conflictTime = "20060102-150405"
)

// SaveCopy writes conv beside the file that another program has changed, and gives
// the copy's id and revision.
func (s *Store) SaveCopy(conv chat.Conversation, now time.Time) (id string, rev int, err error) {
	original, _, _ := strings.Cut(conv.ID, conflictMark)
	for at := now.UTC(); ; at = at.Add(time.Second) {
		conv.ID, conv.Rev = original+conflictMark+at.Format(conflictTime), 0
		if _, err := os.Lstat(s.Path(conv.ID)); err != nil {
			break
		}
	}
	rev, err = s.Save(conv)
	return conv.ID, rev, err
}

// backup copies a file that a save is about to overwrite, if it is not as this
// program writes it. It expects s.mu to be held.
func (s *Store) backup(id string, now stamp) error {
	if now.strange == nil || !now.strange() {
		return nil
	}
	text, info, err := readRegular(s.dir, fileName(id), maxSession)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s.v%d.%d.json", id, formatVersion, info.ModTime().Unix())
	path, err := freePath(filepath.Join(s.data, "backups", name))
	if err == nil {
		err = atomicfile.Replace(path, text, s.options())
	}
	if err != nil {
		return fmt.Errorf("keep a copy of it as it was before: %w", err)
	}
	return nil
}

// quarantine moves a file of the folder of sessions out of the way, and says
// beside it why. It gives the new path.
func (s *Store) quarantine(name, reason string, now time.Time) (string, error) {
	folder := filepath.Join(s.data, "quarantine")
	if err := atomicfile.MakeFolder(folder, s.tap); err != nil {
		return "", err
	}
	stem, ext := strings.TrimPrefix(name, "."), filepath.Ext(name)
	to, err := freePath(filepath.Join(folder, fmt.Sprintf("%s.%d%s", strings.TrimSuffix(stem, ext), now.Unix(), ext)))
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("%s was moved here on %s: %s.\n", name, now.UTC().Format(time.RFC3339), reason)
	if err := atomicfile.Replace(to+".reason.txt", []byte(text), s.options()); err != nil {
		return "", err
	}
	if err := s.rename(filepath.Join(s.dir, name), to); err != nil {
		return "", err
	}
	return to, errors.Join(atomicfile.SyncFolder(folder, s.tap), atomicfile.SyncFolder(s.dir, s.tap))
}

// rename moves a file within the data folder, and closes it to others: it may be
// somebody else's.
func (s *Store) rename(from, to string) error {
	return s.tap.Do(&atomicfile.Operation{Name: "rename", File: from, To: to}, func() error {
		root, err := s.dataRoot()
		if err != nil {
			return err
		}
		defer root.Close()
		if err = root.Rename(s.inner(from), s.inner(to)); err == nil {
			_ = root.Chmod(s.inner(to), fileMode)
		}
		return err
	})
}

// inner is a path below the data folder as seen from there.
func (s *Store) inner(path string) string {
	rel, err := filepath.Rel(s.data, path)
	if err != nil {
		return path // which no root takes
	}
	return rel
}

// options is how files of the data folder are written.
func (s *Store) options() atomicfile.Options {
	return atomicfile.Options{Perm: fileMode, Within: s.data, Tap: s.tap}
}

// freePath is path, or one with a number where that is taken.
func freePath(path string) (string, error) {
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ext)
	for n := 1; ; n++ {
		_, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
		if err != nil {
			return "", err
		}
		path = fmt.Sprintf("%s-%d%s", stem, n, ext)
	}
}
