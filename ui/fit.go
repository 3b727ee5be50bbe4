package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// dot stands between the parts of a line.
const dot = " · "

// fit joins parts in at most width cells. What has no room is left out whole,
// the last first, but for the first part and the last keep ones; only what is
// left alone is cut.
func fit(parts []string, keep, width int) string {
	parts = slices.Clone(parts)
	for len(parts) > 1 {
		text := strings.Join(parts, dot)
		if ansi.StringWidthWc(text) <= width {
			return text
		}
		at := len(parts) - 1 - keep
		if at < 1 {
			at, keep = len(parts)-1, 0
		}
		parts = slices.Delete(parts, at, at+1)
	}
	return safe.Cut(strings.Join(parts, dot), max(0, width), "…")
}

// fitHints is as many of a line of hints as fit.
func fitHints(line string, width int) string { return fit(strings.Split(line, dot), 0, width) }

// stacked is the parts of a line of hints, wrapped between them.
func stacked(line string, width int) []string {
	var rows []string
	for _, part := range strings.Split(line, dot) {
		last := len(rows) - 1
		if last >= 0 && ansi.StringWidthWc(rows[last]+dot+part) <= width {
			rows[last] += dot + part
			continue
		}
		rows = append(rows, strings.Split(ansi.WrapWc(part, max(1, width), ""), "\n")...)
	}
	return rows
}
