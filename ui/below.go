package ui

import "groqchat/chat"

// news counts the rows that came since the reader left the end.
type news struct {
	rows  int   // those that came before from
	from  place // the end of the text when it was counted last
	quiet bool  // the window stopped by itself: what comes is no news, but what is to be read
}

// restart begins to count at the present end of the text.
func (n *news) restart(t *transcript) {
	if len(t.items) > 0 && t.width > 0 {
		n.from = t.textEnd()
	}
}

// flush counts what came, before widths change.
func (n *news) flush(t *transcript) { n.rows = n.count(t) }

// count is how many rows came. Of parts that are complete it counts once.
func (n *news) count(t *transcript) int {
	if n.quiet || n.from.item >= len(t.items) {
		return 0
	}
	end := t.textEnd()
	for n.from.item == end.item && n.from.part < end.part {
		n.rows += max(0, len(t.rows(n.from.item, n.from.part))-n.from.row)
		n.from = place{n.from.item, n.from.part + 1, 0}
	}
	if n.from.item != end.item || n.from.part > end.part {
		return n.rows
	}
	return n.rows + max(0, end.row-n.from.row)
}

// textEnd is the end of the last item's last part but the foot.
func (t *transcript) textEnd() place {
	last := len(t.items) - 1
	p, _ := t.previous(place{last, t.parts(last) - 1, 0})
	return p
}

// countedBelow bounds how far below counts: further than anybody reads a number for.
const countedBelow = 2000

// countedNear is how far below counts what is not drawn yet of the exchange that is
// being read.
const countedNear = 300

// below is how many rows stand below the window, 0 at the end. It is exact as
// far as the rows are there already or fill two windows; else there are more.
func (t *transcript) below() (rows int, exact bool) {
	if t.follow || len(t.items) == 0 {
		return 0, true
	}
	rows = -t.height - t.top.row
	for p := (place{t.top.item, t.top.part, 0}); p.item < len(t.items); p = t.after(p) {
		near := p.item <= t.top.item+1 && rows < countedNear
		if rows > countedBelow || rows > 2*t.height && !near && !t.cheap(p) {
			return rows, false
		}
		rows += len(t.rows(p.item, p.part))
	}
	return max(0, rows-1), true
}

// atLeastStep is how the number of rows is rounded of which there are more.
const atLeastStep = 5

// pill is what is said about the rows below the window, "" at the end.
func (t *transcript) pill() string {
	if t.follow || len(t.items) == 0 {
		return ""
	}
	rows, exact := t.below()
	switch n := t.news.count(t); {
	case n > 0 && (n <= rows || !exact): // of those that were read nothing is said
		return "↓ " + lines(n, "new")
	case !exact:
		return "↓ " + chat.Count(rows-rows%atLeastStep) + "+ more lines"
	case rows > 0:
		return "↓ " + lines(rows, "more")
	}
	return ""
}

// belowBrief is the same where there is no row for it.
func (t *transcript) belowBrief() string {
	if t.follow || len(t.items) == 0 {
		return ""
	}
	switch rows, exact := t.below(); {
	case !exact:
		return "↓ " + chat.Count(rows-rows%atLeastStep) + "+"
	case rows > 0:
		return "↓ " + chat.Count(rows)
	}
	return ""
}

func lines(n int, which string) string {
	if n == 1 {
		return "1 " + which + " line"
	}
	return chat.Count(n) + " " + which + " lines"
}
