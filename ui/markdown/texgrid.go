package markdown

import "strings"

// texGridStyle is how the cells of a grid stand.
type texGridStyle uint8

const (
	texMatrix   texGridStyle = iota // in columns
	texCases                        // in columns, to the left
	texAligned                      // right and left in turn, as equations are
	texGathered                     // one in a row
)

// rows reads cells up to what ends them, which stays.
func (p *texParser) rows(ends func(texToken) bool) [][]*texNode {
	var rows [][]*texNode
	var cells []*texNode
	stops := func(t texToken) bool { return t.is("&") || breaks(t) || ends(t) }
	for !p.bad {
		cells = append(cells, p.row(stops))
		t := p.peek()
		switch {
		case ends(t):
			return append(rows, cells)
		case t.is("&"):
			p.next()
		default:
			p.next()
			p.skipGap()
			rows = append(rows, cells)
			cells = nil
		}
		if len(rows) > maxTexRows || len(cells) > maxTexCells {
			p.fail()
		}
	}
	return nil
}

// breaks reports what ends a row.
func breaks(t texToken) bool {
	return t.isCommand(`\`) || t.isCommand("cr") || t.isCommand("newline") || t.isCommand("tabularnewline")
}

// skipGap skips what says how far apart two rows are, as in \\[2pt].
func (p *texParser) skipGap() {
	p.accept("*")
	rest := p.src[p.at:]
	if n := strings.IndexByte(rest, ']'); n > 0 && rest[0] == '[' && strings.Trim(rest[1:n], "0123456789. -") != rest[1:n] {
		p.at += n + 1
	}
}

// environment reads up to its end.
func (p *texParser) environment(name string) *texNode {
	n := &texNode{kind: texGrid}
	switch name = strings.TrimSuffix(name, "*"); name {
	case "matrix", "smallmatrix":
	case "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix":
		n.text, n.shut = brackets(name[0])
	case "array":
		p.columns()
	case "cases", "dcases":
		n.grid, n.text = texCases, "{"
	case "rcases":
		n.grid, n.shut = texCases, "}"
	case "aligned", "align", "split", "eqnarray", "flalign":
		n.grid = texAligned
	case "alignedat", "alignat":
		p.raw()
		n.grid = texAligned
	case "gathered", "gather", "multline", "equation", "displaymath", "math":
		n.grid = texGathered
	default:
		p.fail()
	}
	n.rows = p.rows(func(t texToken) bool { return t.isCommand("end") })
	p.next()
	if end := strings.TrimSuffix(p.raw(), "*"); end != name {
		p.fail()
	}
	return n.trimmed()
}

func brackets(kind byte) (open, shut string) {
	switch kind {
	case 'p':
		return "(", ")"
	case 'b':
		return "[", "]"
	case 'B':
		return "{", "}"
	case 'v':
		return "|", "|"
	}
	return "‖", "‖"
}

// columns reads how the columns of an array stand; lines between them have no
// form here.
func (p *texParser) columns() {
	if strings.Trim(p.raw(), "lcr ") != "" {
		p.fail()
	}
}

// trimmed drops the row that a last \\ begins in vain. What holds one formula
// alone is that.
func (n *texNode) trimmed() *texNode {
	if last := len(n.rows) - 1; last > 0 && len(n.rows[last]) == 1 && len(n.rows[last][0].kids) == 0 {
		n.rows = n.rows[:last]
	}
	if n.grid == texGathered && len(n.rows) == 1 && len(n.rows[0]) == 1 {
		return n.rows[0][0]
	}
	return n
}
