package markdown

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// shows are the words that a stream shows now.
func shows(s *Stream) string { return strings.Join(stripped(s.Lines()), "\n") }

// TestStream_HoldsBackWhatIsBegunNotForLong: half of something is not shown while
// the rest may come at once, and is shown when it does not.
func TestStream_HoldsBackWhatIsBegunNotForLong(t *testing.T) {
	for _, tt := range []struct{ name, in, first, later string }{
		{"a formula", "so $x_1 + y", "so", "so $x_1 + y"},
		{"a formula in parentheses", `so \(x`, "so", "so (x"},
		{"lines of a formula", "so\n\n\\[\nx + y\n", "so", "so\n\n[ x + y"},
		{"dollars", "for $5 and", "for $5 and", "for $5 and"},
		{"a tag", `press <span class="k`, "press", `press <span class="k`},
		{"no tag", "x<y and y", "x<y and y", "x<y and y"},
		{"half a strong word", "a **", "a", "a **"},
		{"strong words", "a **b c", "a b c", "a b c"},
		{"an item", "text\n-", "text", "text"},
		{"an item with a blank", "text\n\n- ", "text", "text"},
		{"an item of an item", "- a\n  *", "• a", "• a"},
		{"an item of a quote", "> a\n> +", "│ a", "│ a"},
		{"a box", "- [x] a\n- [ ", "✓ a", "✓ a"},
		{"a heading", "text\n## ", "text", "text"},
		{"a rule", "text\n\n--", "text", "text\n\n--"},
		{"a strong word", "text\n\n**", "text", "text\n\n**"},
		{"a number of an item", "1. a\n2.", "1. a", "1. a\n2."},
		{"a number", "42", "", "42"},
		{"a fence", "- a\n  ```py", "• a", "• a\n  ```py"},
		{"a definition", "text\n\n[a]: http", "text", "text\n\n[a]: http"},
		{"the head of a table", "text\n\n| a | b", "text", "text\n\n a │ b\n───┼──"},
		{"half a delimiter row", "| a | b |\n|--", "", " a │ b\n───┼──"},
		{"bars in a text", "|x| is", "", "|x| is"},
		{"the first row", "| a | b |\n|---|---|\n| on", " a │ b\n───┼──", " a  │ b\n────┼──\n on │"},
	} {
		c := &clock{at: time.Unix(0, 0)}
		s := New(dark(), WithClock(c.now)).Stream(40)
		s.Append(tt.in)
		if diff := cmp.Diff(tt.first, shows(s)); diff != "" || s.Stale() != (tt.first != tt.later) {
			t.Errorf("%s, at once (stale %v):\n%s", tt.name, s.Stale(), diff)
		}
		c.at = c.at.Add(longestHold - 1)
		if diff := cmp.Diff(tt.first, shows(s)); diff != "" {
			t.Errorf("%s, a little before its time:\n%s", tt.name, diff)
		}
		c.at = c.at.Add(1)
		if diff := cmp.Diff(tt.later, shows(s)); diff != "" || s.Stale() {
			t.Errorf("%s, after its time (stale %v):\n%s", tt.name, s.Stale(), diff)
		}
	}
}

// TestStream_HoldsTextBackAgainForItsOwnTime: what came too late does not let the
// next half be seen.
func TestStream_HoldsTextBackAgainForItsOwnTime(t *testing.T) {
	c := &clock{at: time.Unix(0, 0)}
	s := New(dark(), WithClock(c.now)).Stream(40)
	s.Append("so $x_1")
	s.Lines()
	c.at = c.at.Add(longestHold)
	if got := shows(s); got != "so $x_1" {
		t.Fatalf("too late: %q", got)
	}
	s.Append(" + y$ and $z_2")
	c.at = c.at.Add(longestHold / 2)
	if got := shows(s); got != "so x₁ + y and" || !s.Stale() {
		t.Errorf("the next: %q, stale %v", got, s.Stale())
	}
	c.at = c.at.Add(longestHold)
	if got := shows(s); got != "so x₁ + y and $z_2" {
		t.Errorf("the next, too late: %q", got)
	}
}

// TestStream_CutEndsAsItWasShown: an answer that is cut off anywhere does not change
// its look for that.
func TestStream_CutEndsAsItWasShown(t *testing.T) {
	r := New(dark())
	for seed := range uint64(2) {
		src := strings.ToValidUTF8(prose(3<<10, seed), "") + "so $x_1 + y$ and <kbd>K</kbd>, **a `b` [c](https://x.y) ~~d~~**.\n\n|a|b|\n|-|-|\n|**c**|d|\n"
		for n := len(src) - 600; n < len(src); n++ {
			if !utf8.RuneStart(src[n]) {
				continue // half a character is shown as such
			}
			c := &clock{at: time.Unix(0, 0)}
			s := New(dark(), WithClock(c.now)).Stream(60)
			s.Append(src[:n])
			s.Lines()
			c.at = c.at.Add(longestHold)
			before := slices.Clone(s.Lines())
			s.Cut()
			if diff := cmp.Diff(before, s.Lines()); diff != "" {
				t.Fatalf("cut off after %q:\n%s", src[max(0, n-100):n], diff)
			}
			if lines, _ := s.Block(s.Blocks() - 1); n%50 == 0 {
				again := r.Stream(60)
				again.Append(src[:n])
				again.Cut()
				again.Skim()
				if same, _ := again.Block(again.Blocks() - 1); !slices.Equal(lines, same) {
					t.Fatalf("rendered again it is %q, not %q", same, lines)
				}
			}
		}
	}
}

func TestRender_TakesOnlyTagsForTags(t *testing.T) {
	r := New(dark())
	text, tag := r.sgr(look{}.with(r.sheet.document).with(r.sheet.text)), r.sgr(look{}.with(r.sheet.document).with(r.sheet.text).with(r.sheet.tag))
	for _, tt := range []struct {
		in  string
		tag bool
	}{
		{"x<y and y>z", false},
		{"a Vec<T> here", false},
		{"x<b and c>d", false},
		{"use <your_name> here", false},
		{"press <kbd>K", true},
		{`a <span class="b c">d`, true},
		{"a </b> c", true},
		{"a <input disabled> c", true},
		{"a <!-- b --> c", true},
	} {
		lines := r.Render(tt.in, 60)
		if got := strings.Contains(lines[0], tag); got != tt.tag || text == tag {
			t.Errorf("%q is a tag: %v, not %v: %q", tt.in, got, tt.tag, lines[0])
		}
		if got := strings.Join(stripped(lines), ""); got != tt.in {
			t.Errorf("%q reads %q", tt.in, got)
		}
	}
}
