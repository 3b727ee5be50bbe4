package markdown

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"

	"groqchat/ui/safe"
)

// cellsOf is the width of a text, measured as the screen is.
func cellsOf(s string) int { return ansi.StringWidth(s) }

// paragraph lays out text; that of a tight list item is one, too.
func (p *page) paragraph(n ast.Node) {
	if n.Kind() == ast.KindTextBlock {
		text := ast.NewParagraph()
		text.SetLines(n.Lines())
		for c := n.FirstChild(); c != nil; {
			next := c.NextSibling()
			text.AppendChild(text, c)
			c = next
		}
		n = text
	}
	p.leaf(n)
}

// leaf lays out what Glamour makes of a block of text.
func (p *page) leaf(n ast.Node) {
	if size(n) > maxLeaf {
		p.failed = true
		return
	}
	id := p.id(n)
	pieces, ok := p.cache.get(id)
	if !ok {
		w := rewriter{src: showMath(n, p.src)}
		w.children(n)
		p.src = w.src
		out, err := p.r.leaf(n, p.src, leafKey{quoted: id.quoted})
		if err != nil {
			p.failed = true
			return
		}
		pieces = parsePieces(out)
		p.cache.put(id, pieces)
	}
	if slices.ContainsFunc(pieces, func(p piece) bool { return strings.TrimSpace(p.text) != "" }) {
		p.writeAll(flow(pieces, p.room()))
	}
}

// size is the length of the source of a block of text.
func size(n ast.Node) int {
	bytes := 0
	lines := n.Lines()
	for i := range lines.Len() {
		s := lines.At(i)
		bytes += s.Len()
	}
	return bytes
}

// define keeps the link definitions that the block brought, for the blocks that
// follow, and shows them: blocks before it may have named them in vain.
func (p *page) define(context parser.Context) {
	var fresh []parser.Reference
	for _, ref := range context.References() {
		if !slices.ContainsFunc(p.refs, func(old parser.Reference) bool { return string(old.Label()) == string(ref.Label()) }) {
			fresh = append(fresh, ref)
		}
	}
	slices.SortFunc(fresh, func(a, b parser.Reference) int { return strings.Compare(string(a.Label()), string(b.Label())) })
	for _, ref := range fresh {
		text := "[" + string(ref.Label()) + "] " + string(ref.Destination())
		p.writeAll(flow([]piece{{p.r.looks.faint, safe.Text(strings.ReplaceAll(text, "\n", " "))}}, p.width))
	}
	if len(fresh) > 0 && len(p.refs) < maxRefs {
		p.refs = append(slices.Clip(p.refs), fresh...)
		p.cache = newLeafCache()
	}
}
