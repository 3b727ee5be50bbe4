package markdown

import "strings"

// row is a line with its width.
type row struct {
	text  string
	cells int
}

// flow breaks pieces of text into lines of at most width cells: at blanks and
// around wide characters, within a word only if it does not fit a line. A
// newline in the text is a break, too; blanks that begin a line of the text stay.
func (r ruler) flow(pieces []piece, width int) []string {
	var f flower
	rows := f.flow(r, pieces, width, 0)
	lines := make([]string, len(rows))
	for i, l := range rows {
		lines[i] = l.text
	}
	return lines
}

// rows is flow with the widths of the lines, which are narrower by less from the
// second on. They are good until the next call.
func (r *Renderer) rows(pieces []piece, width, less int) []row {
	return r.flower.flow(r.ruler, pieces, width, less)
}

// flower is the state of flow: a line, and a word that is not on it yet.
type flower struct {
	ruler
	width int // of this line
	rest  int // of the lines that follow
	rows  []row
	out   lineWriter
	used  int  // cells of the line
	fresh bool // the line begins where one of the text does
	word  []glyphs
	soft  bool   // the word may end before what follows
	wide  int    // cells of the word
	gap   int    // the blanks before the word
	space string // their style
}

// glyphs is a part of a word in one style, with its cells.
type glyphs struct {
	piece
	cells int
}

// flow breaks pieces into lines. What was allocated for it is used again.
func (f *flower) flow(r ruler, pieces []piece, width, less int) []row {
	width = max(1, width)
	*f = flower{ruler: r, width: width, rest: max(1, width-less), rows: f.rows[:0], out: f.out, word: f.word[:0], fresh: true}
	for _, p := range pieces {
		f.add(p)
	}
	f.endWord()
	if f.begun() || len(f.rows) == 0 {
		f.endLine()
	}
	return f.rows
}

func (f *flower) add(p piece) {
	for s := p.text; len(s) > 0; {
		switch n := narrow(s); {
		case n > 0:
			if f.soft && !strings.ContainsRune(closers, rune(s[0])) {
				f.endWord()
			}
			f.push(p.style, s[:n], n)
			s = s[n:]
		case s[0] == ' ':
			f.endWord()
			n = len(s) - len(strings.TrimLeft(s, " "))
			f.gap, f.space = f.gap+n, p.style
			s = s[n:]
		case s[0] == '\n':
			f.endWord()
			f.endLine()
			f.fresh = true
			s = s[1:]
		default:
			s = s[f.glyph(p.style, s):]
		}
	}
}

// closers are what no line begins with right after a wide character.
const closers = ".,:;!?)]}、。，．：；！？）」』】〉》〕］｝・ー…"

// glyph adds the first character of s, which is not simple, to the word, and
// returns its bytes. A line may end before and after a wide one.
func (f *flower) glyph(style, s string) int {
	c, cells := f.cluster(s)
	n := len(c)
	if cells > f.rest {
		c, cells = "▫", 1
	}
	if (cells > 1 || f.soft) && cells > 0 && !strings.Contains(closers, c) {
		f.endWord()
	}
	f.push(style, c, cells)
	f.soft = cells > 1
	return n
}

func (f *flower) push(style, text string, cells int) {
	f.word = append(f.word, glyphs{piece{style, text}, cells})
	f.wide, f.soft = f.wide+cells, false
}

// endWord puts the word on the line, or on the next if it does not fit.
func (f *flower) endWord() {
	if len(f.word) == 0 {
		return
	}
	if f.begun() && f.used+f.gap+f.wide > f.width {
		f.endLine()
	}
	if f.used == 0 && !f.fresh {
		f.gap = 0
	}
	if gap := min(f.gap, f.width/2); gap > 0 {
		f.out.space(f.space, gap)
		f.used += gap
	}
	for _, g := range f.word {
		f.place(g)
	}
	f.word, f.wide, f.gap, f.soft = f.word[:0], 0, 0, false
}

// place writes a part of a word, over several lines if it is longer than one.
func (f *flower) place(g glyphs) {
	for f.used+g.cells > f.width {
		n, cells := f.part(g.text, f.width-f.used)
		f.out.put(piece{g.style, g.text[:n]})
		f.used += cells
		f.endLine()
		g.text, g.cells = g.text[n:], g.cells-cells
	}
	if g.text != "" {
		f.out.put(g.piece)
		f.used += g.cells
	}
}

// part returns how much of a word goes on a line that has so much room: up to a
// place where it is easily read on, if that is not far.
func (f *flower) part(s string, room int) (n, cells int) {
	n, cells = f.fit(s, room)
	if n == len(s) {
		return n, cells
	}
	if k := strings.LastIndexAny(s[:n], joints) + 1; k > 0 && n-k <= cells/3 {
		return k, f.cells(s[:k])
	}
	return n, cells
}

// joints are the ends of the parts of addresses and paths.
const joints = "/?&=-_"

// begun says if anything is on the line: it may be of no width, as a mark that
// a break separated from its letter.
func (f *flower) begun() bool { return f.used > 0 || len(f.out.b) > 0 }

func (f *flower) endLine() {
	f.rows = append(f.rows, row{f.out.line(), f.used})
	f.width, f.used, f.fresh = f.rest, 0, false
	f.gap = 0
}
