package markdown

import (
	"maps"
	"slices"
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

// startState is a state of our own in every lexer, which hands out the lexer's
// state and goes on in its root.
const startState = "groqchat-start"

// highlighter finds lexers and colours, and keeps what it found.
type highlighter struct {
	theme  *chroma.Style
	styles map[chroma.TokenType]string
	names  map[string]chroma.Lexer // by lower-case name, alias and file ending
	lexers map[string]*chroma.RegexLexer
	state  *chroma.LexerState // what the lexer that was started last gave out
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
		r.code = &highlighter{theme: r.styles.Chroma(), styles: map[chroma.TokenType]string{}, lexers: map[string]*chroma.RegexLexer{}}
	}
	known := r.code.find(fields[0])
	if known == nil || known.Config().Name == "plaintext" {
		return nil
	}
	return newLexer(r.code, known)
}

func newLexer(h *highlighter, known chroma.Lexer) *lexer {
	return &lexer{h: h, known: known, brackets: spanning(known.Config().Name)}
}

// find looks a language up by name, alias or file ending.
func (h *highlighter) find(name string) chroma.Lexer {
	if h.names == nil {
		h.names = map[string]chroma.Lexer{}
		for _, l := range lexers.GlobalLexerRegistry.Lexers {
			for _, ending := range l.Config().Filenames {
				h.name(strings.TrimPrefix(ending, "*."), l)
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

// lexer is a chroma lexer that is given a text part by part and keeps its state
// between them. chroma has no such thing: its lexers take a whole text. But the
// state of the ones made of expressions is a value with a stack of states, a
// text and a place in it; a rule of our own hands it out, and then it is given
// the next text. Each part has to be complete where an expression spans lines,
// see open.
type lexer struct {
	h        *highlighter
	known    chroma.Lexer
	state    *chroma.LexerState // nil before the first part
	brackets []bracket
	inner    *embedded // nil if no other language is within
	dead     bool
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
	iterator, err := l.iterate(text)
	if err != nil {
		l.dead = true
		return nil, false
	}
	size := 0
	for t := iterator(); t != chroma.EOF; t = iterator() {
		tokens = append(tokens, t)
		size += len(t.Value)
	}
	if l.dead = size < len(text) || size > len(text)+1; l.dead {
		return nil, false
	}
	l.embed(text)
	return tokens, true
}

// iterate lets the lexer begin a part.
func (l *lexer) iterate(text string) (chroma.Iterator, error) {
	if l.state != nil {
		if len(l.state.Stack) == 0 {
			l.state.Stack = []string{"root"}
		}
		l.state.Text, l.state.Pos = []rune(text), 0
		return l.state.Iterator, nil
	}
	regex := l.h.regex(l.known)
	if regex == nil { // made of several lexers: each part stands by itself
		return l.known.Tokenise(nil, text)
	}
	iterator, err := regex.Tokenise(&chroma.TokeniseOptions{State: startState}, text)
	if err != nil {
		return nil, err
	}
	return func() chroma.Token {
		t := iterator()
		l.state = l.h.state
		return t
	}, nil
}

// try returns the tokens of a line that is not complete, and forgets them.
func (l *lexer) try(text string) []chroma.Token {
	plain := []chroma.Token{{Type: chroma.Text, Value: text}}
	if l.inner.holds(text) {
		return l.inner.lexer.try(text)
	}
	if l.dead {
		return plain
	}
	fork := &lexer{h: l.h, known: l.known}
	if l.state != nil {
		state := *l.state
		state.Stack = slices.Clone(state.Stack)
		state.MutatorContext = maps.Clone(state.MutatorContext)
		fork.state = &state
	}
	if tokens, ok := fork.next(text); ok {
		return tokens
	}
	return plain
}

// regex returns our own copy of a lexer that is made of expressions, nil for others.
func (h *highlighter) regex(known chroma.Lexer) *chroma.RegexLexer {
	name := known.Config().Name
	if l, ok := h.lexers[name]; ok {
		return l
	}
	h.lexers[name] = nil
	original, ok := known.(*chroma.RegexLexer)
	if !ok {
		return nil
	}
	rules, err := original.Rules()
	if err != nil {
		return nil
	}
	rules = rules.Clone()
	rules[startState] = []chroma.Rule{{Pattern: ``, Mutator: chroma.MutatorFunc(h.take)}}
	config := *known.Config()
	config.EnsureNL = false
	copied, err := chroma.NewLexer(&config, func() chroma.Rules { return rules })
	if err != nil {
		return nil
	}
	copied.SetRegistry(lexers.GlobalLexerRegistry)
	h.lexers[name] = copied
	return copied
}

// take is the rule that hands out the state of a lexer.
func (h *highlighter) take(s *chroma.LexerState) error {
	h.state = s
	s.Stack = []string{"root"}
	return nil
}
