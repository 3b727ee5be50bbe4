package history

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// The bounds of an import. They are far beyond what services export, and keep a
// file that was made to do harm from taking all time, memory or disk.
const (
	maxImport  = 4 << 30    // of all that is read, unpacked, bytes
	maxItem    = maxSession // of one conversation, bytes
	maxSkipped = 1000       // reasons that a report lists; the rest is counted

	// spareMemory is never touched, so that the system never gives it. To the
	// garbage collector it counts, which else, with next to nothing alive, would run
	// for each few conversations: it took half of the time. Bytes.
	spareMemory = 64 << 20
)

// Report is what became of an import.
type Report struct {
	Imported []Summary // in the order of the file
	Grown    []Summary // those that were here and have got new messages
	Already  int       // conversations that were here before, say from an earlier import
	Skipped  []Skip
	More     int // skipped beyond those
}

// Skip is something that was not imported, and why.
type Skip struct {
	Where  string // "conversation 3 of conversations.json"
	Reason string // part of a sentence
}

// Import reads the conversations of a file and saves each as a session: sessions
// of groqchat, one or a list of them; the exports of ChatGPT and Claude, as the
// zip that they come in or the conversations.json in it; conversations in the form
// of the API, {"messages": […]}, a bare list of messages, or one of those a line.
//
// Nothing but new session files is written, each whole. What an earlier import
// brought is told by its origin and not imported again: its session gets the
// messages that are new, beside what was said in it here. An error says that the file cannot be read, or no further: what
// was imported before that is in the report all the same.
func (s *Store) Import(ctx context.Context, path string) (Report, error) {
	return s.ImportTelling(ctx, path, nil)
}

// ImportTelling imports and tells, before each conversation, how many bytes of how
// many were read; tell is called by one goroutine at a time.
func (s *Store) ImportTelling(ctx context.Context, path string, tell func(read, all int)) (Report, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return Report{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return Report{}, fmt.Errorf("import %s: %w", path, err)
	}
	spare := make([]byte, spareMemory)
	in := &intake{ctx: ctx, store: s, at: info.ModTime().UTC(), left: maxImport, claimed: map[string]bool{}, tell: tell, size: info.Size()}
	in.group.SetLimit(workers)
	if isArchive(f) {
		err = in.archive(f, info.Size())
	} else {
		err = in.document(filepath.Base(path), f)
	}
	// The workers give no errors of their own: they note them.
	_ = in.group.Wait()
	if err = cmp.Or(in.failure, err, in.settle()); err != nil {
		err = fmt.Errorf("import %s: %w", path, err)
	}
	runtime.KeepAlive(spare)
	return in.report(), err
}

// settle makes what is here outlast a power cut, before the report says that it is
// here. What cannot be made so is not in the report.
func (in *intake) settle() error {
	here := func(o outcome) bool { return o.skip == nil }
	if !slices.ContainsFunc(in.done, here) {
		return nil
	}
	err := in.store.forceNames()
	if err != nil {
		in.done = slices.DeleteFunc(in.done, here)
	}
	return err
}

// intake is an import under way. Conversations are read one after the other and
// turned into sessions by several workers, which mostly wait for the disk.
type intake struct {
	ctx    context.Context //nolint:containedctx // an intake lives for one call, which has it
	store  *Store
	group  errgroup.Group
	at     time.Time           // of the file: the time of conversations that have none
	left   int64               // bytes that may still be read
	number int                 // of conversations so far
	size   int64               // bytes that there are to read, of an archive unpacked
	tell   func(read, all int) // nil: nobody wants to know

	mu      sync.Mutex
	claimed map[string]bool // the ids that this import has seen
	done    []outcome
	failure error // why nothing can be saved any more
}

// outcome is what became of one conversation, or of a part of it.
type outcome struct {
	number  int
	summary Summary // without an id: it was here before
	added   int     // messages that one that was here has got
	skip    *Skip
}

// document reads the JSON of one file.
func (in *intake) document(name string, from io.Reader) error {
	values, err := newReading(from, in)
	if err != nil {
		return err
	}
	loose, n := &looseMessages{}, 0
	for err = in.goesOn(); err == nil; err = in.goesOn() {
		var raw json.RawMessage
		if raw, err = values.item(); err != nil {
			break
		}
		if n++; !loose.take(raw) {
			in.add(fmt.Sprintf("conversation %d of %s", n, name), raw)
		}
	}
	if all := loose.conversation(); all != nil {
		in.add("the messages of "+name, all)
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	if n == 0 {
		in.skip(in.number, "all of "+name, "it holds no conversation")
	}
	return nil
}

// goesOn is why the import must end, nil if it need not.
func (in *intake) goesOn() error {
	if in.tell != nil {
		in.tell(int(maxImport-in.left), int(in.size))
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.failure != nil {
		return errEnough
	}
	return in.ctx.Err()
}

// errEnough ends the reading after an error that was noted.
var errEnough = errors.New("the rest was not read")

// add hands a conversation to the workers.
func (in *intake) add(where string, raw json.RawMessage) {
	in.number++
	number := in.number
	in.group.Go(func() error {
		in.convert(number, where, raw)
		return nil
	})
}

// convert makes a session of a conversation, if it is one.
func (in *intake) convert(number int, where string, raw json.RawMessage) {
	got, err := read(raw)
	if err != nil {
		in.skip(number, where, err.Error())
		return
	}
	for _, left := range got.left {
		in.skip(number, where, left)
	}
	got.name()
	summary, added, err := in.keep(got)
	if busy(err) {
		in.skip(number, where, "it is here before and stays as it is: "+plainReason(err))
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if err != nil && in.failure == nil {
		in.failure = err
	}
	if err == nil {
		in.done = append(in.done, outcome{number: number, summary: summary, added: added})
	}
}

// busy reports whether an error is about one session alone, which somebody has
// open, has changed, or which cannot be written.
func busy(err error) bool {
	var held *Held
	return isBad(err) || errors.As(err, &held) || errors.Is(err, ErrChanged) || errors.Is(err, ErrReadOnly) || errors.As(err, new(*Damaged))
}

func (in *intake) skip(number int, where, reason string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.done = append(in.done, outcome{number: number, skip: &Skip{where, reason}})
}

// report puts the outcomes into the order of the file.
func (in *intake) report() Report {
	slices.SortStableFunc(in.done, func(a, b outcome) int { return a.number - b.number })
	var r Report
	for _, o := range in.done {
		switch {
		case o.skip != nil && len(r.Skipped) < maxSkipped:
			r.Skipped = append(r.Skipped, *o.skip)
		case o.skip != nil:
			r.More++
		case o.summary.ID == "":
			r.Already++
		case o.added > 0:
			r.Grown = append(r.Grown, o.summary)
		default:
			r.Imported = append(r.Imported, o.summary)
		}
	}
	return r
}
