package theme

import (
	imagecolor "image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Canvas paints the ground of a theme under what stands on it. The zero Canvas
// leaves the ground to the terminal.
type Canvas struct{ open string } // the sequence that sets ground and ink

// Canvas is that of the palette.
func (s Styles) Canvas() Canvas {
	p := s.Palette
	if !p.Painted || !inks(p.Ground) {
		return Canvas{}
	}
	st := lipgloss.NewStyle().Background(lipgloss.Color(p.Ground))
	if inks(p.Text) {
		st = st.Foreground(lipgloss.Color(p.Text))
	}
	open, _, _ := strings.Cut(st.Render("x"), "x")
	return Canvas{open}
}

// Cursor is the colour of a cursor that is seen on the canvas, nil for the
// terminal's own.
func (s Styles) Cursor() imagecolor.Color {
	if s.Canvas() == (Canvas{}) || !inks(s.Palette.Text) {
		return nil
	}
	return lipgloss.Color(s.Palette.Text)
}

// reset and resetShort end what a style began, and the ground with it.
const (
	reset      = "\x1b[0m"
	resetShort = "\x1b[m"
)

// Rows paints rows over a width in cells, in place. Wide they may become, for
// terminals do not agree on how wide a text is, and what is too much is cut.
func (c Canvas) Rows(rows []string, width int) []string {
	if c.open == "" {
		return rows
	}
	again := strings.NewReplacer(reset, reset+c.open, resetShort, resetShort+c.open)
	for i, row := range rows {
		rows[i] = c.open + again.Replace(row) + strings.Repeat(" ", max(0, width-lipgloss.Width(row))) + resetShort
	}
	return rows
}
