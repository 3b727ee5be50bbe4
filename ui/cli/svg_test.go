//go:build unix

package cli_test

import (
	"fmt"
	"html"
	"image/color"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// A cell of a picture, in pixels, and the space around the screen.
const (
	cellWidth, cellHeight = 8.4, 19
	margin                = 14
)

// film is a sequence of screens that is drawn as one SVG: the frames lie beside
// one another, and a style sheet moves them past the window in steps. Rows are
// drawn once, however many frames show them.
type film struct {
	cols, rows  int
	ground, ink string
	drawn       []string       // rows as SVG, by number
	numbers     map[string]int // the number of a row that was drawn
	frames      []frame
}

// frame is one screen of a film.
type frame struct {
	rows   []int // numbers of drawn rows, -1 for an empty one
	cursor *uv.Position
	lasts  time.Duration
}

func newFilm(screen *vt.Emulator) *film {
	return &film{
		cols: screen.Width(), rows: screen.Height(), numbers: map[string]int{},
		ground: hex(screen.BackgroundColor()), ink: hex(screen.ForegroundColor()),
	}
}

// add takes the screen as it is for the time it is shown. One that looks like
// the frame before makes that one longer.
func (f *film) add(screen *vt.Emulator, cursorShown bool, lasts time.Duration) {
	next := frame{rows: make([]int, f.rows), lasts: lasts}
	for y := range next.rows {
		next.rows[y] = f.row(screen, y)
	}
	if cursorShown {
		at := screen.CursorPosition()
		next.cursor = &at
	}
	f.frames = append(f.frames, next)
}

// row draws a row, or finds that it was drawn before.
func (f *film) row(screen *vt.Emulator, y int) int {
	var b strings.Builder
	for x := 0; x < f.cols; {
		run := runAt(screen, x, y)
		f.drawRun(&b, run, x)
		x += run.width
	}
	if b.Len() == 0 {
		return -1
	}
	n, ok := f.numbers[b.String()]
	if !ok {
		n = len(f.drawn)
		f.drawn, f.numbers[b.String()] = append(f.drawn, b.String()), n
	}
	return n
}

// run is a piece of a row in one style.
type run struct {
	text  string
	width int // cells
	style uv.Style
}

func runAt(screen *vt.Emulator, x, y int) run {
	var r run
	for x+r.width < screen.Width() {
		content, width, style := " ", 1, uv.Style{}
		if cell := screen.CellAt(x+r.width, y); cell != nil && cell.Content != "" {
			content, width, style = cell.Content, max(1, cell.Width), cell.Style
		}
		if r.width > 0 && !style.Equal(&r.style) {
			break
		}
		r.text, r.width, r.style = r.text+content, r.width+width, style
	}
	return r
}

func (f *film) drawRun(b *strings.Builder, r run, x int) {
	ink, ground := f.ink, ""
	if r.style.Fg != nil {
		ink = hex(r.style.Fg)
	}
	if r.style.Bg != nil {
		ground = hex(r.style.Bg)
	}
	if r.style.Attrs&uv.AttrReverse != 0 {
		ink, ground = f.ground, ink
	}
	left, width := float64(x)*cellWidth, float64(r.width)*cellWidth
	if ground != "" && ground != f.ground {
		fmt.Fprintf(b, `<rect x="%.1f" width="%.1f" height="%d" fill="%s"/>`, left, width, cellHeight, ground)
	}
	if strings.TrimSpace(r.text) == "" {
		return
	}
	fmt.Fprintf(b, `<text x="%.1f" y="14" textLength="%.1f" fill="%s"%s>%s</text>`,
		left, width, ink, attributes(r.style), html.EscapeString(r.text))
}

func attributes(s uv.Style) string {
	var all string
	for _, a := range []struct {
		is   bool
		name string
	}{
		{s.Attrs&uv.AttrBold != 0, ` font-weight="bold"`},
		{s.Attrs&uv.AttrItalic != 0, ` font-style="italic"`},
		{s.Attrs&uv.AttrFaint != 0, ` opacity="0.6"`},
		{s.Attrs&uv.AttrStrikethrough != 0, ` text-decoration="line-through"`},
		{s.Underline != 0, ` text-decoration="underline"`},
	} {
		if a.is {
			all += a.name
		}
	}
	return all
}

// svg is the whole film; one of a single frame stands still.
func (f *film) svg(title string) string {
	width, height := float64(f.cols)*cellWidth+2*margin, f.rows*cellHeight+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" width="%.0f" height="%d" role="img" xml:space="preserve">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}%s</style>\n",
		html.EscapeString(title), f.motion())
	b.WriteString("<defs>\n")
	for n, row := range f.drawn {
		fmt.Fprintf(&b, "<g id=\"r%d\">%s</g>\n", n, row)
	}
	fmt.Fprintf(&b, "</defs>\n<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n", f.ground)
	fmt.Fprintf(&b, "<svg x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"><g class=\"film\">\n", margin, margin, f.width(), f.rows*cellHeight)
	for n, one := range f.frames {
		fmt.Fprintf(&b, "<g transform=\"translate(%.1f)\">%s</g>\n", float64(n)*f.width(), f.frame(one))
	}
	b.WriteString("</g></svg>\n</svg>\n")
	return b.String()
}

func (f *film) width() float64 { return float64(f.cols) * cellWidth }

func (f *film) frame(one frame) string {
	var b strings.Builder
	for y, n := range one.rows {
		if n >= 0 {
			fmt.Fprintf(&b, `<use href="#r%d" y="%d"/>`, n, y*cellHeight)
		}
	}
	if one.cursor != nil {
		fmt.Fprintf(&b, `<rect x="%.1f" y="%d" width="2" height="%d" fill="%s"/>`,
			float64(one.cursor.X)*cellWidth, one.cursor.Y*cellHeight+1, cellHeight-2, f.ink)
	}
	return b.String()
}

// motion is the style sheet that shows one frame after the other. Who asked for
// less motion sees the last.
func (f *film) motion() string {
	if len(f.frames) < 2 {
		return ""
	}
	var whole, at time.Duration
	for _, one := range f.frames {
		whole += one.lasts
	}
	var keys strings.Builder
	for n, one := range f.frames {
		fmt.Fprintf(&keys, "%.3f%%{transform:translateX(%.1fpx)}", 100*at.Seconds()/whole.Seconds(), -float64(n)*f.width())
		at += one.lasts
	}
	last := -float64(len(f.frames)-1) * f.width()
	return fmt.Sprintf("@keyframes film{%s100%%{transform:translateX(%.1fpx)}}.film{animation:film %.2fs step-end infinite}"+
		"@media(prefers-reduced-motion:reduce){.film{animation:none;transform:translateX(%.1fpx)}}", keys.String(), last, whole.Seconds(), last)
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
