package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"groqchat/chat"
)

// spoke is a session in which these texts were said, one after the other.
func spoke(id, title string, texts ...string) chat.Conversation {
	conv := chat.Conversation{ID: id, Title: title, Created: noon(), Updated: noon(), Model: chat.DefaultModel}
	for i, text := range texts {
		m := chat.Message{ID: fmt.Sprint("m", i+1), Parent: conv.Head, Role: chat.User, Content: text, State: chat.Complete, Created: noon()}
		if i%2 == 1 {
			m.Role, m.Model = chat.Assistant, chat.DefaultModel
		}
		conv.Messages, conv.Head = append(conv.Messages, m), m.ID
	}
	return conv
}

// search is all hits in their proper order.
func search(t testing.TB, s *Store, query string) []Hit {
	t.Helper()
	var hits []Hit
	if err := s.Search(t.Context(), query, func(h Hit) { hits = append(hits, h) }); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(hits, Better)
	return hits
}

func TestSearch_FindsWhatReadsAlike(t *testing.T) {
	for _, c := range []struct{ text, query, line string }{
		{"first\nThe Quick brown fox\nlast", "QUICK fox", "The Quick brown fox"},
		{"fox\nquick", "quick fox", "fox"}, // on two lines of one message
		{"prefixes", "fix", "prefixes"},
		{"Straße", "STRASSE", "Straße"},
		{"STRASSE", "straße", "STRASSE"},
		{"Caf\u00e9", "cafe\u0301", "Caf\u00e9"},
		{"Cafe\u0301", "CAF\u00c9", "Cafe\u0301"},
		{"résumé", "resume", "résumé"},
		{"resume", "résumé", "resume"},
		{"ﬁnal", "final", "ﬁnal"},
		{"300 \u212a", "300 k", "300 \u212a"},
		{"ΣΊΣΥΦΟΣ", "σίσυφος", "ΣΊΣΥΦΟΣ"},
		{"ПРИВЕТ", "привет", "ПРИВЕТ"},
		{"한국어", "\u1112\u1161\u11ab", "한국어"},
		{"漢字かな", "字か", "漢字かな"},
		{"😀 smile", "😀", "😀 smile"},
		{`say "hello" \o/`, `"hello" \o/`, `say "hello" \o/`},
		{"a < b && c > d", "< && >", "a < b && c > d"},
		{"tab\there", "tab here", "tab\there"},
		{"line\u2028sep", "sep", "line\u2028sep"},
		{"nul\x00byte", "byte", "nul\x00byte"},
		{strings.Repeat("filler words ", 100) + "the needle " + strings.Repeat("more filler ", 100), "needle", ""},
	} {
		t.Run(c.query, func(t *testing.T) {
			s := Open(t.TempDir())
			mustSave(t, s, spoke(idOne, "title", "something else", c.text))
			hits := search(t, s, c.query)
			if len(hits) != 1 || hits[0].ID != idOne || hits[0].Title || hits[0].Count != 1 || len(hits[0].Matches) != 1 {
				t.Fatalf("%+v", hits)
			}
			m := hits[0].Matches[0]
			if m.Message != "m2" || m.Role != chat.Assistant || c.line != "" && m.Line != c.line {
				t.Errorf("%+v", m)
			}
			if c.line == "" && (!strings.Contains(m.Line, "needle") || len(m.Line) > lineLength+6 || !strings.HasPrefix(m.Line, "…") || !strings.HasSuffix(m.Line, "…")) {
				t.Errorf("the line is %q", m.Line)
			}
		})
	}
}

func TestSearch_FindsNothingElse(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, spoke(idOne, "A title", "one\ntwo", "three"))
	for _, query := range []string{"", "  ", "four", "one three", "ntwo", "user", "openai", idOne, "m1", "\x00"} {
		if hits := search(t, s, query); len(hits) > 0 {
			t.Errorf("%q found %+v", query, hits)
		}
	}
	if hits := search(t, Open(t.TempDir()), "one"); len(hits) > 0 {
		t.Errorf("found %+v without a folder", hits)
	}
}

