package markdown

import "math"

// What is copied of a block has the lines of its text, and not those that end for
// want of room.

// The width at which no line ends for want of room, and the longest block that is
// laid out at it.
const (
	unwrappedWidth = 1 << 14
	unwrappedMost  = 256 << 10
)

// Unwrapped returns the lines of a block as they were if there were room for each,
// without colours of code. code reports whether it is fenced code: then the lines
// are indented, below one that says which it is. nil stands for a block that can
// still change, or that is too long for it.
func (s *Stream) Unwrapped(i int) (lines []string, code bool) {
	if i >= len(s.split.blocks) || i >= len(s.origins) {
		return nil, false
	}
	b := s.split.blocks[i]
	if b.end-b.start > unwrappedMost {
		return nil, false
	}
	r := *s.r
	r.painter, r.wholeCode = NewPainter(0, r.painter.now), false
	one := Stream{r: &r, width: unwrappedWidth, src: s.src, memory: s.origins[i].memory, fresh: math.MaxInt}
	if s.filled <= i {
		one.filled = s.filled
	}
	one.complete(b)
	return one.lines, b.fenced || b.unclosed
}

// CodeIndent is how far the lines of code are indented, below its first line.
const CodeIndent = codeIndent
