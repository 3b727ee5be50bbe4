package ui

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/theme"
)

// torture is a document with everything that is hard to lay out.
func torture(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("markdown/testdata/torture.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// long is a conversation of n messages, of which each second is an answer of
// some 2 KB: 10,000 of them have 10 MB.
func long(t testing.TB, n int) chat.Conversation {
	t.Helper()
	text := torture(t)
	conv := chat.Conversation{ID: history.NewID(time.Unix(0, 0)), Model: chat.DefaultModel}
	for i := range n {
		m := chat.Message{ID: fmt.Sprint("m", i+1), Parent: conv.Head, Role: chat.User, State: chat.Complete, Content: fmt.Sprintf("question %d\nand what of it", i)}
		if i%2 == 1 {
			m.Role, m.Model, m.FinishReason, m.Content = chat.Assistant, chat.DefaultModel, "stop", fmt.Sprintf("Answer %d.\n\n%s", i, text)
		}
		conv.Messages = append(conv.Messages, m)
		conv.Head = m.ID
	}
	return conv
}

// tall is a transcript of 100 × 36, as in a window of 120 × 40.
func tall(path []chat.Message) transcript {
	t := newTranscript(theme.New(palette(true)), time.Now)
	t.resize(100, 36)
	t.replace(path)
	return t
}

func BenchmarkTranscript_FirstView(b *testing.B) {
	conv := long(b, 10_000)
	path := conv.Path()
	warm := tall(path)
	warm.view() // parser and lexers are made
	b.ReportAllocs()
	for b.Loop() {
		tr := warm
		tr.replace(path)
		tr.view()
		tr.pill()
	}
}

func BenchmarkTranscript_PageUp(b *testing.B) {
	conv := long(b, 10_000)
	tr := tall(conv.Path())
	tr.view()
	b.ReportAllocs()
	for b.Loop() {
		tr.scroll(-34)
		tr.view()
		tr.pill()
		if tr.top == (place{}) {
			tr.toEnd()
		}
	}
}

func BenchmarkTranscript_Resize(b *testing.B) {
	conv := long(b, 10_000)
	tr := tall(conv.Path())
	tr.view()
	tr.scroll(-1000)
	tr.view()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		tr.resize(40+i%60, 36) // a drag
		tr.view()
		tr.pill()
	}
}

// BenchmarkTranscript_Restyle is what moving to another theme costs.
func BenchmarkTranscript_Restyle(b *testing.B) {
	conv := long(b, 10_000)
	tr := tall(conv.Path())
	tr.view()
	styles := []theme.Styles{theme.New(palette(false)), theme.New(palette(true))}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		tr.restyle(styles[i%2])
		tr.view()
	}
}

func BenchmarkTranscript_Top(b *testing.B) {
	benchmarkJump(b, (*transcript).toTop)
}

func BenchmarkTranscript_End(b *testing.B) {
	benchmarkJump(b, (*transcript).toEnd)
}

// benchmarkJump jumps out of the middle to what was not seen before.
func benchmarkJump(b *testing.B, jump func(*transcript)) {
	conv := long(b, 10_000)
	tr := tall(conv.Path())
	b.ReportAllocs()
	for b.Loop() {
		tr.leave()
		tr.top = place{item: 5000}
		tr.cache.clear()
		jump(&tr)
		tr.view()
		tr.pill()
	}
}

// enormous is a conversation of one answer of 10 MB.
func enormous(t testing.TB) []chat.Message {
	text := torture(t) + "\n"
	return []chat.Message{
		{ID: "m1", Role: chat.User, State: chat.Complete, Content: strings.Repeat("words and words ", 64<<10)},
		{ID: "m2", Role: chat.Assistant, State: chat.Complete, Content: strings.Repeat(text, 10<<20/len(text))},
	}
}

func BenchmarkTranscript_FirstViewOf10MBInOneAnswer(b *testing.B) {
	path := enormous(b)
	warm := tall(path)
	warm.view()
	b.ReportAllocs()
	for b.Loop() {
		tr := warm
		tr.replace(path)
		tr.view()
	}
}

