package markdown

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// clock goes forward by step each time that it is read, as if all took time.
type clock struct {
	at   time.Time
	step time.Duration
}

func (c *clock) now() time.Time {
	c.at = c.at.Add(c.step)
	return c.at
}

func TestLines_RestsFourTimesAsLongAsItWorked(t *testing.T) {
	c := &clock{at: time.Unix(0, 0), step: 10 * time.Millisecond}
	s := New(dark(), WithClock(c.now)).Stream(40)
	s.Append("one")
	s.Lines() // takes 10 ms by this clock
	c.step = 0
	s.Append(" two")
	c.at = c.at.Add(39 * time.Millisecond)
	if got := strings.Join(s.Lines(), ""); strings.Contains(got, "two") || !s.Stale() {
		t.Errorf("39 ms after 10 ms of work: %q, stale %v", got, s.Stale())
	}
	c.at = c.at.Add(time.Millisecond)
	if got := strings.Join(s.Lines(), ""); !strings.Contains(got, "two") || s.Stale() {
		t.Errorf("40 ms after 10 ms of work: %q, stale %v", got, s.Stale())
	}
}

func TestLines_HoldsNoTextLongerThanATenthOfASecond(t *testing.T) {
	c := &clock{at: time.Unix(0, 0), step: time.Second}
	s := New(dark(), WithClock(c.now)).Stream(40)
	s.Append("one")
	s.Lines()
	c.step = 0
	s.Append(" two")
	c.at = c.at.Add(50 * time.Millisecond)
	s.Append(" three")
	s.Lines()
	c.at = c.at.Add(50 * time.Millisecond)
	if got := strings.Join(s.Lines(), ""); !strings.Contains(got, "two three") {
		t.Errorf("after 100 ms: %q", got)
	}
}

func TestLines_ClosedIsNeverHeld(t *testing.T) {
	c := &clock{at: time.Unix(0, 0), step: time.Second}
	r := New(dark(), WithClock(c.now))
	s := r.Stream(40)
	s.Append("one")
	s.Lines()
	c.step = 0
	s.Append(" two")
	s.Close()
	if got := s.Lines(); s.Stale() || !cmp.Equal(got, r.Render("one two", 40)) {
		t.Errorf("got %q", got)
	}
}

func TestStream_IsOverWhenItIsClosed(t *testing.T) {
	s := New(dark()).Stream(40)
	s.Append("one")
	s.Close()
	s.Close()
	s.Append(" two")
	if got := strings.Join(s.Lines(), ""); strings.Contains(got, "two") || s.Finished() != 1 || s.Width() != 40 {
		t.Errorf("got %q, %d finished", got, s.Finished())
	}
}

func TestHold_WaitsForLinesThatMayBecomeAnything(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"text", "abc", "abc"},
		{"dash under text", "text\n-", "text\n"},
		{"complete rule", "text\n---\n", "text\n---\n"},
		{"number", "a\n1.", "a\n"},
		{"backticks", "a\n``", "a\n"},
		{"item with text", "- a", "- a"},
		{"half a strong word", "**", ""},
		{"table head", "text\n| a | b", "text\n"},
		{"table head, complete", "| a | b |\n", ""},
		{"half a delimiter row", "| a | b |\n|--", ""},
		{"delimiter row", "| a | b |\n|---|---|\n", "| a | b |\n|---|---|\n"},
		{"half a language", "a\n\n- b\n  ```g", "a\n\n- b\n"},
		{"code in a line", "```a` b", "```a` b"},
		{"half a box", "a\n- [", "a\n"},
		{"a box", "a\n- [x]", "a\n"},
		{"a box with text", "- [x] a", "- [x] a"},
		{"a link in an item", "- [xa", "- [xa"},
		{"half a footnote", "a\n[^1", "a\n"},
		{"a footnote", "a\n[^1]: b", "a\n[^1]: b"},
		{"half a first row", "| a |\n|---|\n| x", "| a |\n|---|\n"},
		{"half a later row", "| a |\n|---|\n| x |\n| y", "| a |\n|---|\n| x |\n| y"},
		{"a head in a quote", "> | a |\n> |-", ""},
		{"half a definition", "x\n\n[a]: htt", "x\n\n"},
		{"half a label", "[a", ""},
		{"a link", "[a](", "[a]("},
	} {
		if got := string(hold([]byte(tt.in))); got != tt.want {
			t.Errorf("%s: %q of %q, want %q", tt.name, got, tt.in, tt.want)
		}
	}
}

func TestStream_DoesNotFlashByInOtherShapes(t *testing.T) {
	src := "Some text\n- an item\n- another\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.\n"
	s := New(dark()).Stream(40)
	strong := New(dark()).Render("## Some text", 40)[0]
	for i := range src {
		s.Append(src[i : i+1])
		for _, l := range s.Lines() {
			if l == strong || strings.Contains(l, "|") {
				t.Fatalf("after %q: %q", src[:i+1], l)
			}
		}
	}
}
