package markdown

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"groqchat/ui/theme"
)

func dark() theme.Styles { return theme.New(theme.Builtin()[0]) }

// failer is a test, be it of package testing or of rapid.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// streamed gives a stream src in parts, asks for the lines after each, and
// checks what is promised about them on the way.
func streamed(t failer, r *Renderer, src string, width int, part func() int) []string {
	t.Helper()
	s := r.Stream(width)
	var fixed []string
	for len(src) > 0 {
		n := min(len(src), max(1, part()))
		s.Append(src[:n])
		src = src[n:]
		lines := s.Lines()
		if len(lines) < s.Finished() || !slices.Equal(lines[:len(fixed)], fixed) {
			t.Fatalf("finished lines changed:\n%s\nto\n%s", strings.Join(fixed, "\n"), strings.Join(lines, "\n"))
		}
		fixed = slices.Clone(lines[:s.Finished()])
	}
	s.Close()
	lines := s.Lines()
	if s.Finished() != len(lines) || !slices.Equal(lines[:len(fixed)], fixed) {
		t.Fatalf("closed, %d of %d lines are finished", s.Finished(), len(lines))
	}
	return lines
}

func sized(n int) func() int { return func() int { return n } }

func TestStream_EndsInTheWholeForEveryChunking(t *testing.T) {
	r := New(dark())
	for seed := range uint64(4) {
		src := answer(4<<10, seed)
		want := r.Render(src, 80)
		for _, n := range []int{1, 4, 37, 1000} {
			if n == 1 && seed > 0 {
				continue
			}
			if diff := cmp.Diff(want, streamed(t, r, src, 80, sized(n))); diff != "" {
				t.Fatalf("seed %d, parts of %d:\n%s", seed, n, diff)
			}
		}
	}
}

// TestStream_EndsInTheWholeWhereLinksAreDefinedInTheBlock: what a text under way
// looked like before its link was defined is not how it ends.
func TestStream_EndsInTheWholeWhereLinksAreDefinedInTheBlock(t *testing.T) {
	r := New(dark())
	for _, src := range []string{"- x [a] y\n- b\n\n  [a]: /u\n\nend", "> x [a]\n>\n> [a]: /u\n\nend", "x [a]\n\n- b\n\n  [a]: /u\n\n[a]"} {
		want := r.Render(src, 40)
		for n := range len(src) {
			if diff := cmp.Diff(want, streamed(t, r, src, 40, sized(n))); diff != "" {
				t.Fatalf("%q in parts of %d:\n%s", src, n, diff)
			}
		}
		if got := strings.Join(stripped(want), "\n"); strings.Contains(got, "x [a]") == (src[0] != 'x') {
			t.Errorf("%q:\n%s", src, got)
		}
	}
}

func TestStream_EndsInTheWholeForNastyDocuments(t *testing.T) {
	r := New(dark())
	random := rand.New(rand.NewPCG(5, 6))
	for range rounds(300, 1000) {
		src := nasty(random)
		width := 1 + random.IntN(60)
		want := r.Render(src, width)
		got := streamed(t, r, src, width, func() int { return 1 + random.IntN(9) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("source %q at %d:\n%s", src, width, diff)
		}
		for _, l := range want {
			if w := ansi.StringWidth(l); w > width {
				t.Fatalf("source %q at %d: %d cells in %q", src, width, w, l)
			}
		}
	}
}