func TestSearch_KnowsTitlesTagsAttachmentsAndReasoning(t *testing.T) {
	s := Open(t.TempDir())
	conv := spoke(idOne, "Überschrift", "look", "yes")
	conv.Tags, conv.Pinned = []string{"garden"}, true
	conv.Messages[0].Attachments = []chat.Attachment{{Name: "plan.txt", Text: "the fence\nand the hedge"}}
	conv.Messages[1].Reasoning = "thoughts about moles"
	mustSave(t, s, conv)
	for query, title := range map[string]bool{"uberschrift garden": true, "hedge": false, "PLAN.txt": false} {
		hits := search(t, s, query)
		if len(hits) != 1 || hits[0].Title != title || !hits[0].Pinned || hits[0].Summary.Count != 2 {
			t.Errorf("%q: %+v", query, hits)
		}
	}
	hits := search(t, s, "moles")
	if len(hits) != 1 || len(hits[0].Matches) != 1 || !hits[0].Matches[0].Thought || hits[0].Matches[0].Line != "thoughts about moles" {
		t.Errorf("in the reasoning is found %+v", hits)
	}
	// What was said stands before what was only thought, and is told as such.
	said := spoke(idTwo, "x", "about moles", "moles")
	said.Messages[1].Reasoning = "moles"
	mustSave(t, s, said)
	hits = search(t, s, "moles")
	if len(hits) != 2 || hits[0].ID != idTwo || hits[0].Matches[1].Thought {
		t.Errorf("%+v", hits)
	}
}

func TestSearch_RanksTitlesThenWholeWordsThenTime(t *testing.T) {
	s := Open(t.TempDir())
	for i, c := range []struct{ title, text string }{
		{"x", "a part of catalogue"}, {"x", "the cat, old"}, {"x", "the cat, new"}, {"catalogue", "x"}, {"my cat", "x"},
	} {
		conv := spoke(NewID(noon().Add(time.Duration(i)*time.Hour)), c.title, c.text)
		mustSave(t, s, conv)
		at := noon().Add(time.Duration(i) * time.Hour)
		if err := os.Chtimes(s.Path(conv.ID), at, at); err != nil {
			t.Fatal(err)
		}
	}
	var order []string
	for _, h := range search(t, s, "cat") {
		line := h.Summary.Title
		if len(h.Matches) > 0 {
			line = h.Matches[0].Line
		}
		order = append(order, line)
	}
	if diff := cmp.Diff([]string{"my cat", "catalogue", "the cat, new", "the cat, old", "a part of catalogue"}, order); diff != "" {
		t.Error(diff)
	}
}

func TestSearch_KeepsTheBestMessagesOfASession(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, spoke(idOne, "x", "cats one", "cats two", "cats three", "a cat", "cats four", "cat again"))
	hits := search(t, s, "cat")
	if len(hits) != 1 || hits[0].Count != 6 {
		t.Fatalf("%+v", hits)
	}
	var ids []string
	for _, m := range hits[0].Matches {
		ids = append(ids, m.Message)
	}
	if diff := cmp.Diff([]string{"m3", "m4", "m6"}, ids); diff != "" {
		t.Error(diff)
	}
}

// A file that was written by hand is searched as a whole, and one that cannot be
// read is passed over.
func TestSearch_TakesFilesOfAnyForm(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, spoke(idTwo, "good", "needle here"))
	text := textOf(t, spoke(idOne, "by hand", "a n\u00e9edle"))
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	escaped := strings.ReplaceAll(string(indented), "\u00e9", `\u00e9`)
	for name, text := range map[string]string{
		idOne + ".json":                        escaped,
		NewID(noon()) + ".json":                "needle",
		NewID(noon().Add(time.Hour)) + ".json": strings.Replace(textOf(t, spoke(idOne, "cut", "needle")), "]}\n", "", 1),
		"needle.json":                          text,
	} {
		place(t, s, name, text)
	}
	if err := os.Mkdir(filepath.Join(s.dir, NewID(noon().Add(2*time.Hour))+".json"), 0o700); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, h := range search(t, s, "needle") {
		found = append(found, h.Summary.Title)
	}
	slices.Sort(found)
	if diff := cmp.Diff([]string{"by hand", "cut", "good"}, found); diff != "" {
		t.Error(diff)
	}
}

func TestSearch_OfOneLineAndOfBrokenLines(t *testing.T) {
	s := Open(t.TempDir())
	text := textOf(t, spoke(idOne, "one line", "needle"))
	place(t, s, idOne+".json", strings.ReplaceAll(text, "\n", ""))
	if hits := search(t, s, "needle"); len(hits) != 1 || hits[0].Matches[0].Message != "m1" {
		t.Errorf("%+v", hits)
	}
	place(t, s, idOne+".json", strings.Replace(text, `"role":"user"`, `"role":7`, 1))
	if hits := search(t, s, "needle"); len(hits) != 0 {
		t.Errorf("found in a broken file: %+v", hits)
	}
}

func TestSearch_LargeFilesGiveTheirMemoryBack(t *testing.T) {
	t.Parallel()
	s := Open(t.TempDir())
	mustSave(t, s, spoke(idOne, "large", strings.Repeat("hay ", largeFile/4)+"needle"))
	if hits := search(t, s, "needle"); len(hits) != 1 {
		t.Fatalf("%d hits", len(hits))
	}
	one := &searcher{}
	if one.read(strings.NewReader(""), maxSession+1) {
		t.Error("read a file that is larger than a session")
	}
}

