package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// finder searches in the conversation: a line in the place of the input. As one
// types, the nearest hit is gone to; then keys go from hit to hit.
type finder struct {
	words   editor
	typing  bool
	choose  bool // a message was chosen: that of the hit is, in the end
	chosen  string
	origin  place // what was read when it was opened
	steps   int   // how far to go from the present hit when the search has ended
	known   bool  // the search has ended
	in      []foundIn
	total   int
	ordinal int // of the present hit, from 0
}

// foundIn is how many hits a message has.
type foundIn struct {
	message string
	hits    int
}

// foundMsg is what a search in the conversation found.
type foundMsg struct {
	find int
	in   []foundIn
}

// openFind opens it.
func (m *Model) openFind() tea.Cmd { return m.commandFind("") }

// commandFind searches for words, or lets them be typed.
func (m *Model) commandFind(words string) tea.Cmd {
	t := &m.transcript
	if len(t.items) == 0 {
		return m.notice.say(toneInfo, "Nothing was said yet that could be searched.")
	}
	if t.width > 0 {
		t.settle()
	}
	f := &finder{words: newLineEditor(), typing: words == "", choose: m.focused(), chosen: t.chosen, origin: t.top}
	f.words.insert(words)
	t.chosen = ""
	m.over = f
	return f.typed(m)
}

// finding reports whether keys go from hit to hit.
func (m *Model) finding() bool {
	f, ok := m.over.(*finder)
	return ok && !f.typing
}

// search looks for the words that stand there now; what is still under way for
// others belongs to nobody.
func (f *finder) search(m *Model) tea.Cmd {
	m.finds++
	find, words, texts := m.finds, f.words.value(), m.transcript.searched()
	return func() tea.Msg {
		p := newPattern(words)
		var in []foundIn
		for _, s := range texts {
			if n := p.count(s.text); n > 0 {
				in = append(in, foundIn{s.message, n})
			}
		}
		return foundMsg{find, in}
	}
}

// typed begins anew for other words.
func (f *finder) typed(m *Model) tea.Cmd {
	m.transcript.found = found{pattern: newPattern(f.words.value())}
	f.known, f.steps, f.total = false, 0, 0
	return f.search(m)
}

// step goes on by so many hits. What was said meanwhile is searched too.
func (f *finder) step(by int) action {
	f.steps += by
	return f.search
}

// onFound goes to the hit that is wanted.
func (m *Model) onFound(msg foundMsg) tea.Cmd {
	f, ok := m.over.(*finder)
	if !ok || msg.find != m.finds {
		m.changed = false
		return nil
	}
	t := &m.transcript
	f.take(msg.in, t)
	if f.total == 0 {
		t.found.message = ""
		return nil
	}
	t.found.message, t.found.nth = f.hit()
	t.showFound()
	return nil
}

// take counts what was found, and chooses a hit: from the present one on, or else
// the nearest to what was read.
func (f *finder) take(in []foundIn, t *transcript) {
	f.in, f.known, f.total = in, true, 0
	present := -1
	for _, one := range in {
		if one.message == t.found.message {
			present = f.total + min(t.found.nth, one.hits-1)
		}
		f.total += one.hits
	}
	if f.total == 0 {
		return
	}
	if present < 0 {
		present = f.nearest(t)
	}
	f.ordinal = ((present+f.steps)%f.total + f.total) % f.total
	f.steps = 0
}

// nearest is the first hit from what was read on, and the last one if there is none.
func (f *finder) nearest(t *transcript) int {
	n, next := 0, 0
	for i, it := range t.items {
		if next == len(f.in) || i > f.origin.item {
			break
		}
		if it.msg.ID != f.in[next].message {
			continue
		}
		hits := f.in[next].hits
		if i == f.origin.item && t.width > 0 {
			hits = min(hits, t.hitsAbove(f.origin))
		}
		n += hits
		next++
	}
	return min(n, f.total-1)
}

