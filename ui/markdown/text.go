package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"

	"groqchat/ui/safe"
)

// leaf lays out a block of text in a layer.
func (p *page) leaf(n ast.Node, y layer) {
	if size(n) > maxLeaf {
		p.failed = true
		return
	}
	w, empty := p.inliner(), false
	w.wrap(y, p.look, func(l look) {
		w.fixed = len(w.pieces)
		w.children(n, l.with(p.r.sheet.text))
		empty = isEmpty(w.pieces[w.fixed:])
	})
	if !empty {
		p.flow(w)
	}
}

// inliner begins a text.
func (p *page) inliner() inliner {
	return inliner{r: p.r, src: p.src, text: p.text, pieces: p.pieces[:0]}
}

// flow writes what was begun, as wide as there is room.
func (p *page) flow(w inliner) {
	for _, l := range p.r.rows(w.pieces, p.room(), 0) {
		p.write(l.text)
	}
	p.pieces = w.pieces
}

// isEmpty reports pieces of which nothing is seen.
func isEmpty(pieces []piece) bool {
	return !slices.ContainsFunc(pieces, func(p piece) bool { return strings.TrimSpace(p.text) != "" })
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
	for _, ref := range p.learn(context) {
		w := p.inliner()
		address := w.addressOf(ref.Destination())
		l := p.look.with(p.r.sheet.link)
		w.put(l, "["+safe.Text(strings.ReplaceAll(string(ref.Label()), "\n", " "))+"] ")
		w.within(address, func() { w.put(l, address) })
		p.flow(w)
	}
}

// learn keeps the link definitions that a block brought, and returns them.
func (m *memory) learn(context parser.Context) []parser.Reference {
	var fresh []parser.Reference
	for _, ref := range context.References() {
		if !slices.ContainsFunc(m.refs, func(old parser.Reference) bool { return string(old.Label()) == string(ref.Label()) }) {
			fresh = append(fresh, ref)
		}
	}
	slices.SortFunc(fresh, func(a, b parser.Reference) int { return strings.Compare(string(a.Label()), string(b.Label())) })
	if len(fresh) > 0 && len(m.refs) < maxRefs {
		m.refs = append(slices.Clip(m.refs), fresh...)
	}
	return fresh
}
