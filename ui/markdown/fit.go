package markdown

import "slices"

// How a table is made to fit: its rows are taken one after the other, and each
// may make columns wider, never narrower, so that a table that streams ends as it
// grew. As long as there is room, columns are as wide as their texts. A row for
// which there is not gets what is left shared fairly, but for a reserve that lets
// the short texts of other columns be a little longer in the rows to come. Whether
// it is read as a table at all, or as records, the titles and the first row decide.
const (
	longWord    = 16 // no word up to this is broken in a table, if that can be
	longestWord = 24 // nor one up to this, if other columns stay readable
	slimColumn  = 6  // no column gets less, if it has more to show
	shortColumn = 12 // a column with less must not be
	tallCell    = 4  // more than so many times as high as wide columns would be
	gutter      = 3  // between two columns
	margin      = 1  // before the first
	reserved    = 6  // of the room, one part in so many may be kept for later rows
)

// extent is how wide a cell is if nothing is broken, and its longest word.
type extent struct{ natural, word int }

// columns are the columns of a table, row by row.
type columns struct {
	room   int   // for all their texts
	wanted []int // the widest texts
	words  []int // the longest words
	widths []int // what they have
}

// newColumns are those of a table in that room, without a row yet.
func newColumns(n, room int) *columns {
	return &columns{room: max(0, room-margin-gutter*(n-1)), wanted: make([]int, n), words: make([]int, n), widths: make([]int, n)}
}

// note makes the columns want what a row does.
func (c *columns) note(row []extent) {
	for i, e := range row {
		c.wanted[i] = max(c.wanted[i], e.natural)
		c.words[i] = max(c.words[i], e.word)
	}
}

// head lets the columns be as wide as their titles, up to the same for all, or as
// the words of those where there is little room: nothing is known of the texts yet.
func (c *columns) head(titles []extent) {
	c.note(titles)
	need, fair := c.least(longWord), c.room/len(titles)
	if sum(need) > c.room {
		return
	}
	copy(c.widths, need)
	if sum(c.wanted) <= c.room && !c.doubtful() {
		for i, wanted := range c.wanted {
			c.widths[i] = max(need[i], min(wanted, fair))
		}
	}
}

// take lets the columns grow for a row that is complete.
func (c *columns) take(row []extent) {
	c.note(row)
	if sum(c.wanted) <= c.room {
		copy(c.widths, c.wanted)
		return
	}
	before := slices.Clone(c.widths)
	for _, word := range []int{longestWord, longWord, 0} {
		copy(c.widths, before)
		if c.grow(word) && (word != longestWord || !c.tall()) {
			return
		}
	}
}

// grow shares the room so that no word up to a length is broken, and reports
// whether that can be.
func (c *columns) grow(word int) bool {
	least := c.least(word)
	if word == 0 {
		least = slices.Clone(c.widths)
	}
	if sum(least) > c.room {
		return false
	}
	for i, cells := range share(least, c.most(), c.room) {
		c.widths[i] = max(c.widths[i], min(cells, c.wanted[i]))
	}
	return true
}

// reach returns the widths for a row that is not complete: what it surely has
// when it is, whatever the cell that is being written and those behind it become.
func (c *columns) reach(row []extent, writing int) []int {
	grown := columns{c.room, slices.Clone(c.wanted), slices.Clone(c.words), slices.Clone(c.widths)}
	grown.note(row)
	sure, least, most := grown.least(longWord), grown.least(longestWord), grown.most()
	need := sum(sure[:writing])
	for i := writing; i < len(least); i++ {
		least[i], most[i] = max(c.widths[i], longestWord), c.room
		need += max(c.widths[i], longWord)
	}
	if need > c.room {
		return grown.widths
	}
	_, level := level(least, most, c.room)
	for i := range writing + 1 {
		grown.widths[i] = max(c.widths[i], min(max(level, sure[i]), most[i], grown.wanted[i]))
	}
	return grown.widths
}

