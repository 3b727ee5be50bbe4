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
		if got := s.m.keys.sendable(s.m.keys.rows[i]); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	s.feed(tea.KeyboardEnhancementsMsg{Flags: 1})
	if all := rows(); strings.Contains(all, "not here") || strings.Contains(all, "Not in this terminal") {
		t.Error("a terminal that tells all keys is said not to")
	}
}

// TestKeys_NothingTellsOfAKeyThatTheTerminalDoesNotSend: neither the palette nor a
// sentence of the guide, nor a line of hints.
func TestKeys_NothingTellsOfAKeyThatTheTerminalDoesNotSend(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.press("ctrl+p")
	if got := s.offers()["newline"].columns[1]; got != "alt+enter, ctrl+j" {
		t.Errorf("the palette says %q", got)
	}
	s.write("shift+enter")
	s.shows("new line")
	if got := s.m.filled("{newline}"); got != "alt+enter or ctrl+j" {
		t.Errorf("the guide says %q", got)
	}
	if got := s.m.filled("{keys}"); !strings.Contains(got, "| alt+enter, ctrl+j; not here: shift+enter |") {
		t.Error("the guide's table does not mark it")
	}
	if got := s.m.keys.hint("newline", "line"); got != "alt+enter line" {
		t.Errorf("the hint is %q", got)
	}
}

func TestKeys_TheConsoleKeepsShiftAndCtrlOfArrows(t *testing.T) {
	o := options(t, nil)
	o.Env = []string{"TERM=linux"}
	s := open(t, o)
	for name, want := range map[string]string{
		"jump-up": "alt+up, ctrl+up (not here)", "top": "ctrl+home (not here)", "previous-model": "shift+f2", "page-up": "pgup",
		"word-left": "alt+b; not here: ctrl+left, alt+left", "rewind": "alt+esc", "undo": "ctrl+_, ctrl+-, ctrl+/",
	} {
		i := slices.IndexFunc(s.m.keys.rows, func(b binding) bool { return b.name == name })
		if got := s.m.keys.sendable(s.m.keys.rows[i]); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if text := plain(helpRows(s.m, 200)); !strings.Contains(text, "The console tells neither") {
		t.Error("what “not here” means is not said")
	}
}

func TestHelp_AKeyThatCameIsSent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, nil))
		s.press("shift+enter")
		if !s.m.keys.tells {
			t.Error("shift+enter came, and is still said not to")
		}
	})
}
