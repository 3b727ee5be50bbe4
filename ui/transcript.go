package ui

import (
	"time"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/markdown"
	"groqchat/ui/theme"
)

// transcript is the scrolling conversation. It is anchored at a row of an item,
// so that nothing moves under the reader while text grows below. Items are
// rendered when they come into view; heights out of view are not measured.
type transcript struct {
	items         []*item
	width, height int // columns of text, rows of the window
	top           place
	follow        bool   // keep the end in view
	pin           *place // follow no further than until this row is the first
	look          look
	clock         func() time.Time
	widths        ansi.Method // how the renderer measures text
}

// place is a row of an item.
type place struct{ item, row int }

// look is how items are drawn. generation changes when what was drawn before is
// no longer right.
type look struct {
	styles     theme.Styles
	renderer   *markdown.Renderer
	generation int
}

// newTranscript makes an empty one. The clock is for the renderer alone, which
// measures its own work so that a long table under way does not take all time.
func newTranscript(styles theme.Styles, clock func() time.Time) transcript {
	return transcript{follow: true, clock: clock, look: look{styles: styles, renderer: markdown.New(styles, markdown.WithClock(clock))}}
}

// restyle draws everything anew in other styles.
func (t *transcript) restyle(styles theme.Styles) {
	renderer := markdown.New(styles, markdown.WithClock(t.clock), markdown.WithWidths(t.widths))
	t.look = look{styles: styles, renderer: renderer, generation: t.look.generation + 1}
}

// measure draws everything anew, measured as the renderer does from now on.
func (t *transcript) measure(widths ansi.Method) {
	if t.widths != widths {
		t.widths = widths
		t.restyle(t.look.styles)
	}
}

// held reports whether the renderer held back text of the answer under way, to
// be drawn a little later even if no more comes.
func (t *transcript) held() bool {
	n := len(t.items)
	return n > 0 && t.items[n-1].held()
}

// resize sets the window. The reader's place stays at its item.
func (t *transcript) resize(width, height int) {
	if width != t.width && t.top.item < len(t.items) {
		t.top.row = 0
	}
	t.width, t.height = width, height
}

// show makes the transcript show a path. Items that are already there are kept.
func (t *transcript) show(path []chat.Message) {
	items := make([]*item, len(path))
	for i, m := range path {
		if i < len(t.items) && t.items[i].msg.ID == m.ID {
			items[i] = t.items[i]
			items[i].set(m)
			continue
		}
		items[i] = &item{msg: m}
	}
	t.items = items
	if t.top.item >= len(items) {
		t.top = place{}
	}
}

// replace shows another conversation from its end.
func (t *transcript) replace(path []chat.Message) {
	t.items, t.top, t.follow, t.pin = nil, place{}, true, nil
	t.show(path)
}

// update changes the last item.
func (t *transcript) update(m chat.Message) {
	if n := len(t.items); n > 0 && t.items[n-1].msg.ID == m.ID {
		t.items[n-1].set(m)
	}
}

// rows is the rows of an item at the present width.
func (t *transcript) rows(i int) []string { return t.items[i].render(t.look, t.width) }

// view is exactly height rows.
func (t *transcript) view() []string {
	t.settle()
	rows := make([]string, 0, t.height)
	for at := t.top; at.item < len(t.items) && len(rows) < t.height; at = (place{at.item + 1, 0}) {
		all := t.rows(at.item)
		rows = append(rows, all[min(at.row, len(all)):]...)
	}
	rows = rows[:min(len(rows), t.height)]
	return append(rows, make([]string, t.height-len(rows))...)
}

// window is the rows for a lower window, such as the part that an overlay leaves.
func (t *transcript) window(height int) []string {
	part := *t
	part.height = max(0, height)
	return part.view()
}

// settle makes the anchor valid: at the end when following, never beyond it.
func (t *transcript) settle() {
	end := t.end()
	if t.follow && t.pin != nil && t.pin.before(end) {
		t.top, t.follow, t.pin = *t.pin, false, nil
		return
	}
	if t.follow || end.before(t.top) {
		t.top = end
	}
	if t.top == end {
		t.follow = true
	}
}

// end is the place from which the last rows just fill the window.
func (t *transcript) end() place {
	left := t.height
	for i := len(t.items) - 1; i >= 0; i-- {
		n := len(t.rows(i))
		if i == len(t.items)-1 && n > 0 {
			n-- // the blank row after the last item may stay out of view
		}
		if n >= left {
			return place{i, n - left}
		}
		left -= n
	}
	return place{}
}

// scroll moves the window by rows, down if positive.
func (t *transcript) scroll(rows int) {
	t.settle()
	t.follow, t.pin = false, nil
	if rows < 0 {
		t.top = t.back(t.top, -rows)
	} else {
		t.top = t.forth(t.top, rows)
	}
	t.settle()
}

func (t *transcript) back(p place, rows int) place {
	for p.row < rows {
		if p.item == 0 {
			return place{}
		}
		rows -= p.row
		p.item--
		p.row = len(t.rows(p.item))
	}
	p.row -= rows
	return p
}

func (t *transcript) forth(p place, rows int) place {
	for p.item < len(t.items) {
		n := len(t.rows(p.item))
		if p.row+rows < n {
			p.row += rows
			return p
		}
		rows -= n - p.row
		p = place{p.item + 1, 0}
	}
	return p
}

// toTop shows the beginning.
func (t *transcript) toTop() { t.top, t.follow = place{}, false }

// toEnd shows the end and follows it.
func (t *transcript) toEnd() { t.follow, t.pin = true, nil }

// toQuestion shows the end until the last question is at the top of the window,
// so that a long answer can be read from its beginning.
func (t *transcript) toQuestion() {
	t.follow, t.pin = true, &place{max(0, len(t.items)-2), 0}
}

// countedBelow bounds how far below counts: further than anybody reads a number for.
const countedBelow = 2000

// below is how many rows stand below the window; more says that there are more.
func (t *transcript) below() (rows int, more bool) {
	if t.follow {
		return 0, false
	}
	rows = -t.height - t.top.row
	for i := t.top.item; i < len(t.items); i++ {
		if rows > countedBelow {
			return rows, true
		}
		rows += len(t.rows(i))
	}
	return max(0, rows-1), false
}

func (p place) before(q place) bool {
	return p.item < q.item || p.item == q.item && p.row < q.row
}
