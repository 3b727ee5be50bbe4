package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// wreck is a folder with a damaged session, an answer that was cut off, and a
// journal of nothing.
func wreck(t *testing.T) (s *Store, damaged string) {
	t.Helper()
	s = Open(t.TempDir())
	conv := asked(t, s)
	if err := stream(t, s, &conv, chat.Delta{Text: "half"}).Close(); err != nil { // the dead write nothing any more
		t.Fatal(err)
	}
	dies(s)
	whole := textOf(t, chain(4))
	damaged = whole[:len(whole)-10]
	place(t, s, idTwo+".json", damaged)
	place(t, s, journalName(idTwo), "nonsense\n")
	place(t, s, journalName(NewID(noon())), "nonsense\n")
	return s, damaged
}

// Whichever operation fails while it is mended, what was damaged is still there,
// and mending once more mends it.
func TestMend_AnyOperationMayFail(t *testing.T) {
	t.Parallel()
	probe, _ := wreck(t)
	count, total := fault(-1, false, false, nil)
	probe.tap = count
	if _, err := probe.Mend(t.Context(), noon()); err != nil {
		t.Fatal(err)
	}
	for at := range *total {
		for _, forever := range []bool{false, true} {
			s, damaged := wreck(t)
			s.tap, _ = fault(at, forever, false, syscall.EIO)
			_, _ = s.Mend(t.Context(), noon())
			s.tap = nil
			if !somewhere(t, s.data, damaged) {
				t.Fatalf("operation %d, forever %v: the damaged file is gone", at, forever)
			}
			if _, err := s.Mend(t.Context(), noon()); err != nil {
				t.Fatal(err)
			}
			if left, err := s.Examine(t.Context()); err != nil || len(left) != 0 {
				t.Errorf("operation %d, forever %v: left is %+v, %v", at, forever, left, err)
			}
			if got := mustLoad(t, s, idOne); len(got.Messages) != 2 || got.Messages[1].Content != "half" {
				t.Errorf("operation %d, forever %v: the answer is %+v", at, forever, got.Messages)
			}
			if list, err := s.List(t.Context()); err != nil || len(list.Summaries) < 2 {
				t.Errorf("operation %d, forever %v: the list is %+v, %v", at, forever, list, err)
			}
			os.RemoveAll(s.data)
		}
	}
}

// somewhere reports whether a file below dir holds exactly the text.
func somewhere(t *testing.T, dir, text string) (found bool) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			found = found || contentOf(t, path) == text
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestBackup_AnyOperationMayFail(t *testing.T) {
	t.Parallel()
	byHand := strings.Replace(textOf(t, short(idOne, "x")), `"app":"groqchat",`, ` "app" : "groqchat",`, 1)
	for at := range 30 {
		s := Open(t.TempDir())
		place(t, s, idOne+".json", byHand)
		conv := mustLoad(t, s, idOne).Conversation
		s.tap, _ = fault(at, true, false, syscall.ENOSPC)
		_, err := s.Save(conv)
		if !somewhere(t, s.data, byHand) {
			t.Fatalf("operation %d: what another hand wrote is gone, error %v", at, err)
		}
	}
}

