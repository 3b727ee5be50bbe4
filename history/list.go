package history

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// Listing is what the folder holds.
type Listing struct {
	Summaries []Summary // newest first, by what the files say of themselves
	Problems  []Problem // by file name
}

// Summary is a session as lists show it.
type Summary struct {
	ID, Title, Model string
	Created, Updated time.Time
	Count            int // messages, of all branches
	Pinned           bool
	Tags             []string
	ReadOnly         string // why it must not be written, as far as its head tells; "" if it may
}

// Problem is a file that cannot be read, or that opens read-only, and why. Of
// the latter there is a [Summary] too.
type Problem struct {
	File   string // its name in the folder of sessions
	Reason string // part of a sentence
}

const (
	// headSize is what a list reads of a file: nearly every head fits.
	headSize = 2 << 10
	// maxHead bounds what is read for a head with a long system prompt.
	maxHead = 1 << 20
	// workers read heads at the same time; more gain nothing that was measured.
	workers = 4
)

// entry is one file of the folder, and what became of reading it.
type entry struct {
	name    string
	written time.Time
	regular bool // a file, as its folder says
	summary Summary
	problem string
}

// open opens the file. What the folder says of it saves a look at each of thousands.
func (e *entry) open(root *os.Root) (*os.File, os.FileInfo, error) {
	if e.regular {
		return openChecked(root, e.name)
	}
	return openRegular(root, e.name)
}

// List reads the heads of all sessions. A folder that does not exist is an empty
// list; hidden files, among them those of saves under way, are left out.
func (s *Store) List(ctx context.Context) (Listing, error) {
	newest, rest, err := s.ListNewest(ctx, 0)
	if rest == nil {
		return newest, err
	}
	return rest(ctx)
}

// ListNewest is a [Store.List] of the n files that were written last, for a first
// look at many. rest reads the others and gives all; it is nil if there are no
// others.
func (s *Store) ListNewest(ctx context.Context, n int) (newest Listing, rest func(context.Context) (Listing, error), err error) {
	root, entries, err := s.entries()
	if root == nil {
		return Listing{}, nil, err
	}
	defer root.Close()
	n = min(n, len(entries))
	if err := s.heads(ctx, root, entries[:n]); err != nil {
		return Listing{}, nil, err
	}
	if n < len(entries) {
		rest = func(ctx context.Context) (Listing, error) { return s.listRest(ctx, entries, n) }
	}
	return listing(entries[:n]), rest, nil
}

// listRest reads what is left of the entries, and gives the list of all.
func (s *Store) listRest(ctx context.Context, entries []entry, from int) (Listing, error) {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return Listing{}, inFolder(s.dir, err)
	}
	defer root.Close()
	entries = slices.Clone(entries) // whoever asks twice shares nothing
	if err := s.heads(ctx, root, entries[from:]); err != nil {
		return Listing{}, err
	}
	return listing(entries), nil
}

