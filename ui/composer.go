package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
	"groqchat/ui/theme"
)

// The prompt mark, and what stands before the other rows: both two cells.
const (
	composerMark   = "❯ "
	composerIndent = "  "
)

// composerMarkWidth is the least width that has room for the mark.
const composerMarkWidth = 8

// composer is the input: a text, large pastes as chips, the prompts before it.
type composer struct {
	editor      editor
	placeholder string
	history     composerHistory
	aside       composerDraft // what waits while another text is in the input
	paint       composerPaint
}

// newComposer makes an empty input; the placeholder shows as long as it is empty.
func newComposer(placeholder string) composer {
	return composer{editor: newEditor(), placeholder: placeholder}
}

// text is what is sent, pastes in full.
func (c *composer) text() string { return c.editor.value() }

// empty reports whether nothing was written, not even a blank.
func (c *composer) empty() bool { return c.editor.empty() }

// insert puts typed text at the cursor.
func (c *composer) insert(text string) { c.editor.insert(text) }

// clear empties the input. What was in it becomes the newest prompt, so that up
// brings it back; it cannot be undone otherwise.
func (c *composer) clear() {
	h, raw := &c.history, c.editor.raw()
	if h.back > 0 {
		h.add(c.editor.glyphs.expand(h.draft.raw), h.draft.raw)
	}
	h.reset()
	h.add(c.editor.glyphs.expand(raw), raw)
	c.editor.load("")
	c.editor.glyphs.keep(append(append(h.owns(), c.aside.raw), c.editor.kills.cuts...)...)
}

// do carries out an operation; up and down go through the prompts at the edges.
func (c *composer) do(op editOp) {
	switch op {
	case opUp:
		c.up()
	case opDown:
		c.down()
	default:
		c.editor.do(op)
	}
}

// newlineByBackslash replaces a backslash directly before the cursor at the end
// of a line by a line break, and reports whether it did: for `\` then enter.
func (c *composer) newlineByBackslash() bool {
	e := &c.editor
	text := e.lines[e.at.line].text
	if e.selects() || e.at.off != len(text) || !strings.HasSuffix(text, `\`) {
		return false
	}
	e.replace(editorPos{e.at.line, e.at.off - 1}, e.at, "\n")
	return true
}

// composerColumns is the cells before the text and for the text: one more than its
// rows take, for the cursor behind a full row.
func composerColumns(width int) (before, row int) {
	if width >= composerMarkWidth {
		before = ansi.StringWidthWc(composerMark)
	}
	return before, max(1, width-before-1)
}

// height is the rows that the input would like at this width, 1 to limit.
func (c *composer) height(width, limit int) int {
	_, row := composerColumns(width)
	c.editor.setWidth(row)
	return max(1, c.editor.height(limit))
}

// view is exactly height rows of at most width cells, with the row of the cursor
// among them. Before the first row stands the prompt mark, in accent if the
// input has the focus; before others, whether there is more above or below.
func (c *composer) view(st theme.Styles, width, height int, focused bool) []string {
	if width < 1 || height < 1 {
		return make([]string, max(0, height))
	}
	c.paint.update(st, focused)
	if c.editor.empty() {
		return c.viewEmpty(width, height)
	}
	before, row := composerColumns(width)
	c.editor.setWidth(row)
	r, _ := c.editor.window(height)
	c.editor.show(r)
	rows := make([]string, height)
	for i, ok := 0, true; i < height && ok; i++ {
		next, more := c.editor.rowAfter(r)
		spans, cells := c.editor.spans(r)
		if last := len(spans) - 1; cells > width { // one column has no room for the blank that hangs over
			spans[last].text = strings.TrimSuffix(spans[last].text, " ")
		}
		rows[i] = c.paint.row(spans)
		if before > 0 {
			rows[i] = c.paint.before(r, i == 0, more && i == height-1) + rows[i]
		}
		r, ok = next, more
	}
	return rows
}

func (c *composer) viewEmpty(width, height int) []string {
	rows := make([]string, height)
	before, row := composerColumns(width)
	rows[0] = c.paint.faint.paint(fitPlaceholder(c.placeholder, row))
	if before > 0 {
		rows[0] = c.paint.mark + rows[0]
	}
	return rows
}

// placeholderGap stands between what an input is for and its keys.
const placeholderGap = "   "

// fitPlaceholder leaves out the keys that have no room, the last first.
func fitPlaceholder(text string, width int) string {
	what, keys, _ := strings.Cut(text, placeholderGap)
	all := strings.Split(keys, dot)
	for n := len(all); n > 0; n-- {
		line := what + placeholderGap + strings.Join(all[:n], dot)
		if ansi.StringWidthWc(line) <= width {
			return line
		}
	}
	return safe.Cut(what, width, "…")
}

// cursor is the cell of the cursor in a view of this size, from its top left.
// ok is false if the view has no room.
func (c *composer) cursor(width, height int) (x, y int, ok bool) {
	if width < 1 || height < 1 {
		return 0, 0, false
	}
	before, row := composerColumns(width)
	c.editor.setWidth(row)
	_, y = c.editor.window(height)
	return min(before+c.editor.column(c.editor.at), width-1), y, true
}
