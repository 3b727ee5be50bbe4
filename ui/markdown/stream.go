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

	raw    string // the beginning of a character
	src    []byte // safe
	split  splitter
	next   int // the first block that was not rendered
	memory memory
	table  openTable
	code   *code // the open code block
	fence  fence // what it began with
	coded  int   // the end in src of what it was given

	lines    []string // finished ones, then those of the open block
	finished int
	stale    bool
	closed   bool

	since time.Time     // when the text came that is not shown
	shown time.Time     // when the open block was rendered
	took  time.Duration // how long that took
}

// Width returns the number of cells that the lines are made for.
func (s *Stream) Width() int { return s.width }

// Finished returns how many of the first lines can not change any more.
func (s *Stream) Finished() int { return s.finished }

// Stale reports whether Lines held back text that came, to keep its pace: ask
// again a little later.
func (s *Stream) Stale() bool { return s.stale }

// Append adds text. It renders nothing.
func (s *Stream) Append(text string) {
	if s.closed || text == "" {
		return
	}
	text = s.raw + text
	n := safe.Whole(text)
	s.raw = text[n:]
	s.src = append(s.src, safe.Text(text[:n])...)
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

// Lines returns the lines so far. They are the stream's: they must not be
// changed, and those beyond Finished are only good until the next call.
//
// With a clock, a stream whose open block took a time T to render does not
// render again before 4 T are over, or a tenth of a second if that is less; see
// Stale. Closed, it always does.
func (s *Stream) Lines() []string {
	if s.stale && s.due() {
		s.stale = false
		s.update()
	}
	return s.lines
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
	if s.closed && len(s.src) > 0 && s.src[len(s.src)-1] != '\n' {
		s.src = append(s.src, '\n')
	}
	s.split.scan(s.src)
	s.lines = s.lines[:s.finished]
	for ; s.next < len(s.split.blocks); s.next++ {
		if b := s.split.blocks[s.next]; b.fenced {
			closing := bytes.LastIndexByte(s.src[b.start:b.end-1], '\n') + 1
			s.fenced(b.start, b.start+closing)
		} else {
			s.block(b.start, b.end)
		}
	}
	switch {
	case s.closed && s.split.state == inFence:
		s.fenced(s.split.start, len(s.src))
		return
	case s.closed:
		s.block(s.split.start, len(s.src))
		return
	}
	s.timed(s.tail)
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
}

// block adds the lines of any other block that is complete.
func (s *Stream) block(start, end int) {
	src := s.src[start:end]
	if isBlank(src) {
		return
	}
	var lines []string
	lines, s.memory = s.r.renderBlock(src, s.width, s.memory)
	s.table = openTable{}
	s.put(lines)
	s.finished = len(s.lines)
}

// put adds lines, with a blank one before them.
func (s *Stream) put(lines []string) {
	if len(lines) > 0 && len(s.lines) > 0 {
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
	if src = hold(src); isBlank(src) {
		return
	}
	var lines []string
	if len(src) > maxTail {
		lines = s.r.plain(src, s.width)
	} else {
		m := s.memory
		m.open = &s.table
		lines = s.r.renderOpen(src, s.width, m)
	}
	s.put(lines)
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
	s.memory.codes++
	info := string(bytes.TrimSpace(opening.text[s.fence.size:]))
	s.code = s.r.newCode(info, s.memory.codes, s.width)
	s.coded = start + size
	if len(s.lines) > 0 {
		s.lines = append(s.lines, "")
	}
}

// outdent takes away as many columns of indentation as the opening fence has.
func outdent(line string, columns int) string {
	for columns > 0 && strings.HasPrefix(line, " ") {
		line = line[1:]
		columns--
	}
	return line
}
