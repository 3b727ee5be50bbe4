package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// naiveEditor is what an editor does, said as simply as possible: the text and
// the byte where the cursor is.
type naiveEditor struct {
	text  string
	at    int
	mark  int // the other end of the selection; at if there is none
	cuts  []string
	kills bool // the operation before cut
	yank  int  // where the operation before put back a cut
	age   int  // which one, from the newest; 0: it did not
}

// stops is the places that the cursor can be in.
func (n *naiveEditor) stops() []int {
	stops := []int{0}
	at := 0
	for i, line := range strings.Split(n.text, "\n") {
		if i > 0 {
			at++
			stops = append(stops, at)
		}
		for line != "" {
			cluster, _ := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
			if cut := strings.IndexByte(cluster, editorChipLead); cut > 0 {
				cluster = cluster[:cut]
			} else if cut == 0 {
				cluster = cluster[:utf8.UTFMax]
			}
			at += len(cluster)
			stops = append(stops, at)
			line = line[len(cluster):]
		}
	}
	return stops
}

func (n *naiveEditor) step(by int) int {
	stops := n.stops()
	i := slices.Index(stops, n.at) + by
	return stops[max(0, min(len(stops)-1, i))]
}

// class is one of: b a blank, p a mark, c a chip, and the kinds of words.
func (n *naiveEditor) class(at int) rune {
	r, _ := utf8.DecodeRuneInString(n.text[at:])
	switch {
	case at == len(n.text) || strings.ContainsRune(" \t\n\u0085\u2028", r):
		return 'b'
	case r >= 0x100000:
		return 'c'
	case unicode.In(r, unicode.Han):
		return 'H'
	case unicode.In(r, unicode.Hiragana):
		return 'h'
	case unicode.In(r, unicode.Katakana) || r == 'ー':
		return 'k'
	case r == '_' || unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So):
		return 'w'
	}
	return 'p'
}

// over is the place after what is before or after the cursor: what may be skipped
// is, then a chip is taken, or what belongs to the first character of the rest.
func (n *naiveEditor) over(by int, skip string, same func(first, next rune) bool) int {
	stops := n.stops()
	i := slices.Index(stops, n.at)
	next := func() rune { // the class of the character that a step would go over
		if by < 0 {
			return n.class(stops[i-1])
		}
		return n.class(stops[i])
	}
	more := func() bool { return by < 0 && i > 0 || by > 0 && i < len(stops)-1 }
	for more() && strings.ContainsRune(skip, next()) {
		i += by
	}
	if !more() {
		return stops[i]
	}
	first := next()
	if first == 'c' {
		return stops[i+by]
	}
	for more() && same(first, next()) {
		i += by
	}
	return stops[i]
}

func (n *naiveEditor) word(by int) int {
	return n.over(by, "bp", func(first, next rune) bool { return first == next })
}

func (n *naiveEditor) blank() int {
	return n.over(-1, "b", func(_, next rune) bool { return next != 'b' && next != 'c' })
}

func (n *naiveEditor) replace(from, to int, s string) {
	n.text = n.text[:from] + s + n.text[to:]
	for _, stop := range n.stops() {
		if n.at = stop; stop >= from+len(s) {
			break
		}
	}
	n.mark = n.at
}

// span is what is selected, else the cursor twice.
func (n *naiveEditor) span() (int, int) { return min(n.at, n.mark), max(n.at, n.mark) }

// typed is what typing does: it makes way for nothing that is not there.
func (n *naiveEditor) typed(s string) {
	from, to := n.span()
	n.rest()
	if s != "" || from != to {
		n.replace(from, to, s)
	}
}

// rest says that the operation before was nothing in particular.
func (n *naiveEditor) rest() { n.kills, n.age, n.mark = false, 0, n.at }

func (n *naiveEditor) lineStart() int { return strings.LastIndexByte(n.text[:n.at], '\n') + 1 }

func (n *naiveEditor) lineEnd() int {
	if i := strings.IndexByte(n.text[n.at:], '\n'); i >= 0 {
		return n.at + i
	}
	return len(n.text)
}