func TestSearch_EndsWithItsContext(t *testing.T) {
	s := Open(t.TempDir())
	for i := range 20 {
		mustSave(t, s, spoke(NewID(noon().Add(time.Duration(i)*time.Second)), "x", "needle"))
	}
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err := s.Search(ctx, "needle", func(Hit) { n++; cancel() })
	if !errors.Is(err, context.Canceled) || n == 20 {
		t.Errorf("%d hits after the end, %v", n, err)
	}
}

// What was said is found again by any of its words, however it is written.
func TestSearch_FindsEveryWord(t *testing.T) {
	t.Parallel()
	f := newFolder()
	rapid.Check(t, func(r *rapid.T) {
		s := Open(t.TempDir())
		text := rapid.OneOf(anyText(), rapid.StringOf(rapid.RuneFrom(nil, unicode.L, unicode.M, unicode.S))).Draw(r, "text")
		conv := spoke(idOne, "", "before", text)
		if _, err := s.Save(conv); err != nil {
			r.Fatal(err)
		}
		words := strings.Fields(strings.ToValidUTF8(text, "\ufffd"))
		if len(words) == 0 || len(f.words(text)) == 0 {
			return
		}
		word := rapid.SampledFrom(words).Draw(r, "word")
		if len(f.words(word)) == 0 {
			return
		}
		if hits := search(t, s, strings.ToUpper(word)); strings.ToLower(strings.ToUpper(word)) == word && len(hits) != 1 {
			r.Fatalf("%q is not found in %q", word, text)
		}
		if hits := search(t, s, word); len(hits) != 1 {
			r.Fatalf("%q is not found in %q", word, text)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"\\\n", `\u00e9`, `\ud83d\ude00`, `\ud83d`, `\u00`, `\`, "a\\n\xff", "\u0301"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		fold := newFolder()
		got := fold.json(nil, raw)
		if strings.Count(string(got), "\n") != strings.Count(string(raw), "\n") {
			t.Errorf("%q has other lines: %q", raw, got)
		}
		text := fold.text(string(raw))
		if again := fold.text(text); again != text {
			t.Errorf("%q folds to %q and that to %q", raw, text, again)
		}
	})
}

// hundred fills a folder with size bytes of sessions of 12 KB.
func hundred(b *testing.B, size int) *Store {
	b.Helper()
	s := Open(b.TempDir())
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		b.Fatal(err)
	}
	conv := long(12 << 10)
	for i := 0; size > 0; i++ {
		conv.ID = NewID(noon().Add(time.Duration(i) * time.Second))
		conv.Messages[3].Content = fmt.Sprintf("Number %d is a needle.", i)
		text, err := encode(conv, 1)
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(s.Path(conv.ID), text, 0o600); err != nil {
			b.Fatal(err)
		}
		size -= len(text)
	}
	return s
}

// BenchmarkSearch is a word that nothing has, one that a single message has, one
// that every session has, and one that every line of every file has. MB-heap is the
// most that was on the heap at a time, garbage included, beyond what was before.
func BenchmarkSearch(b *testing.B) {
	const size = 100 << 20
	s := hundred(b, size)
	for _, query := range []string{"absent", "4242", "needle", "complete"} {
		b.Run(query, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			var first time.Duration
			hits, heap := 0, watchHeap()
			for b.Loop() {
				start, told := time.Now(), false
				hits = 0
				err := s.Search(b.Context(), query, func(Hit) {
					hits++
					if !told {
						first, told = first+time.Since(start), true
					}
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(heap.stop(), "MB-heap")
			b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms-first")
			b.ReportMetric(float64(hits), "hits")
		})
	}
}

// heapWatch looks at the size of the heap every millisecond.
type heapWatch struct {
	before uint64
	over   chan struct{}
	most   chan uint64
}

func watchHeap() *heapWatch {
	runtime.GC()
	w := &heapWatch{before: heapNow(), over: make(chan struct{}), most: make(chan uint64)}
	go func() {
		most, pace := uint64(0), time.NewTicker(time.Millisecond)
		defer pace.Stop()
		for {
			most = max(most, heapNow())
			select {
			case <-pace.C:
			case <-w.over:
				w.most <- most
				return
			}
		}
	}()
	return w
}

// stop gives the growth in MB.
func (w *heapWatch) stop() float64 {
	close(w.over)
	return float64(int64(<-w.most)-int64(w.before)) / (1 << 20)
}

func heapNow() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
