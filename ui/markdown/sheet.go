package markdown

import (
	"strings"

	"charm.land/glamour/v2/ansi"
	"github.com/yuin/goldmark/ast"
)

// sheet is a style sheet of Glamour, made ready. Its margins, paddings and
// newlines are left out, for where a text stands is the layout's business.
type sheet struct {
	document, paragraph, quote, list, text layer
	headings                               [7]layer // by level, from 1 on
	emph, strong, strike, code, codeBlock  layer
	link, linkText, image, imageText       layer
	item, number, task                     layer
	table, html, tag, rule                 layer

	bar                 string // before the lines of a quote
	level               int    // the least that a list in a list is indented by
	ticked, unticked    string
	center, column, row string // the lines of a table
}

func newSheet(s ansi.StyleConfig) *sheet {
	of := newLayer
	out := &sheet{
		document: of(s.Document.StylePrimitive), paragraph: of(s.Paragraph.StylePrimitive),
		quote: of(s.BlockQuote.StylePrimitive), list: of(s.List.StylePrimitive), text: of(s.Text),
		emph: of(s.Emph), strong: of(s.Strong), strike: of(s.Strikethrough), code: of(s.Code.StylePrimitive),
		link: of(s.Link), linkText: of(s.LinkText), image: of(s.Image), imageText: of(s.ImageText),
		item: of(s.Item), number: of(s.Enumeration), task: of(s.Task.StylePrimitive),
		table: of(s.Table.StylePrimitive), html: of(s.HTMLBlock.StylePrimitive), tag: of(s.HTMLSpan.StylePrimitive),
		rule: of(s.HorizontalRule),

		bar: bar(s.BlockQuote), level: int(min(s.List.LevelIndent, maxIndent)),
		ticked: or(fixed(s.Task.Ticked), "[x] "), unticked: or(fixed(s.Task.Unticked), "[ ] "),
		center: lineOf(s.Table.CenterSeparator, "┼"), column: lineOf(s.Table.ColumnSeparator, "│"), row: lineOf(s.Table.RowSeparator, "─"),
	}
	out.codeBlock = of(s.CodeBlock.StylePrimitive)
	out.codeBlock.background = "" // which would end with each line
	all := of(s.Heading.StylePrimitive)
	for i, h := range []ansi.StyleBlock{s.H1, s.H2, s.H3, s.H4, s.H5, s.H6} {
		out.headings[i+1] = of(h.StylePrimitive).over(all)
	}
	out.item.outside[0] = or(out.item.outside[0], "• ")
	out.number.outside[0] = or(out.number.outside[0], ". ")
	if out.imageText.format.empty() {
		out.imageText.format = newFormat("image: " + textField)
	}
	return out
}

// maxIndent bounds what a sheet may indent by.
const maxIndent = 8

// bar is what stands before the lines of a quote.
func bar(b ansi.StyleBlock) string {
	token, times := " ", uint(1)
	if b.IndentToken != nil {
		token = fixed(*b.IndentToken)
	}
	if b.Indent != nil {
		times = *b.Indent
	}
	s := strings.Repeat(token, int(min(times, maxIndent)))
	if s == "" || len(s) > 4*maxIndent {
		return "  "
	}
	return s
}

// lineOf is the character that a line of a table is made of.
func lineOf(s *string, usual string) string {
	if s == nil || fixed(*s) == "" {
		return usual
	}
	c, cells := ruler(0).cluster(fixed(*s))
	if cells != 1 {
		return usual
	}
	return c
}

// mark is what an item begins with, and how it looks.
func (s *sheet) mark(item ast.Node, number string) (string, layer) {
	if number != "" {
		return number + s.number.outside[0], s.number
	}
	if box, ok := checkbox(item); ok {
		if box.IsChecked {
			return s.ticked, s.task
		}
		return s.unticked, s.task
	}
	return s.item.outside[0], s.item
}
