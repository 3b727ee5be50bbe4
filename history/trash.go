package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"groqchat/history/atomicfile"
)

const (
	trashName = "trash"
	// purgedName holds the time of the last purge, in seconds.
	purgedName = ".purged"
	// leap is by how much the clock may have moved since the last purge. Beyond it,
	// it is more likely wrong than right, and nothing is deleted by itself.
	leap = 400 * 24 * time.Hour
)

// Trashed is a session in the trash.
type Trashed struct {
	ID, Title string
	Deleted   time.Time
	Count     int // messages
	file      string
}

// ErrClock says that nothing was purged, since the clock has moved by more than a
// year since the last purge: it may be wrong.
var ErrClock = errors.New("the clock has moved by more than a year since the trash was last purged")

// dataRoot opens the data folder: what moves between its folders stays within it,
// also where one of them has become a link.
func (s *Store) dataRoot() (*os.Root, error) { return os.OpenRoot(filepath.Dir(s.dir)) }

// Delete moves the file of a session to the trash as it is, whatever it holds.
// Without one the error is an [ErrNone].
func (s *Store) Delete(id string, now time.Time) (Trashed, error) {
	gone := Trashed{ID: id, Deleted: time.Unix(now.Unix(), 0)}
	if !validID(id) {
		return gone, absent(quote(id) + " is not the id of a session")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.discard(&gone)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return gone, absent("there is no session " + id)
	case err != nil:
		return gone, fmt.Errorf("delete session %s: %w", id, err)
	}
	delete(s.known, id)
	s.dropRest(id, now)
	return gone, nil
}

// discard moves the file of a session that no other process has open.
func (s *Store) discard(gone *Trashed) error {
	root, err := s.dataRoot()
	if err != nil {
		return err
	}
	defer root.Close()
	if !s.exists(fileName(gone.ID)) {
		return fs.ErrNotExist
	}
	release, err := s.holdBriefly(gone.ID)
	if err != nil {
		return err
	}
	defer release()
	return gone.take(root, filepath.Base(s.dir))
}

// dropRest takes away what belongs to a session that was deleted: a draft would
// come back in a new session, a journal be taken for one that lost its session.
// What cannot be taken away now is found again by a later start.
func (s *Store) dropRest(id string, now time.Time) {
	_ = s.remove(s.draftPath(id))
	_ = s.remove(s.draftFilesPath(id))
	if s.exists(journalName(id)) {
		_, _ = s.quarantine(journalName(id), "its session was deleted", now)
	}
}

// take moves the file, to a name that is not taken.
func (t *Trashed) take(root *os.Root, sessions string) error {
	from := filepath.Join(sessions, fileName(t.ID))
	info, err := root.Lstat(from)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return badf("it is a folder")
	}
	if h, err := readHead(root, from); err == nil {
		t.Title, t.Count = h.conv.Title, h.count
	}
	if err := root.Mkdir(trashName, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for ; ; t.Deleted = t.Deleted.Add(time.Second) {
		t.file = fmt.Sprintf("%s.%d.json", t.ID, t.Deleted.Unix())
		if err := move(root, from, filepath.Join(trashName, t.file)); !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}

// move gives a file another name, never one that is taken: a link is made only
// where there is nothing. File systems without links get a look before the move.
func move(root *os.Root, from, to string) error {
	err := root.Link(from, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return err
	case err == nil:
		if err = root.Remove(from); err != nil {
			return errors.Join(err, root.Remove(to))
		}
	default:
		if _, err := root.Lstat(to); err == nil {
			return fs.ErrExist
		}
		if err = root.Rename(from, to); err != nil {
			return err
		}
	}
	syncFolders(root, filepath.Dir(from), filepath.Dir(to))
	return nil
}

// syncFolders forces the move to the disk. Where that cannot be, a power cut may
// undo the move, and the session is where it was.
func syncFolders(root *os.Root, names ...string) {
	for _, name := range names {
		if dir, err := root.Open(name); err == nil {
			_ = dir.Sync()
			_ = dir.Close()
		}
	}
}

// Trash is what was deleted and not purged yet, the last first.
func (s *Store) Trash(ctx context.Context) ([]Trashed, error) {
	root, err := s.trashRoot()
	if root == nil {
		return nil, err
	}
	defer root.Close()
	trash, err := trashed(root)
	for i := range trash {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if h, err := readHead(root, trash[i].file); err == nil {
			trash[i].Title, trash[i].Count = h.conv.Title, h.count
		}
	}
	return trash, err
}

// trashRoot opens the trash; nil where there is none.
func (s *Store) trashRoot() (*os.Root, error) {
	data, err := s.dataRoot()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // no folder is no trash, and no error
	}
	if err != nil {
		return nil, err
	}
	defer data.Close()
	root, err := data.OpenRoot(trashName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // as above
	}
	return root, err
}