// least is what the columns need so that no word up to a length is broken.
func (c *columns) least(word int) []int {
	least := make([]int, len(c.widths))
	for i, wanted := range c.wanted {
		least[i] = max(c.widths[i], min(wanted, max(slimColumn, min(word, c.words[i]))))
	}
	return least
}

// most is what the columns may claim: those of short texts more than they want,
// as the texts of one column are seldom all of one length.
func (c *columns) most() []int {
	most := slices.Clone(c.wanted)
	spare, short := c.room/reserved/max(1, len(most)-1), c.room/2/len(most)
	if spare < 2 { // too little to matter
		spare = 0
	}
	for i, wanted := range most {
		most[i] = max(wanted, min(2*wanted+2, wanted+spare, longWord, short))
	}
	return most
}

// fits reports whether the words so far can stand side by side.
func (c *columns) fits() bool {
	need := 0
	for i, wanted := range c.wanted {
		need += min(wanted, max(slimColumn, min(longWord, c.words[i])))
	}
	return need <= c.room
}

// tall reports a column that is too narrow for what it has to show.
func (c *columns) tall() bool {
	for i, wanted := range c.wanted {
		if c.widths[i] < shortColumn && wanted > tallCell*c.widths[i] {
			return true
		}
	}
	return false
}

// readable reports whether the rows so far can be read side by side.
func (c *columns) readable() bool { return c.fits() && !c.tall() }

// doubtful reports a room in which the first row has to be known: with more, all
// tables are readable.
func (c *columns) doubtful() bool { return c.room < longWord*len(c.widths) }

// fit returns the widths of the columns for a table in that room, nil if it had
// better be shown as records.
func (g *grid) fit(room int) []int {
	c := newColumns(len(g.alignments), room)
	c.head(extents(g.titles))
	complete := g.rows
	if g.unfinished {
		complete = g.rows[:len(g.rows)-1]
	}
	for i, cells := range complete {
		c.take(extents(cells))
		if i == 0 && !c.readable() {
			return nil
		}
	}
	if len(complete) == 0 {
		g.early = c.doubtful()
		if !c.fits() {
			return nil
		}
	}
	if !g.unfinished {
		return c.widths
	}
	row := extents(g.rows[len(complete)])
	return c.reach(row, writing(row))
}

// writing is the cell of a row that is being written: what follows it is empty.
func writing(row []extent) int {
	for i := len(row) - 1; i > 0; i-- {
		if row[i].natural > 0 {
			return i
		}
	}
	return 0
}

func extents(cells []cell) []extent {
	all := make([]extent, len(cells))
	for i, c := range cells {
		all[i] = c.extent
	}
	return all
}

// share gives each column as much as it wants, or all that want more the same,
// but none less than its least.
func share(least, most []int, room int) []int {
	widths, _ := level(least, most, room)
	left := room - sum(widths)
	for i := range widths {
		if left > 0 && widths[i] < most[i] && widths[i] > least[i] {
			widths[i]++
			left--
		}
	}
	return widths
}

// level is share without what is too little to be shared by all, and how much
// those get at least that want more. If there is too little for the least, it is 0.
func level(least, most []int, room int) (widths []int, n int) {
	widths = make([]int, len(least))
	at := func(level int) int {
		for i := range widths {
			widths[i] = max(least[i], min(most[i], level))
		}
		return sum(widths)
	}
	for n < slices.Max(most) && at(n+1) <= room {
		n++
	}
	at(n)
	return widths, n
}

func sum(numbers []int) int {
	n := 0
	for _, v := range numbers {
		n += v
	}
	return n
}

// measure returns the extent of pieces of text.
func (r ruler) measure(pieces []piece) extent {
	var m meter
	for _, p := range pieces {
		for s := p.text; len(s) > 0; {
			s = s[m.take(r, s):]
		}
	}
	return extent{m.natural, m.longest}
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
