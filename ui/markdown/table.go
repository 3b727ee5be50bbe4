package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"

	"groqchat/ui/safe"
)

// grid is a table as pieces.
type grid struct {
	alignments []astext.Alignment
	titles     []cell   // of the columns
	rows       [][]cell // by row and column
	notes      notes
	unfinished bool // its last row is still being written
	early      bool // it is not known yet how it is best shown
}

// cell is what stands in one, measured.
type cell struct {
	pieces []piece
	extent
}

// table lays out a table: as wide as it has to be, else as wide as it may be,
// with texts broken over lines, else as records.
func (p *page) table(n *astext.Table) {
	if tableSize(n) > maxTable {
		p.failed = true
		return
	}
	g := p.grid(n)
	g.unfinished = p.growing(n) && p.open.midLine && len(g.rows) > 0
	widths := g.fit(p.room())
	switch {
	case g.early && p.growing(n) && p.open.patient:
		p.open.held = true
		return
	case widths != nil:
		p.draw(g, widths)
	default:
		p.records(g)
	}
	p.noteAddresses(g.notes)
}

// growing reports whether a node is the end of a block that still grows.
func (p *page) growing(n ast.Node) bool {
	if p.open == nil {
		return false
	}
	for ; n.Parent() != nil; n = n.Parent() {
		if n.NextSibling() != nil {
			return false
		}
	}
	return true
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

// grid reads a table.
func (p *page) grid(n *astext.Table) *grid {
	g := &grid{alignments: n.Alignments}
	w := p.inliner()
	w.notes = &g.notes
	l := p.look.with(p.r.sheet.table).with(p.r.sheet.text)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		in := l
		if row.Kind() == astext.KindTableHeader {
			in = l.with(p.r.sheet.strong)
		}
		cells := make([]cell, 0, len(g.alignments))
		for c := row.FirstChild(); c != nil && len(cells) < len(g.alignments); c = c.NextSibling() {
			w.pieces = nil
			w.children(c, in)
			for i, piece := range w.pieces {
				w.pieces[i].text = p.r.apart(piece.text)
			}
			cells = append(cells, cell{w.pieces, p.r.measure(w.pieces)})
		}
		if row.Kind() == astext.KindTableHeader {
			g.titles = cells
		} else {
			g.rows = append(g.rows, cells)
		}
	}
	return g
}

// draw draws the table, without a border, for that would stand crooked where a
// terminal disagrees about the width of a character. Where a row takes several
// lines, a line without text sets it off from its neighbours.
func (p *page) draw(g *grid, widths []int) {
	p.drawRow(g, g.titles, widths)
	s := p.r.sheet
	var rule strings.Builder
	for i, cells := range widths {
		if i > 0 {
			rule.WriteString(s.row + s.center)
		}
		rule.WriteString(strings.Repeat(s.row, 1+cells))
	}
	p.write(styledLine(piece{p.r.looks.border, rule.String()}))
	before := 1
	for i, cells := range g.rows {
		columns, height := p.breakRow(cells, widths)
		if i > 0 && max(height, before) > 1 {
			p.writeRow(g, make([][]row, len(widths)), widths, 1)
		}
		p.writeRow(g, columns, widths, height)
		before = height
	}
}

// drawRow draws the cells of a row side by side, on as many lines as the longest
// of them takes.
func (p *page) drawRow(g *grid, cells []cell, widths []int) {
	columns, height := p.breakRow(cells, widths)
	p.writeRow(g, columns, widths, height)
}

// breakRow breaks the cells of a row into lines, and returns how many the longest
// of them takes.
func (p *page) breakRow(cells []cell, widths []int) (columns [][]row, height int) {
	columns, height = make([][]row, len(widths)), 1
	for i, c := range cells {
		columns[i] = slices.Clone(p.r.rows(c.pieces, widths[i], 0))
		height = max(height, len(columns[i]))
	}
	return columns, height
}

// writeRow writes the lines of the cells of a row.
func (p *page) writeRow(g *grid, columns [][]row, widths []int, height int) {
	var w lineWriter
	for y := range height {
		for i, lines := range columns {
			if i > 0 {
				w.space("", 1)
				w.put(piece{p.r.looks.border, p.r.sheet.column})
			}
			w.space("", 1)
			if y < len(lines) {
				w.cell(lines[y], widths[i], g.alignments[i])
			} else {
				w.space("", widths[i])
			}
		}
		p.write(w.line())
	}
}

// cell writes a line of a cell at its place in the column.
func (w *lineWriter) cell(l row, width int, a astext.Alignment) {
	space := max(0, width-l.cells)
	before := 0
	switch a {
	case astext.AlignRight:
		before = space
	case astext.AlignCenter:
		before = space / 2
	default:
	}
	w.space("", before)
	if l.text != "" {
		w.put(piece{"", safe.Ordered(l.text)}) // else the next cell is set as a part of it
	}
	w.space("", space-before)
}

// records shows each row as its fields, a line or more for each.
func (p *page) records(g *grid) {
	rows := g.rows
	if len(rows) == 0 {
		rows = make([][]cell, 1) // the titles at least
	}
	for i, cells := range rows {
		if i > 0 {
			p.write("")
		}
		for j, title := range g.titles {
			var value []piece
			if j < len(cells) {
				value = cells[j].pieces
			}
			p.field(title.pieces, value)
		}
	}
}

// field shows one cell behind the title of its column.
func (p *page) field(title, value []piece) {
	var pieces []piece
	if !isEmpty(title) {
		pieces = append(pieces, title...)
		pieces = append(pieces, piece{pieces[len(pieces)-1].style, ":"}, piece{"", " "})
	}
	pieces = append(pieces, value...)
	if isEmpty(pieces) {
		return
	}
	hanging := 0
	if p.room() >= minCells+hang {
		hanging = hang
	}
	rest := piece{"", strings.Repeat(" ", hanging)}
	p.within(frame{rest: rest}, layer{}, func() {
		for _, l := range slices.Clone(p.r.rows(pieces, p.room(), hanging)) {
			p.write(l.text)
		}
	})
}

// hang is how far the lines of a field are indented that continue it.
const hang = 2

// noteAddresses lists the addresses of the links in a table.
func (p *page) noteAddresses(n notes) {
	l := p.look.with(p.r.sheet.link)
	for i, address := range n.addresses {
		w := p.inliner()
		w.put(l, noteMark(i+1)+" ")
		w.within(address, func() { w.put(l, address) })
		p.flow(w)
	}
}
