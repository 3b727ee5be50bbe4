package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"groqchat/ui/safe"
)

// Code is a code block of a text, without fences, indentation of what is around
// it or line breaks of the screen. All of it was made safe.
type Code struct {
	Number   int    // as it stands above the code on the screen, from 1
	Language string // what the fence says, "" for nothing
	Text     string // ends with a newline, unless it is empty
}

// Codes returns the code blocks of a text in the order of their numbers. Blocks
// that are shown as plain text, since they are too hard, have none.
func Codes(src string) []Code { return extract(src).codes }

// Tables returns the tables of a text as their Markdown.
func Tables(src string) []string { return extract(src).tables }

// extraction is what can be taken out of a text.
type extraction struct {
	codes  []Code
	tables []string
}

// extract goes through the blocks as a stream does, so that the numbers are the
// same.
func extract(source string) *extraction {
	src := []byte(strings.TrimRight(safe.Text(source), "\n") + "\n")
	var split splitter
	split.scan(src)
	unclosed := split.state == inFence
	if !isBlank(src[split.start:]) {
		split.cut(len(src))
	}
	e, p := &extraction{}, (&Renderer{}).markdown().Parser()
	for i, b := range split.blocks {
		block := src[b.start:b.end]
		switch {
		case b.fenced:
			e.fenced(block, unclosed && i == len(split.blocks)-1)
		case !tooHard(block):
			if doc := p.Parse(text.NewReader(block)); simple(doc) {
				e.walk(doc, block)
			}
		}
	}
	return e
}

// fenced takes a code block that stands by itself.
func (e *extraction) fenced(block []byte, unclosed bool) {
	first, rest, _ := bytes.Cut(block, []byte("\n"))
	opening := newLine(append(bytes.Clone(first), '\n'))
	f, _ := opening.fence()
	if !unclosed {
		rest = rest[:bytes.LastIndexByte(bytes.TrimSuffix(rest, []byte("\n")), '\n')+1]
	}
	var b strings.Builder
	for line := range bytes.Lines(rest) {
		b.WriteString(outdent(string(line), f.column))
	}
	e.code(string(bytes.TrimSpace(opening.text[f.size:])), b.String())
}

func (e *extraction) code(info, text string) {
	language := ""
	if names := strings.Fields(strings.Trim(info, "{} .")); len(names) > 0 {
		language = names[0]
	}
	e.codes = append(e.codes, Code{len(e.codes) + 1, language, text})
}

// walk takes what stands within lists and quotes, and tables.
func (e *extraction) walk(n ast.Node, src []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.FencedCodeBlock:
			info := ""
			if c.Info != nil {
				info = string(c.Info.Segment.Value(src))
			}
			e.code(info, string(c.Lines().Value(src)))
		case *ast.CodeBlock:
			e.code("", string(c.Lines().Value(src)))
		case *astext.Table:
			e.table(c, src)
		default:
			if c.Type() == ast.TypeBlock {
				e.walk(c, src)
			}
		}
	}
}

// table takes the lines of a table, from its head to its last row, without what
// stands before each of them in a list or a quote.
func (e *extraction) table(t *astext.Table, src []byte) {
	first, last := cellOf(t.FirstChild()), cellOf(t.LastChild())
	if first < 0 || last < 0 {
		return
	}
	begin := bytes.LastIndexByte(src[:first], '\n') + 1
	end := last + max(0, bytes.IndexByte(src[last:], '\n'))
	before := bytes.IndexByte(src[begin:], '|')
	if text := src[begin:first]; before < 0 || before > len(text) { // no bar at the edge
		before = len(text) - len(bytes.TrimLeft(text, "> \t"))
	}
	var rows []string
	for line := range bytes.Lines(src[begin:end]) {
		rows = append(rows, string(bytes.TrimRight(line[min(before, len(line)):], " \n")))
	}
	e.tables = append(e.tables, strings.Join(rows, "\n")+"\n")
}

// cellOf is where the text of a row's first cell that has some begins, -1 if
// none has any.
func cellOf(row ast.Node) int {
	if row == nil {
		return -1
	}
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if lines := c.Lines(); lines != nil && lines.Len() > 0 {
			return lines.At(0).Start
		}
	}
	return -1
}
