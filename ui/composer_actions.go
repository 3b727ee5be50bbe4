package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// selects reports whether a text is selected and to be seen.
func (m *Model) selects() bool { return m.over == nil && m.composer.editor.selects() }

// copySelection copies what is selected in the composer. It is not selected any
// more then, so that the key of it does the next thing when it is pressed again.
func (m *Model) copySelection() tea.Cmd {
	text := m.composer.editor.selected()
	m.composer.editor.keepSelected()
	return m.clip("Copied", text)
}

// cutSelection moves what is selected in the composer to the clipboard.
func (m *Model) cutSelection() tea.Cmd {
	text := m.composer.editor.selected()
	m.composer.do(opKillAll)
	return m.clip("Cut", text)
}

// expandPaste shows a paste in full, to be edited.
func (m *Model) expandPaste() tea.Cmd {
	switch large, found := m.composer.expand(); {
	case !found:
		return m.notice.say(toneInfo, "There is no paste to show in full.")
	case large > 0:
		return m.notice.say(toneWarning, "The paste has "+bytesOf(large)+"; up to "+bytesOf(composerExpandBytes)+" can be shown and edited here.")
	}
	return nil
}

// onModeReport hears how the terminal counts cells, as the renderer does.
func (m *Model) onModeReport(msg tea.ModeReportMsg) {
	m.changed = false
	if msg.Mode != ansi.ModeUnicodeCore {
		return
	}
	switch msg.Value {
	case ansi.ModeSet, ansi.ModeReset, ansi.ModePermanentlySet:
		m.composer.editor.setMethod(ansi.GraphemeWidth)
		m.transcript.measure(ansi.GraphemeWidth)
		m.changed = true
	default: // the terminal does not know the mode
	}
}
