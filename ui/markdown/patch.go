package markdown

import (
	"math"
	"slices"
)

// patch is a block of a stream that is complete, but for the colours of code in
// it; or a code block between fences that is still open.
type patch struct {
	from, size int // its lines; an open code block has no size yet

	code *code // a code block between fences: its parts are shown one by one

	src    []byte // any other block: it is rendered anew
	before memory
	codes  []*code
}

// done reports whether all colours are there.
func (p *patch) done() bool {
	return (p.code == nil || len(p.code.waiting) == 0) && len(p.codes) == 0
}

// first is the first line that may change, n if none may.
func (p *patch) first(n int) int {
	switch {
	case p.code == nil:
		return p.from
	case len(p.code.waiting) > 0:
		return p.from + p.code.waiting[0].from
	}
	return n
}

// tidy forgets the patches that are done.
func (s *Stream) tidy() {
	s.patches = slices.DeleteFunc(s.patches, func(p *patch) bool { return p.done() && (p.code == nil || p.code != s.code) })
}

// repaint shows the colours that came.
func (s *Stream) repaint() {
	if len(s.patches) == 0 && len(s.tailCode) == 0 {
		return
	}
	s.fresh = math.MaxInt // what was found is to be shown, not more to be found
	s.r.painter.begin(s.fresh, s.whole)
	for _, p := range s.patches {
		s.renew(p)
	}
	s.tidy()
	if !s.closed {
		s.stale = false
		s.update()
	}
}

// renew shows the colours that came of one block.
func (s *Stream) renew(p *patch) {
	show := func(from int, lines []string) {
		copy(s.lines[p.from+from:], lines)
		s.changed = min(s.changed, p.from+from)
	}
	if p.code != nil {
		p.code.repaint(show)
		return
	}
	before := p.before
	before.cache = newLeafCache() // the text may be long forgotten
	lines, _, waiting := s.render(p.src, before)
	p.codes = waiting
	if len(lines) == p.size {
		show(0, lines)
	}
}

// Pending reports whether colours are to come: lines are plain that will not stay so.
func (s *Stream) Pending() bool {
	return len(s.tailCode) > 0 || s.unready() || slices.ContainsFunc(s.patches, func(p *patch) bool { return !p.done() })
}

// unready reports whether the open code block is in a language that was not used
// before: it is better made ready before the first line is complete.
func (s *Stream) unready() bool {
	return s.code != nil && s.code.cutter.lang != nil && !s.whole && s.r.painter.bound && !s.code.cutter.lang.ready.Load()
}

// Work returns what is to be done next for the colours of the lines from one to
// another, nil if there is nothing. What it finds is for the renderer's painter,
// see [Painter.Take].
func (s *Stream) Work(from, to int) *Work {
	for _, p := range s.patches {
		if w := p.work(from, to); w != nil {
			return w
		}
	}
	if from >= len(s.lines) || to <= s.finished {
		return nil
	}
	for _, c := range s.tailCode {
		return c.work(1)
	}
	if s.unready() {
		return &Work{lang: s.code.cutter.lang}
	}
	return nil
}

// work is what is to be done for the lines in view.
func (p *patch) work(from, to int) *Work {
	if c := p.code; c != nil {
		if n := len(c.waiting); n == 0 || p.from+c.waiting[0].from >= to || p.from+c.waiting[n-1].end() <= from {
			return nil
		}
		return c.work(to - p.from)
	}
	if len(p.codes) == 0 || p.from >= to || p.from+p.size <= from {
		return nil
	}
	return p.codes[0].work(p.size)
}

// end is the line after its lines.
func (w *waiter) end() int { return w.from + w.size }

// work is the first of the parts that wait, up to a line of the block.
func (c *code) work(to int) *Work {
	w := &Work{lang: c.cutter.lang, from: c.before, now: c.r.painter.now}
	size := 0
	for _, next := range c.waiting {
		if len(w.parts) > 0 && (size >= maxWork || next.from >= to) {
			break
		}
		w.parts, w.keys = append(w.parts, next.chunk), append(w.keys, next.key)
		size += len(next.text)
	}
	return w
}
