package markdown

import (
	"strconv"
	"strings"

	"github.com/alecthomas/chroma/v2"

	"groqchat/ui/safe"
)

// The layout of code: a line with the number and the language, then the code,
// indented to the bar and without a frame, so that it can be marked and copied.
//
//	1 │ go
//	  f, err := os.Open("data.txt")
//	↪ continues what did not fit
const (
	codeIndent  = 3
	minCodeRoom = 12 // below it code is not indented
	wrapMark    = " ↪ "
	wrapMarkTip = "↪"
)

// code is a code block that grows by whole lines. How they are broken does not
// depend on their colours, which may come later.
type code struct {
	r      *Renderer
	cutter cutter
	width  int
	indent int
	lines  []string // finished, and not taken yet
	laid   int      // how many were finished in all

	key     uint64   // of the last part
	at      *mark    // where its lexer stands, nil as long as colours wait
	waiting []waiter // the parts without colours
	before  *mark    // where the lexer stands before the first of them
}

// waiter is a part that is shown plain until its colours come.
type waiter struct {
	chunk
	key        uint64
	from, size int // its lines in the block
}

// newCode begins the code block with that number, whose fence names a language.
func (r *Renderer) newCode(info string, number, width int) *code {
	p := r.painter
	lang := p.find(info)
	c := &code{r: r, width: width, cutter: cutter{known: &p.languages, lang: lang}, at: &mark{}}
	if lang != nil {
		c.key = p.key(0, lang.name)
	}
	if width >= minCodeRoom {
		c.indent = codeIndent
	}
	c.lines = c.header(info, number)
	c.laid = len(c.lines)
	return c
}

// header is the line above the code.
func (c *code) header(info string, number int) []string {
	label := "text"
	if names := strings.Fields(strings.Trim(info, "{} .")); len(names) > 0 {
		label = names[0]
	}
	digits := strconv.Itoa(number)
	if len(digits) < 2 {
		digits = " " + digits
	}
	looks := c.r.looks
	label = safe.Line(label, max(1, c.width-len(digits)-len(" │ ")))
	line := styledLine(piece{looks.faint, digits}, piece{looks.border, " │ "}, piece{looks.faint, label})
	if c.r.cells(digits+" │ "+label) > c.width {
		return c.r.flow([]piece{{looks.faint, digits + label}}, c.width)
	}
	return []string{line}
}

// add takes a line that is complete, without its newline.
func (c *code) add(line string) {
	if p, ok := c.cutter.add(line); ok {
		c.finish(p)
	}
}

// close ends the block.
func (c *code) close() {
	if p, ok := c.cutter.cut(); ok {
		c.finish(p)
	}
}

// finish lays a part out, in colour if that is to be had.
func (c *code) finish(p chunk) {
	var lines []string
	c.key = c.r.painter.key(c.key, p.text)
	if p.plain || c.at != nil && c.at.dead {
		lines = c.layoutAll(p.text, nil, c.r.looks.text)
	} else if found, ok := c.r.painter.colours(c.key, c.cutter.lang, c.at, p); ok && len(c.waiting) == 0 {
		c.at = found.after
		lines = c.layoutAll(p.text, found.tints, c.r.looks.text)
	} else {
		lines = c.wait(p)
	}
	c.lines = append(c.lines, lines...)
	c.laid += len(lines)
}

// wait lays a part out without colours.
func (c *code) wait(p chunk) []string {
	if len(c.waiting) == 0 {
		c.before, c.at = c.at, nil
	}
	lines := c.layoutAll(p.text, nil, c.plainStyle(p.text))
	c.waiting = append(c.waiting, waiter{p, c.key, c.laid, len(lines)})
	return lines
}

// plainStyle is the style of text that waits: several lines that have to be lexed
// together are most often a comment.
func (c *code) plainStyle(text string) string {
	if strings.IndexByte(text, '\n') < len(text)-1 {
		return c.r.looks.comment
	}
	return c.r.looks.text
}

// repaint gives the lines whose colours came to show. It reports whether all
// parts have colours now.
func (c *code) repaint(show func(from int, lines []string)) bool {
	p := c.r.painter
	for len(c.waiting) > 0 {
		w := c.waiting[0]
		found, ok := colours{after: c.before}, c.before.dead
		if !ok {
			found, ok = p.colours(w.key, c.cutter.lang, c.before, w.chunk)
		}
		if !ok {
			return false
		}
		if lines := c.layoutAll(w.text, found.tints, c.r.looks.text); len(lines) == w.size {
			show(w.from, lines)
		}
		c.before, c.waiting = found.after, c.waiting[1:]
	}
	if c.at == nil {
		c.at = c.before
	}
	c.waiting = nil
	return true
}

