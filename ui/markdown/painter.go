package markdown

import (
	"hash/maphash"
	"time"
)

// Painter finds the colours of code and remembers them, by what the code is and
// not by where it stands: renderers that share one, before and after a change of
// theme or width, lex nothing twice. Nor can a result come too late or for the
// wrong text: what is not asked for again is forgotten.
//
// A painter belongs to the goroutine that renders; only [Work.Do] may run beside it.
type Painter struct {
	languages
	now    func() time.Time // nil: nothing takes too long
	seed   maphash.Seed
	bound  bool // there is a budget
	budget int  // bytes of code that may be lexed in a frame
	left   int  // in this frame
	eager  bool // what came for a block is within what is left
	whole  bool // what is rendered now must be complete

	kept  cache
	taken int // how many results came
}

// How long lexing a part may take: while somebody waits for the frame, and beside
// it. The latter takes some 40 ms at most unless a lexer is hopeless or the machine
// is busy.
const (
	loopLimit = 10 * time.Millisecond
	workLimit = time.Second
)

// NewPainter makes a painter with a budget: so many bytes of code are coloured
// at once until the next [Painter.Refill], in languages that were in use before.
// All else is shown plain, and is work: see [Patch.Work]. By the clock, code
// whose lexer takes too long is given up; without one nothing is.
func NewPainter(budget int, now func() time.Time) *Painter {
	p := newPainter(now)
	p.bound, p.budget, p.left = true, budget, budget
	return p
}

// newPainter makes one that colours all at once.
func newPainter(now func() time.Time) *Painter { return &Painter{now: now, seed: maphash.MakeSeed()} }

// Refill begins a frame.
func (p *Painter) Refill() { p.left = p.budget }

// Take remembers the colours that work found. The lines that wait for them
// show them when they are next asked for: see [Patch.Repaint].
func (p *Painter) Take(found Colours) {
	p.taken++
	for i, c := range found.list {
		p.kept.put(found.keys[i], c)
	}
}

// begin begins the rendering of a block to which so many bytes came. A long text
// that comes at once, as in a session that is resumed, is no reason to be hasty.
func (p *Painter) begin(fresh int, whole bool) {
	p.whole = whole || !p.bound
	p.eager = fresh <= p.left
}

// affords reports whether n bytes may be lexed now, and counts them.
func (p *Painter) affords(lang *language, t chunk) bool {
	if p.whole {
		return true
	}
	ready := lang.ready.Load() && (t.inner == nil || t.inner.ready.Load())
	if !ready || !p.eager || len(t.text) > p.left {
		return false
	}
	p.left -= len(t.text)
	return true
}

// limit is how long the lexing of a part may take from now on.
func (p *Painter) limit() deadline {
	switch {
	case p.now == nil:
		return deadline{}
	case p.whole:
		return deadline{p.now, p.now().Add(workLimit)}
	}
	return deadline{p.now, p.now().Add(loopLimit)}
}

// key identifies a part by all that stands before it in its block and by itself.
func (p *Painter) key(before uint64, text string) uint64 {
	var h maphash.Hash
	h.SetSeed(p.seed)
	maphash.WriteComparable(&h, before)
	h.WriteString(text)
	return h.Sum64()
}

// colours returns the colours of a part that begins at a mark, nil if that is not
// known; it reports false if they are not to be had now.
func (p *Painter) colours(key uint64, lang *language, from *mark, t chunk) (colours, bool) {
	if c, ok := p.kept.get(key); ok {
		return c, true
	}
	if from == nil || !p.affords(lang, t) {
		return colours{}, false
	}
	c, slow := lang.lex(from, t, p.limit())
	if slow && !p.whole {
		p.left = 0
		return colours{}, false
	}
	p.kept.put(key, c)
	return c, true
}

// try returns the colours of a line that is not complete, and forgets them; nil
// if they are not to be had now.
func (p *Painter) try(lang *language, from *mark, t chunk) []tint {
	if from == nil || !p.affords(lang, t) {
		return nil
	}
	c, _ := lang.lex(from, t, p.limit())
	return c.tints
}

// cache keeps the colours of parts, up to a size: what was not asked for while
// half of it was filled is forgotten.
type cache struct {
	young, old map[uint64]colours
	size       int // of young, in bytes
}

// What the cache may hold, in bytes: code of some 20,000 lines.
const (
	maxCache  = 4 << 20
	entrySize = 100
	tintSize  = 4
)

func (c *cache) get(key uint64) (colours, bool) {
	found, ok := c.young[key]
	if !ok {
		if found, ok = c.old[key]; ok {
			c.put(key, found)
		}
	}
	return found, ok
}

func (c *cache) put(key uint64, found colours) {
	if c.young == nil || c.size > maxCache/2 {
		c.old, c.young, c.size = c.young, map[uint64]colours{}, 0
	}
	c.young[key] = found
	c.size += entrySize + tintSize*len(found.tints)
}
