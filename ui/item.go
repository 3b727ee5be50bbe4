package ui

import (
	"fmt"
	"strings"

	"groqchat/chat"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
)

// item is a message of the transcript. It is drawn in parts, so that of a long
// one no more is made than is seen: a question's parts are pieces of its text
// and then its files; an answer's are its thought, the blocks of its text and
// then its foot. The last part ends with the blank row after the item. Parts
// keep their places while an answer grows, but for the foot, which moves on.
type item struct {
	msg     chat.Message
	version int        // grows with what changes a thought or a foot
	place   chat.Place // among its variants, zero without any

	doc *markdown.Stream // the answer's text, nil as long as it is not seen
	fed int              // bytes of the content that doc has

	text []string // the question's text in pieces, nil as long as it is not seen

	unfolded       bool // the whole of the thought, or of a summary, is shown
	counted, words int  // bytes of the reasoning whose words were counted, and those
}

// set takes a newer version of the message.
func (it *item) set(m *chat.Message) {
	if it.same(m) {
		return
	}
	if it.doc != nil && it.doc.Closed() && m.State == chat.Pending {
		it.doc = nil // it is gone on with
	}
	it.version++
	it.msg, it.text = *m, nil
}

// same reports whether a message is the one that the item shows already.
func (it *item) same(m *chat.Message) bool {
	return m.State == it.msg.State && len(m.Content) == len(it.msg.Content) && len(m.Reasoning) == len(it.msg.Reasoning) && m.Model == it.msg.Model
}

// continues reports whether a message is a newer version of this one.
func (it *item) continues(m *chat.Message) bool {
	return m.ID == it.msg.ID && m.Role == it.msg.Role && strings.HasPrefix(m.Content, it.msg.Content)
}

// open makes ready what the parts are made of, and takes in what came. It
// reports whether that was closed before.
func (it *item) open(l look, width int) bool {
	if it.msg.Role == chat.User {
		opened := it.text == nil
		if opened {
			it.text = pieces(safe.Text(strings.TrimRight(asked(it.msg), "\n")))
		}
		return opened
	}
	if it.msg.Content == "" || it.folded() {
		return false
	}
	opened := it.doc == nil
	if opened {
		it.doc, it.fed = l.renderer.Stream(width), 0
	}
	if it.doc.Width() != width {
		it.doc.SetWidth(width)
		it.doc.Draw()
	}
	ended := it.feed()
	if opened {
		it.doc.Skim()
	}
	if opened || ended {
		it.doc.Draw()
	}
	return opened
}

// feed gives the stream what came of the text, and reports whether it ended now.
func (it *item) feed() bool {
	if it.fed < len(it.msg.Content) {
		it.doc.Append(it.msg.Content[it.fed:])
		it.fed = len(it.msg.Content)
	}
	if it.msg.State == chat.Pending || it.doc.Closed() {
		return false
	}
	if it.msg.State == chat.Complete && it.msg.FinishReason != "length" {
		it.doc.Close()
	} else {
		it.doc.Cut() // it ends as it was shown
	}
	return true
}

// advance draws what came, if it is time to.
func (it *item) advance() {
	if it.doc != nil {
		it.doc.Draw()
	}
}

// close drops all that can be made again.
func (it *item) close() { it.doc, it.text = nil, nil }

// closed reports whether the parts are not known yet.
func (it *item) closed() bool { return it.doc == nil && it.text == nil && it.msg.Content != "" }

// held reports whether the stream has text that it did not draw yet.
func (it *item) held() bool { return it.doc != nil && it.doc.Stale() }

// pending reports whether the item is an answer under way.
func (it *item) pending() bool { return it.msg.Role != chat.User && it.msg.State == chat.Pending }

// parts is how many parts there are, at least one. The item is open.
func (it *item) parts() int {
	switch {
	case it.msg.Role == chat.User:
		return len(it.text) + 1
	case it.msg.Content == "" || it.folded():
		return 2
	}
	return it.doc.Blocks() + 2
}

// isBlock reports whether a part is a block of an answer's text.
func (it *item) isBlock(part int) bool {
	return it.msg.Role != chat.User && part > 0 && part < it.parts()-1
}

// kept reports whether a part's rows are the stream's and need not be kept again.
func (it *item) kept(part int) bool { return it.isBlock(part) && it.doc.Kept(part-1) }

// fixed reports whether a row of a part stays as it is, at this width.
func (it *item) fixed(part, row int) bool { return !it.isBlock(part) || it.doc.Fixed(part-1, row) }

// edition tells the rows of a part from older ones, and those of a block from
// those of the foot that was there before. What is kept of blocks does not change.
func (it *item) edition(part int) int {
	switch {
	case it.isBlock(part):
		return -1
	case part == 0 && it.msg.Role != chat.User:
		return it.thoughtEdition()
	}
	return it.version
}

// rows makes the rows of a part. Those of blocks have no margin, and a patch for
// them if colours are to come.
func (it *item) rows(part int, l look, width int) ([]string, *markdown.Patch) {
	last := part == it.parts()-1
	switch {
	case it.msg.Role == chat.User && last:
		return append(append(fileRows(it.msg, l, width), placeRows(it.place, l)...), ""), nil
	case it.msg.Role == chat.User:
		return questionRows(it.text[part], l, width), nil
	case part == 0 && it.folded():
		return []string{indent + l.styles.Dim.Render(safe.Cut("▸ "+it.summaryLength(), width, "…"))}, nil
	case part == 0:
		return it.thoughtRows(l, width), nil
	case last:
		return append(footRows(it.msg, it.place, l, width), ""), nil
	}
	return it.doc.Block(part - 1)
}

// indent stands before every row of an answer.
const indent = "  "

// draw adds rows of a part as they stand on the screen.
func (it *item) draw(screen []string, part int, rows []string) []string {
	if !it.isBlock(part) {
		return append(screen, rows...)
	}
	for _, row := range rows {
		if row != "" {
			row = indent + row
		}
		screen = append(screen, row)
	}
	return screen
}

// questionBar stands before every row of a question.
func questionBar(l look) string { return l.styles.UserBar.Render("▌") + " " }

// questionRows is a piece of the user's words after a bar.
func questionRows(piece string, l look, width int) []string {
	bar := questionBar(l)
	rows := wrapSafe(piece, width, l.widths)
	for i, line := range rows {
		rows[i] = bar + l.styles.User.Render(line)
	}
	return rows
}

// fileRows is the files that go with a question.
func fileRows(m chat.Message, l look, width int) []string {
	var rows []string
	for _, a := range m.Attachments {
		rows = append(rows, questionBar(l)+l.styles.Dim.Render(chip(a, width)))
		for _, row := range l.thumbs.of(a, width) {
			rows = append(rows, questionBar(l)+row)
		}
	}
	return rows
}

// placeRows says that a question has variants, and which it is.
func placeRows(p chat.Place, l look) []string {
	if !p.Several() {
		return nil
	}
	return []string{questionBar(l) + l.styles.Dim.Render(placeText(p))}
}

// placeText is which of the variants of a message it is.
func placeText(p chat.Place) string { return fmt.Sprintf("‹%d/%d›", p.At, p.Of) }

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return chat.Count(n) + " " + what + "s"
}
