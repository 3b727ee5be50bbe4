package markdown

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFlow_BreaksWhereItIsReadOn(t *testing.T) {
	for _, tt := range []struct {
		in    string
		width int
		want  string
	}{
		{"one two three", 8, "one two\nthree"},
		{"one  two", 40, "one  two"},
		{"  one", 40, "  one"},
		{"a\n\nb", 40, "a\n\nb"},
		{"incomprehensibilities", 8, "incompre\nhensibil\nities"},
		{"see https://example.org/a/longer/path", 24, "see\nhttps://example.org/a/\nlonger/path"},
		{"日本語。日本", 6, "日本\n語。日\n本"},
		{"日本語, and 日本", 6, "日本\n語,\nand 日\n本"},
		{"日本語", 1, "▫▫▫"},
		{"日", 1, "▫"},
		{"", 5, ""},
		{"abc \u20e4", 3, "abc\n\u20e4"},
		{"abc\n\u20e4", 3, "abc\n\u20e4"},
	} {
		got := strings.Join(New(dark()).flow([]piece{{"", tt.in}}, tt.width), "\n")
		if want := strings.ReplaceAll(tt.want, "▫▫▫", "▫\n▫\n▫"); got != want {
			t.Errorf("%q at %d:\n%q, want\n%q", tt.in, tt.width, got, want)
		}
	}
}

func TestFlow_KeepsEveryCharacterWithinTheWidth(t *testing.T) {
	r := New(dark())
	letters := rapid.SampledFrom(append(difficult(), " ", " ", "\n", "/", ".", "、", "word", "longer-word"))
	styles := rapid.SampledFrom([]string{"", "\x1b[1m", "\x1b[3m", linkStart + "id=1;https://x.y\a\x1b[4m"})
	rapid.Check(t, func(t *rapid.T) {
		var pieces []piece
		var text strings.Builder
		for _, s := range rapid.SliceOfN(letters, 0, 60).Draw(t, "letters") {
			pieces = append(pieces, piece{styles.Draw(t, "style"), s})
			text.WriteString(s)
		}
		width := rapid.IntRange(8, 60).Draw(t, "width")
		lines := r.flow(pieces, width)
		for _, l := range lines {
			if w := ansi.StringWidthWc(l); w > width {
				t.Fatalf("%d cells at %d: %q", w, width, l)
			}
			if plain := ansi.Strip(l); strings.TrimRight(plain, " ") != plain {
				t.Fatalf("blanks at the end of %q", l)
			}
		}
		bare := strings.NewReplacer(" ", "", "\n", "")
		if diff := cmp.Diff(bare.Replace(text.String()), bare.Replace(ansi.Strip(strings.Join(lines, "")))); diff != "" {
			t.Fatal(diff)
		}
	})
}
