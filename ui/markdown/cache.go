package markdown

import "github.com/yuin/goldmark/ast"

// leafCache keeps what Glamour made of the texts in a block that is rendered
// again and again as it grows: in a long list, all items but the last stay as
// they were. What was not asked for in a rendering is forgotten after it.
type leafCache struct {
	before, now map[leafID][]piece
}

// leafID is all that the look of a paragraph or heading depends on, but for the
// link definitions: a cache is only good for one set of them.
type leafID struct {
	level  int // of a heading, 0 for a paragraph
	quoted bool
	text   string
}

func newLeafCache() *leafCache { return &leafCache{now: map[leafID][]piece{}} }

func (p *page) id(n ast.Node) leafID {
	id := leafID{quoted: p.quoted(), text: string(n.Lines().Value(p.src))}
	if h, ok := n.(*ast.Heading); ok {
		id.level = h.Level
	}
	return id
}

func (c *leafCache) get(id leafID) ([]piece, bool) {
	pieces, ok := c.now[id]
	if !ok {
		if pieces, ok = c.before[id]; ok {
			c.now[id] = pieces
		}
	}
	return pieces, ok
}

func (c *leafCache) put(id leafID, pieces []piece) { c.now[id] = pieces }

// turn ends a rendering.
func (c *leafCache) turn() { c.before, c.now = c.now, map[leafID][]piece{} }
