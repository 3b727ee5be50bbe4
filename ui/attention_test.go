package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// unseen asks a question in a window that loses the focus, and answers it after a
// time; the answer is the last thing that the terminal is told beside frames.
func unseen(t *testing.T, notify string, after time.Duration) (s *screen, told string) {
	t.Helper()
	model := answer("An answer.")
	model.hold = make(chan struct{})
	o := options(t, model)
	o.Config.Notify = notify
	s = open(t, o)
	s.write("why?")
	s.press("enter")
	s.until("it is asked", func() bool { return len(model.asked()) == 1 })
	if title := s.m.View().WindowTitle; !strings.HasPrefix(title, "… groqchat") {
		t.Errorf("while it answers the title is %q", title)
	}
	s.feed(tea.BlurMsg{})
	s.m.turn.began = s.m.turn.began.Add(-after)
	s.clipped = ""
	close(model.hold)
	s.settle()
	return s, s.clipped
}

func TestAttention_ALongAnswerThatEndsUnseenIsTold(t *testing.T) {
	for _, c := range []struct {
		notify string
		after  time.Duration
		want   string
	}{
		{"bell", signAfter, "\a"},
		{"bell", time.Second, ""},
		{"off", signAfter, ""},
		{"desktop", signAfter, "\x1b]9;groqchat: why? · the answer is there\x07"},
	} {
		bubble(t, func(t *testing.T) {
			s, told := unseen(t, c.notify, c.after)
			if told != c.want {
				t.Errorf("%s after %v: told %q, want %q", c.notify, c.after, told, c.want)
			}
			if title := s.m.View().WindowTitle; title != "● groqchat: why?" {
				t.Errorf("the title of an unseen answer is %q", title)
			}
			s.feed(tea.FocusMsg{})
			if title := s.m.View().WindowTitle; title != "groqchat: why?" {
				t.Errorf("the title of a seen answer is %q", title)
			}
		})
	}
}

func TestAttention_TheTaskbarMovesOnlyWhereItIsKnown(t *testing.T) {
	for _, c := range []struct {
		env  string
		want bool
	}{
		{"WT_SESSION=1", true},
		{"TERM_PROGRAM=ghostty", true},
		{"VTE_VERSION=8000", true},
		{"TERM_PROGRAM=WezTerm", false},
		{"TERM=xterm-kitty", false},
		{"WT_SESSION=1 TMUX=/tmp/x", false},
	} {
		bubble(t, func(t *testing.T) {
			model := answer("x")
			model.hold = make(chan struct{})
			o := options(t, model)
			o.Env = strings.Fields(c.env)
			s := open(t, o)
			if s.m.View().ProgressBar != nil {
				t.Error("it moves although nothing is asked")
			}
			s.write("why?")
			s.press("enter")
			s.until("it is asked", func() bool { return len(model.asked()) == 1 })
			if got := s.m.View().ProgressBar != nil; got != c.want {
				t.Errorf("%s: it moves: %v", c.env, got)
			}
			close(model.hold)
			s.settle()
			if s.m.View().ProgressBar != nil {
				t.Error("it moves on when the answer is there")
			}
		})
	}
}
