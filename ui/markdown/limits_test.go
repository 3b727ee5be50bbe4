package markdown

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func lines(n int, line func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i))
	}
	return b.String()
}

// bombs are small texts that parsers take long for.
func bombs() map[string]string {
	return map[string]string{
		"quotes in quotes":      strings.Repeat("> ", 48) + "x",
		"many quotes in quotes": strings.Repeat("> ", 5000) + "x",
		"lists in lists":        strings.Repeat("- ", 5000) + "x",
		"quotes and lists":      strings.Repeat("> - ", 20) + "x",
		"lists by indentation":  lines(200, func(i int) string { return strings.Repeat("  ", i) + "- x\n" }),
		"links in links":        strings.Repeat("[a](", 10000),
		"images in images":      strings.Repeat("![a](b", 2600),
		"emphasis":              strings.Repeat("*a_", 20000),
		"emphasis in lines":     strings.Repeat("a\n    - *a_*_", 20000),
		"half tags":             strings.Repeat("<a ", 5000),
		"items":                 strings.Repeat("- h\n", maxLeaves+1),
		"a paragraph":           strings.Repeat("word ", maxLeaf/5+1),
		"a block":               strings.Repeat("- word word word\n", maxUnit/16),
		"columns by rows":       "|" + strings.Repeat("a|", 5000) + "\n|" + strings.Repeat("-|", 5000) + "\n" + strings.Repeat("|\n", 5000),
		"notes in notes":        strings.Repeat("[^1]: ", 5000) + "x",
		"escaped bars":          "|a|b|\n|-|-|\n" + strings.Repeat("|`\\|`|`\\|`|\n", 2000),
		"a table":               "|a|b|\n|-|-|\n" + strings.Repeat("|some text|some more|\n", maxTable/15),
	}
}

func TestRender_ShowsBombsAsPlainText(t *testing.T) {
	r := New(dark())
	for name, src := range bombs() {
		for _, width := range []int{20, 40, 80, 200} {
			want := firstLines(r.plain([]byte(src), width), 3)
			if diff := cmp.Diff(want, firstLines(r.Render(src, width), 3)); diff != "" {
				t.Errorf("%s was given to the parser at %d:\n%s", name, width, diff)
			}
		}
	}
}

func TestRender_BombsTakeLittle(t *testing.T) {
	r := New(dark())
	r.Render("a", 80)
	for name, src := range bombs() {
		for _, width := range []int{20, 80} {
			if n := allocated(func() { r.Render(src, width) }) / len(src); n > 400 {
				t.Errorf("%s takes %d bytes a byte at %d", name, n, width)
			}
			open := []byte(src[:min(len(src), maxTail)])
			if n := allocated(func() { opened(r, open, width) }) / len(open); n > 400 {
				t.Errorf("%s, growing, takes %d bytes a byte at %d", name, n, width)
			}
		}
	}
}

// allocated is how many bytes a function allocates.
func allocated(work func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

func firstLines(all []string, n int) []string { return all[:min(n, len(all))] }

func TestRender_BombsAreOnlyTheirBlock(t *testing.T) {
	got := words(strings.Repeat("> ", 48)+"x\n\nA **good** end.", 80)
	if !strings.HasSuffix(got, "\n\nA good end.") {
		t.Errorf("what follows a bomb is plain, too: %q", got)
	}
}

func TestRender_LeavesLongAnswersAlone(t *testing.T) {
	for name, src := range map[string]string{
		"a list of 1,000":    lines(1000, func(i int) string { return fmt.Sprintf("%d. **word %d**: what it means\n", i+1, i) }),
		"ten levels":         lines(10, func(i int) string { return strings.Repeat("  ", i) + "- **x**\n" }),
		"a table of 200":     "|a|b|\n|-|-|\n" + strings.Repeat("|**some** `text`|[more](https://x.y)|\n", 200),
		"a table of 900":     "|a|b|\n|-|-|\n" + strings.Repeat("|some **text**|and more|\n", 900),
		"emphasis in a text": strings.Repeat("**strong** and *weak* with `code` in it. ", 200),
	} {
		if got := words(src, 80); strings.Contains(got, "**") {
			t.Errorf("%s is shown as plain text: %.200s", name, got)
		}
	}
}

func TestStream_ShowsALongOpenBlockAsPlainTextUntilItEnds(t *testing.T) {
	src := strings.Repeat("- a **strong** word and some more\n", maxTail/30)
	s := New(dark()).Stream(80)
	s.Append(src)
	if got := s.Lines()[0]; !strings.Contains(got, "**") {
		t.Errorf("rendered while it grows: %q", got)
	}
	s.Append("\nThe end.\n\n")
	if got := s.Lines()[0]; strings.Contains(got, "**") {
		t.Errorf("still plain when it is complete: %q", got)
	}
}

// perByte is how many bytes of memory a stream takes for each byte of text.
func perByte(r *Renderer, size int) float64 {
	src := answer(size, 3)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s := r.Stream(100)
	for at := 0; at < len(src); at += frameBytes {
		s.Append(src[at:min(at+frameBytes, len(src))])
		s.Lines()
	}
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(src))
}

func TestStream_WorkIsLinearInTheText(t *testing.T) {
	r := New(dark())
	perByte(r, 20<<10) // lexers are made
	short, long := perByte(r, 40<<10), perByte(r, 320<<10)
	if long > 1.3*short {
		t.Errorf("%.0f bytes a byte in a short text, %.0f in a long one", short, long)
	}
}

func TestStream_AppendAndUnchangedLinesAreFree(t *testing.T) {
	s := New(dark()).Stream(80)
	s.Append(answer(4000, 1))
	s.Lines()
	if n := testing.AllocsPerRun(100, func() { s.Lines() }); n != 0 {
		t.Errorf("%v allocations for lines that did not change", n)
	}
	if n := testing.AllocsPerRun(1000, func() { s.Append("word") }); n > 0.1 {
		t.Errorf("%v allocations for each delta", n)
	}
}
