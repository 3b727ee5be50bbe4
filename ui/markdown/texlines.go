package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A formula on lines of its own has lines that begin with -, + or >, and no
// list is meant. So a line that begins with $$ or \[ begins a paragraph of which
// the lines are nothing else, up to the line in which the formula ends. A blank
// line or a code fence ends it, too: then it was no formula, but it remains
// the paragraph that it was while nobody could know.

// mathLines keeps the lines of a formula together. The formula itself is found
// in the paragraph that they become.
type mathLines struct{}

// mathBlock is such lines until they are complete.
type mathBlock struct {
	ast.BaseBlock
	marks mathMarks
}

// Kind is for goldmark.
func (*mathBlock) Kind() ast.NodeKind { return mathKind }

// Dump is for goldmark.
func (n *mathBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Trigger is what a line may begin with.
func (mathLines) Trigger() []byte { return []byte{'$', '\\'} }

// Open begins the lines of a formula.
func (mathLines) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	raw, segment := reader.PeekLine()
	marks, ok := newLine(raw).math()
	if !ok {
		return nil, parser.NoChildren
	}
	n := &mathBlock{marks: marks}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// Continue takes the next line, whatever it would be elsewhere.
func (mathLines) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n, ok := node.(*mathBlock)
	raw, segment := reader.PeekLine()
	l := newLine(raw)
	if !ok || l.blank || l.endsMath() {
		return parser.Close
	}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	if n.marks.shutIn(l) {
		return parser.Close
	}
	return parser.Continue | parser.NoChildren
}

// Close makes the lines a paragraph.
func (mathLines) Close(node ast.Node, reader text.Reader, _ parser.Context) {
	lines := node.Lines()
	for i := range lines.Len() {
		s := lines.At(i)
		lines.Set(i, s.TrimLeftSpace(reader.Source()))
	}
	last := lines.Len() - 1
	s := lines.At(last)
	lines.Set(last, s.TrimRightSpace(reader.Source()))
	paragraph := ast.NewParagraph()
	paragraph.SetLines(lines)
	paragraph.SetBlankPreviousLines(node.HasBlankPreviousLines())
	paragraph.SetPos(node.Pos())
	node.Parent().ReplaceChild(node.Parent(), node, paragraph)
}

// CanInterruptParagraph is so as for fences: most formulas follow a colon.
func (mathLines) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine leaves indented code alone.
func (mathLines) CanAcceptIndentedLine() bool { return false }

// math reports a line that begins a formula which goes on in the next.
func (l line) math() (mathMarks, bool) {
	if l.column >= 4 || l.blank {
		return mathMarks{}, false
	}
	marks, ok := mathOpening(l.text, '\n')
	if !ok || !marks.display {
		return mathMarks{}, false
	}
	rest := l.text[2:]
	if end, shut := marks.end(rest); end < 0 || shut {
		return mathMarks{}, false
	}
	return marks, isBlank(rest) || strings.ContainsAny(string(rest), `\^_={}`)
}

// shutIn reports whether the formula ends in the line, or can not be one.
func (d mathMarks) shutIn(l line) bool {
	end, shut := d.end(l.text)
	return shut || end < 0
}

// endsMath reports a line that is in no formula.
func (l line) endsMath() bool {
	_, ok := l.fence()
	return ok
}

// opensMath reports a line in which such a formula may begin, wherever it is.
func opensMath(raw []byte) bool {
	return bytes.Contains(raw, []byte("$$")) || bytes.Contains(raw, []byte(`\[`))
}
