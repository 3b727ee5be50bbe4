package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// Ink is how a text of figures looks: nil leaves it plain.
type Ink struct{ Text, Strong, Faint, Accent func(string) string }

func (i Ink) text(s string) string { return paint(i.Text, s) }

func (i Ink) strong(s string) string { return paint(i.Strong, s) }

func (i Ink) faint(s string) string { return paint(i.Faint, s) }

func (i Ink) accent(s string) string { return paint(i.Accent, s) }

func paint(how func(string) string, s string) string {
	if how == nil || s == "" {
		return s
	}
	return how(s)
}

// figures is a table of which nothing is ever cut: where it is too wide, each of
// its rows becomes a record of several lines.
type figures struct {
	titles []string // "" says nothing
	names  []string // of the same in a record, where there is more room; nil: the titles
	right  []bool   // numbers end at the right; those that are missing do not
	bar    int      // the column that is a picture of another one, 0: none
	rows   [][]string
}

// unbounded is the width of what is not a terminal.
const unbounded = 1 << 20

// lines is the table in at most width cells; width 0 is no limit.
func (f figures) lines(width int, ink Ink) []string {
	if width <= 0 {
		width = unbounded
	}
	if f.names == nil {
		f.names = f.titles
	}
	f = f.made()
	widths, total := f.widths()
	if total > width && f.bar > 0 { // the picture goes first
		f = f.without(f.bar)
		widths, total = f.widths()
	}
	if total > width {
		return f.records(width, ink)
	}
	var lines []string
	if strings.Join(f.titles, "") != "" {
		lines = append(lines, ink.faint(strings.TrimRight(f.line(f.titles, widths, Ink{}), " ")))
	}
	for _, row := range f.rows {
		lines = append(lines, f.line(row, widths, ink))
	}
	return lines
}

// made is the table with safe cells, without columns in which nothing stands.
func (f figures) made() figures {
	const longest = 200
	rows := make([][]string, len(f.rows))
	for i, row := range f.rows {
		for _, cell := range row {
			rows[i] = append(rows[i], safe.Line(cell, longest))
		}
	}
	f.rows = rows
	for at := len(f.titles) - 1; at >= 0; at-- {
		if !slices.ContainsFunc(rows, func(row []string) bool { return row[at] != "" }) {
			f = f.without(at)
		}
	}
	return f
}

// without is the table without a column.
func (f figures) without(at int) figures {
	g := figures{titles: less(f.titles, at), names: less(f.names, at), right: less(f.right, at), bar: f.bar}
	switch {
	case at == f.bar:
		g.bar = 0
	case at < f.bar:
		g.bar--
	}
	for _, row := range f.rows {
		g.rows = append(g.rows, less(row, at))
	}
	return g
}

func less[T any](all []T, at int) []T { return slices.Delete(slices.Clone(all), at, at+1) }

// figureGap is the blanks between columns.
const figureGap = 2

func (f figures) widths() (widths []int, total int) {
	total = -figureGap
	for at, title := range f.titles {
		w := ansi.StringWidthWc(title)
		for _, row := range f.rows {
			w = max(w, ansi.StringWidthWc(row[at]))
		}
		widths = append(widths, w)
		total += w + figureGap
	}
	return widths, total
}

// line is a row of the table; only the picture has a colour.
func (f figures) line(cells []string, widths []int, ink Ink) string {
	last := len(cells) - 1
	for last > 0 && cells[last] == "" {
		last--
	}
	var done, rest string
	for at, cell := range cells[:last+1] {
		blank := strings.Repeat(" ", widths[at]-ansi.StringWidthWc(cell))
		switch {
		case f.right[at]:
			cell = blank + cell
		case at < last:
			cell += blank
		}
		if at > 0 {
			rest += strings.Repeat(" ", figureGap)
		}
		if at > 0 && at == f.bar {
			done, rest = ink.text(rest)+ink.accent(cell), ""
			continue
		}
		rest += cell
	}
	return done + ink.text(rest)
}

// records is a paragraph for each row: what it is of, and its figures by name.
func (f figures) records(width int, ink Ink) []string {
	var lines []string
	for _, row := range f.rows {
		for _, line := range wrapPlain(row[0], width) {
			lines = append(lines, ink.strong(line))
		}
		var named []string
		for at := 1; at < len(row); at++ {
			if row[at] != "" {
				named = append(named, strings.TrimSpace(f.names[at]+" "+row[at]))
			}
		}
		for _, line := range stacked(strings.Join(named, dot), width-figureGap) {
			lines = append(lines, strings.Repeat(" ", min(figureGap, width-1))+ink.text(line))
		}
	}
	return lines
}
