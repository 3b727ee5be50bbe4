package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
)

// The keys go to the input, or to a message of the transcript: the rows of
// scopeMessage act on the chosen one. A new one is a row there, and a word for
// the line of hints if it is worth one.

// focused reports whether the transcript has the focus.
func (m *Model) focused() bool { return m.transcript.chosen != "" }

// chosenMessage is the message that the keys of scopeMessage act on. ok is false while
// the input has the focus.
func (m *Model) chosenMessage() (msg chat.Message, ok bool) { return m.transcript.chosenMessage() }

// chosenIs makes a condition of one on the chosen message.
func chosenIs(what func(chat.Message) bool) func(*Model) bool {
	return func(m *Model) bool {
		msg, ok := m.chosenMessage()
		return ok && what(msg)
	}
}

// focusTranscript gives the focus to the transcript: the last message in view is
// chosen.
func (m *Model) focusTranscript() tea.Cmd {
	if len(m.transcript.items) == 0 {
		return m.notice.say(toneInfo, "There is no message to choose yet.")
	}
	m.transcript.chooseSeen()
	return nil
}

// focusInput gives the focus back to the input.
func (m *Model) focusInput() tea.Cmd {
	m.transcript.unchoose()
	return nil
}

func (m *Model) messageUp() tea.Cmd   { return m.chooseBy(-1) }
func (m *Model) messageDown() tea.Cmd { return m.chooseBy(1) }

func (m *Model) messageFirst() tea.Cmd { return m.chooseBy(-len(m.transcript.items)) }
func (m *Model) messageLast() tea.Cmd  { return m.chooseBy(len(m.transcript.items)) }

// chooseBy chooses another message. On from the last one the end is shown.
func (m *Model) chooseBy(by int) tea.Cmd {
	t := &m.transcript
	at, last := t.chosenAt(), len(t.items)-1
	if by > 0 && at == last {
		t.toEnd()
		return nil
	}
	t.choose(max(0, min(last, at+by)))
	return nil
}

// onMessageKey takes a key while the transcript has the focus. What is no key of a
// message or of the chat does nothing: it is not taken as text unseen.
func (m *Model) onMessageKey(msg tea.KeyPressMsg) tea.Cmd {
	if b, ok := m.keys.find(m, msg, scopeMessage, scopeChat); ok {
		return b.do(m)
	}
	return m.refuse(msg)
}

// messageHints is what the keys do with the chosen message, folded from the table.
// Rows with the same word that follow one another are told together: "up/down choose".
func (m *Model) messageHints() string {
	var all, keys []string
	rows := m.hinted()
	for i, b := range rows {
		keys = append(keys, showKey(b.key.Keys()[0]))
		if i+1 == len(rows) || rows[i+1].short != b.short {
			all = append(all, strings.Join(keys, "/")+" "+b.short)
			keys = nil
		}
	}
	return hints(all...)
}

// hinted is the rows that are told for the chosen message.
func (m *Model) hinted() []binding {
	return slices.DeleteFunc(slices.Clone(m.keys.rows), func(b binding) bool {
		return b.scope != scopeMessage || b.short == "" || len(b.key.Keys()) == 0 || b.when != nil && !b.when(m)
	})
}

// hintRows is the hints for the chosen message: one row, and in narrow windows that
// are high enough two. Where not all fit, the palette has the others.
func (m *Model) hintRows() []string {
	all := strings.Split(m.messageHints(), dot)
	inner := max(1, m.regions.width-leftMargin-rightMargin)
	narrow := m.regions.width < hintsWide
	if narrow && m.regions.height < hintsHigh {
		return []string{fit(all, 1, inner)}
	}
	last := len(all) - 1
	if more := m.keys.hint("palette", "more"); more != "" && ansi.StringWidthWc(hints(all...)) > inner {
		all = slices.Insert(all, last, more)
	}
	n := len(all)
	for n > 1 && narrow && ansi.StringWidthWc(hints(all[:n]...)) > inner {
		n--
	}
	if n == len(all) {
		return []string{fit(all, 2, inner)}
	}
	rest := slices.Clone(all[n:])
	for len(rest) > 2 && ansi.StringWidthWc(hints(rest...)) > inner {
		rest = slices.Delete(rest, len(rest)-3, len(rest)-2) // the way out and that to more stay
	}
	return []string{hints(all[:n]...), fit(rest, 1, inner)}
}

// inputRows is the rows of the input. While the transcript has the focus its hints
// stand there, above what is written.
func (m *Model) inputRows() []string {
	s, r := m.styles, m.regions
	if !m.focused() {
		return m.composer.view(s, r.width, r.composer, true)
	}
	rows, room := m.hintRows(), r.composer
	written := !m.composer.empty()
	if written {
		room--
	}
	rows = rows[:max(1, min(len(rows), room))]
	for i, row := range rows {
		rows[i] = indent + s.Dim.Render(row)
	}
	left := r.composer - len(rows)
	if written {
		return append(rows, m.composer.view(s, r.width, left, false)...)
	}
	return append(rows, make([]string, left)...)
}

// inputHeight is how many rows inputRows would like.
func (m *Model) inputHeight() int {
	n := m.composer.height(m.regions.width, composerMax(m.regions.height))
	switch {
	case m.focused() && m.composer.empty():
		return len(m.hintRows())
	case m.focused():
		return n + len(m.hintRows())
	}
	return n
}
