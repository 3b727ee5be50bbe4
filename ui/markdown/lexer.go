package markdown

import (
	"slices"
	"time"

	"github.com/alecthomas/chroma/v2"
)

// tint is the kind of the next bytes of a text. Tints know neither width nor
// theme, so they are good for every layout of the text.
type tint struct {
	kind int16 // a chroma.TokenType
	size uint16
}

// longestPart is what the sizes of tints can stand for.
const longestPart = 1<<16 - 1

// mark is where a lexer stands between two parts of a text. It is never changed,
// so that it can be kept and handed to another goroutine.
type mark struct {
	stack   []string // of states; empty at the beginning
	context map[any]any
	inner   *mark // of the language within, if there is one
	dead    bool  // it failed or took too long: the rest of the block is plain
}

// colours is what lexing a part gives: nil tints are plain text.
type colours struct {
	tints []tint
	after *mark
}

// deadline is when lexing a part takes too long; the zero value is never.
type deadline struct {
	now func() time.Time
	at  time.Time
}

func (d deadline) over() bool { return d.now != nil && d.now().After(d.at) }

// lex colours the part that begins at a mark. It is slow if that was given up
// for the time it took.
func (l *language) lex(from *mark, p chunk, d deadline) (c colours, slow bool) {
	switch {
	case p.plain || from.dead:
		return colours{nil, from}, false
	case p.quote:
		out := tints{left: len(p.text)}
		out.add(chroma.LiteralStringDoc, len(p.text))
		return colours{out.list, from}, false
	case p.inner == nil:
		return l.run(from, p.text, d)
	}
	within := from.inner
	if within == nil || p.fresh {
		within = &mark{}
	}
	c, slow = p.inner.run(within, p.text, d)
	return colours{c.tints, &mark{stack: from.stack, context: from.context, inner: c.after}}, slow
}

// run lexes a text in one language. What does not give the whole text kills the
// lexer for the rest of the block.
func (l *language) run(from *mark, text string, d deadline) (c colours, slow bool) {
	dead := colours{nil, &mark{dead: true}}
	if from.dead || len(text) > longestPart {
		return dead, false
	}
	defer func() {
		if recover() != nil { // chroma panics about its own rules
			c = dead
		}
	}()
	l.prepare()
	out := tints{left: len(text)}
	after := from
	ok := false
	if l.start != nil {
		s := fork(l.start, from)
		ok = l.drive(s, text, &out, d)
		after = from.next(s)
	} else {
		ok = l.alone(text, &out, d)
	}
	if !ok || out.left > 0 {
		return dead, d.over()
	}
	return colours{out.list, after}, false
}

// alone lexes a part by itself, for lexers that are made of several.
func (l *language) alone(text string, out *tints, d deadline) bool {
	iterator, err := l.known.Tokenise(nil, text)
	if err != nil {
		return false
	}
	for t := iterator(); t != chroma.EOF; t = iterator() {
		out.add(t.Type, len(t.Value))
		if d.over() {
			return false
		}
	}
	return true
}

// next is the mark of a state that a lexer came to from m; it is m itself if
// nothing changed, as after most lines.
func (m *mark) next(s *chroma.LexerState) *mark {
	stack := s.Stack
	if len(stack) == 1 && stack[0] == rootState {
		stack = nil
	}
	if m.inner == nil && len(s.MutatorContext) == 0 && slices.Equal(stack, m.stack) {
		return m
	}
	return &mark{stack: stack, context: s.MutatorContext}
}

// tints gathers the tints of a text.
type tints struct {
	list []tint
	left int // bytes that have none yet
}

// add takes the next bytes. Those beyond the text, a newline that a lexer added,
// are left out.
func (s *tints) add(kind chroma.TokenType, size int) {
	size = min(size, s.left)
	s.left -= size
	if n := len(s.list); n > 0 && s.list[n-1].kind == int16(kind) {
		s.list[n-1].size += uint16(size)
	} else if size > 0 {
		s.list = append(s.list, tint{int16(kind), uint16(size)})
	}
}
