package markdown

import (
	"bytes"
	"strings"
	"time"

	"groqchat/ui/safe"
)

// Stream is a text that grows, as lines.
//
// Its blocks that are complete are rendered once; the open one at its end is
// rendered again as it grows, but for code, of which each line is. Closed, it
// has the lines that [Renderer.Render] gives for the whole text, whatever the
// parts were.
type Stream struct {
	r     *Renderer
	width int

	raw     string // the beginning of a character
	src     []byte // safe
	split   splitter
	next    int      // the first block that was not rendered
	first   int      // the blocks before it have no lines here, see Block
	origins []origin // of the blocks that are begun
	filled  int      // 1 and the index of the first block that has lines
	memory  memory
	waits   waiting
	code    *code // the open code block
	fence   fence // what it began with
	coded   int   // the end in src of what it was given
	drawn   int   // how much of src was rendered
	fresh   int   // how much came since then
	whole   bool  // no colours may wait

	lines    []string // finished ones, then those of the open block
	finished int
	patches  []*Patch // complete blocks whose colours are to come, and the open code block
	rest     *Patch   // any other open block whose colours are to come
	taken    int      // how many of the painter's results the open block knows
	stale    bool
	closed   bool
	cutOff   bool

	since time.Time     // when the text came that is not shown
	shown time.Time     // when the open block was rendered
	took  time.Duration // how long that took
}

// Width returns the number of cells that the lines are made for.
func (s *Stream) Width() int { return s.width }

// Finished returns how many of the first lines can not change any more, but for
// their colours if those are to come.
func (s *Stream) Finished() int { return s.finished }

// Stale reports whether Lines held back text that came, to keep its pace or
// because it cannot be shown well yet: ask again a little later.
func (s *Stream) Stale() bool { return s.stale || s.waits.on && !s.waits.over }

// Closed reports whether no more text comes.
func (s *Stream) Closed() bool { return s.closed }

// Append adds text. It renders nothing.
func (s *Stream) Append(text string) {
	if s.closed || text == "" {
		return
	}
	text = s.raw + text
	n := safe.Whole(text)
	s.raw = text[n:]
	s.src = append(s.src, safe.Text(text[:n])...)
	s.age()
}

// age says that the open block is not shown as it could be.
func (s *Stream) age() {
	if !s.stale && s.r.now != nil {
		s.since = s.r.now()
	}
	s.stale = true
}

// Close says that no more text comes: what is there is final.
func (s *Stream) Close() {
	if s.closed {
		return
	}
	s.src = append(s.src, safe.Text(s.raw)...)
	s.raw = ""
	s.closed, s.stale = true, true
}

// Cut is Close for a text that was cut off: its last block stays as it was shown,
// with the strong words, code and links closed that are begun.
func (s *Stream) Cut() {
	s.cutOff = s.cutOff || !s.closed
	s.Close()
}

// Lines returns the lines so far, with the colours that came. They are the
// stream's: they must not be changed, and those beyond Finished are only good
// until the next call.
func (s *Stream) Lines() []string {
	s.Draw()
	for _, p := range s.patches {
		p.Repaint()
	}
	s.tidy()
	return s.lines
}

// Draw makes the lines, but for colours of complete blocks that came: see Block.
//
// With a clock, a stream whose open block took a time T to render does not
// render again before 4 T are over, or a tenth of a second if that is less; see
// Stale. Closed, it always does.
func (s *Stream) Draw() {
	if s.taken != s.r.painter.taken {
		s.taken = s.r.painter.taken
		if s.code != nil || s.rest != nil {
			s.age()
		}
	}
	if (s.stale || s.lapsed()) && s.due() {
		s.stale = false
		s.update()
	}
}

// The pace: a fifth of the time at most is spent on rendering the open block,
// and no text is held longer than a reader notices.
const (
	restPerWork = 4
	longestHold = 100 * time.Millisecond
)

func (s *Stream) due() bool {
	if s.r.now == nil || s.closed {
		return true
	}
	now := s.r.now()
	return now.Sub(s.shown) >= restPerWork*s.took || now.Sub(s.since) >= longestHold
}

func (s *Stream) update() {
	s.scan()
	s.fresh, s.drawn = len(s.src)-s.drawn, len(s.src)
	if s.code != nil {
		s.patches[len(s.patches)-1].Repaint()
	}
	s.lines, s.rest = s.lines[:s.finished], nil
	for ; s.next < len(s.split.blocks); s.next++ {
		s.complete(s.split.blocks[s.next])
	}
	if !s.closed {
		s.timed(s.tail)
	}
}

// scan finds the blocks that are complete: all of them in a closed text. The last
// line of one that was cut off decides nothing, but that code ends.
func (s *Stream) scan() {
	s.split.scan(s.src)
	if !s.closed {
		return
	}
	halfLine := len(s.src) > 0 && s.src[len(s.src)-1] != '\n'
	if halfLine {
		s.src = append(s.src, '\n')
	}
	if !s.cutOff || s.split.state == inFence {
		s.split.scan(s.src)
	}
	if isBlank(s.src[s.split.start:]) {
		return
	}
	unclosed := s.split.state == inFence
	s.split.cut(len(s.src))
	last := &s.split.blocks[len(s.split.blocks)-1]
	last.unclosed, last.cutOff, last.halfLine = unclosed, s.cutOff, halfLine
}

