package cli

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func testTable() table {
	return table{
		columns: []column{{title: "id"}, {title: "count", right: true, keep: 2}, {title: "note", keep: 1}},
		rows: [][]string{
			{"openai/gpt-oss-120b", "7", "something long to say"},
			{"日本語のモデル", "12345", "x\x1b[2Jy"},
		},
	}
}

func TestTable_IsNeverWiderThanAsked(t *testing.T) {
	for width := 1; width < 90; width++ {
		for line := range strings.Lines(testTable().render(width, ink{on: true})) {
			if w := ansi.StringWidth(strings.TrimRight(line, "\n")); w > width {
				t.Fatalf("width %d: %d cells in %q", width, w, line)
			}
		}
	}
}

func TestTable_DropsTheLeastImportantColumnFirst(t *testing.T) {
	for _, row := range []struct {
		width int
		want  string
	}{{0, "id count note"}, {80, "id count note"}, {40, "id count"}, {20, "id"}} {
		first, _, _ := strings.Cut(testTable().render(row.width, ink{}), "\n")
		if got := strings.Join(strings.Fields(first), " "); got != row.want {
			t.Errorf("width %d: got %q, want %q", row.width, got, row.want)
		}
	}
}

func TestTable_AlignsByCellsAndLetsNoControlThrough(t *testing.T) {
	want := "id                   count  note\n" +
		"openai/gpt-oss-120b      7  something long to say\n" +
		"日本語のモデル       12345  x␛[2Jy\n"
	if got := testTable().render(0, ink{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
