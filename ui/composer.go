package ui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/dustin/go-humanize"

	"groqchat/ui/theme"
)

// A paste beyond these bounds is shown as a chip: nobody reads it in a few rows.
const (
	composerPasteBytes = 2 << 10
	composerPasteLines = 20
)

// composerSetBytes is the most text that is set as it is, and can be edited;
// more becomes a chip.
const composerSetBytes = 100 << 10

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

// paste puts pasted text at the cursor: line breaks become "\n", tabs stay, and
// beyond 2 KB or 20 lines a chip "[Pasted 312 lines]" stands for it.
func (c *composer) paste(text string) {
	text = editorNormal(text)
	e := &c.editor
	raw := ""
	if lines := composerLines(text); len(text) > composerPasteBytes || lines > composerPasteLines {
		raw = e.glyphs.fold(text, composerLabel(text, lines))
	} else {
		raw = e.glyphs.encode(text)
	}
	e.replace(e.at, e.at, raw)
}

// composerLines is how many lines a text has; a line break at its end begins none.
func composerLines(text string) int {
	return strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1
}

// composerLabel is what stands for a large paste.
func composerLabel(text string, lines int) string {
	if lines > 1 {
		return "[Pasted " + humanize.Comma(int64(lines)) + " lines]"
	}
	return "[Pasted " + humanize.Comma(int64(len([]rune(text)))) + " characters]"
}

// setText replaces what was written, which undo brings back; the cursor is at the
// end. More than 100 KB becomes a chip.
func (c *composer) setText(s string) {
	e := &c.editor
	s = editorNormal(s)
	raw, known := c.written(s)
	switch {
	case known:
	case len(s) > composerSetBytes:
		raw = e.glyphs.fold(s, composerLabel(s, composerLines(s)))
	default:
		raw = e.glyphs.encode(s)
	}
	e.replace(e.start(), e.end(), raw)
}

// written is how a text was written that was sent lately, with its pastes as
// chips: a question that comes back looks as it did.
func (c *composer) written(s string) (raw string, ok bool) {
	for _, own := range c.history.owns() {
		if own = strings.TrimSpace(own); len(own) < len(s) && c.editor.glyphs.expand(own) == s {
			return own, true
		}
	}
	return "", false
}

// clear empties the input. What was in it becomes the newest prompt, so that up
// brings it back; it cannot be undone otherwise.
func (c *composer) clear() {
	h, raw := &c.history, c.editor.raw()
	if h.back > 0 {
		h.add(c.editor.glyphs.expand(h.draft), h.draft)
	}
	h.reset()
	h.add(c.editor.glyphs.expand(raw), raw)
	c.editor.load("")
	c.editor.glyphs.keep(append(h.owns(), c.editor.kill)...)
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
	if e.at.off != len(text) || !strings.HasSuffix(text, `\`) {
		return false
	}
	e.replace(editorPos{e.at.line, e.at.off - 1}, e.at, "\n")
	return true
}

// composerColumns is the cells before the text and for the text: one more than its
// rows take, for the cursor behind a full row.
func composerColumns(width int) (before, row int) {
	if width >= composerMarkWidth {
		before = ansi.StringWidth(composerMark)
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
// input has the focus.
func (c *composer) view(st theme.Styles, width, height int, focused bool) []string {
	if width < 1 || height < 1 {
		return make([]string, max(0, height))
	}
	paint := newComposerPaint(st, focused)
	if c.editor.empty() {
		return c.viewEmpty(paint, width, height)
	}
	before, row := composerColumns(width)
	c.editor.setWidth(row)
	r, _ := c.editor.window(height)
	c.editor.show(r)
	rows := make([]string, height)
	for i, ok := 0, true; i < height && ok; i++ {
		mark := composerIndent
		if r == (editorRow{}) {
			mark = paint.mark
		}
		if before == 0 {
			mark = ""
		}
		spans, _ := c.editor.spans(r)
		rows[i] = mark + paint.row(spans, width-before)
		r, ok = c.editor.rowAfter(r)
	}
	return rows
}

func (c *composer) viewEmpty(paint composerPaint, width, height int) []string {
	rows := make([]string, height)
	before, row := composerColumns(width)
	rows[0] = paint.placeholder(ansi.Truncate(c.placeholder, row, "…"))
	if before > 0 {
		rows[0] = paint.mark + rows[0]
	}
	return rows
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

// composerPaint is the colours of the input, as what stands before and after the
// text: a style is worked out once for a view, not for each row.
type composerPaint struct {
	mark              string
	text, chip, faint [2]string
}

func newComposerPaint(st theme.Styles, focused bool) composerPaint {
	mark := st.Dim
	if focused {
		mark = st.Accent
	}
	return composerPaint{
		mark: mark.Render(strings.TrimSpace(composerMark)) + " ",
		text: composerBrush(st.Text), chip: composerBrush(st.Accent), faint: composerBrush(st.Placeholder),
	}
}

// composerBrush is what a style puts before and after a text.
func composerBrush(st lipgloss.Style) [2]string {
	before, after, _ := strings.Cut(st.Render("x"), "x")
	return [2]string{before, after}
}

func (p composerPaint) placeholder(text string) string { return p.faint[0] + text + p.faint[1] }

// row is a row of the text in colour. Only the blank that hangs over a row can
// make it wider than width, in windows of one column.
func (p composerPaint) row(spans []editorSpan, width int) string {
	var b strings.Builder
	for _, s := range spans {
		brush := p.text
		if s.chip {
			brush = p.chip
		}
		b.WriteString(brush[0])
		b.WriteString(s.text)
		b.WriteString(brush[1])
	}
	if width < 2 {
		return ansi.Truncate(b.String(), width, "")
	}
	return b.String()
}
