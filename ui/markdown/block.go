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
	cache *leafCache         // for these definitions
}

// renderBlock renders a block, or several, as lines of at most width cells. It
// is the one place where Markdown becomes lines, but for code between fences.
func (r *Renderer) renderBlock(src []byte, width int, m memory) ([]string, memory) {
	if tooHard(src) {
		return r.plain(src, width), m
	}
	context := parser.NewContext()
	for _, ref := range m.refs {
		context.AddReference(ref)
	}
	doc := r.markdown().Parser().Parse(text.NewReader(src), parser.WithContext(context))
	if !simple(doc) {
		return r.plain(src, width), m
	}
	p := page{r: r, src: slices.Clip(src), width: width, memory: m}
	p.blocks(doc, true)
	p.cache.turn()
	p.define(context)
	if p.failed {
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
		case ast.KindDocument, ast.KindListItem:
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
	src    []byte // of the block, and behind it what texts were rewritten to
	width  int
	lines  []string
	frames []frame
	failed bool // there is no room: show the source
}

// frame is what stands before the lines of an item or a quote.
type frame struct {
	first, rest piece
	cells       int
	begun       bool // the first line was written
	quote       bool
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

func (p *page) quoted() bool {
	for _, f := range p.frames {
		if f.quote {
			return true
		}
	}
	return false
}

// write adds a line of text, with what stands before it.
func (p *page) write(s string) {
	var w lineWriter
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
		w.writeStyled(s)
	}
	p.lines = append(p.lines, w.line())
}

func (p *page) writeAll(lines []string) {
	for _, l := range lines {
		p.write(l)
	}
}

// within lays out what a frame surrounds.
func (p *page) within(f frame, layout func()) {
	p.frames = append(p.frames, f)
	p.room() // also what has no text needs some
	layout()
	if last := len(p.frames) - 1; !p.frames[last].begun {
		p.write("")
	}
	p.frames = p.frames[:len(p.frames)-1]
}

// blocks lays out the blocks in n, with a blank line between them if they are loose.
func (p *page) blocks(n ast.Node, loose bool) {
	begun := false // a block may leave n when it is laid out: do not ask for its siblings
	for c := n.FirstChild(); c != nil && !p.failed; {
		next := c.NextSibling()
		before := len(p.lines)
		if loose && begun {
			p.write("")
		}
		gap := len(p.lines)
		p.block(c)
		if len(p.lines) == gap {
			p.lines = p.lines[:before] // nothing to separate
		} else {
			begun = true
		}
		c = next
	}
}

func (p *page) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		p.paragraph(n)
	case *ast.Heading:
		p.leaf(n)
	case *ast.Blockquote:
		bar := piece{p.r.looks.border, token(p.r.sheet.BlockQuote.IndentToken)}
		p.within(frame{first: bar, rest: bar, cells: 2, quote: true}, func() { p.blocks(n, true) })
	case *ast.List:
		p.list(n)
	case *ast.FencedCodeBlock:
		p.code(n, string(n.Language(p.src)))
	case *ast.CodeBlock:
		p.code(n, "")
	case *ast.ThematicBreak:
		p.write(styledLine(piece{p.r.looks.border, strings.Repeat("─", p.room())}))
	case *ast.HTMLBlock:
		p.html(n)
	case *astext.Table:
		p.table(n)
	default:
		p.blocks(n, true)
	}
}

func token(s *string) string {
	if s == nil {
		return "  "
	}
	return *s
}

// list lays out the items with their texts in one column.
func (p *page) list(n *ast.List) {
	last := n.Start + n.ChildCount() - 1
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if !n.IsTight && c.PreviousSibling() != nil {
			p.write("")
		}
		mark := p.r.sheet.Item.BlockPrefix
		if n.IsOrdered() {
			digits := strconv.Itoa(number)
			mark = strings.Repeat(" ", len(strconv.Itoa(last))-len(digits)) + digits + p.r.sheet.Enumeration.BlockPrefix
			number++
		} else if box, ok := checkbox(c); ok {
			mark = p.r.sheet.Task.Unticked
			if box.IsChecked {
				mark = p.r.sheet.Task.Ticked
			}
		}
		p.item(c, mark, !n.IsTight)
	}
}

func (p *page) item(n ast.Node, mark string, loose bool) {
	cells := cellsOf(mark)
	f := frame{
		first: piece{p.r.looks.marker, mark},
		rest:  piece{"", strings.Repeat(" ", cells)},
		cells: cells,
	}
	p.within(f, func() { p.blocks(n, loose) })
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
	text = expandTabs(strings.TrimRight(text, "\n"))
	p.writeAll(flow([]piece{{p.r.looks.dim, text}}, p.room()))
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
