package ui

import (
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/markdown"
	"groqchat/ui/theme"
)

// transcript is the scrolling conversation. It is anchored at a row of a part of
// an item, so that nothing moves under the reader while text grows below. Parts
// are made when they come into view, a little around it; how high the rest is
// nobody asks. So a frame costs what a window holds, and not what was said.
type transcript struct {
	items         []*item
	width, height int // columns of text, rows of the window
	top           place
	spot          spot   // the words at top, when they may move
	settling      bool   // the window changed: it may reach beyond the end
	follow        bool   // keep the end in view
	pin           *place // follow no further than until this row is the first
	chosen        string // id of the message that the keys act on, "" while they go to the input
	displaced     bool   // the window changed: the chosen message may be outside
	news          news
	found         found   // the words that are marked
	marked        marking // what is marked with the mouse
	look          look
	clock         func() time.Time
	cache         *rowCache
	painter       *markdown.Painter // outlives the looks: colours are found once
	opened        []*item           // those that have more than their message
	widths        ansi.Method       // how the renderer measures text
	thumbs        thumbnails        // of pictures
	wholeCode     bool              // long lines of code are not wrapped
	codeFrom      int               // the first column of them that is shown
}

// place is a row of a part of an item.
type place struct{ item, part, row int }

// look is how items are drawn.
type look struct {
	styles   theme.Styles
	renderer *markdown.Renderer
	thumbs   thumbnails
	widths   ansi.Method // how the renderer measures text
	bare     bool        // without the figures below an answer
}

// newTranscript makes an empty one. The clock is for the renderer alone, which
// measures its own work so that a long table under way does not take all time.
func newTranscript(styles theme.Styles, clock func() time.Time) transcript {
	t := transcript{follow: true, clock: clock, cache: newRowCache(), painter: markdown.NewPainter(codeBudget, clock)}
	t.restyle(styles)
	return t
}

// bare is an empty one that draws as this one does, without the figures below an
// answer. They share what colours code.
func (t *transcript) bare() transcript {
	b := transcript{
		follow: true, clock: t.clock, cache: newRowCache(), painter: t.painter,
		widths: t.widths, thumbs: t.thumbs, wholeCode: t.wholeCode, look: look{bare: true},
	}
	b.restyle(t.look.styles)
	return b
}

// restyle draws everything anew in other styles.
func (t *transcript) restyle(styles theme.Styles) {
	options := []markdown.Option{markdown.WithClock(t.clock), markdown.WithPainter(t.painter), markdown.WithWidths(t.widths)}
	if t.wholeCode {
		options = append(options, markdown.WithWholeCode(t.codeFrom))
	}
	t.look = look{styles, markdown.New(styles, options...), t.thumbs, t.widths, t.look.bare}
	t.cache.clear()
	t.marked = marking{}
	for _, it := range t.opened {
		it.close()
	}
	t.opened = nil
}

// measure draws everything anew, measured as the screen does from now on.
func (t *transcript) measure(widths ansi.Method) {
	if t.widths == widths {
		return
	}
	t.redo(func() { t.widths = widths })
}

// redo draws everything anew after a change of how that is done. The reader's words
// stay at the top of the window.
func (t *transcript) redo(change func()) {
	reading := t.width > 0 && !t.follow
	if reading {
		t.remember()
		t.spot.loose = true // its rows may be others
		t.news.flush(t)
	}
	change()
	t.restyle(t.look.styles)
	if reading {
		t.news.restart(t)
	}
}

// held reports whether the renderer held back text of the answer under way, to
// be drawn a little later even if no more comes.
func (t *transcript) held() bool {
	n := len(t.items)
	return n > 0 && t.items[n-1].held()
}

// resize sets the window. The reader's words stay at its top.
func (t *transcript) resize(width, height int) {
	if width == t.width && height == t.height {
		return
	}
	t.settling, t.displaced = !t.follow, true
	t.height = height
	if width != t.width {
		t.rewrap(width)
	}
}

// rewrap changes the width. What is in view is wrapped when it is drawn.
func (t *transcript) rewrap(width int) {
	if t.width > 0 && !t.follow {
		t.remember()
		t.news.flush(t)
	}
	t.width, t.marked = width, marking{}
	t.cache.clear()
	if !t.follow {
		t.news.restart(t)
	}
}

// show makes the transcript show a path. Items that are already there are kept.
func (t *transcript) show(path []chat.Message) {
	items := make([]*item, 0, len(path))
	for i := range path {
		if i == len(t.items) || !t.items[i].continues(&path[i]) {
			break
		}
		t.items[i].set(&path[i])
		items = append(items, t.items[i])
	}
	fresh := make([]item, len(path)-len(items))
	for i := range fresh {
		fresh[i].msg = path[len(items)]
		items = append(items, &fresh[i])
	}
	kept := len(items) - len(fresh)
	if kept < len(t.items) {
		t.marked = marking{}
	}
	if t.top.item >= kept && t.top.item < len(t.items) { // what stood at the top is another message
		t.top, t.spot = place{item: t.top.item}, spot{}
	}
	t.settling = t.settling || len(items) < len(t.items)
	before := t.items
	t.items = items
	t.rechoose(before)
	if t.top.item >= len(items) {
		t.top, t.follow = place{}, true
	}
}

