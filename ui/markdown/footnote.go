package markdown

import (
	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Footnotes stand where they are written, and a reference bears the label of its
// note: what goldmark's extension does, to number the notes and list them at the
// end, cannot be known while a text still comes. A note looks as it does for
// that extension, so that "[^1]: text" and lines indented by four are one.

// footnotePriority is that of goldmark's own footnotes: before paragraphs.
const footnotePriority = 999

// maxLabel bounds the label of a footnote.
const maxLabel = 32

// footnoteLabel reads "[^label]" at the beginning of b and returns its label,
// nil if there is none.
func footnoteLabel(b []byte) []byte {
	if len(b) < 4 || b[0] != '[' || b[1] != '^' {
		return nil
	}
	for i, c := range b[2:] {
		switch {
		case c == ']' && i > 0:
			return b[2 : 2+i]
		case c == ']' || i >= maxLabel || c != '-' && c != '_' && c != '.' && !isLetter(c) && !isDigit(c):
			return nil
		}
	}
	return nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isFootnote reports the beginning of a footnote.
func (l line) isFootnote() bool {
	label := footnoteLabel(l.text)
	at := len("[^]") + len(label)
	return label != nil && l.column < 4 && at < len(l.text) && l.text[at] == ':'
}

// footnoteName is how a footnote is named where it is shown: a number stands
// for itself, a word keeps its mark, for it may be something else.
func footnoteName(label []byte) string {
	for _, c := range label {
		if !isDigit(c) {
			return "[^" + string(label) + "]"
		}
	}
	return "[" + string(label) + "]"
}

// footnoteMark is a reference to a footnote.
type footnoteMark struct {
	ast.BaseInline
	label []byte
}

func (m *footnoteMark) text() string { return footnoteName(m.label) }

// Kind implements [ast.Node].
func (m *footnoteMark) Kind() ast.NodeKind { return astext.KindFootnoteLink }

// Dump implements [ast.Node].
func (m *footnoteMark) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, map[string]string{"Label": string(m.label)}, nil)
}

// footnoteMarkParser parses references.
type footnoteMarkParser struct{}

// Trigger implements [parser.InlineParser].
func (footnoteMarkParser) Trigger() []byte { return []byte{'['} }

// Parse implements [parser.InlineParser].
func (footnoteMarkParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	label := footnoteLabel(line)
	end := len("[^]") + len(label)
	if label == nil || end < len(line) && line[end] == '(' { // or a link
		return nil
	}
	block.Advance(end)
	return &footnoteMark{label: label}
}

// footnoteParser parses footnotes themselves. They stand at the top level: what
// could be nested at will would take any time.
type footnoteParser struct{}

// Trigger implements [parser.BlockParser].
func (footnoteParser) Trigger() []byte { return []byte{'['} }

// Open implements [parser.BlockParser].
func (footnoteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if parent.Kind() != ast.KindDocument || at < 0 || !newLine(line[at:]).isFootnote() {
		return nil, parser.NoChildren
	}
	note := astext.NewFootnote(footnoteLabel(line[at:]))
	reader.AdvanceAndSetPadding(at+len("[^]:")+len(note.Ref)-segment.Padding, segment.Padding)
	return note, parser.HasChildren
}

// Continue implements [parser.BlockParser].
func (footnoteParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}

// Close implements [parser.BlockParser].
func (footnoteParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements [parser.BlockParser].
func (footnoteParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements [parser.BlockParser].
func (footnoteParser) CanAcceptIndentedLine() bool { return false }