// heads reads the heads of the entries.
func (s *Store) heads(ctx context.Context, root *os.Root, entries []entry) error {
	group, ctx := errgroup.WithContext(ctx)
	for w := range workers {
		group.Go(func() error {
			for i := w; i < len(entries) && ctx.Err() == nil; i += workers {
				s.summarise(root, &entries[i])
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// entries gives the folder and its files, newest first; a nil root where there
// is no folder, or none that can be read.
func (s *Store) entries() (*os.Root, []entry, error) {
	files, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, inFolder(s.dir, err)
	}
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return nil, nil, inFolder(s.dir, err)
	}
	entries := make([]entry, 0, len(files))
	for _, f := range files {
		if strings.HasPrefix(f.Name(), ".") || filepath.Ext(f.Name()) != ".json" {
			continue
		}
		// A file that went away since is no session any more.
		if info, err := f.Info(); err == nil {
			entries = append(entries, entry{name: f.Name(), written: info.ModTime(), regular: info.Mode().IsRegular()})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(b.written.Compare(a.written), strings.Compare(b.name, a.name))
	})
	return root, entries, nil
}

func listing(entries []entry) Listing {
	var l Listing
	for _, e := range entries {
		if e.summary.ID != "" {
			l.Summaries = append(l.Summaries, e.summary)
		}
		if e.problem != "" {
			l.Problems = append(l.Problems, Problem{File: e.name, Reason: e.problem})
		}
	}
	slices.SortStableFunc(l.Summaries, func(a, b Summary) int { return b.Updated.Compare(a.Updated) })
	slices.SortFunc(l.Problems, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	return l
}

// summarise reads the head of one file; where that does not tell all, the whole
// file, which also says what is wrong with it.
func (s *Store) summarise(root *os.Root, e *entry) {
	id := strings.TrimSuffix(e.name, ".json")
	if !validID(id) {
		e.problem = "its name is not the id of a session"
		return
	}
	h, err := headOf(e.open(root))
	readOnly := h.newer()
	if errors.Is(err, errNotInHead) {
		var session Session
		if session, _, err = s.read(id); err == nil {
			h.conv, h.count = session.Conversation, len(session.Messages)
			readOnly = session.ReadOnly
		}
	}
	if err != nil {
		e.problem = plainReason(err)
		return
	}
	c := h.conv
	e.summary = Summary{
		ID: id, Title: c.Title, Model: c.Model, Created: c.Created, Updated: c.Updated,
		Count: h.count, Pinned: c.Pinned, Tags: c.Tags, ReadOnly: readOnly,
	}
	e.problem = readOnly
}

// plainReason is an error without the path, which the list shows beside it.
func plainReason(err error) string {
	var damaged *Damaged
	var path *fs.PathError
	switch {
	case errors.As(err, &damaged):
		return damaged.Reason
	case errors.Is(err, fs.ErrPermission):
		return "its permissions do not let you read it"
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}

// errNotInHead says that the beginning of a file does not tell what a list needs.
var errNotInHead = errors.New("the head does not tell")

// readHead decodes what a file says before its messages.
func readHead(root *os.Root, name string) (header, error) {
	return headOf(openRegular(root, name))
}

// headOf decodes the head of a file that was opened, and closes it.
func headOf(f *os.File, info os.FileInfo, err error) (header, error) {
	if err != nil {
		return header{}, err
	}
	defer f.Close()
	if info.Size() == 0 {
		return header{}, badf("it is empty")
	}
	start := make([]byte, headSize)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return header{}, err
	}
	if h, whole, err := scanHead(start[:n]); whole {
		return h, err
	}
	return decodeHead(io.MultiReader(bytes.NewReader(start[:n]), io.LimitReader(f, maxHead-headSize)))
}

// scanHead decodes a head of which all is in start, at a part of what a decoder
// costs; whole is false if it is not, and says nothing of the rest then.
func scanHead(start []byte) (h header, whole bool, err error) {
	at := bytes.Index(start, []byte(`,"messages":[`))
	if at < 0 {
		return h, false, nil
	}
	// A title may say so too; what is before it is no object then.
	head := append(slices.Clip(start[:at]), '}')
	if checkText(head) != nil {
		return h, false, nil //nolint:nilerr // that it is not whole says it
	}
	fields, ok := members(head)
	if !ok {
		return h, false, nil
	}
	r, seen := &reader{}, map[string]bool{}
	for _, f := range fields {
		seen[f.name] = true
		if target := sessionField(&h, f.name); target != nil && !r.set(target, f) {
			return h, true, errNotInHead
		}
	}
	return h, true, h.complete(seen)
}

// decodeHead stops at the messages, and is content only with a head that has all
// that the program writes there: a file in another order is read whole.
func decodeHead(from io.Reader) (header, error) {
	var h header
	d := json.NewDecoder(from)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return h, errNotInHead
	}
	r, seen := &reader{}, map[string]bool{}
	for d.More() {
		f, err := nextMember(d)
		if err != nil {
			return h, err
		}
		if f.name == "messages" {
			break
		}
		seen[f.name] = true
		if target := sessionField(&h, f.name); target != nil && !r.set(target, f) {
			return h, errNotInHead
		}
	}
	return h, h.complete(seen)
}

// complete asks whether a head has all that the program writes there.
func (h header) complete(seen map[string]bool) error {
	for _, needed := range []string{"version", "app", "id", "title", "created", "updated", "count"} {
		if !seen[needed] {
			return errNotInHead
		}
	}
	return h.check()
}

// nextMember reads a member of an object; of the messages only the name.
func nextMember(d *json.Decoder) (member, error) {
	token, err := d.Token()
	name, ok := token.(string)
	if err != nil || !ok {
		return member{}, errNotInHead
	}
	f := member{name: name}
	if name == "messages" {
		return f, nil
	}
	if err := d.Decode(&f.value); err != nil {
		return f, errNotInHead
	}
	return f, nil
}
