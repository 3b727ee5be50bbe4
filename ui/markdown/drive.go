package markdown

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// chroma's lexers take a whole text, and some of them never end on some texts
// (JSONata and Jungle, on a blank line). But the state of those that are made of
// expressions is a value with their rules, a stack of states, a text and a place
// in it. So the loop over it is ours: it can be given the next part of a text, and
// it always gets on.

const (
	rootState  = "root"
	startState = "groqchat-start" // a state of our own: it hands out the state
	maxIdle    = 64               // matches without a character, in a row
)

// start returns the state in which a lexer begins, nil if it has none.
func (h *highlighter) start(known chroma.Lexer) *chroma.LexerState {
	name := known.Config().Name
	s, ok := h.starts[name]
	if !ok {
		s = startOf(known)
		h.starts[name] = s
	}
	return s
}

// startOf copies a lexer with a rule more, and lexes nothing with it.
func startOf(known chroma.Lexer) (start *chroma.LexerState) {
	original, ok := known.(*chroma.RegexLexer)
	if !ok {
		return nil
	}
	rules, err := original.Rules()
	if err != nil {
		return nil
	}
	rules = rules.Clone()
	rules[startState] = []chroma.Rule{{Pattern: ``, Mutator: chroma.MutatorFunc(func(s *chroma.LexerState) error {
		start = s
		s.Pos = len(s.Text)
		return nil
	})}}
	config := *known.Config()
	copied, err := chroma.NewLexer(&config, func() chroma.Rules { return rules })
	if err != nil {
		return nil
	}
	copied.SetRegistry(lexers.GlobalLexerRegistry)
	iterator, err := copied.Tokenise(&chroma.TokeniseOptions{State: startState}, "\n\n")
	if err != nil {
		return nil
	}
	iterator()
	return start
}

// fork copies a state, so that what is done with the copy does not change it.
func fork(s *chroma.LexerState) *chroma.LexerState {
	if s == nil {
		return nil
	}
	c := *s
	c.Stack = slices.Clone(s.Stack)
	if len(c.Stack) == 0 || c.Stack[0] == startState {
		c.Stack = []string{rootState}
	}
	c.MutatorContext = maps.Clone(s.MutatorContext)
	return &c
}

// drive lexes a text from a state on, as chroma's own loop does. It gives up if
// an expression takes longer than chroma allows it.
func drive(s *chroma.LexerState, text string) (tokens []chroma.Token, dead bool) {
	s.Text, s.Pos = []rune(text), 0
	idle := 0
	for s.Pos < len(s.Text) {
		if len(s.Stack) == 0 {
			s.Stack = []string{rootState}
		}
		s.State = s.Stack[len(s.Stack)-1]
		at := s.Pos
		rule, err := match(s)
		switch {
		case err != nil:
			return nil, true
		case rule == nil && s.Text[at] == '\n' && s.State != rootState: // an unfinished text or the like
			s.Stack = []string{rootState}
		case rule == nil || idle > maxIdle:
			tokens = append(tokens, chroma.Token{Type: chroma.Error, Value: string(s.Text[at])})
			s.Pos = at + 1
		default:
			if tokens, err = emit(s, rule, tokens); err != nil {
				return nil, true
			}
		}
		idle++
		if s.Pos > at {
			idle = 0
		}
	}
	return tokens, false
}

// match finds the first rule that takes what is at the place, and takes it.
func match(s *chroma.LexerState) (*chroma.CompiledRule, error) {
	for i, rule := range s.Rules[s.State] {
		m, err := rule.Regexp.FindRunesMatchStartingAt(s.Text, s.Pos)
		if err != nil {
			return nil, err
		}
		if m == nil || m.RuneIndex != s.Pos {
			continue
		}
		s.Rule, s.Groups, s.NamedGroups = i, nil, map[string]string{}
		for _, g := range m.Groups() {
			s.Groups = append(s.Groups, g.String())
			s.NamedGroups[g.Name] = g.String()
		}
		return rule, nil
	}
	return nil, nil
}

// emit does what a rule says with what it took.
func emit(s *chroma.LexerState, rule *chroma.CompiledRule, tokens []chroma.Token) ([]chroma.Token, error) {
	s.Pos += utf8.RuneCountInString(s.Groups[0])
	if rule.Mutator != nil {
		if err := rule.Mutator.Mutate(s); err != nil {
			return nil, err
		}
	}
	if rule.Type == nil {
		return tokens, nil
	}
	iterator := rule.Type.Emit(s.Groups, s)
	for t := iterator(); t != chroma.EOF; t = iterator() {
		if t.Type != chroma.Ignore {
			tokens = append(tokens, t)
		}
	}
	return tokens, nil
}
