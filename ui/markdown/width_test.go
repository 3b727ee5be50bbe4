package markdown

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// difficult are characters about whose widths terminals differ.
func difficult() []string {
	return []string{
		"a", "é", "e\u0301", "日", "ｶﾞ", "한", "🚀", "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪", "❤️", "❤", "1️⃣", "हि", "שלום", "مرحبا", "\u0301", "a\u200db", "─", "①", "𝔘", "ﷺ", "☐", "✓", "\u00a0",
	}
}

func TestRuler_MeasuresAsTheRendererDoes(t *testing.T) {
	for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		for _, a := range difficult() {
			for _, b := range difficult() {
				if got, want := ruler(method).cells(a+b), method.StringWidth(a+b); got != want {
					t.Errorf("method %d: %q has %d cells, not %d", method, a+b, got, want)
				}
			}
		}
	}
}

func TestRuler_TakesStylesForNothing(t *testing.T) {
	if got := ruler(ansi.WcWidth).cells("\x1b[1;31m日\x1b[m" + hyperlink("https://x.y") + "ab" + linkEnd); got != 4 {
		t.Errorf("%d cells, want 4", got)
	}
}

func TestRender_IsAsWideAsItIsMeasured(t *testing.T) {
	src := strings.Join(difficult(), " ") + strings.Join(difficult(), "") + "\n\n|a|b|\n|-|-|\n|" + strings.Join(difficult(), "|x|\n|") + "|y|\n"
	for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		r := New(dark(), WithWidths(method))
		for width := 8; width < 90; width++ {
			lines := r.Render(src, width)
			for _, l := range lines {
				if w := method.StringWidth(l); w > width {
					t.Errorf("method %d: %d cells at %d: %q", method, w, width, l)
				}
			}
			if got := before(method, lines); len(got) > 1 || width > 20 && len(got) == 0 {
				t.Errorf("method %d: the bars of the table stand at %v", method, got)
			}
		}
	}
}

// before are the different places of the bars in lines.
func before(method ansi.Method, lines []string) (places []int) {
	for _, l := range lines {
		text, _, found := strings.Cut(strings.ReplaceAll(ansi.Strip(l), "┼", "│"), "│")
		if n := method.StringWidth(text); found && !slices.Contains(places, n) {
			places = append(places, n)
		}
	}
	return places
}

func TestRender_LooksOnAScreenAsItIsMeasured(t *testing.T) {
	screen := vt.NewEmulator(40, 20)
	lines := New(dark(), WithWidths(ansi.GraphemeWidth)).Render("|a|b|\n|-|-|\n|日本|x|\n|🚀|x|\n|**e\u0301**|x|\n", 40)
	if _, err := screen.WriteString(strings.Join(lines, "\r\n")); err != nil {
		t.Fatal(err)
	}
	for y := range lines {
		if c := screen.CellAt(6, y); c == nil || c.Content != "│" && c.Content != "┼" {
			t.Errorf("no bar at its place on line %d: %q", y, lines[y])
		}
	}
}

// TestTable_IsStraightWhereverEmojiAreMeasuredAsOne: what terminals measure in
// different ways is not before a bar.
func TestTable_IsStraightWhereverEmojiAreMeasuredAsOne(t *testing.T) {
	src := "|a|b|\n|-|-|\n|👩‍👩‍👧‍👦|x|\n|❤️|x|\n|1️⃣|x|\n|🏳️‍🌈 and 🚀|x|\n|🇩🇪|x|\n|日本|x|\n|e\u0301|x|\n"
	lines := New(dark()).Render(src, 60)
	for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		if got := before(method, lines); len(got) != 1 {
			t.Errorf("method %d: the bars of the table stand at %v", method, got)
		}
	}
}

func TestRuler_TakesOnlyEmojiApart(t *testing.T) {
	for in, want := range map[string]string{
		"👩\u200d🚀":       "👩🚀",
		"🏃\u200d♂\ufe0f": "🏃♂",
		"क्\u200dष":      "क्\u200dष",
		"می\u200cخواهم":  "می\u200cخواهم",
		"a":              "a",
	} {
		if got := ruler(ansi.WcWidth).apart(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
		if got := ruler(ansi.GraphemeWidth).apart(in); got != in {
			t.Errorf("%q becomes %q where it is measured as one", in, got)
		}
	}
}

// TestTable_KeepsTheOrderOfItsColumns where a terminal sets Hebrew from right to
// left: what stands behind it is no part of it.
func TestTable_KeepsTheOrderOfItsColumns(t *testing.T) {
	lines := ansi.Strip(strings.Join(New(dark()).Render("|a|b|\n|-|-|\n|שלום|12|\n|plain|12|\n", 60), "\n"))
	if n := strings.Count(lines, "\u200e"); n != 2 || !strings.Contains(lines, "\u200eשלום\u200e") {
		t.Errorf("%d marks in %q", n, lines)
	}
}
