package markdown

import "bytes"

// line is a line of Markdown as the block structure sees it.
type line struct {
	column int    // how far it is indented, tabs to the next multiple of 4
	text   []byte // without the indentation, with the newline
	blank  bool
}

func newLine(raw []byte) line {
	n := 0
	for n < len(raw) && (raw[n] == ' ' || raw[n] == '\t') {
		n++
	}
	text := raw[n:]
	return line{column: blanks(raw, 0), text: text, blank: isBlank(text)}
}

// blanks returns how many columns of white space b begins with at a column.
func blanks(b []byte, column int) int {
	at := column
	for _, c := range b {
		switch c {
		case ' ':
			at++
		case '\t':
			at += 4 - at%4
		default:
			return at - column
		}
	}
	return at - column
}

func isBlank(b []byte) bool {
	for _, c := range b {
		switch c {
		case ' ', '\t', '\n', '\r', '\v', '\f':
		default:
			return false
		}
	}
	return true
}

// isSpace reports whether b ends or a white space follows at i.
func isSpace(b []byte, i int) bool {
	return i >= len(b) || b[i] == ' ' || b[i] == '\t' || b[i] == '\n'
}

// run counts how often c stands at the beginning of b.
func run(b []byte, c byte) int {
	n := 0
	for n < len(b) && b[n] == c {
		n++
	}
	return n
}

// fence is the opening of a code block.
type fence struct {
	char   byte
	size   int
	column int // the indentation that its lines lose
}

func (l line) fence() (fence, bool) {
	if l.column >= 4 || l.blank || l.text[0] != '`' && l.text[0] != '~' {
		return fence{}, false
	}
	f := fence{l.text[0], run(l.text, l.text[0]), l.column}
	if f.size < 3 || f.char == '`' && bytes.IndexByte(l.text[f.size:], '`') >= 0 {
		return fence{}, false
	}
	return f, true
}

func (f fence) closedBy(l line) bool {
	n := run(l.text, f.char)
	return l.column < 4 && n >= f.size && isBlank(l.text[n:])
}

// isHeading reports an ATX heading.
func (l line) isHeading() bool {
	n := run(l.text, '#')
	return n >= 1 && n <= 6 && isSpace(l.text, n)
}

// isRule reports a thematic break.
func (l line) isRule() bool {
	if l.blank || l.text[0] != '-' && l.text[0] != '*' && l.text[0] != '_' {
		return false
	}
	n := 0
	for _, c := range l.text {
		switch c {
		case l.text[0]:
			n++
		case ' ', '\t', '\n':
		default:
			return false
		}
	}
	return n >= 3
}

// isUnderline reports what makes the paragraph before it a heading.
func (l line) isUnderline() bool {
	c := l.text[0]
	return (c == '=' || c == '-') && isBlank(l.text[run(l.text, c):])
}

// marker is what a list item begins with.
type marker struct {
	size    int  // in bytes
	content bool // whether the item begins on the line
	first   bool // whether it can begin a list within a paragraph
}

func (l line) item() (marker, bool) {
	if l.blank {
		return marker{}, false
	}
	n, first := 1, true
	if c := l.text[0]; c != '-' && c != '*' && c != '+' {
		n = 0
		for n < len(l.text) && l.text[n] >= '0' && l.text[n] <= '9' {
			n++
		}
		if n == 0 || n > 9 || n == len(l.text) || l.text[n] != '.' && l.text[n] != ')' {
			return marker{}, false
		}
		first = n == 1 && l.text[0] == '1'
		n++
	}
	if !isSpace(l.text, n) {
		return marker{}, false
	}
	content := !isBlank(l.text[n:])
	return marker{n, content, first && content}, true
}

func (l line) isItem() bool {
	_, ok := l.item()
	return ok
}

// interrupts reports a line that begins a block even right after a paragraph.
func (l line) interrupts() bool {
	if l.column >= 4 {
		return false
	}
	if _, ok := l.fence(); ok || l.isHeading() || l.isRule() || l.isFootnote() || l.text[0] == '>' {
		return true
	}
	if m, ok := l.item(); ok && m.first {
		return true
	}
	if _, ok := l.math(); ok {
		return true
	}
	k := l.html()
	return k >= htmlRaw && k <= htmlBlock
}
