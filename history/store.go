package history

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

const (
	folderMode = 0o700
	fileMode   = 0o600
	// maxSession is the largest session file that is read, in bytes.
	maxSession = 64 << 20
)

// Store is the sessions of one data folder. It may be used by several goroutines.
type Store struct {
	data string // the folder of all
	dir  string // of the sessions
	seed maphash.Seed
	tap  atomicfile.Tap // for tests: between the store and the disk
	lost func(Lost)     // hears of answers whose process ended too early; nil: nobody does

	mu    sync.Mutex
	known map[string]stamp // by id: the file as this process last saw it
	locks map[string]*lock // by id: those that this store holds
}

// stamp tells whether a file is still the one that was read or written. info
// answers at the cost of a stat; where it differs, say after a touch or a copy
// back and forth, the sums of the content decide.
type stamp struct {
	info os.FileInfo // nil when it is not known
	rev  int
	sum  uint64
	// strange tells a file whose text is not as this program writes it: it is copied
	// before it is overwritten. nil: it is ours.
	strange func() bool
	// tried is the sum of a write that failed: it may be in place all the same.
	tried uint64
}

// Session is a conversation as it was read, and whether it may be written.
type Session struct {
	chat.Conversation
	ReadOnly string     // why it must not be written, part of a sentence; "" if it may
	Notice   string     // what was mended when it was resumed, a sentence; "" if nothing was
	Draft    string     // what was written and not sent
	Files    DraftFiles // that were to go with it
}

// Open gives the store of the data folder dir. It does no I/O: the folder is made
// by the first save.
func Open(dir string) *Store {
	return &Store{
		data: dir, dir: filepath.Join(dir, "sessions"), seed: maphash.MakeSeed(),
		known: map[string]stamp{}, locks: map[string]*lock{},
	}
}

// NewID makes a session's id: a ULID of the time now, 26 characters that sort by
// time, 80 bits of them random.
func NewID(now time.Time) string {
	ms := min(uint64(max(0, now.UnixMilli())), ulid.MaxTime())
	// It fails only for a time out of bounds or a failing reader; neither can be:
	// crypto/rand ends the process rather than fail.
	id, _ := ulid.New(ms, rand.Reader)
	return id.String()
}

// validID accepts a ULID in the one way of writing it that file names have.
//
// The id of a copy that was made beside its original has the time at its end.
func validID(id string) bool {
	id, at, copied := strings.Cut(id, conflictMark)
	if copied {
		if _, err := time.Parse(conflictTime, at); err != nil {
			return false
		}
	}
	parsed, err := ulid.ParseStrict(id)
	return err == nil && parsed.String() == id
}

// Path is the file of the session id, whether it exists or not; "" if id is no ULID.
func (s *Store) Path(id string) string {
	if !validID(id) {
		return ""
	}
	return filepath.Join(s.dir, fileName(id))
}

func fileName(id string) string { return id + ".json" }

// Load reads a session. The error is an [ErrNone] if there is none of that id,
// [*Damaged] if the file is not a session that can be read, or the system's.
func (s *Store) Load(id string) (Session, error) {
	if !validID(id) {
		return Session{}, absent(quote(id) + " is not the id of a session")
	}
	session, seen, err := s.read(id)
	if err != nil {
		return Session{}, err
	}
	if session.ReadOnly == "" {
		// Most sessions that are loaded are not saved: their text is not kept.
		seen.strange = func() bool {
			_, again, err := s.read(id)
			return err != nil || again.strange != nil && again.strange()
		}
		s.remember(id, seen)
	}
	return session, nil
}

// read reads and decodes a session's file.
func (s *Store) read(id string) (Session, stamp, error) {
	text, info, err := readRegular(s.dir, fileName(id), maxSession)
	if errors.Is(err, fs.ErrNotExist) {
		return Session{}, stamp{}, absent("there is no session " + id)
	}
	if err != nil {
		return Session{}, stamp{}, s.at(id, err)
	}
	session, err := decode(text)
	if err != nil {
		return Session{}, stamp{}, s.at(id, err)
	}
	// The name is what the file is found and saved by. A copy under another name
	// is another session and must not overwrite the first.
	seen := stamp{info: info, rev: session.Rev, sum: s.sum(text)}
	if session.ReadOnly == "" {
		conv := session.Clone()
		// That takes as long as a save, and is wanted only when it is saved.
		seen.strange = sync.OnceValue(func() bool {
			ours, err := encode(conv, conv.Rev)
			return err != nil || !bytes.Equal(ours, text)
		})
	}
	session.ID = id
	return session, seen, nil
}

