package markdown

import "bytes"

// What would take the parser too long is shown as plain text; the bounds are far
// beyond what models write. The costs that they avoid were measured: unmatched
// brackets and asterisks are quadratic in goldmark (16 KB of "[a](": 0.1 s), and
// it fills up every row of a table to the columns of its first.
const (
	maxTail   = 32 << 10  // an open block that is rendered again as it grows
	maxUnit   = 256 << 10 // a block
	maxLeaf   = 32 << 10  // a paragraph or heading
	maxTable  = 64 << 10  // a table
	maxLeaves = 2000      // in a block
	maxDepth  = 10        // of quotes and lists
	maxFields = 20000     // in a table
	maxMarks  = 4000      // in a run of lines that may be one paragraph
	maxRefs   = 200       // link definitions that are remembered
	minCells  = 8         // for text within lists and quotes
)

// Marks that may have to be matched with others far away cost more.
const (
	markCost    = 1
	bracketCost = 4
)

// effort is what a run of lines that may be one paragraph or table costs.
type effort struct {
	bytes, marks, columns, fields int
	numbered                      bool // it began with a number
}

func (e effort) tooMuch() bool {
	return e.bytes > maxLeaf || e.marks > maxMarks || e.fields > maxFields
}

// ends reports a line that certainly begins another paragraph: an item, which
// with a number does so only after one with a number.
func (e effort) ends(l line) bool {
	m, ok := l.item()
	return ok && m.content && l.column < 4 && (m.size == 1 || e.numbered || e.bytes == 0)
}

// add takes a line.
func (e *effort) add(l line, raw []byte) {
	if l.column < 4 { // more may be code, of which any amount is cheap
		e.bytes += len(raw)
	}
	if isDelimiter(raw) {
		e.columns = max(e.columns, 1+bytes.Count(raw, []byte{'|'}))
	}
	e.marks += cost(raw)
	e.fields += e.columns
}

// tooHard reports a block that must not be given to the parser.
func tooHard(src []byte) bool {
	if len(src) > maxUnit {
		return true
	}
	var e effort
	var lists indents
	math := false
	for raw := range bytes.Lines(src) {
		l := newLine(raw)
		math = !l.blank && (math || opensMath(raw)) // whose lines may look like items
		if l.blank || !math && e.ends(l) {
			e = effort{numbered: !l.blank && l.text[0] != '-' && l.text[0] != '*' && l.text[0] != '+'}
		}
		e.add(l, raw)
		if e.tooMuch() || nesting(l) > maxDepth || lists.depth(l) > 2*maxDepth {
			return true
		}
	}
	return false
}

func cost(raw []byte) int {
	n := 0
	for i, c := range raw {
		switch c {
		case '*', '_', '~', '`':
			n += markCost
		case '[', '<':
			n += bracketCost
		case '|':
			if i > 0 && raw[i-1] == '\\' {
				n += bracketCost
			}
		}
	}
	return n
}

// isDelimiter reports a line that may make a table of those around it.
func isDelimiter(raw []byte) bool {
	return bytes.IndexByte(raw, '-') >= 0 && len(bytes.Trim(raw, "|:- \t\n>")) == 0
}

// nesting counts the quotes and lists that begin on a line.
func nesting(l line) int {
	n := 0
	for !l.blank && n <= maxDepth {
		skip := 1
		if l.text[0] != '>' {
			m, ok := l.item()
			if !ok {
				return n
			}
			skip = m.size
		}
		l = newLine(l.text[skip:])
		n++
	}
	return n
}

// indents are the columns at which the texts of items begin that are in one
// another. What it counts may be code; far too many are none.
type indents []int

// depth takes a line and returns how many items it is in.
func (in *indents) depth(l line) int {
	m, ok := l.item()
	if !ok || len(*in) > 0 && l.column >= (*in)[len(*in)-1]+4 {
		return len(*in)
	}
	for len(*in) > 0 && l.column < (*in)[len(*in)-1] {
		*in = (*in)[:len(*in)-1]
	}
	*in = append(*in, l.column+m.size+1)
	return len(*in)
}

// plain is the text as it came, wrapped.
func (r *Renderer) plain(src []byte, width int) []string {
	text := string(bytes.Trim(src, "\n"))
	return r.flow([]piece{{r.sgr(look{}.with(r.sheet.document)), r.expandTabs(text)}}, width)
}
