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
	rows := r.rows(pieces, width)
	lines := make([]string, len(rows))
	for i, l := range rows {
		lines[i] = l.text
	}
	return lines
}

// rows is flow with the widths of the lines.
func (r ruler) rows(pieces []piece, width int) []row { return r.hanging(pieces, width, 0) }

// hanging is rows with lines that are narrower by so much from the second on.
func (r ruler) hanging(pieces []piece, width, less int) []row {
	f := flower{ruler: r, width: max(1, width), rest: max(1, width-less), fresh: true}
	for _, p := range pieces {
		f.add(p)
	}
	f.endWord()
	if f.used > 0 || len(f.rows) == 0 {
		f.endLine()
	}
	return f.rows
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
	wide  int   // cells of the word
	gap   piece // the blanks before the word
}

// glyphs is a part of a word in one style, with its cells.
type glyphs struct {
	piece
	cells int
}

func (f *flower) add(p piece) {
	for s := p.text; len(s) > 0; {
		switch n := strings.IndexAny(s, " \n"); {
		case n == 0 && s[0] == '\n':
			f.endWord()
			f.endLine()
			f.fresh = true
			s = s[1:]
		case n == 0:
			f.endWord()
			blanks := len(s) - len(strings.TrimLeft(s, " "))
			f.gap = piece{p.style, f.gap.text + s[:blanks]}
			s = s[blanks:]
		default:
			if n < 0 {
				n = len(s)
			}
			f.grow(piece{p.style, s[:n]})
			s = s[n:]
		}
	}
}

// grow adds to the word. A line may end before and after a wide character.
func (f *flower) grow(p piece) {
	s := p.text
	for len(s) > 0 {
		if n := narrow(s); n > 0 {
			f.push(p.style, s[:n], n)
			s = s[n:]
			continue
		}
		c, cells := f.cluster(s)
		s = s[len(c):]
		if cells > f.rest {
			c, cells = "▫", 1
		}
		if cells > 1 {
			f.endWord()
		}
		f.push(p.style, c, cells)
		if cells > 1 {
			f.endWord()
		}
	}
}

func (f *flower) push(style, text string, cells int) {
	f.word = append(f.word, glyphs{piece{style, text}, cells})
	f.wide += cells
}

// endWord puts the word on the line, or on the next if it does not fit.
func (f *flower) endWord() {
	if len(f.word) == 0 {
		return
	}
	if f.used > 0 && f.used+len(f.gap.text)+f.wide > f.width {
		f.endLine()
	}
	if f.used == 0 && !f.fresh {
		f.gap.text = ""
	}
	if gap := min(len(f.gap.text), f.width/2); gap > 0 {
		f.out.write(piece{f.gap.style, f.gap.text[:gap]})
		f.used += gap
	}
	for _, g := range f.word {
		f.place(g)
	}
	f.word, f.wide, f.gap = f.word[:0], 0, piece{}
}

// place writes a part of a word, over several lines if it is longer than one.
func (f *flower) place(g glyphs) {
	for f.used+g.cells > f.width {
		n, cells := f.fit(g.text, f.width-f.used)
		f.out.write(piece{g.style, g.text[:n]})
		f.endLine()
		g.text, g.cells = g.text[n:], g.cells-cells
	}
	if g.text != "" {
		f.out.write(g.piece)
		f.used += g.cells
	}
}

func (f *flower) endLine() {
	f.rows = append(f.rows, row{f.out.line(), f.used})
	f.width, f.used, f.fresh = f.rest, 0, false
	f.gap = piece{}
}
