package history

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"groqchat/chat"
)

// Hit is a session that a search found.
type Hit struct {
	Summary
	Title   bool    // its title or its tags have all the words
	Matches []Match // its best messages, in the order of the file
	Count   int     // the messages that have all the words

	rank    int
	written time.Time
}

// Match is a message that has all the words of a search.
type Match struct {
	Message string // its id
	Role    chat.Role
	Line    string // the line of its text that fits best, cut where it is long; raw
	Whole   bool   // the words are whole ones there
	Thought bool   // they stand in the reasoning, and not in what was said
}

const (
	// shownMatches is how many messages of a session a hit has.
	shownMatches = 3
	// mostWords bounds a query; what is beyond them is no search any more.
	mostWords = 16
	// largeFile is from where on one file is searched at a time, since each needs
	// twice its size in memory, bytes.
	largeFile = 8 << 20
)

// Search looks for sessions whose title, or one of whose messages, has all the
// words of the query, in any order and as parts of words too. Case, accents and
// ways of writing a letter make no difference. It calls found for each, one at a
// time, as they turn up, which is about from the newest to the oldest; [Better]
// has their proper order. Files that cannot be read are passed over.
//
// Each file is read into a buffer that is used again, and only those in which
// all words occur are looked at closely.
func (s *Store) Search(ctx context.Context, query string, found func(Hit)) error {
	return s.SearchTelling(ctx, query, found, func(int, int) {})
}

// SearchTelling searches and tells after each session how many of how many were
// looked at; like found, tell is called by one goroutine at a time.
func (s *Store) SearchTelling(ctx context.Context, query string, found func(Hit), tell func(done, all int)) error {
	words := newFolder().words(query)
	if len(words) == 0 {
		return nil
	}
	root, entries, err := s.entries()
	if root == nil {
		return err
	}
	defer root.Close()
	var told, large sync.Mutex
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	for w := range workers {
		group.Go(func() error {
			one := &searcher{root: root, words: words, folder: newFolder(), large: &large}
			for i := w; i < len(entries) && ctx.Err() == nil; i += workers {
				hit, ok := one.file(entries[i])
				told.Lock()
				if ok {
					found(hit)
				}
				done++
				tell(done, len(entries))
				told.Unlock()
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// Better orders hits as a list shows them: those by title first, those of whole
// words before those of parts, and then the newest.
func Better(a, b Hit) int {
	return cmp.Or(cmp.Compare(b.rank, a.rank), b.written.Compare(a.written), strings.Compare(b.ID, a.ID))
}

// words is the words of a query, folded, each once.
func (f *folder) words(query string) []string {
	words := strings.Fields(f.text(query))
	slices.Sort(words)
	words = slices.Compact(words)
	return words[:min(len(words), mostWords)]
}

// searcher looks into one file after the other.
type searcher struct {
	root   *os.Root
	words  []string
	folder *folder
	raw    bytes.Buffer
	folded []byte
	spoken []byte // what one line says
	large  *sync.Mutex
}

// file is the hit of one file. ok is false if it has none, or cannot be read.
func (s *searcher) file(e entry) (hit Hit, ok bool) {
	id := strings.TrimSuffix(e.name, filepath.Ext(e.name))
	f, info, err := e.open(s.root)
	if err != nil || !validID(id) {
		return hit, false
	}
	defer f.Close()
	if info.Size() > largeFile {
		s.large.Lock()
		defer s.large.Unlock()
		defer s.release()
	}
	if !s.read(f, info.Size()) {
		return hit, false
	}
	s.folded = s.folder.json(slices.Grow(s.folded[:0], s.raw.Len()), s.raw.Bytes())
	if !s.all(s.folded) {
		return hit, false
	}
	hit, ok = s.look()
	hit.ID, hit.written = id, e.written
	return hit, ok
}

// read fills the buffer with a file, unless it is larger than a session may be.
func (s *searcher) read(f io.Reader, size int64) bool {
	if size > maxSession {
		return false
	}
	s.raw.Reset()
	s.raw.Grow(int(size) + bytes.MinRead)
	n, err := s.raw.ReadFrom(io.LimitReader(f, maxSession+1))
	return err == nil && n <= maxSession
}

// release gives the memory of a large file back.
func (s *searcher) release() { s.raw, s.folded, s.spoken = bytes.Buffer{}, nil, nil }

// all reports whether all words occur.
func (s *searcher) all(folded []byte) bool {
	for _, word := range s.words {
		if !bytes.Contains(folded, []byte(word)) {
			return false
		}
	}
	return true
}

// look reads what the words were found in: nearly always the lines of a file as
// the program writes it, else the whole file.
func (s *searcher) look() (Hit, bool) {
	head, messages, ok := s.lines()
	if !ok {
		session, err := decode(s.raw.Bytes())
		if err != nil {
			return Hit{}, false
		}
		head, messages = header{conv: session.Conversation, count: len(session.Messages)}, session.Messages
	}
	c := head.conv
	hit := Hit{Summary: Summary{
		Title: c.Title, Model: c.Model, Created: c.Created, Updated: c.Updated, Count: head.count, Pinned: c.Pinned, Tags: c.Tags,
	}}
	title := s.fit(c.Title + "\n" + strings.Join(c.Tags, "\n"))
	hit.Title = title != none
	for i := range messages {
		s.match(&hit, &messages[i])
	}
	hit.rank = max(int(title)*10, hit.rank)
	return hit, hit.Title || hit.Count > 0
}

// lines decodes the head and those messages on whose lines all words stand. ok
// is false when the file has another form.
func (s *searcher) lines() (h header, messages []chat.Message, ok bool) {
	first, rest, _ := bytes.Cut(s.raw.Bytes(), []byte("\n"))
	_, folded, _ := bytes.Cut(s.folded, []byte("\n"))
	h, whole, err := scanHead(first)
	if !whole {
		h, err = decodeHead(bytes.NewReader(first))
	}
	if err != nil || !bytes.HasSuffix(bytes.TrimRight(first, "\r"), []byte(`"messages":[`)) {
		return h, nil, false
	}
	for len(rest) > 0 {
		var line, fold []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		fold, folded, _ = bytes.Cut(folded, []byte("\n"))
		if !s.all(fold) || len(line) == 0 || line[0] == ']' || !s.said(line) {
			continue
		}
		m, err := decodeMessage(bytes.TrimRight(line, ",\r"))
		if err != nil {
			return h, nil, false
		}
		messages = append(messages, m)
	}
	return h, messages, true
}

// said tells words that were said from those that only describe a message, such
// as the model's name, at a small part of what decoding costs. What is no message
// is left to the decoder.
func (s *searcher) said(line []byte) bool {
	fields, ok := members(line)
	if !ok {
		return true
	}
	s.spoken = s.spoken[:0]
	for _, f := range fields {
		if f.name == "content" || f.name == "attachments" || f.name == "reasoning" {
			s.spoken = s.folder.json(s.spoken, f.value)
		}
	}
	return s.all(s.spoken)
}

// decodeMessage reads one message that stands by itself.
func decodeMessage(raw []byte) (chat.Message, error) {
	if err := checkText(raw); err != nil {
		return chat.Message{}, err
	}
	return (&reader{}).message(raw)
}
