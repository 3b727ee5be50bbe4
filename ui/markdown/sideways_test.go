package markdown

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// slid is a code block seen from a column on, without its first line.
func slid(code string, width, from int) string {
	r := New(dark(), WithWholeCode(from))
	return strings.Join(stripped(r.Render("```go\n"+code+"\n```", width))[1:], "\n")
}

func TestCode_IsWholeAndMovesSideways(t *testing.T) {
	code := "abcdefghijklmnop\nshort\n\n\tx"
	for _, tt := range []struct {
		from int
		want string
	}{
		{0, "   abcdefghi›\n   short\n\n       x"},
		{2, " ‹ cdefghijk›\n ‹ ort\n\n ‹   x"},
		{6, " ‹ ghijklmnop\n ‹\n\n ‹"},
	} {
		if diff := cmp.Diff(tt.want, slid(code, 13, tt.from)); diff != "" {
			t.Errorf("from %d:\n%s", tt.from, diff)
		}
	}
	if got := slid("日本語テキスト", 12, 1); got != " ‹  本語テ ›" {
		t.Errorf("within a wide character: %q", got)
	}
	if got := slid("abcdefghijklmnop", 8, 3); strings.Contains(got, "›") || !strings.Contains(got, "p") {
		t.Errorf("without room for marks it is not broken: %q", got)
	}
}

func TestCode_SaysHowFarItCanBeMoved(t *testing.T) {
	r := New(dark(), WithWholeCode(0))
	r.Render("```\nabcdefghijklmnop\nshort\n```", 13)
	if got := r.CodeBeyond(); got != 6 {
		t.Errorf("%d columns, not 6", got)
	}
}

// TestCode_SidewaysShowsEveryCharacter: all windows side by side are the line, and
// no line is too wide.
func TestCode_SidewaysShowsEveryCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOfN(rapid.RuneFrom([]rune("ab \"/#日🚀\te\u0301\u200d👍🏽")), 1, 60, -1).Draw(t, "line")
		width := rapid.IntRange(minCodeRoom, 40).Draw(t, "width")
		whole := New(dark()).Render("```\nx"+line+"x\n```", 1000)[1]
		want := strings.ReplaceAll(ansi.Strip(whole)[codeIndent:], " ", "")
		got := map[rune]bool{}
		r := New(dark(), WithWholeCode(0))
		for ; r.codeFrom < ansi.StringWidthWc(whole); r.codeFrom += 1 + width/4 {
			for _, l := range r.Render("```\nx"+line+"x\n```", width)[1:] {
				if n := ansi.StringWidthWc(l); n > width {
					t.Fatalf("%d cells at %d: %q", n, width, l)
				}
				for _, c := range ansi.Strip(l) {
					got[c] = true
				}
			}
		}
		for _, c := range want {
			if !got[c] {
				t.Fatalf("%q of %q is never seen", c, line)
			}
		}
	})
}
