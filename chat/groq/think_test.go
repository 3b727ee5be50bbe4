package groq

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// splitAll gives pieces to a splitter, and what it makes of them in all.
func splitAll(pieces ...string) (thinking, text string) {
	var s thinkSplitter
	for _, p := range pieces {
		a, b := s.split(p)
		thinking, text = thinking+a, text+b
	}
	a, b := s.end()
	return thinking + a, text + b
}

func TestThinkSplitter(t *testing.T) {
	for _, tc := range []struct{ sent, thinking, text string }{
		{"just an answer", "", "just an answer"},
		{"<think>hm</think>\n\nyes", "hm", "yes"},
		{"\n <think>\nhm\n</think>yes <think>no</think>", "\nhm\n", "yes <think>no</think>"},
		{"the tag <think> is text", "", "the tag <think> is text"},
		{"<think>cut off", "cut off", ""},
		{"<think>cut off in a tag</thi", "cut off in a tag</thi", ""},
		{"<thi", "", "<thi"},
		{"<thing>", "", "<thing>"},
		{"  indented", "", "  indented"},
		{"<think></think>x", "", "x"},
		{"", "", ""},
	} {
		if thinking, text := splitAll(tc.sent); thinking != tc.thinking || text != tc.text {
			t.Errorf("%q: thinks %q, says %q", tc.sent, thinking, text)
		}
	}
}

// TestThinkSplitter_OfAnyPieces: wherever a text is cut, the same comes of it.
func TestThinkSplitter_OfAnyPieces(t *testing.T) {
	part := rapid.SampledFrom([]string{"<think>", "</think>", "<", "</", "think>", "\n", " ", "a", "é", "<thin", ">"})
	rapid.Check(t, func(t *rapid.T) {
		sent := strings.Join(rapid.SliceOfN(part, 0, 12).Draw(t, "parts"), "")
		var pieces []string
		for rest := sent; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		thinking, text := splitAll(pieces...)
		if a, b := splitAll(sent); a != thinking || b != text {
			t.Fatalf("%q in pieces thinks %q and says %q, whole %q and %q", sent, thinking, text, a, b)
		}
	})
}
