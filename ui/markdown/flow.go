package markdown

import "strings"

// flow breaks pieces of text into lines of at most width cells: at blanks and
// around wide characters, within a word only if it does not fit a line. A
// newline in the text is a break, too; blanks that begin a line of the text stay.
func flow(pieces []piece, width int) []string {
	f := flower{width: max(1, width), fresh: true}
	for _, p := range pieces {
		f.add(p)
	}
	f.endWord()
	if f.used > 0 || len(f.lines) == 0 {
		f.endLine()
	}
	return f.lines
}

// flower is the state of flow: a line, and a word that is not on it yet.
type flower struct {
	width int
	lines []string
	out   lineWriter
	used  int  // cells of the line
	fresh bool // the line begins where one of the text does
	word  []glyphs
	cells int   // of the word
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
		c, cells := cluster(s)
		s = s[len(c):]
		if cells > f.width {
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

// narrow counts the ASCII characters that s begins with and that surely stand
// for themselves: what follows them may still combine with the last.
func narrow(s string) int {
	n := 0
	for n < len(s) && s[n] > ' ' && s[n] < 0x7f {
		n++
	}
	return alone(s, n)
}

// ascii is narrow with blanks.
func ascii(s string) int {
	n := 0
	for n < len(s) && s[n] >= ' ' && s[n] < 0x7f {
		n++
	}
	return alone(s, n)
}

func alone(s string, n int) int {
	if n > 0 && n < len(s) && s[n] >= 0x80 {
		n--
	}
	return n
}

func (f *flower) push(style, text string, cells int) {
	f.word = append(f.word, glyphs{piece{style, text}, cells})
	f.cells += cells
}

// endWord puts the word on the line, or on the next if it does not fit.
func (f *flower) endWord() {
	if len(f.word) == 0 {
		return
	}
	if f.used > 0 && f.used+len(f.gap.text)+f.cells > f.width {
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
	f.word, f.cells, f.gap = f.word[:0], 0, piece{}
}

// place writes a part of a word, over several lines if it is longer than one.
func (f *flower) place(g glyphs) {
	for f.used+g.cells > f.width {
		n, cells := fit(g.text, f.width-f.used)
		f.out.write(piece{g.style, g.text[:n]})
		f.endLine()
		g.text, g.cells = g.text[n:], g.cells-cells
	}
	if g.text != "" {
		f.out.write(g.piece)
		f.used += g.cells
	}
}

// fit returns how many bytes of s take at most that many cells, and their cells.
func fit(s string, room int) (n, cells int) {
	for n < len(s) {
		c, w := cluster(s[n:])
		if cells+w > room {
			break
		}
		n += len(c)
		cells += w
	}
	return n, cells
}

func (f *flower) endLine() {
	f.lines = append(f.lines, f.out.line())
	f.used, f.fresh = 0, false
	f.gap = piece{}
}
