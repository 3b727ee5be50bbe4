package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// What stays until something is done about it is read whole in a small window, or
// seen to be cut; what passes by itself takes little of it.
func TestNotice_OfAFaultIsWholeInASmallWindow(t *testing.T) {
	const said = "the server refused the connection before looking at the key, perhaps because of a proxy or VPN: error code: 1010. Try without the proxy or VPN."
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("")))
		s.feed(tea.WindowSizeMsg{Width: 40, Height: 12})
		s.m.notice.stay(toneError, said)
		s.m.refresh()
		if text := strings.Join(strings.Fields(s.text()), " "); !strings.Contains(text, said) {
			t.Errorf("not whole:\n%s", s.text())
		}
		s.m.notice.stay(toneInfo, said)
		s.m.refresh()
		if n := s.m.regions.notice; n > 3 || !strings.Contains(s.text(), "…") {
			t.Errorf("a passing notice has %d rows of 12:\n%s", n, s.text())
		}
		s.feed(tea.WindowSizeMsg{Width: 20, Height: 6})
		s.m.notice.stay(toneError, said)
		s.m.refresh()
		if !strings.Contains(s.text(), "…") || s.m.regions.transcript < 1 {
			t.Errorf("cut without a mark:\n%s", s.text())
		}
	})
}
