package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestAdmit_AKeptSizeDoesNotUndoANewerOne: what was kept for a slow terminal
// comes late, and may come after a size that did not have to wait.
func TestAdmit_AKeptSizeDoesNotUndoANewerOne(t *testing.T) {
	s := bare(t)
	keep := func(w, h int) tea.Msg {
		s.m.behind, s.m.sizes = true, s.m.sizes+1
		if _, held := s.m.admitSize(tea.WindowSizeMsg{Width: w, Height: h}).(sizeHeldMsg); !held {
			t.Fatal("a size passes while the terminal is behind")
		}
		s.m.behind = false
		return s.m.onDrained()()
	}
	if got := s.m.admit(keep(70, 20)); got != (tea.WindowSizeMsg{Width: 70, Height: 20}) {
		t.Errorf("a kept size becomes %v", got)
	}
	late := keep(19, 5)
	if got := s.m.admit(tea.WindowSizeMsg{Width: 90, Height: 30}); got != (tea.WindowSizeMsg{Width: 90, Height: 30}) {
		t.Errorf("a new size becomes %v", got)
	}
	if got := s.m.admit(late); got != (sizeHeldMsg{}) {
		t.Errorf("an old size becomes %v", got)
	}
	if cmd := s.m.onDrained(); cmd != nil {
		t.Error("it comes back")
	}
}

// TestAdmit_LeavesNothingBehind where there is no other screen to go back to.
func TestAdmit_LeavesNothingBehind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		if s.m.admit(tea.QuitMsg{}); s.m.View().Content != "" || !s.m.View().AltScreen {
			t.Errorf("the last frame is %q", s.m.View().Content)
		}
	})
}
