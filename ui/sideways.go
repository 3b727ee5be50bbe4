package ui

import tea "charm.land/bubbletea/v2"

// Long lines of code are wrapped, or whole and moved sideways, in all messages at
// once.

// setCode says how long lines of code are shown, and from which column on.
func (t *transcript) setCode(whole bool, from int) {
	if t.wholeCode == whole && t.codeFrom == from {
		return
	}
	t.redo(func() { t.wholeCode, t.codeFrom = whole, from })
}

// slideCode moves long lines of code sideways, as far as there is any.
func (t *transcript) slideCode(by int) {
	furthest := max(t.codeFrom, t.look.renderer.CodeBeyond())
	t.setCode(true, max(0, min(t.codeFrom+by, furthest)))
}

// wholeCode reports whether long lines of code can be moved.
func wholeCode(m *Model) bool { return m.transcript.wholeCode }

func (m *Model) codeLeft() tea.Cmd  { m.transcript.slideCode(-codeStep); return nil }
func (m *Model) codeRight() tea.Cmd { m.transcript.slideCode(codeStep); return nil }

// wrapCode changes how long lines of code are shown, until the end of the program.
func (m *Model) wrapCode() tea.Cmd {
	m.transcript.setCode(!m.transcript.wholeCode, 0)
	if m.transcript.wholeCode {
		return m.notice.say(toneInfo, "Long lines of code are whole now: < and > move them.")
	}
	return m.notice.say(toneInfo, "Long lines of code are wrapped now.")
}
