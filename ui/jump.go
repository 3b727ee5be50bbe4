package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

func (m *Model) jumpMessageUp() tea.Cmd {
	m.transcript.jump(m.transcript.messageBefore)
	return nil
}

func (m *Model) jumpMessageDown() tea.Cmd {
	m.transcript.jump(m.transcript.messageAfter)
	return nil
}

// jumpCodeUp goes to the code before what is at the top of the window.
func (m *Model) jumpCodeUp() tea.Cmd { return m.jumpCode(m.transcript.codeBefore) }

// jumpCodeDown goes to the code after it.
func (m *Model) jumpCodeDown() tea.Cmd { return m.jumpCode(m.transcript.codeAfter) }

func (m *Model) jumpCode(next func() (place, bool)) tea.Cmd {
	if !m.transcript.jump(next) {
		return m.notice.say(toneInfo, "There is no more code that way.")
	}
	return nil
}

// jump moves the window to a place, if there is one.
func (t *transcript) jump(next func() (place, bool)) bool {
	if len(t.items) == 0 || t.width == 0 {
		return false
	}
	t.settle()
	to, ok := next()
	if ok {
		t.move(to)
	}
	return ok
}

// lead is the place from which a message is read: of an answer the blank row
// before it, where its question may stand.
func (t *transcript) lead(i int) place {
	if i == 0 || t.items[i].msg.Role == chat.User {
		return place{item: i}
	}
	return t.back(place{item: i}, 1)
}

// stop reports whether a jump stops at a message: not at an answer that is in view
// with its question anyway.
func (t *transcript) stop(i int) bool {
	if i == 0 || t.items[i].msg.Role == chat.User {
		return true
	}
	return t.span(place{item: i - 1}, place{item: i}, t.height) > t.height/2
}

func (t *transcript) messageBefore() (place, bool) {
	for i := min(t.top.item+1, len(t.items)-1); i > 0; i-- {
		if p := t.lead(i); p.before(t.top) && t.stop(i) {
			return p, true
		}
	}
	return place{}, true
}

// messageAfter is the end after the last message.
func (t *transcript) messageAfter() (place, bool) {
	for i := t.top.item; i < len(t.items); i++ {
		if p := t.lead(i); t.top.before(p) && t.stop(i) {
			return p, true
		}
	}
	return place{item: len(t.items)}, true
}

func (t *transcript) codeAfter() (place, bool) {
	for i := t.top.item; i < len(t.items); i++ {
		for _, part := range t.coded(i) {
			if p := (place{item: i, part: part}); t.top.before(p) {
				return p, true
			}
		}
	}
	return place{}, false
}

func (t *transcript) codeBefore() (place, bool) {
	for i := t.top.item; i >= 0; i-- {
		parts := t.coded(i)
		for n := len(parts) - 1; n >= 0; n-- {
			if p := (place{item: i, part: parts[n]}); p.before(t.top) {
				return p, true
			}
		}
	}
	return place{}, false
}

// coded is the parts of an item that have code. Items that hold no fence are not
// opened for it.
func (t *transcript) coded(i int) (parts []int) {
	msg := t.items[i].msg
	if msg.Role == chat.User || !hasCode(msg) {
		return nil
	}
	it := t.open(i)
	for part := range it.parts() {
		if it.isBlock(part) && it.doc.Coded(part-1) {
			parts = append(parts, part)
		}
	}
	return parts
}
