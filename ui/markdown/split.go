package markdown

import "bytes"

// A splitter finds the places in a growing text before which nothing can change
// any more, whatever comes: the ends of top-level blocks. It looks at every
// line once, when the line is complete, and cuts only where the CommonMark
// specification leaves no doubt; where it is in doubt it waits for a safer
// place. Its proof is a test: blocks rendered one by one are the document.
type splitter struct {
	state state
	start int // where the open block begins
	pos   int // where the first line begins that was not looked at
	blank bool

	fence   fence     // in inFence: what closes it
	html    htmlKind  // in inHTML: what ends it
	content int       // in inList: the column that belongs to the open item
	empty   bool      // in inList: the open item has no content yet
	bracket bool      // in inParagraph: it may begin with link definitions
	table   bool      // in inParagraph: it may be a table
	math    mathMarks // in inMath: what it is between

	blocks []span
}

// span is a block that is complete.
type span struct {
	start, end int
	fenced     bool // a code block between fences
	unclosed   bool // a code block that the end of the text closes
	cutOff     bool // the end of a text that was cut off is within it
	halfLine   bool // its last line was not complete
}

// state is what the open block is.
type state uint8

const (
	between     state = iota // no block is open
	inParagraph              // paragraph, table, link definitions: a blank line ends it
	inMath                   // a paragraph that begins with a formula: the end of that ends it, or a blank line
	inFence                  // its closing fence ends it
	inHTML                   // HTML of the kinds 1 to 5: its end marker ends it
	inHTMLBlock              // HTML of the kind 6: a blank line ends it
	inList                   // a line after a blank one that is not part of an item ends it
	inQuote                  // a blank line ends it
	inNote                   // a footnote: as a list
	inIndented               // indented code: a line that is not indented ends it
	unsure                   // after text that may or may not belong to a list or quote
	stuck                    // until the end of the text
)

// never is a column that no line reaches.
const never = 1 << 30

// scan looks at the lines of src that became complete; src only ever grows.
func (s *splitter) scan(src []byte) {
	for {
		n := bytes.IndexByte(src[s.pos:], '\n')
		if n < 0 {
			return
		}
		end := s.pos + n + 1
		s.line(newLine(src[s.pos:end]), s.pos, end)
		s.pos = end
	}
}

// cut ends the open block at end.
func (s *splitter) cut(end int) {
	if end > s.start {
		s.blocks = append(s.blocks, span{start: s.start, end: end, fenced: s.state == inFence})
	}
	s.start = end
	s.state = between
}

// line takes the line from at to end.
func (s *splitter) line(l line, at, end int) {
	switch s.state {
	case stuck:
		return
	case inFence, inHTML:
		s.blank = false
		if s.state == inFence && s.fence.closedBy(l) || s.state == inHTML && s.html.endsIn(l.text) {
			s.cut(end)
		}
		return
	default:
	}
	if l.blank {
		s.blankLine(at, end)
		return
	}
	after := s.blank
	s.blank = false
	s.textLine(l, at, end, after)
}

func (s *splitter) blankLine(at, end int) {
	s.blank = true
	switch s.state {
	case between:
		s.start = end
	case inParagraph, inMath, inQuote, inHTMLBlock:
		s.cut(at)
		s.start = end
	case inList:
		if s.empty {
			s.content = never // an item that begins with a blank line ends with it
		}
	default: // nothing ends
	}
}

// textLine takes a line that is not blank; after says that a blank one precedes it.
func (s *splitter) textLine(l line, at, end int, after bool) {
	switch s.state {
	case between:
		s.open(l, at, end)
	case inIndented:
		if l.column < 4 {
			s.reopen(l, at, end)
		}
	case unsure:
		if after && l.column == 0 && (!l.isItem() || l.isRule()) {
			s.reopen(l, at, end)
			return
		}
		s.guard(l)
	case inList:
		s.inList(l, at, end, after)
	case inNote:
		s.inNote(l, at, end, after)
	case inQuote:
		switch {
		case l.column < 4 && l.text[0] == '>':
		case l.interrupts():
			s.reopen(l, at, end)
		default: // the lazy continuation of a paragraph in it, or not
			s.state = unsure
			s.guard(l)
		}
	case inParagraph:
		s.inParagraph(l, at, end)
	case inMath:
		if l.endsMath() {
			s.reopen(l, at, end)
		} else if s.math.shutIn(l) {
			s.cut(end)
		}
	default: // an open fence or HTML takes every line
	}
}

