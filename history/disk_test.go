package history

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// script is a session's life on disk: a question, its answer, a change by hand,
// another question. Whatever fails in it is gone on from, as the screen does.
// reached is told what the disk must hold from then on.
func script(s *Store, reached func(conv chat.Conversation)) (conv chat.Conversation, faults []error) {
	conv = chat.Conversation{ID: idOne, Model: chat.DefaultModel, Created: noon()}
	note := func(err error) bool {
		if err != nil {
			faults = append(faults, err)
		}
		return err == nil
	}
	save := func() bool {
		rev, err := s.Save(conv)
		if note(err) {
			conv.Rev = rev
			reached(conv.Clone())
		}
		return err == nil
	}
	for turn := range 2 {
		conv.Ask(fmt.Sprint("question ", turn), nil, noon())
		save()
		j, err := s.Journal(conv, "")
		note(err)
		for n := range 3 {
			e := chat.Delta{Text: fmt.Sprintf("piece %d ", n)}
			if j != nil {
				note(j.Record(e))
			}
			conv.Apply(e)
		}
		if j != nil {
			j.sync()
		}
		conv.Apply(chat.Done{Finish: "stop"})
		saved := save()
		if j != nil && saved && j.Holds(conv) {
			note(j.Discard())
		} else if j != nil {
			_ = j.Close()
		}
	}
	return conv, faults
}

// fault makes the operations from number at on fail, or that one alone.
func fault(at int, forever, after bool, err error) (tap atomicfile.Tap, seen *int) {
	seen = new(int)
	return func(op *atomicfile.Operation, do func() error) error {
		*seen++
		if *seen-1 == at || forever && *seen-1 > at {
			if after {
				op.Data = op.Data[:len(op.Data)/2] // a short write
				_ = do()
			}
			return err
		}
		return do()
	}, seen
}

// Every operation on the disk fails once, and from then on: the file is whole at
// any time, and all is there when the disk works again.
func TestDisk_AnyOperationMayFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, failEach)
}

// failEach runs in a bubble, where no timer of a journal comes in between.
func failEach(t *testing.T) {
	count, total := fault(-1, false, false, nil)
	s := Open(t.TempDir())
	s.tap = count
	script(s, func(chat.Conversation) {})
	errs := []error{syscall.ENOSPC, syscall.EIO, syscall.EROFS, syscall.EACCES, syscall.EINTR}
	for at := range *total {
		for variant := range 4 {
			forever, after := variant&1 != 0, variant&2 != 0
			dir := t.TempDir()
			s := Open(dir)
			s.tap, _ = fault(at, forever, after, errs[at%len(errs)])
			durable := chat.Conversation{}
			conv, faults := script(s, func(c chat.Conversation) { durable = c })
			name := fmt.Sprintf("operation %d of %d, forever %v, done %v", at, *total, forever, after)
			if len(faults) == 0 && !quiet(s, at, after) {
				t.Errorf("%s: nothing was said", name)
			}
			checkDisk(t, name, dir, durable)
			// The disk works again: the next save writes it all.
			s.tap = nil
			if _, err := s.Save(conv); err != nil {
				t.Errorf("%s: the next save: %v", name, err)
			}
			got := mustResume(t, dir, idOne)
			if len(got.Messages) != 4 || got.Messages[3].Content != "piece 0 piece 1 piece 2 " {
				t.Errorf("%s: in the end it is %+v", name, got.Messages)
			}
			os.RemoveAll(dir)
		}
	}
}

// quiet reports whether an operation's failing need not be said: what is forced to
// the disk beside the stream, which the final save does again, and a folder that
// is there all the same.
func quiet(s *Store, at int, done bool) bool {
	n, name := 0, ""
	probe := Open(filepath.Dir(s.dir) + "-probe")
	probe.tap = func(op *atomicfile.Operation, do func() error) error {
		if n == at {
			name = op.Name + " " + filepath.Ext(op.File)
		}
		n++
		return do()
	}
	script(probe, func(chat.Conversation) {})
	os.RemoveAll(probe.data)
	return name == "mkdir " && done || name == "fsync .wal" || name == "fsync folder "
}

// checkDisk expects that what is on disk is at least what was reached.
func checkDisk(t *testing.T, name, dir string, durable chat.Conversation) {
	t.Helper()
	there := Open(dir)
	got, err := there.Load(idOne)
	switch {
	case errors.Is(err, ErrNone) && durable.Rev == 0:
	case err != nil:
		t.Errorf("%s: %v", name, err)
	case len(got.Messages) < len(durable.Messages)-1 || got.Rev < durable.Rev:
		t.Errorf("%s: revision %d of %d is on disk, %d messages", name, got.Rev, durable.Rev, len(got.Messages))
	}
}

// cutDisk is a disk as it may be after a power cut: of each file what was forced
// to it, of each folder the names that were. Everything else is gone, or there.
type cutDisk struct {
	data    map[string]string // content by path, as the system shows it
	forced  map[string]string // content by path at the time of the last fsync
	names   map[string]string // by path in a folder that was forced: the file it had
	pending map[string]string // names that were not forced yet; "" is removed
	inode   map[string]string // by path, the path under which it was made
}

