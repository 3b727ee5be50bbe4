package markdown

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

func TestTable_Layout(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		width    int
		want     string
	}{
		{"alignment", "|l|r|c|n|\n|:-|-:|:-:|-|\n|a|b|c|d|\n|long|long|long!|long|", 40, " l    │    r │   c   │ n\n──────┼──────┼───────┼─────\n a    │    b │   c   │ d\n long │ long │ long! │ long"},
		{"wide characters", "|a|b|\n|-|-|\n|日本|x|\n|abc|y|", 40, " a    │ b\n──────┼──\n 日本 │ x\n abc  │ y"},
		{"a break in a cell", "|a|b|\n|-|-|\n|one<br>two|x|", 40, " a   │ b\n─────┼──\n one │ x\n two │"},
		{"code and emphasis", "|**a**|`b`|\n|-|-|\n|*c*|~~d~~|", 40, " a │ b\n───┼──\n c │ d"},
		{"missing cells", "|a|b|\n|-|-|\n|c|", 40, " a │ b\n───┼──\n c │"},
		{"titles alone", "|a|b|\n|-|-|", 40, " a │ b\n───┼──"},
		{"the widest gives way", "|k|text|\n|-|-|\n|a|some words that are too many|", 24, " k │ text\n───┼─────────────────\n a │ some words that\n   │ are too many"},
		{"both give way", "|first column|second column|\n|-|-|\n|some words here|some more words|", 27, " first column │ second\n              │ column\n──────────────┼────────────\n some words   │ some more\n here         │ words"},
		{"in a list", "- x\n\n  |a|b|\n  |-|-|\n  |c|d|", 40, "• x\n\n   a │ b\n  ───┼──\n   c │ d"},
		{"in a quote", "> |a|b|\n> |-|-|\n> |c|d|", 40, "│  a │ b\n│ ───┼──\n│  c │ d"},
		{"links, each once", "|a|\n|-|\n|[x](https://x.y) [z](https://z.y)|\n|[x](https://x.y)|", 40, " a\n────────\n x→1 z→2\n x→1\n→1 https://x.y\n→2 https://z.y"},
		{"records", "|name|value|\n|-|-|\n|a|the first of them all and more|\n|b||", 14, "name: a\nvalue: the\n  first of\n  them all and\n  more\n\nname: b\nvalue:"},
		{"records without rows", "|a long name|another name|a third|\n|-|-|-|", 14, "a long name:\nanother name:\na third:"},
	} {
		if diff := cmp.Diff(tt.want, words(tt.in, tt.width)); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

// randomTable is a table of random words.
func randomTable(r *rand.Rand) string {
	columns := 1 + r.IntN(6)
	var b strings.Builder
	for y := range 2 + r.IntN(8) {
		for range columns {
			cell := strings.Repeat("x", 1+r.IntN(30))
			switch {
			case y == 1:
				cell = []string{"-", ":-", "-:", ":-:"}[r.IntN(4)]
			case r.IntN(2) == 0:
				cell = sentence(r, r.IntN(12))
			}
			b.WriteString("|" + cell)
		}
		b.WriteString("|\n")
	}
	return b.String()
}

func TestTable_ShowsEveryWordInColumnsThatStandStraight(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	r := New(dark())
	for range 300 {
		src, width := randomTable(random), 8+random.IntN(150)
		lines := r.Render(src, width)
		for _, l := range lines {
			if w := ansi.StringWidthWc(l); w > width {
				t.Fatalf("%d cells at %d: %q", w, width, l)
			}
			if got := bars(l); len(got) > 0 && !slices.Equal(got, bars(lines[0])) {
				t.Fatalf("bars at %v, not %v:\n%s", got, bars(lines[0]), strings.Join(lines, "\n"))
			}
		}
		if want, got := letterCount(r.Render(src, 10000)), letterCount(lines); got != want && len(bars(lines[0])) > 0 {
			t.Fatalf("%d letters at %d, not %d:\n%s", got, width, want, strings.Join(lines, "\n"))
		}
	}
}

// letterCount counts what is read, but for the lines of a table.
func letterCount(lines []string) int {
	return len(strings.NewReplacer(" ", "", "│", "", "┼", "", "─", "").Replace(ansi.Strip(strings.Join(lines, ""))))
}

// cells are the characters of a line, one for each cell.
func cells(l string) (all []string) {
	for len(l) > 0 {
		c, w := ruler(ansi.WcWidth).cluster(l)
		for range w {
			all = append(all, c)
		}
		l = l[len(c):]
	}
	return all
}

// bars are the cells that the separators of a line stand in.
func bars(l string) (at []int) {
	for i, c := range cells(ansi.Strip(l)) {
		if c == "│" || c == "┼" {
			at = append(at, i)
		}
	}
	return at
}

func TestShare_GivesAllTheRoomFairly(t *testing.T) {
	for _, tt := range []struct {
		least, most []int
		room        int
		want        []int
	}{
		{[]int{1, 1}, []int{10, 10}, 10, []int{5, 5}},
		{[]int{1, 1, 1}, []int{3, 20, 20}, 24, []int{3, 11, 10}},
		{[]int{8, 1}, []int{10, 30}, 20, []int{10, 10}},
		{[]int{8, 1}, []int{10, 30}, 12, []int{8, 4}},
		{[]int{2, 2}, []int{2, 2}, 9, []int{2, 2}},
	} {
		if got := share(tt.least, tt.most, tt.room); !slices.Equal(got, tt.want) {
			t.Errorf("%v to %v in %d: %v, want %v", tt.least, tt.most, tt.room, got, tt.want)
		}
	}
}
