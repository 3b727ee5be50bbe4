package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestFarewell_IsTheLastExchangeOfAScreenAtMost(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("the \x1b[31manswer")))
		if got := s.m.farewell(); got != nil {
			t.Errorf("of nothing it is %q", got)
		}
		for _, q := range []string{"first?", "second?"} {
			s.write(q)
			s.press("enter")
			s.settle()
		}
		got := ansi.Strip(strings.Join(s.m.farewell(), "\n"))
		if !strings.HasPrefix(got, "▌ second?\n\n  the ␛[31manswer\n\n  gpt-oss-120b") || strings.Contains(got, "first?") {
			t.Errorf("it is\n%s", got)
		}
		s.m.opts.Config.Scrollback = false
		if got := s.m.farewell(); got != nil {
			t.Errorf("switched off it is %q", got)
		}
	})
}

func TestFarewell_OfALongExchangeKeepsBothEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer(longAnswer())))
		s.m.composer.setText(strings.Repeat("a line of the question\n", 30))
		s.press("enter")
		s.settle()
		rows := s.m.farewell()
		got := ansi.Strip(strings.Join(rows, "\n"))
		if len(rows) > s.m.regions.height-farewellRoom+1 {
			t.Errorf("it has %d rows", len(rows))
		}
		for _, want := range []string{"▌ a line of the question\n", "▌ …\n", "\n  …\n", "paragraph 39\n", "first token"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is not in\n%s", want, got)
			}
		}
	})
}
