package markdown

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// texBox is a part of a formula that has several lines. They are as wide as one
// another.
type texBox struct {
	lines []string
	base  int // the line that what is beside it continues
}

// texRuler measures what formulas are made of: signs that have one width by every
// way to measure.
const texRuler = ruler(ansi.GraphemeWidth)

// asBox is a part as a box, be it of one line.
func (p texPart) asBox() *texBox {
	if p.box != nil {
		return p.box
	}
	return &texBox{lines: []string{p.text}}
}

func (b *texBox) width() int {
	if len(b.lines) == 0 {
		return 0
	}
	return texRuler.cells(b.lines[0])
}

// squared makes the lines as wide as the widest.
func squared(lines []string, base int) *texBox {
	width := 0
	for _, s := range lines {
		width = max(width, texRuler.cells(s))
	}
	for i, s := range lines {
		lines[i] = s + strings.Repeat(" ", width-texRuler.cells(s))
	}
	return &texBox{lines, base}
}

// beside puts boxes in a row, their base lines at one height.
func beside(boxes ...*texBox) *texBox {
	above, below := 0, 0
	for _, b := range boxes {
		above = max(above, b.base)
		below = max(below, len(b.lines)-b.base)
	}
	lines := make([]string, above+below)
	for _, b := range boxes {
		blank := strings.Repeat(" ", b.width())
		for i := range lines {
			if at := i - above + b.base; at >= 0 && at < len(b.lines) {
				lines[i] += b.lines[at]
			} else {
				lines[i] += blank
			}
		}
	}
	return &texBox{lines, above}
}

// sized reports whether boxes beside each other are within what may be shown.
func (l *texLayout) sized(boxes []*texBox) bool {
	height, width := 0, 0
	for _, b := range boxes {
		height, width = height+len(b.lines), width+b.width()
	}
	if height*width > maxTexText {
		l.bad = true
	}
	return !l.bad
}

// besides sets parts in a row of which some have several lines.
func (l *texLayout) besides(parts []texPart, m texMode) *texBox {
	var boxes []*texBox
	from := 0
	flush := func(to int) {
		if to <= from {
			return
		}
		before, after := "", ""
		if from > 0 {
			before = separator(parts, from, m)
		}
		if to < len(parts) {
			after = separator(parts, to, m)
		}
		boxes = append(boxes, texPart{text: before + joined(parts[from:to], m) + after}.asBox())
	}
	for i, p := range parts {
		if p.box != nil {
			flush(i)
			boxes = append(boxes, p.box)
			from = i + 1
		}
	}
	flush(len(parts))
	if !l.sized(boxes) {
		return texPart{}.asBox()
	}
	return beside(boxes...)
}

// scripted has something raised or lowered behind it.
func (b *texBox) scripted(low, high string) *texBox {
	column := make([]string, len(b.lines))
	column[len(column)-1] = low
	column[0] += high
	return beside(b, squared(column, b.base))
}

// framed has a frame around it.
func (b *texBox) framed() *texBox {
	edge := strings.Repeat("─", b.width()+2)
	lines := []string{"┌" + edge + "┐"}
	for _, s := range b.lines {
		lines = append(lines, "│ "+s+" │")
	}
	return &texBox{append(lines, "└"+edge+"┘"), b.base + 1}
}

// fenced stands between delimiters of its height. A brace has a point in its
// middle, so there has to be a middle line.
func (b *texBox) fenced(open, shut string) *texBox {
	if h := len(b.lines); h%2 == 0 && (open == "{" || shut == "}") {
		blank := strings.Repeat(" ", b.width())
		b = &texBox{slices.Insert(slices.Clone(b.lines), h/2, blank), h / 2}
	}
	left, right := b.delimiter(open, texPieces(open)), b.delimiter(shut, texPieces(shut))
	return beside(left, b, right)
}

// delimiter is a column for one: top, middle, bottom and point.
func (b *texBox) delimiter(char, pieces string) *texBox {
	lines := make([]string, len(b.lines))
	p := []rune(pieces)
	for i := range lines {
		switch {
		case len(lines) == 1 || len(p) == 0 && i == b.base:
			lines[i] = char
		case len(p) == 0:
			lines[i] = ""
		case i == 0:
			lines[i] = string(p[0])
		case i == len(lines)-1:
			lines[i] = string(p[2])
		case i == len(lines)/2:
			lines[i] = string(p[3])
		default:
			lines[i] = string(p[1])
		}
	}
	return squared(lines, b.base)
}

// texPieces are the parts of a delimiter: top, middle, bottom and point.
func texPieces(char string) string {
	switch char {
	case "(":
		return "⎛⎜⎝⎜"
	case ")":
		return "⎞⎟⎠⎟"
	case "[":
		return "⎡⎢⎣⎢"
	case "]":
		return "⎤⎥⎦⎥"
	case "{":
		return "⎧⎪⎩⎨"
	case "}":
		return "⎫⎪⎭⎬"
	case "|":
		return "││││"
	case "‖":
		return "║║║║"
	}
	return ""
}