func TestResume_OfNothingFindsNothing(t *testing.T) {
	s := Open(t.TempDir())
	for _, id := range []string{idOne, "../x", ""} {
		if _, err := s.Resume(id, noon()); !errors.Is(err, ErrNone) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if err := s.Hold("../x"); err == nil {
		t.Error("a lock may be anywhere")
	}
	if _, err := s.Journal(chat.Conversation{ID: idOne, Head: "m1"}, ""); err == nil {
		t.Error("a journal of nothing was begun")
	}
	if files, _ := filepath.Glob(filepath.Join(s.data, "*", "*")); len(files) != 0 {
		t.Errorf("left are %v", files)
	}
}

// Where files cannot be locked, the chat goes on and says so once.
func TestLock_WhereThereAreNoneTheChatGoesOn(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	conv := short(idOne, "x")
	conv.Rev = mustSave(t, s, conv)
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, "locks")), os.WriteFile(filepath.Join(dir, "locks"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	got, err := s.Resume(idOne, noon())
	if err != nil || got.ReadOnly != "" || !strings.Contains(got.Notice, "cannot be locked") {
		t.Errorf("read-only %q, notice %q, %v", got.ReadOnly, got.Notice, err)
	}
	mustSave(t, s, conv)
	for _, err := range []error{syscall.EROFS, syscall.ENOSPC, syscall.EIO, syscall.EACCES, nil} {
		if unsupported(err) {
			t.Errorf("%v is taken for a system without locks", err)
		}
	}
	if !unsupported(&os.PathError{Op: "flock", Err: syscall.ENOTSUP}) {
		t.Error("a system without locks is not known")
	}
}

// A read-only session of a newer version is not locked: nobody writes it.
func TestResume_DoesNotLockWhatIsReadOnly(t *testing.T) {
	s := Open(t.TempDir())
	place(t, s, idOne+".json", strings.Replace(textOf(t, rich()), `"version":1`, `"version":2`, 1))
	if got, err := s.Resume(idOne, noon()); err != nil || !strings.Contains(got.ReadOnly, "newer") {
		t.Errorf("read-only %q, %v", got.ReadOnly, err)
	}
	if s.holds(idOne) || !s.holdable(idOne) {
		t.Error("it is locked")
	}
}

func (s *Store) holdable(id string) bool {
	err := s.Hold(id)
	s.Release(id)
	return err == nil
}

// Records are forced to the disk once a second at most, beside whoever writes.
func TestJournal_IsForcedToTheDiskOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := Open(t.TempDir())
		conv := asked(t, s)
		var mu sync.Mutex
		syncs := map[string]int{}
		s.tap = func(op *atomicfile.Operation, do func() error) error {
			mu.Lock()
			syncs[op.Name]++
			mu.Unlock()
			return do()
		}
		count := func(name string) int {
			mu.Lock()
			defer mu.Unlock()
			return syncs[name]
		}
		j, err := s.Journal(conv, "")
		if err != nil {
			t.Fatal(err)
		}
		for range 100 {
			if err := j.Record(chat.Delta{Text: "x"}); err != nil {
				t.Fatal(err)
			}
			<-time.After(100 * time.Millisecond)
		}
		synctest.Wait()
		if n := count("fsync"); n < 9 || n > 10 {
			t.Errorf("%d times in ten seconds", n)
		}
		if n := count("fsync folder"); n != 1 {
			t.Errorf("the folder %d times", n)
		}
		before := count("fsync")
		<-time.After(time.Minute)
		synctest.Wait()
		if n := count("fsync") - before; n > 1 {
			t.Errorf("%d times while nothing came", n)
		}
		if err := errors.Join(j.Discard(), j.Close()); err != nil {
			t.Error(err)
		}
		if err := j.Record(chat.Delta{Text: "x"}); err == nil {
			t.Error("a closed journal takes records")
		}
		s.ReleaseAll()
	})
}

// Once the system failed to force the file to the disk it says that all is well
// ever after: it is not asked again.
func TestJournal_DoesNotBelieveADiskThatFailedOnce(t *testing.T) {
	s := Open(t.TempDir())
	conv := asked(t, s)
	asks := 0
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		if op.Name == "fsync" {
			asks++
			return syscall.EIO
		}
		return do()
	}
	j := stream(t, s, &conv, chat.Delta{Text: "x"})
	j.sync()
	j.sync()
	if asks != 1 {
		t.Errorf("it was asked %d times", asks)
	}
}

// What the disk does not take is written with the next record.
func TestJournal_CatchesUpAfterAFullDisk(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	conv := asked(t, s)
	j := stream(t, s, &conv)
	full := false
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		if full && op.Name == "write" {
			op.Data = op.Data[:len(op.Data)/2]
			return errors.Join(syscall.ENOSPC, do())
		}
		return do()
	}
	for n := range 9 {
		full = n%3 != 2
		if err := j.Record(chat.Delta{Text: fmt.Sprint(n)}); (err != nil) != full {
			t.Errorf("record %d: %v", n, err)
		}
	}
	dies(s)
	if got := mustResume(t, dir, idOne); got.Messages[1].Content != "012345678" {
		t.Errorf("it is %q", got.Messages[1].Content)
	}
}

func TestExamine_CanBeCancelled(t *testing.T) {
	s, _ := wreck(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Examine(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := s.Mend(ctx, noon()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := s.Sweep(ctx, noon()); err != nil {
		t.Error(err)
	}
}

// A journal that was flipped anywhere gives what came before the flip.
func TestJournal_IsReadUpToTheFirstWrongByte(t *testing.T) {
	s := Open(t.TempDir())
	conv := asked(t, s)
	stream(t, s, &conv, chat.Delta{Text: "one "}, chat.Delta{Text: "two "}, chat.Delta{Text: "three"})
	text := []byte(contentOf(t, s.journalPath(idOne)))
	dies(s)
	for i := range text {
		bad := append([]byte{}, text...)
		bad[i] ^= 0x11
		for _, cut := range [][]byte{bad, text[:i]} {
			r, err := readJournal(cut)
			if err != nil {
				if i > bytes.IndexByte(text, '\n') {
					t.Fatalf("byte %d: %v", i, err)
				}
				continue
			}
			got := mustLoad(t, s, idOne).Conversation
			r.foldInto(&got)
			if len(got.Messages) == 2 && !strings.HasPrefix("one two three", got.Messages[1].Content) {
				t.Fatalf("byte %d: %q", i, got.Messages[1].Content)
			}
		}
	}
}
