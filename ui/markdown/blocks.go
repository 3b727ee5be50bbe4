package markdown

import (
	"bytes"
	"math"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A stream is also a list of blocks, for who shows but a part of a long text.
// What a block has to know of those before it is kept with it, so that each can
// be rendered by itself, at any width.

// origin is where a block begins.
type origin struct {
	line   int    // in lines, if it has lines there
	memory memory // what was known before it
}

// note notes the block that is begun, once.
func (s *Stream) note() {
	if len(s.origins) == s.next {
		s.origins = append(s.origins, origin{len(s.lines), s.memory})
	}
}

// Blocks returns how many blocks there are, the open one at the end included.
// Those but the last do not change any more.
func (s *Stream) Blocks() int {
	if s.closed && !s.stale {
		return s.next
	}
	return s.next + 1
}

// Kept reports whether the lines of a block are there, so that asking for them
// costs nothing.
func (s *Stream) Kept(block int) bool { return block >= s.first }

// Fixed reports whether a line of a block can not change any more.
func (s *Stream) Fixed(block, line int) bool {
	return block < s.next || s.lineOf(block)+line < s.finished
}

// Block returns the lines of a block, as they stand in the whole: with a blank
// one before them if there are others. What is not kept is rendered. If colours of
// it are to come, there is a patch. Lines that are kept, and a patch for them, are
// only good until the next call.
func (s *Stream) Block(i int) ([]string, *Patch) {
	if i < s.first {
		return s.again(i)
	}
	p := s.patch(i)
	p.Repaint()
	if !p.Pending() {
		p = nil
	}
	return s.lines[s.lineOf(i):s.lineOf(i+1)], p
}

// lineOf is the line at which a block begins that has lines here.
func (s *Stream) lineOf(i int) int {
	switch {
	case i < len(s.origins):
		return s.origins[i].line
	case i == s.next:
		return s.finished
	}
	return len(s.lines)
}

// again renders a block that is complete by itself.
func (s *Stream) again(i int) ([]string, *Patch) {
	one := Stream{r: s.r, width: s.width, src: s.src, memory: s.origins[i].memory, whole: s.whole, fresh: math.MaxInt}
	if s.filled <= i {
		one.filled = s.filled
	}
	one.complete(s.split.blocks[i])
	return one.lines, one.patch(0)
}

// SetWidth makes the lines as wide as they may be now. Complete blocks are not
// rendered before Block asks for them; Lines has what follows them.
func (s *Stream) SetWidth(width int) {
	s.width = max(1, width)
	s.Forget()
}

// Forget drops the lines: Block renders again what is asked for, and Lines has
// what follows the blocks that are complete.
func (s *Stream) Forget() {
	if len(s.origins) > s.next { // an open code block begins again
		s.memory, s.origins = s.origins[s.next].memory, s.origins[:s.next]
	}
	s.first, s.lines, s.finished, s.code, s.took = s.next, nil, 0, nil, 0
	s.patches, s.rest = nil, nil
	s.stale = s.stale || !s.closed
}

// Skim takes in what was appended and makes no lines of the blocks that are
// complete, as Forget does. It is for a long text that is there already.
func (s *Stream) Skim() {
	s.scan()
	outline := newOutline()
	for ; s.next < len(s.split.blocks); s.next++ {
		b := s.split.blocks[s.next]
		s.note()
		s.memory = s.r.learn(outline, s.src[b.start:b.end], b.fenced, s.memory)
		if s.filled == 0 && (b.fenced || letter(s.src[b.start]) || s.shows(s.next)) {
			s.filled = s.next + 1
		}
	}
	s.stale = !s.closed
	s.Forget()
}

// newOutline makes a parser that leaves alone what stands within paragraphs.
func newOutline() parser.Parser {
	blocks := append(parser.DefaultBlockParsers(), util.Prioritized(footnoteParser{}, footnotePriority), util.Prioritized(mathLines{}, mathPriority))
	return parser.NewParser(parser.WithBlockParsers(blocks...), parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
}

// shows reports whether a block has lines.
func (s *Stream) shows(block int) bool {
	lines, _ := s.again(block)
	return len(lines) > 0
}

// letter reports what begins a paragraph of its own, which is never empty.
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// learn is what is known after a block: what renderBlock finds out, without the
// lines.
func (r *Renderer) learn(outline parser.Parser, src []byte, fenced bool, m memory) memory {
	if fenced {
		m.codes++
		return m
	}
	if !teaches(src) || tooHard(src) {
		return m
	}
	context := parser.NewContext()
	for _, ref := range m.refs {
		context.AddReference(ref)
	}
	doc := outline.Parse(text.NewReader(src), parser.WithContext(context))
	if !simple(doc) {
		return m
	}
	m.learn(context)
	m.codes += countCodes(doc)
	return m
}

// teaches reports whether a block may define links or hold numbered code.
func teaches(src []byte) bool {
	for _, sign := range []string{"]:", "```", "~~~", "    ", "\t"} {
		if bytes.Contains(src, []byte(sign)) {
			return true
		}
	}
	return false
}

// countCodes counts the code blocks in a document.
func countCodes(doc ast.Node) int {
	n := 0
	for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.Kind() {
		case ast.KindFencedCodeBlock, ast.KindCodeBlock:
			n++
		default:
			if c.Type() == ast.TypeBlock {
				n += countCodes(c)
			}
		}
	}
	return n
}

// Coded reports whether a block is code or has some in it.
func (s *Stream) Coded(i int) bool {
	if i >= len(s.origins) {
		return false
	}
	after := s.memory.codes
	if i+1 < len(s.origins) {
		after = s.origins[i+1].memory.codes
	}
	return after > s.origins[i].memory.codes
}
