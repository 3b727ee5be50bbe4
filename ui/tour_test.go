package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestHelp_BeginsWithATourAndGoesByTopics(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.press("?")
		s.shows("To begin with", "ctrl+o, ctrl+t", "ctrl+p, /", "right next topic")
		p := s.m.over.(*page)
		for _, title := range []string{"In the chat", "On a message"} {
			s.press("right")
			if row := plain(helpRows(s.m, s.m.regions.width)[p.top:][:1]); !strings.Contains(row, title) {
				t.Errorf("right leads to %q, want %s", row, title)
			}
		}
		s.press("left", "left")
		if p.top != 0 {
			t.Errorf("left leads to row %d, not to the first", p.top)
		}
		s.press("left", "x")
		s.shows("❯ x")
	})
}

func TestHelp_ShowsTheKeysOfTheFocusFirst(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.ask("question")
		s.press("tab")
		order := s.m.helpOrder()
		if order[0].title != "On a message" || len(order) != len(helpGroups()) {
			t.Errorf("the order is %v", order)
		}
	})
}

func TestHelp_MarksWhatTheTerminalDoesNotSend(t *testing.T) {
	s := open(t, options(t, nil))
	rows := func() string { return strings.Join(strings.Fields(plain(helpRows(s.m, 200))), " ") }
	if !strings.Contains(rows(), "Not in this terminal") {
		t.Error("what “not here” means is not said")
	}
	for name, want := range map[string]string{
		"newline": "alt+enter, ctrl+j; not here: shift+enter", "select-all": "alt+a; not here: ctrl+shift+a", "send": "enter",
	} {
		i := slices.IndexFunc(s.m.keys.rows, func(b binding) bool { return b.name == name })
		if got := s.m.sendable(s.m.keys.rows[i]); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	s.feed(tea.KeyboardEnhancementsMsg{Flags: 1})
	if all := rows(); strings.Contains(all, "not here") || strings.Contains(all, "Not in this terminal") {
		t.Error("a terminal that tells all keys is said not to")
	}
}

func TestHelp_AKeyThatCameIsSent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, nil))
		s.press("shift+enter")
		if !s.m.tells {
			t.Error("shift+enter came, and is still said not to")
		}
	})
}
