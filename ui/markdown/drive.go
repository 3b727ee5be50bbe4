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
// in it. So the loop over it is ours: it can be given the next part of a text, it
// always gets on, and it can be given up.

const (
	rootState  = "root"
	startState = "groqchat-start" // a state of our own: it hands out the state
	maxIdle    = 64               // matches without a character, in a row
)

// startOf returns the state in which a lexer begins, nil if it has none. It
// copies the lexer with a rule more, and lexes nothing with it.
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

// fork copies the state in which a lexer begins and puts it at a mark.
func fork(start *chroma.LexerState, at *mark) *chroma.LexerState {
	s := *start
	s.Stack = slices.Clone(at.stack)
	if len(s.Stack) == 0 {
		s.Stack = []string{rootState}
	}
	s.MutatorContext = map[any]any{}
	maps.Copy(s.MutatorContext, at.context)
	return &s
}

// drive lexes a text from a state on, as chroma's own loop does. It reports false
// if it gave up: an expression takes longer than chroma allows it, or all of them
// together longer than the deadline.
func (l *language) drive(s *chroma.LexerState, text string, out *tints, d deadline) bool {
	s.Text, s.Pos = []rune(text), 0
	idle := 0
	for s.Pos < len(s.Text) {
		if len(s.Stack) == 0 {
			s.Stack = []string{rootState}
		}
		s.State = s.Stack[len(s.Stack)-1]
		at := s.Pos
		rule, size, err := match(s, l.first[s.State])
		switch {
		case err != nil:
			return false
		case rule == nil && s.Text[at] == '\n' && s.State != rootState: // an unfinished text or the like
			s.Stack = []string{rootState}
		case rule == nil || idle > maxIdle:
			out.add(unknown(s.Text[at:]), utf8.RuneLen(s.Text[at]))
			s.Pos = at + 1
		default:
			if err := emit(s, rule, size, out); err != nil {
				return false
			}
		}
		idle++
		if s.Pos > at {
			idle = 0
		}
		if d.over() {
			return false
		}
	}
	return true
}

// unknown is the kind of a character that no rule takes. A backslash before the
// end of the line joins lines in many languages, but not all lexers know it.
func unknown(text []rune) chroma.TokenType {
	if text[0] == '\\' && len(text) > 1 && text[1] == '\n' {
		return chroma.LiteralStringEscape
	}
	return chroma.Error
}

// match finds the first rule that takes what is at the place, and how many
// characters of it.
func match(s *chroma.LexerState, first []firsts) (*chroma.CompiledRule, int, error) {
	for i, rule := range s.Rules[s.State] {
		if !first[i].has(s.Text[s.Pos]) {
			continue
		}
		m, err := rule.Regexp.FindRunesMatchStartingAt(s.Text, s.Pos)
		if err != nil {
			return nil, 0, err
		}
		if m == nil || m.RuneIndex != s.Pos {
			continue
		}
		if _, simple := rule.Type.(chroma.TokenType); simple && rule.Mutator == nil {
			return rule, m.RuneLength, nil // nobody will ask for the groups
		}
		s.Rule, s.Groups, s.NamedGroups = i, nil, map[string]string{}
		for _, g := range m.Groups() {
			s.Groups = append(s.Groups, g.String())
			s.NamedGroups[g.Name] = g.String()
		}
		return rule, m.RuneLength, nil
	}
	return nil, 0, nil
}

// emit does what a rule says with what it took.
func emit(s *chroma.LexerState, rule *chroma.CompiledRule, size int, out *tints) error {
	from := s.Pos
	s.Pos += size
	if kind, simple := rule.Type.(chroma.TokenType); simple && rule.Mutator == nil {
		if kind != chroma.Ignore {
			out.add(kind, sizeOf(s.Text[from:s.Pos]))
		}
		return nil
	}
	if rule.Mutator != nil {
		if err := rule.Mutator.Mutate(s); err != nil {
			return err
		}
	}
	if rule.Type == nil {
		return nil
	}
	iterator := rule.Type.Emit(s.Groups, s)
	for t := iterator(); t != chroma.EOF; t = iterator() {
		switch {
		case t.Type == chroma.Error && t.Value == `\`:
			out.add(chroma.LiteralStringEscape, 1)
		case t.Type != chroma.Ignore:
			out.add(t.Type, len(t.Value))
		}
	}
	return nil
}

// sizeOf is how many bytes characters take.
func sizeOf(text []rune) int {
	n := 0
	for _, c := range text {
		n += utf8.RuneLen(c)
	}
	return n
}
