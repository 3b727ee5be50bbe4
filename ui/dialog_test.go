package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestDialog_LosesNoChoiceInALowWindow: the selected one is read whole, whichever it
// is, beside the beginning of the text.
func TestDialog_LosesNoChoiceInALowWindow(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.m.over = &dialog{title: "Too long", text: "The request needs 13,532 tokens, but the limit is 8,000 per minute.", closing: "back", choices: []choice{
			option("Send it to gpt-oss-20b", "", nil), option("Send it to qwen3.8-27b", "30 s", nil), option("Give it back", "to be shortened by you", nil),
		}}
		bare := func(text string) string { return strings.Join(strings.Fields(text), "") }
		s.feed(tea.WindowSizeMsg{Width: 20, Height: 6})
		s.shows("The request…", "2 Send it to")
		for _, size := range [][2]int{{20, 6}, {24, 7}, {30, 8}, {40, 10}} {
			s.feed(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			for _, want := range []string{"▸ 1 Send it to gpt-oss-20b", "▸ 2 Send it to qwen3.8-27b", "▸ 3 Give it back to be shortened by you"} {
				if text := bare(s.text()); !strings.Contains(text, bare(want)) || !strings.Contains(text, bare("Too long")) {
					t.Errorf("%v: no %q in\n%s", size, want, s.text())
				}
				s.press("down")
			}
		}
	})
}
