package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// column is one column of a table. Where the terminal is narrow, those that wrap
// become narrower first, but not than so many cells; then keep says how long a
// column stays one: the lowest go first, 0 always stays. What is in the others
// follows below its row, so that nothing is ever lost.
type column struct {
	title string
	right bool // numbers end at the right
	wrap  int
	keep  int
}

// table is rows of cells; cells may hold what others wrote.
type table struct {
	columns []column
	rows    [][]string
}

// gap is the blanks between columns.
const gap = 2

// render draws the table at most width cells wide. Width 0 is no terminal: then
// cells stand between tabs, which programs can cut at.
func (t table) render(width int, in ink) string {
	t = t.safe()
	var b strings.Builder
	if width <= 0 {
		for _, cells := range append([][]string{t.titles()}, t.rows...) {
			b.WriteString(strings.Join(cells, "\t") + "\n")
		}
		return b.String()
	}
	widths := t.widths()
	shown := t.fit(widths, width)
	for _, line := range t.lines(t.titles(), widths, shown) {
		b.WriteString(in.faint(line) + "\n")
	}
	for _, cells := range t.rows {
		for _, line := range append(t.lines(cells, widths, shown), t.rest(cells, shown, width)...) {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// safe is the table with every cell made one safe line.
func (t table) safe() table {
	const longest = 1 << 16
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

// fit chooses the columns that have room and how wide they are. It changes widths.
func (t table) fit(widths []int, width int) []bool {
	shown := make([]bool, len(t.columns))
	for i := range shown {
		shown[i] = true
	}
	for total(widths, shown) > width {
		if t.squeeze(widths, shown, width) {
			break
		}
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

// squeeze takes from the columns that wrap what is too much, if that is enough.
func (t table) squeeze(widths []int, shown []bool, width int) bool {
	over := total(widths, shown) - width
	spare := func(i int) int {
		if !shown[i] || t.columns[i].wrap == 0 {
			return 0
		}
		return max(0, widths[i]-t.columns[i].wrap)
	}
	all := 0
	for i := range widths {
		all += spare(i)
	}
	if all < over {
		return false
	}
	for i := range widths {
		less := min(over, spare(i))
		widths[i] -= less
		over -= less
	}
	return true
}

// narrow takes from the widest columns what is too much, and leaves each a cell.
func narrow(widths []int, shown []bool, width int) {
	for total(widths, shown) > width {
		widest := -1
		for i := range widths {
			if shown[i] && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widths[widest] <= 1 {
			return
		}
		widths[widest]--
	}
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

// lines is a row in as many lines as its cells need in their columns.
func (t table) lines(cells []string, widths []int, shown []bool) []string {
	parts, high := make([][]string, len(cells)), 1
	for i, cell := range cells {
		if shown[i] {
			parts[i] = strings.Split(wrapped(cell, widths[i]), "\n")
			high = max(high, len(parts[i]))
		}
	}
	lines := make([]string, high)
	for n := range lines {
		lines[n] = t.line(parts, n, widths, shown)
	}
	return lines
}

// line is the n-th line of a row whose cells have several.
func (t table) line(parts [][]string, n int, widths []int, shown []bool) string {
	var line []string
	for i, of := range parts {
		if !shown[i] {
			continue
		}
		cell := ""
		if n < len(of) {
			cell = of[n]
		}
		pad := strings.Repeat(" ", max(0, widths[i]-ansi.StringWidth(cell)))
		if t.columns[i].right {
			line = append(line, pad+cell)
		} else {
			line = append(line, cell+pad)
		}
	}
	return strings.TrimRight(strings.Join(line, strings.Repeat(" ", gap)), " ")
}

// rest is what of a row has no column, under the names of those.
func (t table) rest(cells []string, shown []bool, width int) []string {
	var named []string
	for i, cell := range cells {
		if !shown[i] && cell != "" {
			named = append(named, strings.TrimSpace(t.columns[i].title+" "+cell))
		}
	}
	if len(named) == 0 {
		return nil
	}
	indent := strings.Repeat(" ", min(gap, width-1))
	text := wrapped(strings.Join(named, " · "), width-len(indent))
	return strings.Split(indent+strings.ReplaceAll(text, "\n", "\n"+indent), "\n")
}
