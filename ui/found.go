package ui

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
)

// found is the words that are marked in the transcript, and the hit that was gone
// to. Marks are made for the rows in view alone, whenever they are drawn.
type found struct {
	pattern pattern // without words nothing is marked
	message string  // id of the one with the hit, "" for none
	nth     int     // hit of its text
	at      place   // where it begins
	column  int
	width   int // for which that was found
}

// said is a message's text as it is searched.
type said struct{ message, text string }

// searched is the texts that a search looks in: what was said and can be seen. What
// a model thought, and a summary that is folded, is not among it.
func (t *transcript) searched() []said {
	all := make([]said, 0, len(t.items))
	for _, it := range t.items {
		switch {
		case it.msg.Role == chat.User:
			all = append(all, said{it.msg.ID, asked(it.msg)})
		case !it.folded():
			all = append(all, said{it.msg.ID, it.msg.Content})
		}
	}
	return all
}

// said reports whether a part is what the message says, and not what accompanies it.
func (it *item) said(part int) bool {
	return it.isBlock(part) || it.msg.Role == chat.User && part < it.parts()-1
}

// marksOf finds the words in a part.
func (t *transcript) marksOf(i, part int) []mark {
	if !t.items[i].said(part) {
		return nil
	}
	return t.found.pattern.marks(t.rows(i, part), t.widths)
}

// hitsAbove is how many hits of a message stand above a place in it.
func (t *transcript) hitsAbove(to place) int {
	n := 0
	for part := 0; part <= min(to.part, t.parts(to.item)-1); part++ {
		hits := 0
		for _, m := range t.marksOf(to.item, part) {
			if (place{to.item, part, m.row}).before(to) {
				hits = m.hit + 1
			}
		}
		n += hits
	}
	return n
}

// locate finds the rows of the hit that was gone to: the last one of its message
// where the screen has fewer than the text, of which Markdown hides some. ok is
// false without any.
func (t *transcript) locate() (ok bool) {
	f := &t.found
	i := slices.IndexFunc(t.items, func(it *item) bool { return it.msg.ID == f.message })
	if f.message == "" || i < 0 {
		return false
	}
	f.at, f.column, f.width = place{item: i}, -1, t.width
	left := f.nth
	for part := range t.parts(i) {
		hits := 0
		for _, m := range t.marksOf(i, part) {
			if m.hit == hits { // the first mark of a hit
				f.at, f.column = place{i, part, m.row}, m.from
				hits++
				if left == 0 {
					return true
				}
				left--
			}
		}
	}
	return true
}

// showFound brings the hit into view, and moves nothing if it is there already. The
// end is not followed any more: the hit would be carried away.
func (t *transcript) showFound() {
	if t.width == 0 || len(t.items) == 0 || !t.locate() {
		return
	}
	t.settle()
	if !t.inView(t.found.at) {
		t.move(t.back(t.found.at, t.height/3))
	}
	t.leave()
}

// inView reports whether a row is in the window, below its first row, in which the
// question may stand.
func (t *transcript) inView(p place) bool {
	if p.before(t.top) {
		return false
	}
	row := t.span(t.top, place{p.item, p.part, 0}, 2*t.height) + p.row
	return row < t.height && (row > 0 || p == place{})
}

// markFound marks the words in rows of a part that are drawn from a place on.
func (t *transcript) markFound(rows []string, at place) []string {
	if t.found.pattern.words == "" || !t.items[at.item].said(at.part) {
		return rows
	}
	marks := t.found.pattern.marks(rows, t.widths)
	if len(marks) == 0 {
		return rows
	}
	f, now := t.found, -1
	for _, m := range marks {
		if f.message != "" && f.at == (place{at.item, at.part, at.row + m.row}) && f.column == m.from {
			now = m.hit
		}
	}
	rows = slices.Clone(rows)
	for _, m := range slices.Backward(marks) { // what stands before stays where it is
		style := t.look.styles.Found
		if m.hit == now {
			style = t.look.styles.FoundNow
		}
		rows[m.row] = restyled(rows[m.row], m.from, m.to, style, t.widths)
	}
	return rows
}

// restyled gives cells of a row another style; the others keep theirs, also where
// one goes on behind them.
func restyled(row string, from, to int, style lipgloss.Style, widths ansi.Method) string {
	var out, words, styles strings.Builder
	column, state := 0, ansi.NormalState
	flush := func() {
		if words.Len() > 0 {
			out.WriteString(style.Render(words.String()) + styles.String())
			words.Reset()
		}
	}
	for row != "" {
		piece, cells, n, next := widths.DecodeSequenceInString(row, state, nil)
		row, state = row[n:], next
		into := &out
		switch {
		case ansi.HasEscPrefix(piece):
			styles.WriteString(piece)
			if words.Len() > 0 && column < to {
				continue // it is among those behind the words
			}
		case column >= from && column < to, cells == 0 && words.Len() > 0: // an accent that stands apart
			into = &words
		}
		if column >= to && into != &words {
			flush()
		}
		into.WriteString(piece)
		column += cells
	}
	flush()
	return out.String()
}
