package markdown

import "strings"

// The bounds of highlighting, which costs 0.5 to 4 ms a kilobyte.
const (
	maxCode     = 256 << 10 // of a code block; what follows is plain
	maxCodeLine = 4 << 10
	maxPiece    = 8 << 10 // of a comment or text over several lines
)

// chunk is what is lexed at once: a line, or those that a comment or a text
// spans. How code is cut into parts depends on its text alone, so that it is cut
// in the same way whatever was coloured when.
type chunk struct {
	text  string    // whole lines with their newlines
	inner *language // nil for the block's own
	fresh bool      // the inner language begins
	plain bool      // too long
	quote bool      // text that needs no lexer
}

// cutter cuts the lines of a code block into parts.
type cutter struct {
	known *languages
	lang  *language // nil for one that is not known: every line is a part
	inner *embedded // the language within, if there is one

	waiting []string // lines that the next part begins with
	size    int      // of them, in bytes
	until   string   // what ends the comment or text that is open in them
	scalar  scalar   // in YAML: the text that is open
	total   int
	fresh   bool // nothing was cut in the inner language yet
}

// add takes a line, without its newline. It reports whether a part is complete.
func (c *cutter) add(line string) (chunk, bool) {
	c.waiting = append(c.waiting, line)
	c.size += len(line) + 1
	c.total += len(line) + 1
	if c.lang != nil && c.lang.name == "YAML" && c.scalar.holds(line) {
		p, ok := c.cut()
		p.quote = true
		return p, ok
	}
	c.until = c.open(line, c.until)
	if c.until == "" || c.size > maxPiece {
		return c.cut()
	}
	return chunk{}, false
}

// cut makes a part of the lines that wait.
func (c *cutter) cut() (chunk, bool) {
	if len(c.waiting) == 0 {
		return chunk{}, false
	}
	p := c.chunk(strings.Join(c.waiting, "\n") + "\n")
	p.plain = c.lang == nil || c.total > maxCode || longest(c.waiting) > maxCodeLine
	c.waiting, c.size, c.until = c.waiting[:0], 0, ""
	switch {
	case p.plain:
	case p.inner != nil:
		c.fresh = false
	default:
		c.embed(p.text)
	}
	return p, true
}

// chunk is a text as the next part.
func (c *cutter) chunk(text string) chunk {
	if c.inner.holds(text) {
		return chunk{text: text, inner: c.inner.lang, fresh: c.fresh}
	}
	return chunk{text: text}
}

func longest(lines []string) int {
	n := 0
	for _, l := range lines {
		n = max(n, len(l))
	}
	return n
}
