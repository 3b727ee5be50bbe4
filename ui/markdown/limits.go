package markdown

import "bytes"

// What would take a parser or Glamour too long is shown as plain text; the
// bounds are far beyond what models write. The costs that they avoid were
// measured: nesting is exponential in Glamour (48 quotes: 10 s), unmatched
// brackets and asterisks are quadratic in goldmark (16 KB of "[a](": 0.1 s).
const (
	maxTail   = 16 << 10  // an open block that is rendered again as it grows
	maxUnit   = 256 << 10 // a block
	maxLeaf   = 32 << 10  // a paragraph, heading or table
	maxLeaves = 2000      // in a block; each costs some 60 µs, once
	maxDepth  = 10        // of quotes and lists
	maxMarks  = 4000      // in a run of lines that may be one paragraph
	maxRefs   = 200       // link definitions that are remembered
	minCells  = 8         // for text within lists and quotes
)

// Marks that may have to be matched with others far away cost more.
const (
	markCost    = 1
	bracketCost = 4
)

// tooHard reports a block that must not be given to the parser.
func tooHard(src []byte) bool {
	if len(src) > maxUnit {
		return true
	}
	marks, math := 0, false
	for raw := range bytes.Lines(src) {
		l := newLine(raw)
		math = !l.blank && (math || opensMath(raw))
		if m, ok := l.item(); l.blank || ok && m.content && m.size == 1 && l.column < 4 && !math {
			marks = 0 // certainly another paragraph
		}
		marks += cost(raw)
		if marks > maxMarks || nesting(l) > maxDepth {
			return true
		}
	}
	return false
}

func cost(raw []byte) int {
	n := 0
	for _, c := range raw {
		switch c {
		case '*', '_', '~', '`':
			n += markCost
		case '[', '<':
			n += bracketCost
		}
	}
	return n
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

// plain is the text as it came, wrapped.
func (r *Renderer) plain(src []byte, width int) []string {
	text := string(bytes.Trim(src, "\n"))
	return flow([]piece{{r.looks.text, expandTabs(text)}}, width)
}