// trashed reads the names of the trash; what we did not name is not ours.
func trashed(root *os.Root) ([]Trashed, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	var trash []Trashed
	for _, name := range names {
		stem, isFile := strings.CutSuffix(name, ".json")
		dot := strings.LastIndexByte(stem, '.')
		if !isFile || dot < 0 || !validID(stem[:dot]) {
			continue
		}
		if at, err := strconv.ParseInt(stem[dot+1:], 10, 64); err == nil {
			trash = append(trash, Trashed{ID: stem[:dot], Deleted: time.Unix(at, 0), file: name})
		}
	}
	slices.SortFunc(trash, func(a, b Trashed) int {
		if c := b.Deleted.Compare(a.Deleted); c != 0 {
			return c
		}
		return strings.Compare(b.ID, a.ID)
	})
	return trash, err
}

// Restore moves a session back from the trash, byte for byte what it was. Of
// several with its id it is the one that was deleted last. A session that has the
// id now is not replaced: that is an [ErrChanged].
func (s *Store) Restore(ctx context.Context, id string) error {
	trash, err := s.Trash(ctx)
	if err != nil {
		return fmt.Errorf("restore session %s: %w", id, err)
	}
	at := slices.IndexFunc(trash, func(t Trashed) bool { return t.ID == id })
	if at < 0 {
		return absent("there is no session " + id + " in the trash")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.reclaim(&trash[at])
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("restore session %s: there is one of that id now: %w", id, ErrChanged)
	case err != nil:
		return fmt.Errorf("restore session %s: %w", id, err)
	}
	delete(s.known, id)
	return nil
}

// reclaim puts a session back whose id no other process has open.
func (s *Store) reclaim(t *Trashed) error {
	root, err := s.dataRoot()
	if err != nil {
		return err
	}
	defer root.Close()
	release, err := s.holdBriefly(t.ID)
	if err != nil {
		return err
	}
	defer release()
	return t.putBack(root, filepath.Base(s.dir))
}

// putBack moves the file to the folder of sessions, which may be gone.
func (t *Trashed) putBack(root *os.Root, sessions string) error {
	if err := root.Mkdir(sessions, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return move(root, filepath.Join(trashName, t.file), filepath.Join(sessions, fileName(t.ID)))
}

// Purge deletes for good what has been in the trash for longer than keep, and
// tells how many sessions that were. A clock that has leapt since the last purge
// is not believed unless sure says so: the error is [ErrClock], and nothing is
// deleted.
func (s *Store) Purge(now time.Time, keep time.Duration, sure bool) (int, error) {
	root, err := s.trashRoot()
	if root == nil {
		return 0, err
	}
	defer root.Close()
	trash, err := trashed(root)
	if err != nil {
		return 0, fmt.Errorf("purge the trash: %w", err)
	}
	last, noted := lastPurge(root, trash)
	purged := 0
	for _, t := range trash {
		if now.Sub(t.Deleted) <= keep {
			continue
		}
		if now.Sub(last) > leap && !sure {
			return purged, fmt.Errorf("purge the trash: %w", ErrClock)
		}
		if err := root.Remove(t.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return purged, fmt.Errorf("purge the trash: %w", err)
		}
		purged++
	}
	const enough = 24 * time.Hour
	if len(trash) > 0 && (!noted || now.Sub(last).Abs() > enough) {
		s.notePurge(now)
	}
	return purged, nil
}

// lastPurge is the last time that the clock was believed, and whether that was
// noted; else it was right at least when something was deleted last.
func lastPurge(root *os.Root, trash []Trashed) (last time.Time, noted bool) {
	if f, info, err := openRegular(root, purgedName); err == nil {
		defer f.Close()
		text, err := readAll(f, info.Size(), 64)
		if at, parseErr := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && parseErr == nil {
			return time.Unix(at, 0), true
		}
	}
	if len(trash) > 0 {
		last = trash[0].Deleted
	}
	return last, false
}

// notePurge is best effort: without the note the next purge goes by the files.
func (s *Store) notePurge(now time.Time) {
	path := filepath.Join(filepath.Dir(s.dir), trashName, purgedName)
	_ = atomicfile.Write(path, []byte(strconv.FormatInt(now.Unix(), 10)+"\n"), fileMode)
}
