package ui

import (
	"slices"
	"strings"

	"groqchat/chat"
)

// While the transcript has the focus, one of its messages is chosen: the keys act
// on it, and a mark in the gutter shows it. It is known by its id, so that it stays
// the same while others come and go.

// chosenAt is the index of the chosen item, -1 if none is.
func (t *transcript) chosenAt() int {
	if t.chosen == "" {
		return -1
	}
	return slices.IndexFunc(t.items, func(it *item) bool { return it.msg.ID == t.chosen })
}

// chosenMessage is the message that the keys act on; ok is false while they go to
// the input.
func (t *transcript) chosenMessage() (m chat.Message, ok bool) {
	at := t.chosenAt()
	if at < 0 {
		return chat.Message{}, false
	}
	return t.items[at].msg, true
}

// choose makes item i the chosen one and brings it into view. Where another one
// is the last, the end is not followed: the chosen one would be carried away.
func (t *transcript) choose(i int) {
	t.chosen = t.items[i].msg.ID
	if t.width == 0 {
		return
	}
	t.expose(i)
	if i < len(t.items)-1 {
		t.leave()
	}
}

// chooseSeen chooses the last message of which something is in view, and moves
// nothing.
func (t *transcript) chooseSeen() {
	at := len(t.items) - 1
	if !t.follow && t.width > 0 {
		t.settle()
		at = min(at, t.forth(t.top, max(0, t.height-1)).item)
		t.leave()
	}
	t.chosen = t.items[at].msg.ID
}

// unchoose gives the focus back; at the end, the end is followed again.
func (t *transcript) unchoose() {
	t.chosen = ""
	if len(t.items) > 0 && t.width > 0 && !t.follow && t.ahead(t.top, t.height+2) <= t.height+1 {
		t.toEnd()
	}
}

// rechoose keeps a message chosen after the path has changed: the one that stands
// where the chosen one stood.
func (t *transcript) rechoose(before []*item) {
	if t.chosen == "" || t.chosenAt() >= 0 {
		return
	}
	at := slices.IndexFunc(before, func(it *item) bool { return it.msg.ID == t.chosen })
	t.chosen = ""
	if n := len(t.items); n > 0 {
		t.chosen = t.items[max(0, min(at, n-1))].msg.ID
	}
}

// exposedFar is how many windows further down an item is gone to at once.
const exposedFar = 3

// expose moves the window as little as it takes to show item i whole, or its
// beginning where it is higher than the window.
func (t *transcript) expose(i int) {
	t.settle()
	start, end := place{item: i}, place{item: i + 1}
	if start.before(t.top) {
		t.move(start)
		return
	}
	lead := t.span(t.top, start, exposedFar*t.height)
	if lead == exposedFar*t.height {
		t.move(start)
		return
	}
	const gap = 1 // the blank row after it
	if over := lead + t.span(start, end, t.height+gap) - gap - t.height; over > 0 {
		t.scroll(min(over, lead))
	}
}

// span is how many rows stand between two places, counted up to a limit.
func (t *transcript) span(from, to place, limit int) int {
	n := -from.row
	for p := (place{from.item, from.part, 0}); p.before(to) && p.item < len(t.items) && n < limit; p = t.after(p) {
		n += len(t.rows(p.item, p.part))
	}
	return min(n, limit)
}

// keepChosen brings the chosen message into view again where a change of the
// window has put all of it outside.
func (t *transcript) keepChosen() {
	at := t.chosenAt()
	if !t.displaced || at < 0 {
		return
	}
	t.displaced = false
	start, end := place{item: at}, place{item: at + 1}
	if below := !start.before(t.top) && t.span(t.top, start, t.height) == t.height; below || !t.top.before(end) {
		t.expose(at)
	}
}

// The marks before the rows of the chosen message: a question's bar grows wide, an
// answer gets one. They differ without colour too.
const (
	chosenBar     = "┃"
	chosenUserBar = "█"
)

// markChosen puts the mark before rows as they stand on the screen.
func markChosen(rows []string, l look) {
	bar, mark, userMark := questionBar(l), l.styles.Accent.Render(chosenBar), l.styles.UserBar.Render(chosenUserBar)
	for i, row := range rows {
		if rest, ok := strings.CutPrefix(row, bar); ok {
			rows[i] = userMark + " " + rest
			continue
		}
		if rest, ok := strings.CutPrefix(row, indent); ok {
			row = " " + rest
		}
		rows[i] = mark + row
	}
}
