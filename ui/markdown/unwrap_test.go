package markdown

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/theme"
)

func TestUnwrapped_HasTheLinesOfTheText(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 50))
	src := long + "\n\n- one " + long + "\n- two\n\n```x\n" + long + "\nshort\n```\n\nopen " + long
	p, ok := theme.Find("dark")
	if !ok {
		t.Fatal("there is no theme")
	}
	s := New(theme.New(p), WithWholeCode(8)).Stream(30)
	s.Append(src)
	s.Lines()
	for i, want := range [][]string{{long}, {"", "• one " + long, "• two"}, {"", " 1 │ x", "   " + long, "   short"}} {
		lines, code := s.Unwrapped(i)
		for n := range lines {
			lines[n] = ansi.Strip(lines[n])
		}
		if strings.Join(lines, "\n") != strings.Join(want, "\n") || code != (i == 2) {
			t.Errorf("block %d is %q, code %v", i, lines, code)
		}
	}
	if lines, _ := s.Unwrapped(3); lines != nil {
		t.Errorf("the open block is %q", lines)
	}
	if lines, _ := s.Unwrapped(99); lines != nil {
		t.Errorf("no block is %q", lines)
	}
}
