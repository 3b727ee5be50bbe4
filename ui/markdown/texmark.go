package markdown

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mathKind is far from the kinds that are counted up; one of those would have to
// be a variable. No renderer of goldmark's may be asked for it.
const mathKind ast.NodeKind = 255

// mathPriority lets formulas begin where HTML does not.
const mathPriority = 650

// mathNode is a formula in a text.
type mathNode struct {
	ast.BaseInline
	source  string // as it was written, with newlines between its lines
	tex     string // without what it stands between
	display bool   // on lines of its own
}

// Kind is for goldmark.
func (*mathNode) Kind() ast.NodeKind { return mathKind }

// Dump is for goldmark.
func (n *mathNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"TeX": n.tex}, nil)
}

// mathExtension lets goldmark know formulas: between $ and $, \( and \), in a
// text, between $$ and $$, \[ and \], on lines of their own.
type mathExtension struct{}

// Extend is for goldmark.
func (mathExtension) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(mathLines{}, mathPriority)),
		parser.WithInlineParsers(util.Prioritized(mathSpan{}, 150)),
	)
}

// mathSpan finds formulas in a text. What is not one is text.
type mathSpan struct{}

// Trigger is what a formula may begin with.
func (mathSpan) Trigger() []byte { return []byte{'$', '\\'} }

// Parse reads a formula, with the marks around it.
func (mathSpan) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	d, ok := mathOpening(line, block.PrecendingCharacter())
	if !ok {
		return nil
	}
	block.Advance(len(d.open))
	var b strings.Builder
	for {
		line, _ = block.PeekLine()
		end, found := d.end(line)
		if end < 0 || b.Len() > maxUnit {
			return nil
		}
		b.Write(line[:end])
		if found {
			block.Advance(end + len(d.shut))
			break
		}
		block.AdvanceLine()
	}
	tex := b.String()
	if !d.holds(tex) {
		return nil
	}
	return &mathNode{source: d.open + tex + d.shut, tex: tex, display: d.display}
}

// mathMarks is what a formula stands between.
type mathMarks struct {
	open, shut string
	display    bool
}

// mathOpening reports what a text begins with, if that may begin a formula. A $
// does so only at the beginning of a word: US$ 3 and 10$ are money.
func mathOpening(s []byte, before rune) (mathMarks, bool) {
	switch {
	case len(s) < 3:
	case s[0] == '\\' && s[1] == '(':
		return mathMarks{`\(`, `\)`, false}, true
	case s[0] == '\\' && s[1] == '[':
		return mathMarks{`\[`, `\]`, true}, true
	case s[0] != '$' || before == '$':
	case s[1] == '$':
		return mathMarks{"$$", "$$", true}, s[2] != '$'
	default:
		return mathMarks{"$", "$", false}, !isSpace(s, 1) && (before > 0x7f || !isAlnum(byte(before)))
	}
	return mathMarks{}, false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isAlnum(c byte) bool { return isLetter(c) || isDigit(c) }

// end finds where a formula ends in a line, or that it goes on behind it; -1 is
// that it is none. The next mark of its kind decides, and code is stronger: no
// search goes over a place twice, whatever a text is made of.
func (d mathMarks) end(line []byte) (at int, found bool) {
	if len(line) == 0 {
		return -1, false
	}
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '`':
			return -1, false
		case c == '\\' && d.open[0] == '\\' && i+1 < len(line) && line[i+1] == d.shut[1]:
			return i, true
		case c == '\\' && d.open[0] == '\\' && i+1 < len(line) && line[i+1] == d.open[1]:
			return -1, false
		case c == '\\':
			i++
		case c == '$' && d.open[0] == '$':
			if !d.shutsAt(line, i) {
				return -1, false
			}
			return i, true
		}
	}
	return len(line), false
}

// shutsAt reports whether the $ at i ends a formula. A single one does so at the
// end of a word, which a blank before it or a digit behind it is not: $5 and $10
// are money, and $HOME/$USER are variables.
func (d mathMarks) shutsAt(line []byte, i int) bool {
	rest := line[i+1:]
	if d.display {
		return len(rest) > 0 && rest[0] == '$'
	}
	if i > 0 && isSpace(line, i-1) || i == 0 || len(rest) > 0 && rest[0] == '$' {
		return false
	}
	n := 0
	for n < len(rest) && (isAlnum(rest[n]) || rest[n] == '_') {
		n++
	}
	switch string(rest[:n]) {
	case "", "s", "th", "st", "nd", "rd": // the $n$th
		return true
	}
	return false
}

// holds reports whether a text may be a formula. \[1\] is an escaped bracket.
func (d mathMarks) holds(tex string) bool {
	if strings.TrimSpace(tex) == "" || isProse(tex) {
		return false
	}
	return d.open != `\[` || strings.ContainsAny(tex, "\n\\^_=<>+") && strings.IndexFunc(tex, isWord) >= 0
}

// isProse reports words in a natural language, which stand between two sums of
// money or two escaped parentheses.
func isProse(s string) bool {
	if strings.ContainsAny(s, `\^_={}<>`) || !strings.ContainsAny(s, " \n") {
		return false
	}
	longest, shortest := 0, maxUnit
	for _, word := range strings.Fields(s) {
		word = strings.Trim(word, ".,;:!?'\"")
		n := len(word)
		if strings.TrimFunc(word, func(r rune) bool { return r < 0x80 && isLetter(byte(r)) }) != "" {
			n = 0
		}
		longest, shortest = max(longest, n), min(shortest, n)
	}
	return longest > 2 || longest > 1 && (isDigit(s[0]) || shortest > 1)
}
