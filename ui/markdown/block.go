package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"groqchat/ui/safe"
)

// memory is what a block has to know of those before it.
type memory struct {
	codes int                // how many code blocks there were: each has a number
	refs  []parser.Reference // the link definitions
	open  *growth            // the block while it grows, nil for one that is complete
}

// renderBlock renders a block, or several, as lines of at most width cells. It
// is the one place where Markdown becomes lines, but for code between fences.
func (r *Renderer) renderBlock(src []byte, width int, m memory) ([]string, memory) {
	if tooHard(src) {
		return r.plain(src, width), m
	}
	src = slices.Clip(src) // goldmark appends newlines, which must not land in the stream
	doc, context := r.parse(src, m)
	return r.layout(doc, context, src, width, m)
}

// renderOpen renders a block that grows: what is begun in it, such as strong
// words, is shown as if it were complete.
func (r *Renderer) renderOpen(g *growth, width int, m memory) ([]string, memory) {
	var lines []string
	if m.open = g; !isBlank(g.src) {
		lines, m = r.renderWhole(g, width, m)
	}
	if m.open = nil; len(g.rest) > 0 {
		lines = append(lines, r.plain(g.rest, width)...)
	}
	return lines, m
}

// renderCut renders a block of which the end is missing.
func (r *Renderer) renderCut(src []byte, width int, m memory) ([]string, memory) {
	g := grow(src, false)
	return r.renderOpen(&g, width, m)
}

// renderWhole renders what was made whole of a block.
func (r *Renderer) renderWhole(g *growth, width int, m memory) ([]string, memory) {
	if tooHard(g.src) {
		return r.plain(g.src[:g.kept], width), m
	}
	src := slices.Clip(g.src)
	doc, context := r.parse(src, m)
	if !took(doc, g.kept, len(src)) {
		src = slices.Clip(src[:g.kept])
		doc, context = r.parse(src, m)
	}
	return r.layout(doc, context, src, width, m)
}

func (r *Renderer) parse(src []byte, m memory) (ast.Node, parser.Context) {
	context := parser.NewContext()
	for _, ref := range m.refs {
		context.AddReference(ref)
	}
	return r.markdown().Parser().Parse(text.NewReader(src), parser.WithContext(context)), context
}

func (r *Renderer) layout(doc ast.Node, context parser.Context, src []byte, width int, m memory) ([]string, memory) {
	if !simple(doc) {
		return r.plain(src, width), m
	}
	p := page{r: r, src: src, text: string(src), width: width, memory: m, look: look{}.with(r.sheet.document)}
	p.blocks(doc, true)
	p.define(context)
	if p.failed {
		r.waiting = nil
		p.codes = m.codes + countCodes(doc) // what follows does not depend on the width
		return r.plain(src, width), p.memory
	}
	for i, l := range p.lines {
		p.lines[i] = safe.Frame(l)
	}
	return p.lines, p.memory
}

// simple reports whether a document is within the limits.
func simple(doc ast.Node) bool {
	leaves, depth, deepest := 0, 0, 0
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindDocument, ast.KindListItem, astext.KindFootnote:
			return ast.WalkContinue, nil
		case ast.KindBlockquote, ast.KindList:
			if depth--; entering {
				depth += 2
			}
			deepest = max(deepest, depth)
			return ast.WalkContinue, nil
		}
		if entering {
			leaves++
		}
		return ast.WalkSkipChildren, nil
	})
	return err == nil && leaves <= maxLeaves && deepest <= maxDepth
}

// page is a block being laid out. What is nested is indented by the frames
// around it.
type page struct {
	memory
	r      *Renderer
	src    []byte
	text   string // the source again
	width  int
	look   look // of what is around
	lines  []string
	frames []frame
	out    lineWriter
	pieces []piece // to be used again
	failed bool    // there is no room: show the source
}

// frame is what stands before the lines of an item or a quote.
type frame struct {
	first, rest piece
	cells       int
	begun       bool // the first line was written
}

// room is how many cells are left for text.
func (p *page) room() int {
	n := p.width
	for _, f := range p.frames {
		n -= f.cells
	}
	if len(p.frames) > 0 && n < minCells {
		p.failed = true
	}
	return max(1, n)
}

// write adds a line of text, with what stands before it.
func (p *page) write(s string) {
	if len(p.frames) == 0 {
		p.lines = append(p.lines, s)
		return
	}
	w := &p.out
	for i := range p.frames {
		f := &p.frames[i]
		if f.begun {
			w.write(f.rest)
		} else {
			w.write(f.first)
		}
		f.begun = true
	}
	if s != "" {
		w.put(piece{"", s})
	}
	p.lines = append(p.lines, w.line())
}

func (p *page) writeAll(lines []string) {
	for _, l := range lines {
		p.write(l)
	}
}

// within lays out what a frame surrounds, in a layer.
func (p *page) within(f frame, y layer, layout func()) {
	around := p.look
	p.frames, p.look = append(p.frames, f), p.look.with(y)
	p.room() // also what has no text needs some
	layout()
	if last := len(p.frames) - 1; !p.frames[last].begun {
		p.write("")
	}
	p.frames, p.look = p.frames[:len(p.frames)-1], around
}

