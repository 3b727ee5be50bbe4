package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// An overlay that opens by itself comes under the hands of somebody who may be about
// to write: what is typed then is meant for the input and not for it.

// surprise is such an overlay, and since when nothing was typed over it.
type surprise struct {
	over  overlay
	quiet time.Time
	typed bool // something was, since it opened
}

// surpriseTime is how long nothing must have been typed before it is taken for an
// answer to what has opened by itself.
const surpriseTime = 700 * time.Millisecond

// surprised notes that what is open has opened by itself.
func (m *Model) surprised() { m.surprise = surprise{over: m.over, quiet: m.clock} }

// surprises reports whether an overlay is not to be taken for seen yet.
func (m *Model) surprises(over overlay) bool {
	return over != nil && over == m.surprise.over && m.clock.Sub(m.surprise.quiet) < surpriseTime
}

// onSurprisedKey takes a key that was not meant for what has just opened: text goes
// into the input, on a line of its own behind what came back into it.
func (m *Model) onSurprisedKey(msg tea.KeyPressMsg) (taken bool) {
	s := &m.surprise
	accepts := m.keys.named(m, msg, scopeOverlay) == "overlay-accept"
	if !m.surprises(m.over) || msg.Text == "" && !accepts {
		return false
	}
	s.quiet = m.clock
	if accepts {
		return true
	}
	if !s.typed && !m.composer.empty() {
		m.composer.insert("\n")
	}
	s.typed = true
	m.typeText(msg)
	return true
}
