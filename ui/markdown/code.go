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

// code is a code block that grows by whole lines, each of which is highlighted
// once. What it gave out does not change any more.
type code struct {
	r      *Renderer
	width  int
	indent int
	lines  []string // finished

	lexer   *lexer // nil for a language that is not known
	pending []string
	size    int    // of pending, in bytes
	until   string // what ends the comment or text that is open in pending
	total   int
}

// newCode begins the code block with that number, whose fence names a language.
func (r *Renderer) newCode(lang string, number, width int) *code {
	c := &code{r: r, width: width, lexer: r.lexerFor(lang)}
	if width >= minCodeRoom {
		c.indent = codeIndent
	}
	name := strings.Fields(lang + " ")
	label := "text"
	if len(name) > 0 {
		label = name[0]
	}
	digits := strconv.Itoa(number)
	if len(digits) < 2 {
		digits = " " + digits
	}
	label = safe.Line(label, max(1, width-len(digits)-len(" │ ")))
	c.lines = []string{styledLine(piece{r.looks.faint, digits}, piece{r.looks.border, " │ "}, piece{r.looks.faint, label})}
	if r.cells(digits+" │ "+label) > width {
		c.lines = r.flow([]piece{{r.looks.faint, digits + label}}, width)
	}
	return c
}

// add takes a line that is complete, without its newline.
func (c *code) add(line string) {
	c.pending = append(c.pending, line)
	c.size += len(line) + 1
	c.total += len(line) + 1
	if c.lexer != nil {
		c.until = c.lexer.open(line, c.until)
	}
	if c.until == "" || c.size > maxPiece {
		c.flush()
	}
}

// close ends the block.
func (c *code) close() { c.flush() }

// flush highlights the lines that wait.
func (c *code) flush() {
	if len(c.pending) == 0 {
		return
	}
	for _, l := range c.highlight(c.pending) {
		c.lines = append(c.lines, c.layout(l)...)
	}
	c.pending, c.size, c.until = nil, 0, ""
}

// peek shows the lines that wait, and one that is not complete.
func (c *code) peek(partial string) []string {
	var lines []string
	for _, l := range c.pending {
		lines = append(lines, c.layout([]piece{{c.r.looks.comment, l}})...)
	}
	switch {
	case partial == "":
		return lines
	case len(c.pending) > 0:
		return append(lines, c.layout([]piece{{c.r.looks.comment, partial}})...)
	case c.lexer == nil || c.total > maxCode || len(partial) > maxCodeLine:
		return append(lines, c.layout([]piece{{c.r.looks.text, partial}})...)
	}
	tokens := c.lexer.try(partial)
	return append(lines, c.layout(c.r.code.pieces(tokens, 1)[0])...)
}

// highlight returns the lines in colour.
func (c *code) highlight(lines []string) [][]piece {
	text := strings.Join(lines, "\n") + "\n"
	if c.lexer != nil && c.total <= maxCode && longest(lines) <= maxCodeLine {
		if tokens, ok := c.lexer.next(text); ok {
			return c.r.code.pieces(tokens, len(lines))
		}
	}
	return c.r.plainPieces(lines)
}

func (r *Renderer) plainPieces(lines []string) [][]piece {
	out := make([][]piece, len(lines))
	for i, l := range lines {
		out[i] = []piece{{r.looks.text, l}}
	}
	return out
}

func longest(lines []string) int {
	n := 0
	for _, l := range lines {
		n = max(n, len(l))
	}
	return n
}

// layout indents a line of code, expands its tabs, and breaks it where the room
// ends: every character of it is shown.
func (c *code) layout(pieces []piece) []string {
	var lines []string
	var w lineWriter
	room := max(1, c.width-c.indent)
	column, used := 0, 0
	w.write(piece{"", strings.Repeat(" ", c.indent)})
	for _, p := range pieces {
		for s := p.text; len(s) > 0; {
			shown, cells, n := c.r.glyphRun(s, column, room-used)
			if used+cells > room {
				lines = append(lines, w.line())
				w.write(c.mark())
				used = 0
				if shown, cells, n = c.r.glyphRun(s, column, room); cells > room {
					shown, cells = "▫", 1 // wider than any line
				}
			}
			w.write(piece{p.style, shown})
			column += cells
			used += cells
			s = s[n:]
		}
	}
	return append(lines, w.line())
}

// glyphRun returns what is shown for the first characters of s, their cells,
// and the bytes of s that they stand for: as many as fit the room if they are
// ASCII, else one, if it fits or not.
func (r ruler) glyphRun(s string, column, room int) (shown string, cells, size int) {
	if n := min(ascii(s), room); n > 0 {
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

// pieces gives tokens their colours and cuts them into n lines.
func (h *highlighter) pieces(tokens []chroma.Token, n int) [][]piece {
	out := make([][]piece, n)
	at := 0
	for _, t := range tokens {
		style := h.style(t.Type)
		for i, s := range strings.Split(t.Value, "\n") {
			if i > 0 {
				at++
			}
			if s != "" && at < n {
				out[at] = appendPiece(out[at], piece{style, s})
			}
		}
	}
	return out
}