// blocks lays out the blocks in n, with a blank line between them if they are loose.
func (p *page) blocks(n ast.Node, loose bool) {
	begun := false
	for c := n.FirstChild(); c != nil && !p.failed; c = c.NextSibling() {
		before := len(p.lines)
		if begun && (loose || c.Kind() == astext.KindTable) { // goldmark takes what precedes a table for tight
			p.write("")
		}
		gap := len(p.lines)
		p.block(c)
		if len(p.lines) == gap {
			p.lines = p.lines[:before] // nothing to separate
		} else {
			begun = true
		}
	}
}

func (p *page) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		p.leaf(n, p.r.sheet.paragraph)
	case *ast.Heading:
		p.leaf(n, p.r.sheet.headings[n.Level])
	case *ast.Blockquote:
		bar := piece{p.r.looks.border, p.r.sheet.bar}
		p.within(frame{first: bar, rest: bar, cells: p.r.cells(bar.text)}, p.r.sheet.quote, func() { p.blocks(n, true) })
	case *ast.List:
		p.list(n)
	case *ast.FencedCodeBlock:
		p.code(n, string(n.Language(p.src)))
	case *ast.CodeBlock:
		p.code(n, "")
	case *ast.ThematicBreak:
		p.rule()
	case *ast.HTMLBlock:
		p.html(n)
	case *astext.Table:
		p.table(n)
	case *astext.Footnote:
		p.item(n, footnoteName(n.Ref)+" ", p.r.sheet.link, true)
	default: // the nodes of other extensions, such as formulas, have their cases above
		p.blocks(n, true)
	}
}

// rule draws a line over the whole width, or what the style sheet has for one.
func (p *page) rule() {
	y := p.r.sheet.rule
	l := p.look.with(y)
	if p.r.sheet.rule.format.empty() {
		p.write(styledLine(piece{p.r.sgr(l), strings.Repeat("─", p.room())}))
		return
	}
	p.writeAll(p.r.flow([]piece{{p.r.sgr(l), y.format.apply("")}}, p.room()))
}

// list lays out the items with their texts in one column. A list in an item is
// below the item's text, or further in if the style sheet wants so.
func (p *page) list(n *ast.List) {
	if cells := p.level(n); cells > 0 {
		pad := piece{"", strings.Repeat(" ", cells)}
		p.within(frame{first: pad, rest: pad, cells: cells}, layer{}, func() { p.items(n) })
		return
	}
	p.items(n)
}

// level is how much a list in an item lacks of the sheet's indentation.
func (p *page) level(n *ast.List) int {
	if n.Parent().Kind() != ast.KindListItem || len(p.frames) == 0 {
		return 0
	}
	return p.r.sheet.level - p.frames[len(p.frames)-1].cells
}

func (p *page) items(n *ast.List) {
	widest := len(strconv.Itoa(n.Start + n.ChildCount() - 1))
	number := n.Start
	for c := n.FirstChild(); c != nil && !p.failed; c = c.NextSibling() {
		if !n.IsTight && c.PreviousSibling() != nil {
			p.write("")
		}
		digits := ""
		if n.IsOrdered() {
			digits = strconv.Itoa(number)
			digits = strings.Repeat(" ", widest-len(digits)) + digits
			number++
		}
		mark, y := p.r.sheet.mark(c, digits)
		p.item(c, mark, y, !n.IsTight)
	}
}

// item lays out what a mark stands before.
func (p *page) item(n ast.Node, mark string, y layer, loose bool) {
	cells := p.r.cells(mark)
	f := frame{
		first: piece{p.r.sgr(p.look.with(p.r.sheet.list).with(y)), mark},
		rest:  piece{"", strings.Repeat(" ", cells)},
		cells: cells,
	}
	p.within(f, p.r.sheet.list, func() { p.blocks(n, loose) })
}

// checkbox returns the box that an item begins with.
func checkbox(item ast.Node) (*astext.TaskCheckBox, bool) {
	if item.FirstChild() == nil || item.FirstChild().FirstChild() == nil {
		return nil, false
	}
	box, ok := item.FirstChild().FirstChild().(*astext.TaskCheckBox)
	return box, ok
}

// html shows HTML as it is written: what it would do cannot be done here.
func (p *page) html(n *ast.HTMLBlock) {
	segments := n.Lines()
	text := string(segments.Value(p.src))
	if n.HasClosure() {
		text += string(n.ClosureLine.Value(p.src))
	}
	text = p.r.expandTabs(strings.TrimRight(text, "\n"))
	l := p.look.with(p.r.sheet.html)
	p.writeAll(p.r.flow([]piece{{p.r.sgr(l), l.write(text)}}, p.room()))
}

// code shows a code block that is within something, or only indented.
func (p *page) code(n ast.Node, lang string) {
	p.codes++
	c := p.r.newCode(lang, p.codes, p.room())
	lines := n.Lines()
	for i := range lines.Len() {
		s := lines.At(i)
		c.add(strings.TrimSuffix(string(s.Value(p.src)), "\n"))
	}
	c.close()
	if len(c.waiting) > 0 {
		p.r.waiting = append(p.r.waiting, c)
	}
	p.writeAll(c.lines)
}
