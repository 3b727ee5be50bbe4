package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"
)

// minColumn is how many cells a column needs on average for a table to be one;
// with less, each row is shown as a list of its fields.
const minColumn = 13

// table lays out a table: as wide as it has to be, else as wide as it may be,
// else as records. Glamour draws it.
func (p *page) table(n *astext.Table) {
	if tableSize(n) > maxLeaf {
		p.failed = true
		return
	}
	w := rewriter{src: showMath(n, p.src), cell: true}
	titles := w.table(n)
	p.src = w.src
	room := p.room()
	lines, ok := p.drawTable(n, 0)
	if ok && widest(lines) > room {
		if lines, ok = p.drawTable(n, room); len(n.Alignments)*minColumn > room || cut(lines, titles) {
			p.records(n, &w, titles)
			p.notes(w.notes)
			return
		}
	}
	if !ok || widest(lines) > room {
		p.failed = true
		return
	}
	p.writeAll(lines)
	p.notes(w.notes)
}

// cut reports whether Glamour cut the titles of a table to make it fit.
func cut(lines, titles []string) bool {
	if len(lines) == 0 {
		return false
	}
	return strings.Count(lines[0], "…") > strings.Count(strings.Join(titles, " "), "…")
}

func tableSize(n ast.Node) int {
	bytes := 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			bytes += size(cell)
		}
	}
	return bytes
}

func widest(lines []string) int {
	cells := 0
	for _, l := range lines {
		cells = max(cells, cellsOf(l))
	}
	return cells
}

// table rewrites the cells, makes the titles strong and returns them as text.
func (w *rewriter) table(n *astext.Table) (titles []string) {
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if row.Kind() == astext.KindTableHeader {
				titles = append(titles, w.literal(cell))
				strong(cell)
			}
			w.children(cell)
		}
	}
	return titles
}

// strong puts all that is in n into strong emphasis.
func strong(n ast.Node) {
	if n.FirstChild() == nil {
		return
	}
	e := ast.NewEmphasis(2)
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		e.AppendChild(e, c)
		c = next
	}
	n.AppendChild(n, e)
}

// drawTable has Glamour draw the table, in its natural width if width is 0.
func (p *page) drawTable(n *astext.Table, width int) (lines []string, ok bool) {
	out, err := p.r.leaf(n, p.src, leafKey{width, p.quoted()})
	if err != nil {
		return nil, false
	}
	var w lineWriter
	for _, part := range parsePieces(out) {
		if part.style == "" { // nothing but the rules is without a style
			part.style = p.r.looks.border
		}
		for i, s := range strings.Split(part.text, "\n") {
			if i > 0 {
				lines = append(lines, w.line())
			}
			w.write(piece{part.style, s})
		}
	}
	lines = append(lines, w.line())
	for len(lines) > 1 && lines[0] == "" {
		lines = lines[1:]
	}
	return lines, true
}

// records shows each row as its fields, a line or more for each.
func (p *page) records(n *astext.Table, w *rewriter, titles []string) {
	for row := n.FirstChild().NextSibling(); row != nil && !p.failed; row = row.NextSibling() {
		if row.PreviousSibling() != n.FirstChild() {
			p.write("")
		}
		i := 0
		for cell := row.FirstChild(); cell != nil && !p.failed; {
			next := cell.NextSibling()
			p.field(w, titles[min(i, len(titles)-1)], cell)
			cell = next
			i++
		}
	}
}

// field shows one cell behind the title of its column.
func (p *page) field(w *rewriter, title string, cell ast.Node) {
	text := ast.NewParagraph()
	if title != "" {
		e := ast.NewEmphasis(2)
		e.AppendChild(e, w.text(w.escape(title+":", 1)))
		text.AppendChild(text, e)
		text.AppendChild(text, w.text(" "))
	}
	for c := cell.FirstChild(); c != nil; {
		next := c.NextSibling()
		text.AppendChild(text, c)
		c = next
	}
	out, err := p.r.leaf(text, w.src, leafKey{quoted: p.quoted()})
	if err != nil {
		p.failed = true
		return
	}
	p.writeAll(flow(parsePieces(out), p.room()))
}

// notes lists the addresses of the links in a table.
func (p *page) notes(addresses []string) {
	for i, a := range addresses {
		p.writeAll(flow([]piece{{p.r.looks.faint, "[" + strconv.Itoa(i+1) + "] " + a}}, p.room()))
	}
}
