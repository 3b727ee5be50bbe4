package ui

// settle makes the anchor valid: at the end when following, at the reader's
// words when not.
func (t *transcript) settle() {
	if len(t.items) == 0 {
		return
	}
	if !t.follow {
		t.hold()
		return
	}
	end := t.end()
	if t.pin == nil || !t.pin.before(end) {
		t.top = end
		return
	}
	t.leave()
	t.news.quiet = true
	t.top = *t.pin
	t.pin = nil
}

// hold keeps the reader's words at the top where their part was laid out anew,
// and the window full when it became higher.
func (t *transcript) hold() {
	t.top.part = min(t.top.part, t.parts(t.top.item)-1)
	if t.spot.known && (t.spot.width != t.width || t.spot.loose) {
		t.seek()
	}
	if rows := t.rows(t.top.item, t.top.part); t.top.row >= len(rows) {
		t.top.row = max(0, len(rows)-1)
	}
	if loose := !t.stays(); loose || t.spot.known {
		t.remember()
		t.spot.width, t.spot.loose = t.width, loose
	}
	if t.settling && t.ahead(t.top, t.height+1) <= t.height {
		t.toEnd()
		t.top = t.end()
	}
	t.settling = false
}

// stays reports whether the row at the top will be there, as it is.
func (t *transcript) stays() bool { return t.open(t.top.item).fixed(t.top.part, t.top.row) }

// remember notes the words at the top, unless they are known since they came there.
func (t *transcript) remember() {
	if !t.spot.known && t.top.item < len(t.items) {
		t.spot = spotOf(t.rows(t.top.item, t.top.part), t.top.row, t.width)
	}
}

// seek moves the top to the words that are remembered.
func (t *transcript) seek() {
	rows := t.rows(t.top.item, t.top.part)
	if !t.spot.loose {
		t.top.row, _, _ = t.spot.scaled(rows).find(rows)
		return
	}
	row, rest, ok := t.spot.find(rows)
	for !ok && t.items[t.top.item].isBlock(t.top.part+1) { // an open block was cut in two
		t.top.part++
		t.spot.letters = rest
		row, rest, ok = t.spot.find(t.rows(t.top.item, t.top.part))
	}
	t.top.row = row
}

// end is the place from which the last rows just fill the window.
func (t *transcript) end() place {
	left := t.height + 1 // the blank row after the last item may stay out of view
	for at := (place{item: len(t.items)}); ; {
		before, ok := t.previous(at)
		if !ok {
			return place{}
		}
		if n := before.row; n >= left {
			before.row = n - left
			return before
		}
		left -= before.row
		at = place{before.item, before.part, 0}
	}
}

// previous is the end of the part before the one of a place.
func (t *transcript) previous(p place) (place, bool) {
	switch {
	case p.part > 0:
		p.part--
	case p.item > 0:
		p.item--
		p.part = t.parts(p.item) - 1
	default:
		return place{}, false
	}
	p.row = len(t.rows(p.item, p.part))
	return p, true
}

// after is the beginning of the part after the one of a place.
func (t *transcript) after(p place) place {
	if p.part+1 < t.parts(p.item) {
		return place{p.item, p.part + 1, 0}
	}
	return place{p.item + 1, 0, 0}
}

// ahead is how many rows there are from a place on, counted up to a limit.
func (t *transcript) ahead(p place, limit int) int {
	n := -p.row
	for ; p.item < len(t.items) && n < limit; p = t.after(p) {
		n += len(t.rows(p.item, p.part))
	}
	return min(n, limit)
}

// scroll moves the window by rows, down if positive.
func (t *transcript) scroll(rows int) {
	if len(t.items) == 0 || t.width == 0 {
		return
	}
	t.settle()
	t.move(t.by(rows))
}

// move puts the top where the reader wants it. At the end, the end is followed.
func (t *transcript) move(to place) {
	if to == t.top && !t.follow {
		return
	}
	t.leave()
	t.top, t.spot, t.pin = to, spot{}, nil
	if to.item == len(t.items) || t.ahead(to, t.height+2) <= t.height+1 {
		t.toEnd()
		t.top = t.end()
	}
}

// by is the place some rows from the top.
func (t *transcript) by(rows int) place {
	if rows < 0 {
		return t.back(t.top, -rows)
	}
	return t.forth(t.top, rows)
}

func (t *transcript) back(p place, rows int) place {
	for p.row < rows {
		rows -= p.row
		before, ok := t.previous(p)
		if !ok {
			return place{}
		}
		p = before
	}
	p.row -= rows
	return p
}

func (t *transcript) forth(p place, rows int) place {
	for p.item < len(t.items) {
		n := len(t.rows(p.item, p.part))
		if p.row+rows < n {
			p.row += rows
			return p
		}
		rows -= n - p.row
		p = t.after(p)
	}
	return p
}

// toTop shows the beginning.
func (t *transcript) toTop() {
	if len(t.items) > 0 && t.width > 0 {
		t.move(place{})
	}
}

// toEnd shows the end and follows it.
func (t *transcript) toEnd() { t.follow, t.pin, t.spot = true, nil, spot{} }

// toQuestion shows the end until the last question is at the top of the window, or
// so much of the end of a long one as leaves half of it for the answer: so that a
// long answer can be read from its beginning.
func (t *transcript) toQuestion() {
	t.toEnd()
	pin := place{item: max(0, len(t.items)-2)}
	if t.width > 0 && t.height > 0 && len(t.items) > 0 {
		if end := t.back(place{item: len(t.items) - 1}, t.height/2); pin.before(end) {
			pin = end
		}
	}
	t.pin = &pin
}

// leave stops following: from now on what comes is news.
func (t *transcript) leave() {
	if t.follow {
		t.follow = false
		t.news = news{}
		t.news.restart(t)
	}
}

func (p place) before(q place) bool {
	if p.item != q.item {
		return p.item < q.item
	}
	if p.part != q.part {
		return p.part < q.part
	}
	return p.row < q.row
}
