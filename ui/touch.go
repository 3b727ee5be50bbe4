package ui

// Lists can be pointed at: what draws one notes which choice stands where, so that
// a click finds it. A new kind of list notes it as it draws, and is listed.

// touch is which choice stands in which row of what was drawn last.
type touch struct {
	first int   // the row of the first of them
	of    []int // the choices of the rows from there on
}

// add says that the next rows are a choice's.
func (t *touch) add(choice, rows int) {
	for range rows {
		t.of = append(t.of, choice)
	}
}

// at is the choice of a row, -1 for none.
func (t *touch) at(row int) int {
	if i := row - t.first; i >= 0 && i < len(t.of) {
		return t.of[i]
	}
	return -1
}

// listed is an overlay to choose from.
type listed interface {
	overlay
	listing() listing
	// take does what accepting the selected choice does.
	take(m *Model) (overlay, action)
}

// listing is where the choices of a list stand, and which one is selected.
type listing struct {
	touch touch
	at    *int
	n     int
}

func (p *picker) listing() listing      { return listing{p.touch, &p.at, len(p.hits)} }
func (d *dialog) listing() listing      { return listing{d.touch, &d.at, len(d.choices)} }
func (v *variantList) listing() listing { return listing{v.touch, &v.at, len(v.all)} }
func (t *tuner) listing() listing       { return listing{t.touch, &t.at, len(t.touch.of)} }

// choose selects a choice, and reports whether it was selected already.
func (l listing) choose(i int) bool {
	was := *l.at == i
	*l.at = i
	return was
}

// roll moves the selection by a turn of the wheel, and stays at the ends. In a list
// that is seen whole that is a row, else as many as a page moves by.
func (l listing) roll(by int) {
	if len(l.touch.of) >= l.n {
		by /= wheelRows
	}
	*l.at = max(0, min(l.n-1, *l.at+by))
}