func (n *naiveEditor) cut(from, to int) {
	if n.at != n.mark {
		from, to = n.span()
		n.kills = false
	}
	if from == to {
		return
	}
	switch cut, last := n.text[from:to], len(n.cuts)-1; {
	case !n.kills:
		n.cuts = append(n.cuts, cut)
	case from < n.at:
		n.cuts[last] = cut + n.cuts[last]
	default:
		n.cuts[last] += cut
	}
	n.cuts = n.cuts[max(0, len(n.cuts)-editorKillCuts):]
	n.kills, n.age = true, 0
	n.replace(from, to, "")
}

func (n *naiveEditor) do(op editOp) {
	switch op {
	case opDeleteWordBack:
		n.cut(n.word(-1), n.at)
	case opDeleteWordForward:
		n.cut(n.at, n.word(1))
	case opDeleteBlankBack:
		n.cut(n.blank(), n.at)
	case opKillToEnd:
		to := n.lineEnd()
		if to == n.at {
			to = n.step(1)
		}
		n.cut(n.at, to)
	case opKillToStart:
		from := n.lineStart()
		if from == n.at {
			from = n.step(-1)
		}
		n.cut(from, n.at)
	case opKillAll:
		n.cut(0, len(n.text))
	case opYank, opYankOlder:
		n.putBack(op)
	default:
		n.plain(op)
	}
}

// putBack puts back a cut, or an older one in its place.
func (n *naiveEditor) putBack(op editOp) {
	from, to := n.span()
	age := 1
	if op == opYankOlder {
		if n.age == 0 {
			return
		}
		from, to = n.yank, n.yank+len(n.cuts[len(n.cuts)-n.age])
		age = n.age%len(n.cuts) + 1
	}
	n.rest()
	if len(n.cuts) == 0 {
		return
	}
	n.replace(from, to, n.cuts[len(n.cuts)-age])
	n.yank, n.age = from, age
}

// plain does what has to do neither with cuts nor with rows.
func (n *naiveEditor) plain(op editOp) {
	from, to := n.span()
	mark, some := n.mark, from != to
	n.rest()
	switch op &^ opSelect {
	case opLeft:
		n.at = n.step(-1)
		if some && op == opLeft {
			n.at = from
		}
	case opRight:
		n.at = n.step(1)
		if some && op == opRight {
			n.at = to
		}
	case opWordLeft:
		n.at = n.word(-1)
	case opWordRight:
		n.at = n.word(1)
	case opLineStart:
		n.at = n.lineStart()
	case opLineEnd:
		n.at = n.lineEnd()
	case opStart:
		n.at = 0
	case opEnd:
		n.at = len(n.text)
	case opSelectAll:
		n.at, mark = len(n.text), 0
	case opNewline:
		n.replace(from, to, "\n")
		return
	case opDeleteBack:
		if !some {
			from = n.step(-1)
		}
		n.replace(from, to, "")
		return
	case opDeleteForward:
		if !some {
			to = n.step(1)
		}
		n.replace(from, to, "")
		return
	}
	n.mark = n.at
	if op&opSelect != 0 || op == opSelectAll {
		n.mark = mark
	}
}

// naiveOps is the operations that a naive editor knows.
func naiveOps() []editOp {
	var ops []editOp
	for op := opNone; op <= opYankOlder; op++ {
		if op != opUp && op != opDown {
			ops = append(ops, op)
		}
		if op >= opLeft && op <= opEnd {
			ops = append(ops, opSelect|op)
		}
	}
	return ops
}

// expand puts its text in the place of the last chip before the cursor, else of
// the first one after it.
func (n *naiveEditor) expand(text func(string) string) {
	chip := func(r rune) bool { return r >= editorChipFirst }
	if !strings.ContainsFunc(n.text, chip) {
		return
	}
	at := strings.LastIndexFunc(n.text[:n.at], chip)
	if at < 0 {
		at = n.at + strings.IndexFunc(n.text[n.at:], chip)
	}
	n.rest()
	n.replace(at, at+utf8.UTFMax, text(n.text[at:at+utf8.UTFMax]))
}
