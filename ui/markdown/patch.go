package markdown

import (
	"bytes"
	"math"
	"slices"
)

// Patch is a block that is laid out, but for the colours of code in it. It puts
// them into the lines that were given out with it: see [Stream.Block].
type Patch struct {
	s          *Stream // has the lines
	block      int
	from, size int // its lines, without the blank one before them; of open code there is no size yet
	taken      int // how many of the painter's results were looked at

	code *code // a code block between fences: its parts are shown one by one

	src      []byte // any other block: it is rendered anew
	cutOff   bool   // its end is missing
	halfLine bool   // and that of its last line
	before   memory
	codes    []*code
}

// over says that the patch is for the lines that were put last.
func (p *Patch) over(lines []string) *Patch {
	p.from, p.size, p.taken = len(p.s.lines)-len(lines), len(lines), p.s.r.painter.taken
	return p
}

// Pending reports whether colours are to come.
func (p *Patch) Pending() bool {
	return p != nil && (p.code != nil && len(p.code.waiting) > 0 || len(p.codes) > 0 || p.unready())
}

// unready reports whether this is the open code block, in a language that was not
// used before: it is better made ready before the first line is complete.
func (p *Patch) unready() bool {
	if p.code == nil || p.code != p.s.code || p.s.whole || !p.s.r.painter.bound {
		return false
	}
	lang := p.code.cutter.lang
	return lang != nil && !lang.ready.Load()
}

// Repaint puts the colours that came in their places.
func (p *Patch) Repaint() {
	if p == nil || p == p.s.rest || p.taken == p.s.r.painter.taken || !p.Pending() {
		return
	}
	p.taken = p.s.r.painter.taken
	show := func(from int, lines []string) { copy(p.s.lines[p.from+from:], lines) }
	switch {
	case p.code != nil:
		p.code.repaint(show)
	case slices.ContainsFunc(p.codes, (*code).found):
		p.renew(show)
	}
	if !p.Pending() && (p.code == nil || p.code != p.s.code) {
		*p = Patch{s: &Stream{r: p.s.r}, block: p.block} // who keeps it need not keep the text
	}
}

// renew renders the block anew: what was found is to be shown, not more to be found.
func (p *Patch) renew(show func(from int, lines []string)) {
	s := p.s
	s.r.painter.begin(math.MaxInt, s.whole)
	lines, _ := p.render()
	p.codes = s.r.awaited()
	if len(lines) == p.size {
		show(0, lines)
	}
}

// render renders the block.
func (p *Patch) render() ([]string, memory) {
	src := p.src
	if p.halfLine {
		src = bytes.TrimSuffix(src, []byte("\n"))
	}
	if p.cutOff && len(src) <= maxTail {
		return p.s.r.renderCut(src, p.s.width, p.before)
	}
	return p.s.r.renderBlock(p.src, p.s.width, p.before)
}

// Work returns what is to be done next for the colours of the block's lines from
// one to another, nil if there is nothing. What it finds is for the renderer's
// painter, see [Painter.Take].
func (p *Patch) Work(from, to int) *Work {
	if !p.Pending() {
		return nil
	}
	base := p.s.lineOf(p.block)
	from, to = from+base, to+base
	if p.code != nil {
		return p.inOrder(from, to)
	}
	if p.from >= to || p.from+p.size <= from || p == p.s.rest && p.s.stale { // it is drawn anew anyway
		return nil
	}
	return p.codes[0].work(p.size)
}

// inOrder is what is to be done next for a code block between fences.
func (p *Patch) inOrder(from, to int) *Work {
	c := p.code
	n := len(c.waiting)
	switch {
	case n == 0 && to > p.from:
		return &Work{lang: c.cutter.lang}
	case n == 0 || p.from+c.waiting[0].from >= to || p.from+c.waiting[n-1].end() <= from:
		return nil
	}
	return c.work(to - p.from)
}

// end is the line after its lines.
func (w *waiter) end() int { return w.from + w.size }

// found reports whether the colours of the first part that waits are there.
func (c *code) found() bool {
	_, ok := c.r.painter.kept.get(c.waiting[0].key)
	return ok
}

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

// patch is the patch of a block with lines that are kept, nil if it has all colours.
func (s *Stream) patch(block int) *Patch {
	if s.rest != nil && s.rest.block == block {
		return s.rest
	}
	i, ok := slices.BinarySearchFunc(s.patches, block, func(p *Patch, block int) int { return p.block - block })
	if !ok {
		return nil
	}
	return s.patches[i]
}

// tidy forgets the patches that are done.
func (s *Stream) tidy() {
	s.patches = slices.DeleteFunc(s.patches, func(p *Patch) bool { return !p.Pending() && (p.code == nil || p.code != s.code) })
}
