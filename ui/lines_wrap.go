package ui

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// margin is how lines are broken between words, so that no terminal breaks them in
// one: a review cursor goes by rows and words. What goes to a file, or to a line of
// which nobody knows the width, is not broken, and code never.
type margin struct {
	columns int  // 0: not known
	at      int  // where the last line ends
	words   bool // it has more than blanks
	coded   bool // it is code
}

// leastMargin is the least width that is worth breaking lines for.
const leastMargin = 20

// columnsOf is the width of a terminal, 0 for what is none or does not tell.
func columnsOf(f *os.File) int {
	if f == nil {
		return 0
	}
	width, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return width
}

// begin is the beginning of a line.
func (g *margin) begin() { g.at, g.words = 0, false }

// broken is a text that goes on from the last one, with its lines broken. The last
// column stays free: at some terminals it ends a line.
func (g *margin) broken(text string, most int) string {
	room := min(g.columns-1, most)
	if room < leastMargin {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		if fence := strings.TrimLeft(line, " "); !g.words && (strings.HasPrefix(fence, "```") || strings.HasPrefix(fence, "~~~")) {
			g.coded = !g.coded
		}
		g.line(&b, line, room)
	}
	return b.String()
}

// line breaks one line, or the end or the beginning of one.
func (g *margin) line(b *strings.Builder, line string, room int) {
	text, ended := strings.CutSuffix(line, "\n")
	g.words = g.words || strings.TrimLeft(text, " ") != ""
	for text != "" {
		blanks := len(text) - len(strings.TrimLeft(text, " "))
		word, _, _ := strings.Cut(text[blanks:], " ")
		wide := ansi.StringWidth(word)
		switch {
		case g.coded || g.at+blanks+wide <= room || g.at == 0:
			b.WriteString(text[:blanks] + word)
			g.at += blanks + wide
		case word == "": // blanks at the end of a row
			g.at = room
		default:
			b.WriteString("\n" + word)
			g.at = wide
		}
		text = text[blanks+len(word):]
	}
	if ended {
		b.WriteByte('\n')
		g.begin()
	}
}
