package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// columnsLine sets the columns: the first takes what the others leave, and of
// the others as many are shown as leave it room.
func columnsLine(columns []string, widths []int) string {
	var b strings.Builder
	for i, w := range widths {
		text := ""
		if i < len(columns) {
			text = safe.Ordered(safe.Line(columns[i], w))
		}
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(pad(text, w))
	}
	return b.String()
}

// leastFirst is the least width of the first column; others give way to it.
const leastFirst = 20

// widths is the widths of the columns that fit.
func (p *picker) widths(width int) []int { return columnWidths(p.natural, width) }

// columnWidths is the widths of those columns that leave the first one enough.
func columnWidths(natural []int, width int) []int {
	widths := []int{0}
	left := width
	for i := 1; i < len(natural); i++ {
		if left-natural[i]-2 < leastFirst {
			break
		}
		left -= natural[i] + 2
		widths = append(widths, natural[i])
	}
	widths[0] = max(1, left)
	return widths
}

// measure finds the widest text of each column, once for each set of choices.
func (p *picker) measure() {
	p.natural = make([]int, max(1, len(p.heading)))
	note := func(i int, text string) {
		if i == len(p.natural) {
			p.natural = append(p.natural, 0)
		}
		p.natural[i] = max(p.natural[i], ansi.StringWidthWc(safe.Line(text, 40)))
	}
	for i, text := range p.heading {
		note(i, text)
	}
	for _, c := range slices.Concat(p.choices, p.below) {
		if c.hidden {
			continue
		}
		for i, text := range c.columns {
			note(i, text)
		}
	}
}

// pad fills s with blanks to w cells.
func pad(s string, w int) string {
	return s + strings.Repeat(" ", max(0, w-ansi.StringWidthWc(s)))
}