// peek shows the lines that wait for the end of their part, and one that is not
// complete.
func (c *code) peek(partial string) []string {
	var lines []string
	for _, l := range c.cutter.waiting {
		lines = append(lines, c.layout(l, []styled{{c.r.looks.comment, len(l)}})...)
	}
	switch {
	case partial == "":
		return lines
	case len(c.cutter.waiting) > 0:
		return append(lines, c.layout(partial, []styled{{c.r.looks.comment, len(partial)}})...)
	case c.cutter.lang == nil || c.cutter.total > maxCode || len(partial) > maxCodeLine:
		return append(lines, c.layoutAll(partial, nil, c.r.looks.text)...)
	}
	tints := c.r.painter.try(c.cutter.lang, c.at, c.cutter.chunk(partial))
	return append(lines, c.layoutAll(partial, tints, c.r.looks.text)...)
}

// styled is a style and the byte of a line at which it ends.
type styled struct {
	style string
	end   int
}

// layoutAll lays out the lines of a text in the colours of its tints; without
// any, in a plain style.
func (c *code) layoutAll(text string, tints []tint, plain string) []string {
	var lines []string
	styles := c.r.scratch
	taken := 0 // of the first tint
	for line := range strings.Lines(text) {
		styles, tints, taken = c.r.styled(styles[:0], len(line), tints, taken)
		styles = append(styles, styled{plain, len(line)}) // for what has no tint
		lines = append(lines, c.layout(strings.TrimSuffix(line, "\n"), styles)...)
	}
	c.r.scratch = styles
	return lines
}

// styled adds the styles of the next size bytes. taken is what was taken
// of the first tint already; it returns the tints that follow, and what was taken of them.
func (r *Renderer) styled(styles []styled, size int, tints []tint, taken int) ([]styled, []tint, int) {
	at := 0
	for at < size && len(tints) > 0 {
		n := min(int(tints[0].size)-taken, size-at)
		at, taken = at+n, taken+n
		styles = append(styles, styled{r.style(chroma.TokenType(tints[0].kind)), at})
		if taken == int(tints[0].size) {
			tints, taken = tints[1:], 0
		}
	}
	return styles, tints, taken
}

// style is the sequence that opens the style of a kind of token.
func (r *Renderer) style(t chroma.TokenType) string {
	s, ok := r.kinds[t]
	if !ok {
		if r.kinds == nil {
			r.kinds, r.tokens = map[chroma.TokenType]string{}, r.styles.Tokens()
		}
		s = tokenSGR(r.tokens.Get(t))
		r.kinds[t] = s
	}
	return s
}

// layout indents a line of code, expands its tabs, and breaks it where the room
// ends: every character of it is shown. One that a style ends within has the
// style that it begins in, so that styles never change the breaks.
func (c *code) layout(text string, styles []styled) []string {
	if c.r.wholeCode && c.indent > 0 {
		return []string{c.slide(text, styles)}
	}
	var lines []string
	var w lineWriter
	room := max(1, c.width-c.indent)
	column, used := 0, 0
	w.write(piece{"", strings.Repeat(" ", c.indent)})
	for at := 0; at < len(text); {
		for at >= styles[0].end {
			styles = styles[1:]
		}
		shown, cells, n := c.r.glyphRun(text[at:], column, min(room-used, styles[0].end-at))
		if used+cells > room {
			lines = append(lines, w.line())
			w.write(c.mark())
			used = 0
			if shown, cells, n = c.r.glyphRun(text[at:], column, min(room, styles[0].end-at)); cells > room {
				shown, cells = "▫", 1 // wider than any line
			}
		}
		w.write(piece{styles[0].style, shown})
		column += cells
		used += cells
		at += n
	}
	return append(lines, w.line())
}

// glyphRun returns what is shown for the first characters of s, their cells,
// and the bytes of s that they stand for: as many as fit the room if they are
// ASCII, else one, if it fits or not.
func (r ruler) glyphRun(s string, column, room int) (shown string, cells, size int) {
	if n := min(ascii(s[:min(len(s), room+1)]), room); n > 0 {
		return s[:n], n, n
	}
	if s[0] == '\t' {
		n := tabStop - column%tabStop
		return strings.Repeat(" ", n), n, 1
	}
	c, cells := r.cluster(s)
	return c, cells, len(c)
}

// mark begins a line that continues another.
func (c *code) mark() piece {
	switch {
	case c.indent == 0:
		return piece{}
	case c.indent < c.r.cells(wrapMark):
		return piece{c.r.looks.border, wrapMarkTip}
	}
	return piece{c.r.looks.border, wrapMark}
}
