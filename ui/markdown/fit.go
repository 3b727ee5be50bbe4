package markdown

import (
	"slices"

	astext "github.com/yuin/goldmark/extension/ast"
)

// How a table is made to fit: columns keep the width that they have by
// themselves as long as there is room, then the widest ones give way, as far as
// their words allow. With less, it is not read as a table any more.
const (
	longWord    = 16 // no word up to this is broken in a table
	slimColumn  = 6  // no column gets less, if it has more to show
	shortColumn = 12 // a column with less must not be
	tallCell    = 4  // more than so many times as high as wide columns would be
	gutter      = 3  // between two columns
	margin      = 1  // before the first
)

// fit returns the widths of the columns for a table in that room, nil if it had
// better be shown as records. More text never leads from records to a table.
func (g *grid) fit(room int) []int {
	room -= margin + gutter*(len(g.natural)-1)
	if sum(g.natural) <= room {
		return g.natural
	}
	// What is decided with the narrowest columns that may be stays decided.
	narrow := g.shared(room, longWord)
	if narrow == nil {
		return nil
	}
	for _, word := range []int{room, longWord * 3 / 2} {
		if widths := g.shared(room, word); widths != nil {
			return widths
		}
	}
	return narrow
}

// shared is widths at which no word up to a length is broken, nil if there are
// none that can be read.
func (g *grid) shared(room, word int) []int {
	least := g.leastFor(word)
	if sum(least) > room {
		return nil
	}
	widths := share(least, g.natural, room)
	for i, cells := range widths {
		if cells < shortColumn && g.natural[i] > tallCell*cells {
			return nil
		}
	}
	return widths
}

// leastFor is the least width of each column if no word up to a length is broken.
func (g *grid) leastFor(word int) []int {
	least := make([]int, len(g.natural))
	for i, natural := range g.natural {
		least[i] = min(natural, max(slimColumn, min(g.least[i], word)))
	}
	return least
}

// share gives each column as much as it wants, or all that want more the same,
// but none less than its least.
func share(least, most []int, room int) []int {
	widths := make([]int, len(least))
	at := func(level int) int {
		for i := range widths {
			widths[i] = max(least[i], min(most[i], level))
		}
		return sum(widths)
	}
	level := 0
	for level < slices.Max(most) && at(level+1) <= room {
		level++
	}
	left := room - at(level)
	for i := range widths {
		if left > 0 && widths[i] == level && widths[i] < most[i] {
			widths[i]++
			left--
		}
	}
	return widths
}

func sum(numbers []int) int {
	n := 0
	for _, v := range numbers {
		n += v
	}
	return n
}

// measure returns how wide pieces of text are if they are not broken, and their
// longest word.
func (r ruler) measure(pieces []piece) (natural, word int) {
	var m meter
	for _, p := range pieces {
		for s := p.text; len(s) > 0; {
			s = s[m.take(r, s):]
		}
	}
	return m.natural, m.longest
}

// meter is a line that is measured, and the word at its end.
type meter struct{ natural, longest, line, word, gap int }

// take measures the beginning of s and returns its length.
func (m *meter) take(r ruler, s string) int {
	switch n := narrow(s); {
	case n > 0:
		m.add(n)
		return n
	case s[0] == '\n':
		m.line, m.word, m.gap = 0, 0, 0
		return 1
	case s[0] == ' ':
		m.word = 0
		m.gap++
		return 1
	}
	c, cells := r.cluster(s)
	if cells > 1 { // lines may end before it
		m.word = 0
	}
	m.add(cells)
	if cells > 1 {
		m.word = 0
	}
	return len(c)
}

func (m *meter) add(cells int) {
	m.line, m.word, m.gap = m.line+m.gap+cells, m.word+cells, 0
	m.natural, m.longest = max(m.natural, m.line), max(m.longest, m.word)
}

// openTable keeps how wide the columns of a table were while it grew, so that
// they do not become narrower while half a cell is there: what is begun may look
// longer than what it becomes. Complete, a table has the widths of its texts.
type openTable struct {
	at             int // where the table begins
	natural, least []int
}

// widen makes a table as wide as it was.
func (o *openTable) widen(n *astext.Table, g *grid) {
	if o == nil {
		return
	}
	if at := n.Pos(); o.at != at || len(o.natural) != len(g.natural) {
		*o = openTable{at, make([]int, len(g.natural)), make([]int, len(g.natural))}
	}
	for i := range g.natural {
		o.natural[i] = max(o.natural[i], g.natural[i])
		o.least[i] = max(o.least[i], g.least[i])
	}
	copy(g.natural, o.natural)
	copy(g.least, o.least)
}
