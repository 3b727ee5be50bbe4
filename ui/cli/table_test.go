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
	for width := 2; width < 90; width++ {
		for line := range strings.Lines(testTable().render(width, ink{on: true})) {
			if w := ansi.StringWidth(strings.TrimRight(line, "\n")); w > width {
				t.Fatalf("width %d: %d cells in %q", width, w, line)
			}
		}
	}
}

// TestTable_LosesNothing: what has no column in a narrow terminal stands below.
func TestTable_LosesNothing(t *testing.T) {
	for _, row := range []struct {
		width int
		want  string
	}{
		{60, "id                   count  note\nopenai/gpt-oss-120b      7  something long to say\n日本語のモデル       12345  x␛[2Jy\n"},
		{40, "id                   count\nopenai/gpt-oss-120b      7\n  note something long to say\n日本語のモデル       12345\n  note x␛[2Jy\n"},
		{20, "id\nopenai/gpt-oss-120b\n  count 7 · note\n  something long to\n  say\n日本語のモデル\n  count 12345 · note\n  x␛[2Jy\n"},
	} {
		if got := testTable().render(row.width, ink{}); got != row.want {
			t.Errorf("width %d: got\n%s\nwant\n%s", row.width, got, row.want)
		}
	}
}

// TestTable_WrapsBeforeItDrops in the columns that may.
func TestTable_WrapsBeforeItDrops(t *testing.T) {
	wrapping := testTable()
	wrapping.columns[2].wrap = 10
	want := "id                   count  note\nopenai/gpt-oss-120b      7  something\n                            long to say\n日本語のモデル       12345  x␛[2Jy\n"
	if got := wrapping.render(40, ink{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTable_HasTabsWhereThereIsNoTerminal and no padding.
func TestTable_HasTabsWhereThereIsNoTerminal(t *testing.T) {
	want := "id\tcount\tnote\nopenai/gpt-oss-120b\t7\tsomething long to say\n日本語のモデル\t12345\tx␛[2Jy\n"
	if got := testTable().render(0, ink{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
