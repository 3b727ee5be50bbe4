package markdown

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestDocument_HasEveryWordAndFits(t *testing.T) {
	src := "# A heading\n\nSome **strong** words and `code`.\n\n- an item that is long enough to be wrapped in a narrow window\n\n| a | b |\n| --- | --- |\n| one | two |\n\n\x1b]52;c;aGk=\a"
	for _, width := range []int{1, 2, 5, 20, 40, 80, 200} {
		lines := Document(dark(), src, width)
		for _, l := range lines {
			if w := ansi.StringWidth(l); w > width {
				t.Errorf("%d cells at width %d: %q", w, width, l)
			}
			if strings.Contains(l, "\x1b]52") || strings.Contains(l, "\n") {
				t.Errorf("at width %d: %q", width, l)
			}
		}
		if width < 20 {
			continue
		}
		text := strings.Join(spelled(ansi.Strip(strings.Join(lines, "\n"))), " ")
		for _, want := range []string{"A heading", "strong words and code", "long enough to be wrapped", "one two"} {
			if !strings.Contains(text, want) {
				t.Errorf("at width %d %q is missing in %q", width, want, text)
			}
		}
	}
}

func TestDocument_HasTheColoursOfTheSheet(t *testing.T) {
	with, without := Document(dark(), "# Heading\n", 40), Document(sheeted(t, "notty"), "# Heading\n", 40)
	if !strings.Contains(strings.Join(with, ""), "\x1b[") || strings.Contains(strings.Join(without, ""), "\x1b[") {
		t.Errorf("with colours %q, without %q", with, without)
	}
}