func (s *splitter) inParagraph(l line, at, end int) {
	switch {
	case l.column >= 4: // continues it
	case l.isUnderline():
		if s.bracket && l.text[0] == '=' { // definitions are no heading: what follows may still be of the paragraph
			s.state = stuck
			return
		}
		if s.table && l.text[0] == '=' { // nor is a table, and the line begins a paragraph
			s.table = false
			return
		}
		s.cut(end)
	case l.interrupts():
		s.reopen(l, at, end)
	default:
		s.table = s.table || isBlank(bytes.Trim(l.text, "|-: \t\n"))
	}
}

func (s *splitter) inList(l line, at, end int, after bool) {
	if l.column >= s.content {
		s.empty = false
		return
	}
	if m, ok := l.item(); ok && !l.isRule() && l.column < 4+min(s.content, never) {
		if l.column >= 4 && s.content == never {
			s.state = stuck
			return
		}
		s.item(l, m)
		return
	}
	if after || l.interrupts() {
		s.reopen(l, at, end)
		return
	}
	s.state = unsure // a lazy continuation, or a paragraph that ended the list
}

// inNote takes what is indented by four, as the text of a footnote is.
func (s *splitter) inNote(l line, at, end int, after bool) {
	switch {
	case l.column >= 4:
	case after || l.interrupts():
		s.reopen(l, at, end)
	default: // a lazy continuation, or not
		s.state = unsure
		s.guard(l)
	}
}

// guard gives up where an unsure state meets what may hold blank lines.
func (s *splitter) guard(l line) {
	inner := newLine(bytes.TrimLeft(l.text, "> \t-+*0123456789.)"))
	if _, ok := inner.fence(); ok && !inner.blank {
		s.state = stuck
	}
	if k := l.html(); k >= htmlRaw && k <= htmlData {
		s.state = stuck
	}
}

// item begins a list item: what belongs to it is indented as its text is.
func (s *splitter) item(l line, m marker) {
	s.empty = !m.content
	s.content = l.column + m.size + 1
	if !m.content {
		return
	}
	column := l.column + m.size
	if spaces := blanks(l.text[m.size:], column); spaces <= 4 { // more is indented code
		s.content = column + spaces
	}
}

// reopen ends the open block before the line and begins the next with it.
func (s *splitter) reopen(l line, at, end int) {
	s.cut(at)
	s.open(l, at, end)
}

// open begins a block with a line that is not blank.
func (s *splitter) open(l line, at, end int) {
	s.start = at
	if l.column >= 4 {
		s.state = inIndented
		return
	}
	if f, ok := l.fence(); ok {
		s.state, s.fence = inFence, f
		return
	}
	if l.isHeading() || l.isRule() {
		s.state = inParagraph
		s.cut(end)
		return
	}
	if l.text[0] == '>' {
		s.state = inQuote
		return
	}
	if m, ok := l.item(); ok {
		s.state = inList
		s.item(l, m)
		return
	}
	if l.isFootnote() {
		s.state = inNote
		return
	}
	s.openText(l, end)
}

func (s *splitter) openText(l line, end int) {
	if marks, ok := l.math(); ok {
		s.state, s.math = inMath, marks
		return
	}
	switch k := l.html(); {
	case k >= htmlRaw && k <= htmlData:
		s.state, s.html = inHTML, k
		if k.endsIn(l.text) {
			s.cut(end)
		}
	case k == htmlBlock:
		s.state = inHTMLBlock
	case k == htmlAny:
		s.state = unsure
	default:
		s.state = inParagraph
		s.bracket = l.text[0] == '['
		s.table = false
	}
}
