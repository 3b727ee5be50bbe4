package markdown

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tableShape is what must not change while a table streams.
type tableShape struct {
	records bool
	bars    []int // where the columns end
	lines   []string
}

func shapeOf(lines []string) tableShape {
	for i, l := range lines {
		if strings.Contains(l, "──") {
			return tableShape{bars: bars(lines[i]), lines: lines}
		}
	}
	return tableShape{records: true, lines: lines}
}

// follows checks that a shape may come after another: columns only grow, and as
// long as they do not, no line above the last row changes.
func (s tableShape) follows(t failer, before tableShape, src string) {
	t.Helper()
	if s.records != before.records || len(s.bars) != len(before.bars) {
		t.Fatalf("after %q it is shown in another shape:\n%s\nafter\n%s", src, strings.Join(s.lines, "\n"), strings.Join(before.lines, "\n"))
	}
	last := 0 // the last bar moves by as much as the columns before it, too
	for i := range s.bars {
		if s.bars[i]-before.bars[i] < last {
			t.Fatalf("after %q the bars moved from %v to %v", src, before.bars, s.bars)
		}
		last = s.bars[i] - before.bars[i]
	}
}

func TestTable_GrowsOnlyWhileItStreams(t *testing.T) {
	r := New(dark())
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		src, width := randomTable(random)+"\n", rapid.IntRange(8, 160).Draw(t, "width")
		s := r.Stream(width)
		var before tableShape
		for i, n := 0, 0; i < len(src); i += n {
			n = min(1+random.IntN(16), len(src)-i)
			s.Append(src[i : i+n])
			lines := s.Lines()
			if len(lines) == 0 || s.Finished() > 0 {
				continue
			}
			now := shapeOf(slices.Clone(lines))
			if before.lines != nil {
				now.follows(t, before, src[:i+n])
			}
			before = now
		}
		if before.lines != nil {
			shapeOf(s.Lines()).follows(t, before, src)
		}
		if diff := cmp.Diff(r.Render(src, width), s.Lines()); diff != "" {
			t.Fatalf("%q:\n%s", src, diff)
		}
	})
}

// TestTable_RowsStayWhileNoColumnGrows: what was read is not moved by what comes.
func TestTable_RowsStayWhileNoColumnGrows(t *testing.T) {
	r := New(dark())
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		src, width := randomTable(random), rapid.IntRange(8, 160).Draw(t, "width")
		src = regexp.MustCompile(`\]\(.*?\)`).ReplaceAllString(src, "]") // notes stand below the rows
		rows := strings.SplitAfter(src, "\n")
		src = strings.Join(rows[:3], "")
		before := shapeOf(r.Render(src, width))
		for _, row := range rows[3:] {
			src += row
			now := shapeOf(r.Render(src, width))
			now.follows(t, before, src)
			same := slices.Equal(now.bars, before.bars) && rightmost(now) == rightmost(before)
			if n := len(before.lines); same && !slices.Equal(now.lines[:n], before.lines) {
				t.Fatalf("%q changed\n%s\nto\n%s", row, strings.Join(before.lines, "\n"), strings.Join(now.lines, "\n"))
			}
			before = now
		}
	})
}

// rightmost is where the rule under the titles ends.
func rightmost(s tableShape) int {
	for _, l := range s.lines {
		if strings.Contains(l, "──") {
			return len(cells(ansi.Strip(l)))
		}
	}
	return 0
}

func TestTable_LeavesRoomForTheRowsToCome(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		width    int
		want     string
	}{
		{
			"a name that is longer than the first", "|Name|What it is good for|\n|-|-|\n|go|a language with few words and many goroutines in it|\n|typescript|another|", 44,
			" Name       │ What it is good for\n────────────┼───────────────────────────────\n go         │ a language with few words and\n            │ many goroutines in it\n            │\n typescript │ another",
		},
		{
			"all fit", "|a|b|\n|-|-|\n|one two|three four five|\n|six|seven|", 30,
			" a       │ b\n─────────┼────────────────\n one two │ three four five\n six     │ seven",
		},
	} {
		if got := words(tt.in, tt.width); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s:\n%s", tt.name, got)
		}
	}
}

func TestTable_SetsRowsOffThatTakeSeveralLines(t *testing.T) {
	got := words("|a|b|\n|-|-|\n|1|x|\n|2|y|\n|3|some words that are too many|\n|4|z|\n|5|z|", 24)
	want := " a │ b\n───┼─────────────────\n 1 │ x\n 2 │ y\n   │\n 3 │ some words that\n   │ are too many\n   │\n 4 │ z\n 5 │ z"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTable_WaitsForItsFirstRowNotForLong: a head that could be records is not
// shown at once, but it is shown when no more comes.
func TestTable_WaitsForItsFirstRowNotForLong(t *testing.T) {
	c := &clock{at: time.Unix(0, 0)}
	s := New(dark(), WithClock(c.now)).Stream(30)
	s.Append("| first | second | third |\n|---|---|---|\n| on")
	if got := s.Lines(); len(got) > 0 || !s.Stale() {
		t.Errorf("at once: %q, stale %v", got, s.Stale())
	}
	c.at = c.at.Add(longestHold)
	if got := strings.Join(stripped(s.Lines()), "\n"); !strings.Contains(got, "first") || !strings.Contains(got, "on") || s.Stale() {
		t.Errorf("after %v: %q, stale %v", longestHold, got, s.Stale())
	}
}
