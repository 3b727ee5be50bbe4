package cli

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/markdown"
	"groqchat/ui/theme"
)

// paper is a terminal as far as live uses one: rows that grow, and a cursor that
// goes up again, but not beyond the window.
type paper struct {
	t      *testing.T
	height int
	rows   []string
	row    int
	back   int // how often rows were taken back
}

func (p *paper) Write(text []byte) (int, error) {
	rest := string(text)
	if m := regexp.MustCompile(`^\x1b\[(\d*)A\r\x1b\[J`).FindStringSubmatch(rest); m != nil {
		n := 1
		if m[1] != "" {
			n, _ = strconv.Atoi(m[1]) // digits
		}
		if n > p.height-1 || n > p.row {
			p.t.Fatalf("%d rows up from row %d in a window of %d", n, p.row, p.height)
		}
		p.row -= n
		p.rows = p.rows[:p.row]
		rest = rest[len(m[0]):]
		p.back++
	}
	if strings.Contains(rest, "\x1b[J") || strings.Contains(rest, "\r") || rest != "" && !strings.HasSuffix(rest, "\n") {
		p.t.Fatalf("more than lines: %q", rest)
	}
	for line := range strings.Lines(rest) {
		p.rows = append(p.rows, strings.TrimSuffix(line, "\n"))
		p.row++
	}
	return len(text), nil
}

const sample = "# A title\n\nSome *words* that are " + "wrapped, since there are many of them, in several lines. " +
	"And so on.\n\n1. one\n2. two\n   - three\n\n```go\nfunc main() {\n}\n```\n\n| a | b |\n|---|--:|\n| first | 1 |\n| second | 22 |\n| third | 3 |\n| fourth | 4 |\n| fifth | 5 |\n\nThe **end** of `it`"

// TestLive_LeavesTheWholeText however it comes, and however small the window is.
func TestLive_LeavesTheWholeText(t *testing.T) {
	const width = 30
	renderer := func() *markdown.Renderer {
		palette, _ := theme.Find("dark")
		return markdown.New(theme.New(palette))
	}
	want := renderer().Render(sample, width)
	for _, height := range []int{0, 3, 5, 24} {
		for _, size := range []int{1, 3, 50, len(sample)} {
			p := &paper{t: t, height: height}
			l := &live{out: p, stream: renderer().Stream(width), rows: func() (int, int) { return width, height }}
			for part := range slices.Chunk([]byte(sample), size) {
				if _, err := l.Write(part); err != nil {
					t.Fatal(err)
				}
			}
			if err := l.end(false); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(p.rows, want) {
				t.Errorf("window of %d, pieces of %d:\n%q\nwant\n%q", height, size, p.rows, want)
			}
			if height == 0 && p.back > 0 {
				t.Errorf("rows were taken back where none can be")
			}
			if height == 24 && size == 1 && p.back == 0 {
				t.Errorf("nothing was shown before it was final")
			}
		}
	}
}

func TestBack_CountsTheRowsOfANarrowerWindow(t *testing.T) {
	lines := []string{strings.Repeat("a", 30), "", "bb"}
	if got, want := back(lines, 10), ansi.CursorUp(5)+"\r"+ansi.EraseScreenBelow; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := back(nil, 10); got != "" {
		t.Errorf("%q for nothing", got)
	}
}
