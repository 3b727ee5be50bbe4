package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"
)

// grid is a table as pieces.
type grid struct {
	alignments []astext.Alignment
	titles     [][]piece   // of the columns
	rows       [][][]piece // by row and column
	natural    []int       // how wide each column is if nothing is broken
	least      []int       // how wide it must be so that no word is broken
	notes      notes
}

// table lays out a table: as wide as it has to be, else as wide as it may be,
// with texts broken over lines, else as records.
func (p *page) table(n *astext.Table) {
	if tableSize(n) > maxTable {
		p.failed = true
		return
	}
	g := p.grid(n)
	p.open.widen(n, g)
	if widths := g.fit(p.room()); widths != nil {
		p.draw(g, widths)
	} else {
		p.records(g)
	}
	p.noteAddresses(g.notes)
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
	g := &grid{alignments: n.Alignments, natural: make([]int, len(n.Alignments)), least: make([]int, len(n.Alignments))}
	w := p.inliner()
	w.notes = &g.notes
	l := p.look.with(p.r.sheet.table).with(p.r.sheet.text)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [][]piece
		for cell := row.FirstChild(); cell != nil && len(cells) < len(g.natural); cell = cell.NextSibling() {
			w.pieces = nil
			if row.Kind() == astext.KindTableHeader {
				w.children(cell, l.with(p.r.sheet.strong))
			} else {
				w.children(cell, l)
			}
			natural, least := p.r.measure(w.pieces)
			g.natural[len(cells)] = max(g.natural[len(cells)], natural)
			g.least[len(cells)] = max(g.least[len(cells)], least)
			cells = append(cells, w.pieces)
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
// terminal disagrees about the width of a character.
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
	for _, cells := range g.rows {
		p.drawRow(g, cells, widths)
	}
}

// drawRow draws the cells of a row side by side, on as many lines as the longest
// of them takes.
func (p *page) drawRow(g *grid, cells [][]piece, widths []int) {
	columns, height := make([][]row, len(widths)), 1
	for i, pieces := range cells {
		columns[i] = slices.Clone(p.r.rows(pieces, widths[i], 0))
		height = max(height, len(columns[i]))
	}
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
		w.put(piece{"", l.text})
	}
	w.space("", space-before)
}

// records shows each row as its fields, a line or more for each.
func (p *page) records(g *grid) {
	rows := g.rows
	if len(rows) == 0 {
		rows = make([][][]piece, 1) // the titles at least
	}
	for i, cells := range rows {
		if i > 0 {
			p.write("")
		}
		for j, title := range g.titles {
			var value []piece
			if j < len(cells) {
				value = cells[j]
			}
			p.field(title, value)
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
		w.put(l, "["+strconv.Itoa(i+1)+"] ")
		w.within(address, func() { w.put(l, address) })
		p.flow(w)
	}
}
