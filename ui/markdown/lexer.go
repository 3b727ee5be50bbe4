package markdown

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// The bounds of highlighting, which costs 2 to 5 ms a kilobyte.
const (
	maxCode     = 256 << 10 // of a code block; what follows is plain
	maxCodeLine = 4 << 10
	maxPiece    = 8 << 10 // of a comment or text over several lines
)

// highlighter finds lexers and colours, and keeps what it found.
type highlighter struct {
	theme  *chroma.Style
	styles map[chroma.TokenType]string
	names  map[string]chroma.Lexer // by lower-case name, alias and file ending
	starts map[string]*chroma.LexerState
}

// lexerFor begins to lex in the language that a fence names; nil if it is not
// known. A name is only looked up: the registry's own search tries every
// pattern of file names it has, which takes 5 ms.
func (r *Renderer) lexerFor(lang string) *lexer {
	fields := strings.FieldsFunc(strings.ToLower(lang), func(c rune) bool { return strings.ContainsRune(" ,:{}", c) })
	if len(fields) == 0 {
		return nil
	}
	if r.code == nil {
		r.code = &highlighter{theme: r.styles.Chroma(), styles: map[chroma.TokenType]string{}, starts: map[string]*chroma.LexerState{}}
	}
	known := r.code.find(fields[0])
	if known == nil || known.Config().Name == "plaintext" {
		return nil
	}
	return newLexer(r.code, known)
}

// find looks a language up by name, alias or file ending.
func (h *highlighter) find(name string) chroma.Lexer {
	if h.names == nil {
		h.names = map[string]chroma.Lexer{}
		for _, l := range lexers.GlobalLexerRegistry.Lexers {
			for _, ending := range l.Config().Filenames {
				h.name(strings.ToLower(strings.TrimPrefix(ending, "*.")), l)
			}
		}
		for _, l := range lexers.GlobalLexerRegistry.Lexers { // names go before endings
			for _, alias := range l.Config().Aliases {
				h.names[strings.ToLower(alias)] = l
			}
			h.names[strings.ToLower(l.Config().Name)] = l
		}
	}
	return h.names[strings.TrimPrefix(name, ".")]
}

// name keeps the first that is called so.
func (h *highlighter) name(name string, l chroma.Lexer) {
	if _, taken := h.names[name]; !taken {
		h.names[name] = l
	}
}

// style is the sequence that opens the style of a kind of token.
func (h *highlighter) style(t chroma.TokenType) string {
	s, ok := h.styles[t]
	if !ok {
		s = tokenSGR(h.theme.Get(t))
		h.styles[t] = s
	}
	return s
}

// lexer lexes a text part by part and keeps its state between them. Each part
// has to be complete where an expression spans lines, see open.
type lexer struct {
	h        *highlighter
	known    chroma.Lexer
	state    *chroma.LexerState // nil for a lexer that is not made of expressions
	brackets []bracket
	inner    *embedded // nil if no other language is within
	dead     bool
}

func newLexer(h *highlighter, known chroma.Lexer) *lexer {
	l := &lexer{h: h, known: known, brackets: spanning(known.Config().Name)}
	l.state = fork(h.start(known))
	return l
}

// next returns the tokens of the next part. It reports false if there are none
// that make up the text; then the rest of the block is plain.
func (l *lexer) next(text string) (tokens []chroma.Token, ok bool) {
	if l.inner.holds(text) {
		return l.inner.lexer.next(text)
	}
	if l.dead {
		return nil, false
	}
	defer func() {
		if recover() != nil { // chroma panics about its own rules
			l.dead, tokens, ok = true, nil, false
		}
	}()
	if l.state != nil {
		tokens, l.dead = drive(l.state, text)
	} else {
		tokens, l.dead = l.alone(text)
	}
	size := 0
	for _, t := range tokens {
		size += len(t.Value)
	}
	if l.dead = l.dead || size < len(text) || size > len(text)+1; l.dead {
		return nil, false
	}
	l.embed(text)
	return tokens, true
}

// alone lexes a part by itself, for lexers that are made of several.
func (l *lexer) alone(text string) (tokens []chroma.Token, dead bool) {
	iterator, err := l.known.Tokenise(nil, text)
	if err != nil {
		return nil, true
	}
	return iterator.Tokens(), false
}

// try returns the tokens of a line that is not complete, and forgets them.
func (l *lexer) try(text string) []chroma.Token {
	if l.inner.holds(text) {
		return l.inner.lexer.try(text)
	}
	trial := &lexer{h: l.h, known: l.known, state: fork(l.state), dead: l.dead}
	if tokens, ok := trial.next(text); ok {
		return tokens
	}
	return []chroma.Token{{Type: chroma.Text, Value: text}}
}
