package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/theme"
)

// answered opens a screen with an answer on it.
func answered(t *testing.T, o Options) *screen {
	t.Helper()
	s := open(t, o)
	s.write("hello")
	s.press("enter")
	s.until("the answer has come", func() bool { return !s.m.turn.live })
	return s
}

func TestLook_FollowsTheStyleSheetThatIsGiven(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("# Title\n\ntext"))
		sheet, _ := theme.FindSheet("dracula")
		o.Sheet = &sheet
		s := answered(t, o)
		s.shows("# Title")
		o.Sheet = nil
		answered(t, o).lacks("# Title")
	})
}

func TestLook_MeasuresAsTheRendererDoesFromWhenTheTerminalSaysSo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := answered(t, options(t, answer("|a|b|\n|-|-|\n|👩‍👩‍👧‍👦|x|")))
		s.shows(" a        │ b")
		s.feed(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized})
		s.shows(" a        │ b")
		s.feed(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
		s.shows(" a  │ b")
	})
}