// hit is the message of the present hit, and which of its hits that is.
func (f *finder) hit() (message string, nth int) {
	left := f.ordinal
	for _, one := range f.in {
		if left < one.hits {
			return one.message, left
		}
		left -= one.hits
	}
	return "", 0
}

// leave takes the marks off and stays at the hit.
func (f *finder) leave(m *Model) tea.Cmd {
	t := &m.transcript
	at := t.found.message
	t.found = found{}
	if !f.choose {
		t.unchoose()
		return nil
	}
	if t.chosen = f.chosen; at != "" {
		t.chosen = at
	}
	return nil
}

// keepFound takes the marks off when something else came in the place of the finder.
func (m *Model) keepFound() {
	if _, ok := m.over.(*finder); !ok && m.transcript.found.pattern.words != "" {
		m.transcript.found = found{}
	}
}

func (f *finder) paste(text string) {
	if f.typing {
		f.words.insert(text)
	}
}

func (f *finder) whole() bool { return false }

func (f *finder) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	page := max(1, m.transcript.height-2)
	switch name := m.keys.named(m, msg, scopeOverlay); {
	case name == "overlay-close":
		return nil, f.leave
	case name == "overlay-accept" && f.typing:
		f.typing = false
	case name == "overlay-accept", name == "overlay-down", name == "find-next":
		return f, f.step(1)
	case name == "overlay-up", name == "find-previous":
		return f, f.step(-1)
	case name == "overlay-page-up":
		m.transcript.scroll(-page)
	case name == "overlay-page-down":
		m.transcript.scroll(page)
	case f.typing:
		return f, f.edit(m, msg)
	case name == "find-words":
		f.typing = true
	}
	return f, nil
}

// edit types; words that became others are searched for.
func (f *finder) edit(m *Model, msg tea.KeyPressMsg) action {
	before := f.words.value()
	if op, ok := m.keys.edit(m, msg); ok {
		f.words.do(op)
	} else if msg.Text != "" {
		f.words.insert(msg.Text)
	}
	if f.words.value() == before {
		return nil
	}
	return f.typed
}

// view takes the place of the input and of what stands around it, so that the
// transcript does not move.
func (f *finder) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	if t := &m.transcript; t.found.width != t.width {
		t.locate()
	}
	height = max(1, min(height, m.regions.gap+m.regions.tray+m.regions.composer))
	rows = make([]string, height)
	y = height - 1
	rows[y], x = f.line(m, width)
	return rows, x, y, f.typing
}

// line is the words, which hit of how many that is, and as many hints as fit.
func (f *finder) line(m *Model, width int) (row string, x int) {
	const label, gap = "find: ", "  "
	s, state := m.styles, f.state()
	inner := max(1, width-leftMargin-rightMargin-len(label))
	room := max(1, inner-len(gap)-ansi.StringWidthWc(state))
	typed, at := f.words.line(min(room, ansi.StringWidthWc(f.words.value())+1))
	row = indent + s.Accent.Render(label) + s.Text.Render(safe.Ordered(typed))
	tail := fit(append([]string{state}, f.hints(m)...), 0, max(0, inner-len(gap)-ansi.StringWidthWc(typed)))
	return row + gap + s.Dim.Render(tail), leftMargin + len(label) + at
}

// state is what is known of the words.
func (f *finder) state() string {
	switch {
	case f.words.empty():
		return "type what was said"
	case !f.known:
		return "…"
	case f.total == 0:
		return "not found"
	}
	return fmt.Sprintf("%d/%d", f.ordinal+1, f.total)
}

func (f *finder) hints(m *Model) []string {
	k := &m.keys
	if f.typing {
		return []string{k.hint("overlay-close", "close"), k.hint("overlay-down", "next"), k.hint("overlay-up", "before"), k.hint("overlay-accept", "done")}
	}
	return []string{k.hint("overlay-close", "close"), k.hint("find-next", "next"), k.hint("find-previous", "before"), k.hint("find-words", "other words")}
}