// complete adds the lines of a block that cannot change any more.
func (s *Stream) complete(b span) {
	s.note()
	switch {
	case b.unclosed:
		s.fenced(b.start, b.end)
	case b.fenced:
		closing := bytes.LastIndexByte(s.src[b.start:b.end-1], '\n') + 1
		s.fenced(b.start, b.start+closing)
	default:
		s.block(b)
	}
	if s.filled == 0 && len(s.lines) > 0 {
		s.filled = s.next + 1
	}
}

func (s *Stream) timed(work func()) {
	if s.r.now == nil {
		work()
		return
	}
	before := s.r.now()
	work()
	s.shown = s.r.now()
	s.took = s.shown.Sub(before)
}

// fenced adds what is left of a code block that is complete.
func (s *Stream) fenced(start, end int) {
	s.feed(start, end)
	s.code.close()
	s.take()
	s.code = nil
	s.tidy()
}

// block adds the lines of any other block that is complete.
func (s *Stream) block(b span) {
	src := s.src[b.start:b.end]
	if isBlank(src) {
		return
	}
	p := &Patch{s: s, block: s.next, src: src, cutOff: b.cutOff, halfLine: b.halfLine, before: s.memory}
	s.r.painter.begin(min(len(src), s.fresh), s.whole)
	var lines []string
	lines, s.memory = p.render()
	p.codes = s.r.awaited()
	s.put(lines)
	if s.finished = len(s.lines); len(p.codes) > 0 {
		s.patches = append(s.patches, p.over(lines))
	}
}

// put adds lines, with a blank one before them.
func (s *Stream) put(lines []string) {
	if len(lines) > 0 && s.filled > 0 {
		s.lines = append(s.lines, "")
	}
	s.lines = append(s.lines, lines...)
}

// tail shows the open block.
func (s *Stream) tail() {
	src := s.src[s.split.start:]
	if s.split.state == inFence {
		s.feed(s.split.start, s.split.pos)
		s.take()
		s.lines = append(s.lines, s.code.peek(s.partial())...)
		return
	}
	if len(src) > maxTail {
		s.put(s.r.plain(src, s.width))
		return
	}
	before := s.waits
	s.waits = waiting{}
	lines, shown := s.open(src, true)
	if shown < len(src) && s.late(before, s.split.start+shown) {
		lines, _ = s.open(src, false)
	}
	s.put(lines)
	if codes := s.r.awaited(); len(codes) > 0 {
		s.rest = (&Patch{s: s, block: s.next, codes: codes}).over(lines)
	}
}

// open renders the open block, with or without patience, and returns how much of
// it is shown.
func (s *Stream) open(src []byte, patient bool) (lines []string, shown int) {
	s.r.painter.begin(min(len(src), s.fresh), s.whole)
	s.r.awaited() // of an attempt before
	g := grow(src, patient)
	lines, _ = s.r.renderOpen(&g, s.width, s.memory)
	if g.held {
		return lines, 0
	}
	return lines, g.shown
}

// partial is the line of code that is being written, unless it may become the
// closing fence.
func (s *Stream) partial() string {
	line := s.src[s.split.pos:]
	if l := newLine(line); l.column < 4 && len(bytes.TrimRight(l.text, " ")) == run(l.text, s.fence.char) {
		return ""
	}
	return outdent(string(line), s.fence.column)
}

// take moves the lines that the open code block finished.
func (s *Stream) take() {
	s.lines = append(s.lines, s.code.lines...)
	s.code.lines = s.code.lines[:0]
	s.finished = len(s.lines)
}

// feed gives the lines up to end to the code block that begins at start.
func (s *Stream) feed(start, end int) {
	if s.code == nil {
		s.begin(start)
	}
	s.r.painter.begin(min(end-s.coded, s.fresh), s.whole)
	for s.coded < end {
		n := bytes.IndexByte(s.src[s.coded:end], '\n')
		s.code.add(outdent(string(s.src[s.coded:s.coded+n]), s.fence.column))
		s.coded += n + 1
	}
}

// begin begins the code block whose opening fence is at start.
func (s *Stream) begin(start int) {
	size := bytes.IndexByte(s.src[start:], '\n') + 1
	opening := newLine(s.src[start : start+size])
	s.fence, _ = opening.fence()
	s.note()
	s.memory.codes++
	info := string(bytes.TrimSpace(opening.text[s.fence.size:]))
	s.code = s.r.newCode(info, s.memory.codes, s.width)
	s.coded = start + size
	if s.filled > 0 {
		s.lines = append(s.lines, "")
	}
	s.patches = append(s.patches, &Patch{s: s, block: s.next, taken: s.r.painter.taken, from: len(s.lines), code: s.code})
}

// outdent takes away as many columns of indentation as the opening fence has.
func outdent(line string, columns int) string {
	for columns > 0 && strings.HasPrefix(line, " ") {
		line = line[1:]
		columns--
	}
	return line
}