func BenchmarkTranscript_PageUpIn10MB(b *testing.B) {
	tr := tall(enormous(b))
	tr.view()
	b.ReportAllocs()
	for b.Loop() {
		tr.scroll(-34)
		tr.view()
		tr.pill()
	}
}

func BenchmarkTranscript_ResizeIn10MB(b *testing.B) {
	tr := tall(enormous(b))
	tr.view()
	tr.scroll(-1000)
	tr.view()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		tr.resize(40+i%60, 36)
		tr.view()
		tr.pill()
	}
}

// hurried is a clock by which so much time passes that no text is held back.
func hurried() func() time.Time {
	var seconds atomic.Int64 // commands ask too
	return func() time.Time { return time.Unix(seconds.Add(1), 0) }
}

// growing is a screen with an answer under way that has so much text. Each frame
// of it draws what came.
func growing(t testing.TB, size int) *screen {
	t.Helper()
	s := &screen{m: newModel(t.Context(), Options{Now: hurried()})}
	s.m.opts.Config.Width, s.m.over = 100, nil
	s.feed(tea.WindowSizeMsg{Width: 120, Height: 40})
	begin(s)
	text := torture(t) + "\n"
	for at := 0; at < size; at += len(text) {
		s.advance(chat.Delta{Text: text})
	}
	return s
}

// frameBytes is what a model of 1,000 tokens a second says in a frame.
const frameBytes = 4 * 1000 / 60

// frames lets the answer grow by a number of frames.
func (s *screen) frames(text string, n int) {
	for i := range n {
		at := i * frameBytes % (len(text) - frameBytes)
		s.advance(chat.Delta{Text: text[at : at+frameBytes]})
	}
}

func BenchmarkFrame_Growing(b *testing.B) {
	for _, c := range []struct {
		name string
		size int
	}{{"5KB", 5 << 10}, {"100KB", 100 << 10}, {"1MB", 1 << 20}} {
		b.Run(c.name, func(b *testing.B) {
			s, text := growing(b, c.size), torture(b)+"\n"
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				s.frames(text, 2*len(text)/frameBytes)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*(2*len(text)/frameBytes)), "µs/frame")
		})
	}
}

func BenchmarkFrame_NothingChanged(b *testing.B) {
	s := growing(b, 100<<10)
	b.ReportAllocs()
	for b.Loop() {
		s.m.Update(tea.MouseMotionMsg{X: 3, Y: 4})
	}
}

// BenchmarkTurn is what a turn costs the loop beside its frames, in a
// conversation of 10,000 messages: asking and ending.
func BenchmarkTurn(b *testing.B) {
	s := &screen{m: newModel(b.Context(), Options{Now: time.Now})}
	s.m.opts.Config.Width, s.m.over = 100, nil
	s.feed(tea.WindowSizeMsg{Width: 120, Height: 40})
	s.m.adopt(history.Session{Conversation: long(b, 10_000)})
	s.m.refresh()
	s.m.backend.Chat = &script{}
	b.ReportAllocs()
	for b.Loop() {
		s.m.askAfter("what now?", 0)
		s.advance(chat.Delta{Text: "this"}, chat.Done{Finish: "stop"})
	}
}

func BenchmarkSession_OpenOf10000(b *testing.B) {
	s := &screen{m: newModel(b.Context(), Options{Now: time.Now})}
	s.m.opts.Config.Width, s.m.over = 100, nil
	s.feed(tea.WindowSizeMsg{Width: 120, Height: 40})
	session := history.Session{Conversation: long(b, 10_000)}
	b.ReportAllocs()
	for b.Loop() {
		s.m.adopt(session)
		s.m.refresh()
	}
}

// BenchmarkSave_Unchanged is the look whether a session has to be written.
func BenchmarkSave_Unchanged(b *testing.B) {
	conv := long(b, 10_000)
	s := saver{}
	s.adopt(&conv)
	again := conv.Clone()
	b.ReportAllocs()
	for b.Loop() {
		if !s.unchanged(again) {
			b.Fatal("it is the same")
		}
	}
}
