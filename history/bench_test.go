package history

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
)

// long is a session of about size bytes in messages of 2 KB.
func long(size int) chat.Conversation {
	conv := chat.Conversation{ID: idOne, Title: "long", Created: noon(), Updated: noon(), Model: chat.DefaultModel}
	text := strings.Repeat("The quick \"brown\" fox\njumps <over> the lazy dög. ", 40)
	for i := 0; i*len(text) < size; i++ {
		m := chat.Message{
			ID: fmt.Sprint("m", i+1), Parent: conv.Head, Role: chat.Assistant, Created: noon(), Content: text, State: chat.Complete,
			FinishReason: "stop", Model: chat.DefaultModel, Usage: chat.Usage{PromptTokens: 91, CompletionTokens: 24},
			Timing: chat.Timing{Queue: time.Millisecond, Total: time.Second},
		}
		conv.Messages, conv.Head = append(conv.Messages, m), m.ID
	}
	return conv
}

// talk10000 is a session of 10,000 messages and 10 MB.
func talk10000() chat.Conversation {
	conv := chat.Conversation{ID: idOne, Title: "long", Created: noon(), Updated: noon(), Model: chat.DefaultModel}
	text := strings.Repeat("The quick \"brown\" fox\njumps <over> the lazy dög. ", 19)
	for i := range 10_000 {
		m := chat.Message{ID: fmt.Sprint("m", i+1), Parent: conv.Head, Role: chat.User, Created: noon(), Content: text, State: chat.Complete}
		if i%2 == 1 {
			m.Role, m.Model, m.FinishReason = chat.Assistant, chat.DefaultModel, "stop"
		}
		conv.Messages, conv.Head = append(conv.Messages, m), m.ID
	}
	return conv
}

func BenchmarkTenThousandMessages(b *testing.B) {
	s, conv := Open(b.TempDir()), talk10000()
	conv.Rev, _ = s.Save(conv)
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			rev, err := s.Save(conv)
			if err != nil {
				b.Fatal(err)
			}
			conv.Rev = rev
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if got, err := s.Resume(idOne, noon()); err != nil || len(got.Messages) != 10_000 {
				b.Fatal(err)
			}
			s.Release(idOne)
		}
	})
}

// A record costs the same in a session of any length.
func BenchmarkJournal(b *testing.B) {
	for name, conv := range map[string]chat.Conversation{"short": short(idOne, "x"), "10MB": talk10000()} {
		b.Run(name, func(b *testing.B) {
			s := Open(b.TempDir())
			var err error
			if conv.Rev, err = s.Save(conv); err != nil {
				b.Fatal(err)
			}
			j, err := s.Journal(conv, "")
			if err != nil {
				b.Fatal(err)
			}
			defer j.Discard()
			piece := chat.Delta{Text: "token text "}
			b.ReportAllocs()
			for b.Loop() {
				if err := j.Record(piece); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSave(b *testing.B) {
	for _, size := range []int{10 << 10, 1 << 20, 10 << 20} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			s, conv := Open(b.TempDir()), long(size)
			b.SetBytes(int64(size))
			for b.Loop() {
				rev, err := s.Save(conv)
				if err != nil {
					b.Fatal(err)
				}
				conv.Rev = rev
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, size := range []int{10 << 10, 1 << 20, 10 << 20} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			s := Open(b.TempDir())
			if _, err := s.Save(long(size)); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(size))
			for b.Loop() {
				if _, err := s.Load(idOne); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkList(b *testing.B) {
	s, conv := Open(b.TempDir()), long(12<<10)
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		b.Fatal(err)
	}
	for i := range 10_000 {
		conv.ID = NewID(noon().Add(time.Duration(i) * time.Second))
		text, err := encode(conv, 1)
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(s.Path(conv.ID), text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			if l, _, err := s.ListNewest(b.Context(), 50); err != nil || len(l.Summaries) != 50 {
				b.Fatal(len(l.Summaries), err)
			}
		}
	})
	b.Run("10000", func(b *testing.B) {
		for b.Loop() {
			if l, err := s.List(b.Context()); err != nil || len(l.Summaries) != 10_000 {
				b.Fatal(len(l.Summaries), err)
			}
		}
	})
	b.Run("last", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := s.Last(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
