package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// thoughtTail is how many rows of a thought are shown while it goes on.
const thoughtTail = 4

// thinks reports whether all that came of an answer yet is thinking.
func (it *item) thinks() bool { return it.msg.Content == "" && it.msg.State == chat.Pending }

// thoughtEdition tells the rows of a thought from older ones: they stay as they are
// while the answer grows.
func (it *item) thoughtEdition() int {
	edition := len(it.msg.Reasoning) << 3
	for bit, is := range []bool{it.unfolded, it.thinks(), it.msg.State == chat.Pending} {
		if is {
			edition |= 1 << bit
		}
	}
	return edition
}

// thoughtRows is the reasoning: its last rows while the model still thinks, one row
// that says how long it was afterwards, and all of it where it is unfolded.
func (it *item) thoughtRows(l look, width int) []string {
	m := it.msg
	if m.Reasoning == "" {
		return nil
	}
	if it.thinks() {
		tail := m.Reasoning[max(0, len(m.Reasoning)-thoughtTail*width*2):]
		lines := wrapPlain(strings.ToValidUTF8(tail, ""), width)
		return faintRows(lines[max(0, len(lines)-thoughtTail):], l)
	}
	mark := "▸ "
	if it.unfolded {
		mark = "▾ "
	}
	rows := faintRows([]string{fitHints(mark+"thought "+it.thoughtLength(), width)}, l)
	if it.unfolded {
		rows = append(rows, faintRows(wrapPlain(strings.TrimSpace(m.Reasoning), width), l)...)
	}
	return append(rows, "")
}

func faintRows(lines []string, l look) []string {
	rows := make([]string, len(lines))
	for i, line := range lines {
		if rows[i] = ""; line != "" {
			rows[i] = indent + l.styles.Faint.Render(line)
		}
	}
	return rows
}

// thoughtLength is how long the thinking took and was. Words are counted once for
// each length, as long as the server has not told the tokens.
func (it *item) thoughtLength() string {
	took := ""
	if d := it.msg.Timing.Thinking; d > 0 {
		took = chat.Took(d) + dot
	}
	if n := it.msg.Usage.ReasoningTokens; n > 0 {
		return took + plural(n, "token")
	}
	if it.counted != len(it.msg.Reasoning) {
		it.counted, it.words = len(it.msg.Reasoning), len(strings.Fields(it.msg.Reasoning))
	}
	return took + plural(it.words, "word")
}

// unfold shows the whole thought of an item, or folds it again. Its own row stays
// where the reader can see it.
func (t *transcript) unfold(i int) {
	it := t.items[i]
	it.unfolded = !it.unfolded
	if t.width == 0 {
		return
	}
	if t.top.item == i && t.top.part == 0 {
		t.top.row, t.spot = 0, spot{}
	}
	if it.unfolded {
		t.expose(i)
	}
}

// hasThought reports whether the chosen message has a thought.
func (m *Model) hasThought() bool {
	return chosenIs(func(msg chat.Message) bool { return msg.Reasoning != "" && !msg.IsSummary() })(m)
}

// unfoldChosen unfolds the thought of the chosen answer, or folds it again.
func (m *Model) unfoldChosen() tea.Cmd {
	m.transcript.unfold(m.transcript.chosenAt())
	return nil
}

// unfoldThought does so with the last thought that is shown.
func (m *Model) unfoldThought() tea.Cmd {
	items := m.transcript.items
	for i := len(items) - 1; i >= 0; i-- {
		if msg := items[i].msg; msg.Reasoning != "" && m.lines != nil {
			m.lines.thought(msg)
			return nil
		} else if msg.Reasoning != "" {
			m.transcript.unfold(i)
			return nil
		}
	}
	return m.notice.say(toneInfo, "No answer here came with a thought.")
}