// at makes a [*Damaged] of what is wrong with a file's content.
func (s *Store) at(id string, err error) error {
	var b bad
	if errors.As(err, &b) {
		return &Damaged{File: s.Path(id), Reason: string(b)}
	}
	return fmt.Errorf("read session %s: %w", id, err)
}

// Save writes conv whole, as the revision after conv.Rev, and returns that
// revision. On an error the file is what it was and the revision too.
//
// A file that was written by somebody else since conv was read is refused with
// [ErrChanged], one that a newer version wrote with [ErrReadOnly], one that is
// no session with [*Damaged], one that another process has open with [*Held]. A
// file that was deleted meanwhile is made again.
func (s *Store) Save(conv chat.Conversation) (rev int, err error) {
	if !validID(conv.ID) {
		return conv.Rev, fmt.Errorf("save the session: %s is not an id", quote(conv.ID))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	release, err := s.holdBriefly(conv.ID)
	if err == nil {
		defer release()
		rev, err = s.save(conv)
	}
	if err != nil {
		return conv.Rev, fmt.Errorf("save session %s: %w", conv.ID, err)
	}
	return rev, nil
}

func (s *Store) save(conv chat.Conversation) (rev int, err error) {
	now, err := s.mayWrite(conv)
	if err != nil {
		return 0, err
	}
	rev = max(conv.Rev, now.rev) + 1
	text, err := encode(conv, rev)
	if err != nil {
		return 0, err
	}
	if err := s.backup(conv.ID, now); err != nil {
		return 0, err
	}
	now.tried = s.sum(text)
	if err := s.write(conv.ID, text, now); err != nil {
		if !errors.Is(err, ErrChanged) {
			s.known[conv.ID] = stamp{rev: now.rev, sum: now.sum, tried: now.tried, strange: now.strange}
		}
		return 0, err
	}
	// Without the info the next save compares the content.
	info, _ := os.Lstat(s.Path(conv.ID))
	s.known[conv.ID] = stamp{info: info, rev: rev, sum: now.tried}
	return rev, nil
}

// write replaces the file, if it is still as it was a moment ago.
func (s *Store) write(id string, text []byte, was stamp) error {
	return s.writeWith(s.options(), id, text, was)
}

func (s *Store) writeWith(o atomicfile.Options, id string, text []byte, was stamp) error {
	o.Check = func() error {
		info, err := os.Lstat(s.Path(id))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case was.info == nil || !unchanged(was.info, info):
			return ErrChanged
		}
		return nil
	}
	if err := atomicfile.Replace(s.Path(id), text, o); err != nil {
		return inFolder(s.dir, err)
	}
	// The folder may come from a time or a tool with looser habits. That it cannot
	// be tightened, since it is not ours, is no reason to lose a session.
	_ = s.tighten()
	return nil
}

// tighten closes the folder of sessions to others.
func (s *Store) tighten() error {
	root, err := s.dataRoot()
	if err != nil {
		return err
	}
	defer root.Close()
	info, err := root.Stat(filepath.Base(s.dir))
	if err == nil && info.Mode().Perm()&^folderMode != 0 {
		err = root.Chmod(filepath.Base(s.dir), folderMode)
	}
	return err
}

// mayWrite looks at the file that a save would replace, and gives its stamp: zero
// when there is none.
func (s *Store) mayWrite(conv chat.Conversation) (stamp, error) {
	info, err := os.Lstat(s.Path(conv.ID))
	if errors.Is(err, fs.ErrNotExist) {
		return stamp{}, nil
	}
	if err != nil {
		return stamp{}, inFolder(s.dir, err)
	}
	known, ok := s.known[conv.ID]
	if ok && known.info != nil && unchanged(known.info, info) {
		return known, nil
	}
	session, seen, err := s.read(conv.ID)
	switch {
	case err != nil:
		return stamp{}, err
	case session.ReadOnly != "":
		return stamp{}, fmt.Errorf("%s: %w", session.ReadOnly, ErrReadOnly)
	case ok && (seen.sum == known.sum || seen.sum == known.tried):
		return seen, nil
	case !ok && session.Rev == conv.Rev:
		return seen, nil
	}
	return stamp{}, ErrChanged
}

func unchanged(a, b os.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func (s *Store) remember(id string, seen stamp) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[id] = seen
}

// sum tells contents apart within this process.
func (s *Store) sum(text []byte) uint64 { return maphash.Bytes(s.seed, text) }
