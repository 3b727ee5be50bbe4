package safe

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestOrdered_MarksOnlyWhatRunsFromRightToLeft(t *testing.T) {
	for in, marked := range map[string]bool{
		"": false, "plain": false, "日本語 👩 हिन्दी ไทย": false, "\u05bc\u064b": false, // points alone have no direction
		"שלום": true, "a مرحبا": true, "\ufefb": true, "\U0001e900": true,
	} {
		got := Ordered(in)
		if want := map[bool]string{true: "\u200e" + in + "\u200e", false: in}[marked]; got != want {
			t.Errorf("%q becomes %q", in, got)
		}
		for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
			if a, b := method.StringWidth(in), method.StringWidth(got); a != b {
				t.Errorf("%q has %d cells, and marked %d", in, a, b)
			}
		}
		if Frame(got) != got {
			t.Errorf("%q does not pass", got)
		}
	}
	if got := Ordered(Line("x\u200eש\u200f", 10)); got != "\u200ex▫ש▫\u200e" {
		t.Errorf("the marks of a stranger: %q", got)
	}
}
