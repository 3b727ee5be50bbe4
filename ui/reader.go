package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/markdown"
)

// reader shows one message alone, in all of the window.
type reader struct {
	msg   chat.Message
	alone transcript
}

// readChosen opens the chosen message.
func (m *Model) readChosen() tea.Cmd {
	msg, ok := m.chosenMessage()
	if !ok {
		return nil
	}
	m.over = newReader(msg, m.transcript)
	return nil
}

// newReader draws as the transcript does, but with all colours at once: it shows
// little, and nothing streams in it.
func newReader(msg chat.Message, like transcript) *reader {
	r := &reader{msg: msg, alone: newTranscript(like.look.styles, like.clock)}
	r.alone.painter = markdown.NewPainter(allColours, like.clock)
	r.alone.widths = like.widths
	r.alone.restyle(like.look.styles)
	r.alone.show([]chat.Message{msg})
	r.alone.follow = false
	return r
}

// allColours is a budget that no window of code needs.
const allColours = 1 << 30

func (r *reader) paste(string) {}

func (r *reader) whole() bool { return true }

func (r *reader) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	t := &r.alone
	page := max(1, t.height-2)
	switch name := m.keys.named(m, msg, scopeOverlay); name {
	case "overlay-close":
		return nil, nil
	case "overlay-up":
		t.scroll(-1)
	case "overlay-down", "overlay-accept":
		t.scroll(1)
	case "overlay-page-up":
		t.scroll(-page)
	case "overlay-page-down":
		t.scroll(page)
	default:
		return r.other(m, msg, page)
	}
	return r, nil
}

// other takes the keys that mean the same here as for a chosen message.
func (r *reader) other(m *Model, msg tea.KeyPressMsg, page int) (overlay, action) {
	switch m.keys.named(m, msg, scopeMessage) {
	case "message-up":
		r.alone.scroll(-1)
	case "message-down":
		r.alone.scroll(1)
	case "message-first":
		r.alone.toTop()
	case "message-last":
		r.alone.toEnd()
	case "message-copy":
		return r, func(m *Model) tea.Cmd { return m.copyMessage(r.msg) }
	case "message-code":
		return r, func(m *Model) tea.Cmd { return m.chooseCode(r.msg, "") }
	default:
		if msg.Text == " " {
			r.alone.scroll(page)
		}
	}
	return r, nil
}

func (r *reader) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	t := &r.alone
	t.resize(m.regions.text, max(1, height-2))
	title := "Answer"
	if r.msg.Role == chat.User {
		title = "Question"
	}
	rows = append(rows, titleRule(m, title, width))
	rows = append(rows, t.view()...)
	foot := hints(t.pill(), m.keys.hint("overlay-page-down", "scroll"), m.keys.hint("message-copy", "copy"), m.keys.hint("message-code", "copy code"), m.keys.hint("overlay-close", "close"))
	rows = append(rows, indent+m.styles.Faint.Render(fitHints(foot, max(1, width-leftMargin))))
	return rows[:min(len(rows), height)], 0, 0, false
}
