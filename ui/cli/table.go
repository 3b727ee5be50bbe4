package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// column is one column of a table. keep says how long it stays when the terminal
// is narrow: the lowest go first, 0 always stays.
type column struct {
	title string
	right bool // numbers end at the right
	keep  int
}

// table is rows of cells; cells may hold what others wrote.
type table struct {
	columns []column
	rows    [][]string
}

// gap is the blanks between columns.
const gap = 2

// render draws the table at most width cells wide; width 0 is no limit.
func (t table) render(width int, in ink) string {
	t = t.safe()
	widths := t.widths()
	shown := t.fit(widths, width)
	var b strings.Builder
	for i, cells := range append([][]string{t.titles()}, t.rows...) {
		line := t.line(cells, widths, shown)
		if i == 0 {
			line = in.faint(line)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// safe is the table with every cell made one safe line.
func (t table) safe() table {
	const longest = 200
	rows := make([][]string, len(t.rows))
	for i, row := range t.rows {
		for _, cell := range row {
			rows[i] = append(rows[i], safe.Line(cell, longest))
		}
	}
	t.rows = rows
	return t
}

func (t table) titles() []string {
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = c.title
	}
	return titles
}

func (t table) widths() []int {
	widths := make([]int, len(t.columns))
	for _, row := range append([][]string{t.titles()}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	return widths
}

// fit chooses the columns that have room and, when only those that always stay
// are left, narrows the widest of them. It changes widths.
func (t table) fit(widths []int, width int) []bool {
	shown := make([]bool, len(t.columns))
	for i := range shown {
		shown[i] = true
	}
	for width > 0 && total(widths, shown) > width {
		drop := -1
		for i, c := range t.columns {
			if shown[i] && c.keep > 0 && (drop < 0 || c.keep < t.columns[drop].keep) {
				drop = i
			}
		}
		if drop < 0 {
			narrow(widths, shown, width)
			break
		}
		shown[drop] = false
	}
	return shown
}

// narrow takes from the widest column what is too much, and leaves it a cell.
func narrow(widths []int, shown []bool, width int) {
	widest := 0
	for i := range widths {
		if shown[i] && (!shown[widest] || widths[i] > widths[widest]) {
			widest = i
		}
	}
	widths[widest] = max(1, widths[widest]-(total(widths, shown)-width))
}

func total(widths []int, shown []bool) int {
	sum := -gap
	for i, w := range widths {
		if shown[i] {
			sum += w + gap
		}
	}
	return sum
}

func (t table) line(cells []string, widths []int, shown []bool) string {
	var parts []string
	for i, cell := range cells {
		if !shown[i] {
			continue
		}
		cell = ansi.Truncate(cell, widths[i], "…")
		pad := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
		if t.columns[i].right {
			parts = append(parts, pad+cell)
		} else {
			parts = append(parts, cell+pad)
		}
	}
	return strings.TrimRight(strings.Join(parts, strings.Repeat(" ", gap)), " ")
}
