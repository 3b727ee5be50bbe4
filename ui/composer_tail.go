package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// pasteTail is for how long keys are held that come right behind a paste. A text
// may hold the sequence that ends a paste: then its rest arrives as keys, and one
// of them may be enter. A second end, or another paste, tells what they were.
const pasteTail = 30 * time.Millisecond

// tail is the keys right behind a paste.
type tail struct {
	open   bool      // a paste has begun and not ended
	last   time.Time // when the paste ended, or what may belong to it came
	held   []tea.KeyPressMsg
	number int // grows with each hold, its identity
}

// holds takes a key that may be the rest of a paste, and reports whether it did. Text
// does the same in either case and is not held.
func (t *tail) holds(k tea.KeyPressMsg, now time.Time) bool {
	switch near := now.Sub(t.last) < pasteTail; {
	case len(t.held) > 0 || near && k.Text == "":
		t.last = now
		t.held = append(t.held, k)
		return true
	case near:
		t.last = now
	}
	return false
}

// take ends a hold and returns its keys.
func (t *tail) take() []tea.KeyPressMsg {
	held := t.held
	t.held = nil
	t.number++
	return held
}

// holdKey holds a key behind a paste, and says when to look whether it was one.
func (m *Model) holdKey(k tea.KeyPressMsg) (cmd tea.Cmd, held bool) {
	if !m.tail.holds(k, m.clock) {
		return nil, false
	}
	if len(m.tail.held) > 1 {
		return nil, true
	}
	return waitForTail(m.tail.number), true
}

func waitForTail(number int) tea.Cmd {
	return tea.Tick(pasteTail, func(time.Time) tea.Msg { return tailEndedMsg{number} })
}

// onTailEnded lets the keys act that were held, unless more of them come still.
func (m *Model) onTailEnded(msg tailEndedMsg) tea.Cmd {
	switch {
	case msg.number != m.tail.number:
		return nil
	case m.clock.Sub(m.tail.last) < pasteTail:
		return waitForTail(msg.number)
	}
	var cmds []tea.Cmd
	for _, k := range m.tail.take() {
		cmds = append(cmds, m.onKey(k))
	}
	return tea.Batch(cmds...)
}

// onPasteStart knows that the keys before it were the rest of another paste.
func (m *Model) onPasteStart() {
	m.takeTail()
	m.tail.open = true
}

// onPasteEnd is the end of a paste, or, if none is open, of the one before.
func (m *Model) onPasteEnd() {
	if !m.tail.open {
		m.takeTail()
	}
	m.tail.open, m.tail.last = false, m.clock
}

// takeTail takes the keys that were held as the text that they were.
func (m *Model) takeTail() {
	var text strings.Builder
	for _, k := range m.tail.take() {
		text.WriteString(pastedKey(k))
	}
	if m.over == nil {
		m.composer.insert(text.String())
	}
}

// pastedKey is the text that arrived as a key, as far as keys tell.
func pastedKey(k tea.KeyPressMsg) string {
	switch {
	case k.Text != "":
		return k.Text
	case k.Mod == 0 && k.Code <= tea.KeyBackspace:
		return string(k.Code)
	case k.Mod == tea.ModCtrl && k.Code >= 'a' && k.Code <= 'z':
		return string(k.Code & 0x1f)
	}
	return ""
}

// takePaste puts a paste into the composer, unless it is too much.
func (m *Model) takePaste(text string) tea.Cmd {
	if m.composer.paste(text) {
		return m.attachPasted(text)
	}
	return m.notice.say(toneWarning, "A paste of "+bytesOf(len(text))+" was not taken: a message holds up to "+bytesOf(composerBytes)+".")
}
