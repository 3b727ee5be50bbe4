package markdown

import "strings"

// grid is rows of cells: over several lines, or beside each other.
func (l *texLayout) grid(n *texNode, m texMode) texPart {
	if !m.tall {
		return texPart{text: l.flat(n, m), prec: n.looseness(), blank: n.blank}
	}
	columns := l.columns(n)
	if !l.roomFor(columns) {
		return texPart{}
	}
	boxes := make([]*texBox, 0, 2*len(columns))
	for i, c := range columns {
		if i > 0 {
			boxes = append(boxes, texPart{text: strings.Repeat(" ", columns[i-1].gap(c, n.grid, i))}.asBox())
		}
		boxes = append(boxes, c.box(n.grid, i))
	}
	b := beside(boxes...)
	if n.text != "" || n.shut != "" {
		b = b.fenced(n.text, n.shut)
	}
	return texPart{box: b, blank: n.blank}
}

// roomFor is sized for a grid.
func (l *texLayout) roomFor(columns []texColumn) bool {
	height, width := 0, 0
	for _, c := range columns {
		width += c.width()
	}
	for _, h := range columns[0].heights {
		height += h
	}
	if height*width > maxTexText {
		l.bad = true
	}
	return !l.bad
}

func (n *texNode) looseness() texPrec {
	if n.text != "" && n.shut != "" {
		return texUnit
	}
	return texWhole
}

// flat is a grid on one line.
func (l *texLayout) flat(n *texNode, m texMode) string {
	rows := make([]string, len(n.rows))
	for i, row := range n.rows {
		for j, cell := range row {
			m.cell = n.grid == texAligned && j > 0
			text := l.part(cell, m).text
			if j > 0 {
				rows[i] += n.between(rows[i], text)
			}
			rows[i] += text
		}
	}
	sep := "; "
	if n.grid == texGathered {
		sep = ", "
	}
	open, shut := n.text, n.shut
	if n.grid == texCases { // where they end is not to be seen on one line
		open, shut = "{", "}"
	}
	return open + strings.Join(rows, sep) + shut
}

// between is what stands between two cells in a line.
func (n *texNode) between(before, after string) string {
	switch {
	case n.grid == texMatrix || n.grid == texCases && !strings.HasSuffix(before, ","):
		return ", "
	case strings.HasSuffix(before, " ") || strings.HasPrefix(after, " ") || before == "" || after == "":
		return ""
	}
	return " "
}

// texColumn is the cells of a grid that stand under one another.
type texColumn struct {
	cells   []texPart
	heights []int // of the rows, and where in them the base line is
	bases   []int
}

func (l *texLayout) columns(n *texNode) []texColumn {
	count := 0
	for _, row := range n.rows {
		count = max(count, len(row))
	}
	columns := make([]texColumn, count)
	heights, bases := make([]int, len(n.rows)), make([]int, len(n.rows))
	for i, row := range n.rows {
		below := 1
		for j := range columns {
			part := texPart{}
			if j < len(row) {
				part = l.part(row[j], texMode{tall: true, cell: n.grid == texAligned && j > 0})
			}
			b := part.asBox()
			bases[i], below = max(bases[i], b.base), max(below, len(b.lines)-b.base)
			columns[j].cells = append(columns[j].cells, part)
		}
		heights[i] = bases[i] + below
	}
	for j := range columns {
		columns[j].heights, columns[j].bases = heights, bases
	}
	return columns
}

// gap is how many cells are between two columns.
func (c texColumn) gap(next texColumn, style texGridStyle, at int) int {
	if style != texAligned {
		return 2
	}
	if at%2 == 0 {
		return 4
	}
	for i := range c.cells {
		if c.cells[i].tail || next.cells[i].head {
			return 1
		}
	}
	return 0
}

func (c texColumn) width() int {
	width := 0
	for _, p := range c.cells {
		width = max(width, p.asBox().width())
	}
	return width
}

// box is a column, its cells where they belong.
func (c texColumn) box(style texGridStyle, at int) *texBox {
	width := c.width()
	numbers := c.isNumeric()
	var lines []string
	for i, p := range c.cells {
		b := p.asBox()
		left := 0
		switch {
		case style == texMatrix && numbers || style == texAligned && at%2 == 0:
			left = width - b.width()
		case style == texMatrix:
			left = (width - b.width()) / 2
		}
		for k := range c.heights[i] {
			s := ""
			if j := k - c.bases[i] + b.base; j >= 0 && j < len(b.lines) {
				s = strings.Repeat(" ", left) + b.lines[j]
			}
			lines = append(lines, s)
		}
	}
	return squared(lines, max(0, len(lines)-1)/2)
}

// isNumeric reports a column of numbers, which are read from their ends.
func (c texColumn) isNumeric() bool {
	for _, p := range c.cells {
		if p.box != nil || strings.Trim(p.text, "−+.0123456789") != "" {
			return false
		}
	}
	return true
}