// place says where the messages stand among their variants, by id.
func (t *transcript) place(places map[string]chat.Place) {
	for _, it := range t.items {
		if p := places[it.msg.ID]; p != it.place {
			it.place = p
			it.version++
		}
	}
}

// replace shows another conversation from its end.
func (t *transcript) replace(path []chat.Message) {
	t.items, t.opened, t.top, t.follow, t.pin = nil, nil, place{}, true, nil
	t.spot, t.chosen, t.marked = spot{}, "", marking{}
	t.cache.clear()
	t.show(path)
}

// update changes the last item.
func (t *transcript) update(m *chat.Message) {
	if n := len(t.items); n > 0 && t.items[n-1].msg.ID == m.ID {
		t.items[n-1].set(m)
	}
}

// parts is how many parts an item has.
func (t *transcript) parts(i int) int { return t.open(i).parts() }

// open is an item, made ready.
func (t *transcript) open(i int) *item {
	it := t.items[i]
	if it.open(t.look, t.width) {
		t.opened = append(t.opened, it)
	}
	return it
}

// rows is the rows of a part at the present width.
func (t *transcript) rows(i, part int) []string {
	rows, _ := t.part(i, part)
	return rows
}

// part is the rows of a part with the colours that came, and what puts those into
// them that are to come.
func (t *transcript) part(i, part int) ([]string, *markdown.Patch) {
	it := t.open(i)
	if it.kept(part) {
		return it.rows(part, t.look, t.width)
	}
	key, edition := rowKey{it, part}, it.edition(part)
	e, ok := t.cache.get(key, edition)
	if !ok {
		e.edition = edition
		e.rows, e.patch = it.rows(part, t.look, t.width)
		t.cache.put(key, e)
	}
	e.patch.Repaint()
	return e.rows, e.patch
}

// cheap reports whether the rows of a part are there already.
func (t *transcript) cheap(p place) bool {
	it := t.items[p.item]
	if it.closed() {
		return false
	}
	if it = t.open(p.item); it.kept(p.part) {
		return true
	}
	_, ok := t.cache.get(rowKey{it, p.part}, it.edition(p.part))
	return ok
}

// How far around the window items stay open, and how many may be open at all
// before those further away are closed.
const (
	openNear = 32
	openMost = 4 * openNear
)

// shut closes items far from the window.
func (t *transcript) shut() {
	if len(t.opened) <= openMost+t.height {
		return
	}
	reach := openNear + t.height
	near := t.items[min(len(t.items), max(0, t.top.item-reach)):min(len(t.items), t.top.item+reach)]
	t.opened = slices.DeleteFunc(t.opened, func(it *item) bool {
		if it.pending() || slices.Contains(near, it) {
			return false
		}
		it.close()
		return true
	})
}

// view is exactly height rows.
func (t *transcript) view() []string {
	t.cache.turn()
	t.painter.Refill()
	t.shut()
	t.advance()
	t.settle()
	t.keepChosen()
	rows := make([]string, 0, t.height)
	for at := t.top; at.item < len(t.items) && len(rows) < t.height; at = t.after(at) {
		part := t.rows(at.item, at.part)
		part = part[min(at.row, len(part)):]
		rows = t.draw(rows, at, part[:min(len(part), t.height-len(rows))], len(part))
	}
	return append(rows, make([]string, t.height-len(rows))...)
}

// draw adds rows of a part to the screen, of as many as there are from a place on.
func (t *transcript) draw(screen []string, at place, rows []string, all int) []string {
	it, n := t.items[at.item], len(screen)
	screen = it.draw(screen, at.part, t.markFound(rows, at))
	t.showMarked(screen[n:], at)
	if it.msg.ID != t.chosen || t.chosen == "" {
		return screen
	}
	last := len(screen)
	if at.part == it.parts()-1 && len(rows) == all {
		last-- // the blank row after the message
	}
	markChosen(screen[n:max(n, last)], t.look)
	return screen
}

// window is the rows for a lower window, such as the part that an overlay leaves.
func (t *transcript) window(height int) []string {
	part := *t
	part.height = max(0, height)
	rows := part.view()
	t.opened = part.opened
	return rows
}

// advance takes in what came of the answer under way, also when it is out of view.
func (t *transcript) advance() {
	if n := len(t.items); n > 0 && t.width > 0 {
		t.open(n - 1).advance()
	}
}