func newCutDisk() *cutDisk {
	return &cutDisk{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
}

func (d *cutDisk) apply(op *atomicfile.Operation, n int) {
	switch op.Name {
	case "create":
		d.inode[op.File] = fmt.Sprint(n)
		d.pending[op.File] = fmt.Sprint(n)
	case "write":
		d.data[d.inode[op.File]] += string(op.Data)
	case "fsync":
		d.forced[d.inode[op.File]] = d.data[d.inode[op.File]]
	case "rename":
		d.inode[op.To] = d.inode[op.File]
		d.pending[op.To], d.pending[op.File] = d.inode[op.File], ""
		delete(d.inode, op.File)
	case "remove":
		d.pending[op.File] = ""
		delete(d.inode, op.File)
	case "fsync folder":
		for path, inode := range d.pending {
			if filepath.Dir(path) == op.File {
				d.names[path] = inode
				delete(d.pending, path)
			}
		}
	}
}

// after writes what is left into a folder: with or without the names that were
// not forced.
func (d *cutDisk) after(t *testing.T, dir, from string, lucky bool) {
	t.Helper()
	names := maps.Clone(d.names)
	if lucky {
		maps.Copy(names, d.pending)
	}
	for path, inode := range names {
		if inode == "" {
			continue
		}
		to := filepath.Join(dir, strings.TrimPrefix(path, from))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(d.forced[inode]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// The power is cut after any operation. What was not forced to the disk is lost,
// also a rename; the session is whole, and as new as its last save at least.
func TestDisk_AnyMomentMayBeTheLast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, cutEach)
}

// cutEach runs in a bubble, where no timer of a journal comes in between.
func cutEach(t *testing.T) {
	dir := t.TempDir()
	s, disk, n := Open(dir), newCutDisk(), 0
	var reached chat.Conversation
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		err := do()
		disk.apply(op, n)
		n++
		for _, lucky := range []bool{false, true} {
			there := filepath.Join(t.TempDir(), "data")
			disk.after(t, there, dir, lucky)
			checkCut(t, fmt.Sprintf("after operation %d (%s %s), renames kept %v", n, op.Name, filepath.Base(op.File), lucky), there, reached)
		}
		return err
	}
	script(s, func(conv chat.Conversation) { reached = conv })
	if n < 40 {
		t.Errorf("only %d operations were seen", n)
	}
}

func checkCut(t *testing.T, name, dir string, reached chat.Conversation) {
	t.Helper()
	s := Open(dir)
	defer s.ReleaseAll()
	got, err := s.Resume(idOne, noon())
	if errors.Is(err, ErrNone) && reached.Rev == 0 {
		return
	}
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for i, want := range reached.Messages {
		if want.Empty() {
			continue // an answer that had not begun
		}
		if i >= len(got.Messages) || got.Messages[i].Content != want.Content {
			t.Errorf("%s: message %d is lost", name, i)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "quarantine", "*.json")); len(files) > 0 {
		t.Errorf("%s: %v was damaged", name, files)
	}
}

func TestDisk_TheOrderOfASaveIsSafe(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "x"))
	var order []string
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		order = append(order, op.Name)
		return do()
	}
	conv := short(idOne, "y")
	conv.Rev = 1
	mustSave(t, s, conv)
	if got := strings.Join(order, " → "); got != "create → write → check → chmod → fsync → close → look → rename → fsync folder" {
		t.Error(got)
	}
}

// The file is changed in the last moment before it would be replaced.
func TestDisk_ALateChangeIsNotOverwritten(t *testing.T) {
	s := Open(t.TempDir())
	conv := short(idOne, "ours")
	conv.Rev = mustSave(t, s, conv)
	theirs := textOf(t, short(idOne, "theirs"))
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		if op.Name == "look" {
			place(t, s, idOne+".json", theirs)
		}
		return do()
	}
	conv.Title = "ours again"
	if _, err := s.Save(conv); !errors.Is(err, ErrChanged) {
		t.Errorf("error is %v", err)
	}
	if contentOf(t, s.Path(idOne)) != theirs {
		t.Error("it was overwritten")
	}
	s.tap = nil
	id, rev, err := s.SaveCopy(conv, noon())
	if err != nil || rev != 1 || id != idOne+".conflict-20261122-120000" {
		t.Errorf("the copy is %s, revision %d, %v", id, rev, err)
	}
	if got := mustLoad(t, s, id); got.Title != "ours again" || contentOf(t, s.Path(idOne)) != theirs {
		t.Errorf("the copy has the title %q", got.Title)
	}
	if second, _, err := s.SaveCopy(got(t, s, id), noon()); err != nil || second != idOne+".conflict-20261122-120001" {
		t.Errorf("a second copy is %s, %v", second, err)
	}
}

func got(t *testing.T, s *Store, id string) chat.Conversation { return mustLoad(t, s, id).Conversation }
