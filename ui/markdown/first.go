package markdown

import (
	"regexp/syntax"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// A lexer tries its rules one after the other at every place, dozens of them, and
// each trial has its price. But most expressions say with which characters they
// can begin: trials that must fail are left out, which makes lexing several times
// as fast and changes nothing.

// firsts is the printable ASCII characters that an expression can begin with. All
// others are always possible.
type firsts [2]uint64

func (f *firsts) has(c rune) bool {
	return c < ' ' || c > '~' || f[c>>6]&(1<<(c&63)) != 0
}

func (f *firsts) add(c rune) { f[c>>6] |= 1 << (c & 63) }

func (f *firsts) addAll(from, to rune) {
	for c := max(from, ' '); c <= min(to, '~'); c++ {
		f.add(c)
	}
}

func anything() firsts { return firsts{^uint64(0), ^uint64(0)} }

// firstsOf finds them for all rules.
func firstsOf(rules chroma.CompiledRules, config *chroma.Config) map[string][]firsts {
	flags := syntax.Perl
	if config.CaseInsensitive {
		flags |= syntax.FoldCase
	}
	all := map[string][]firsts{}
	for state, list := range rules {
		for _, rule := range list {
			all[state] = append(all[state], firstsOfRule(rule.Pattern, flags))
		}
	}
	return all
}

// firstsOfRule reads an expression of .NET's with the standard library's reader,
// which is stricter: what the two may read in different ways can begin with anything.
func firstsOfRule(pattern string, flags syntax.Flags) firsts {
	if strings.Contains(pattern, "-[") || strings.Contains(pattern, "[:") || strings.Contains(pattern, `\Q`) || strings.Contains(pattern, `\C`) {
		return anything()
	}
	tree, err := syntax.Parse(pattern, flags)
	if err != nil { // looks around or back
		return anything()
	}
	var f firsts
	if f.begin(tree) {
		return anything() // it matches nothing, too
	}
	return f
}

// begin adds what an expression can begin with. It reports whether that may be
// what follows the expression.
func (f *firsts) begin(e *syntax.Regexp) (empty bool) {
	switch e.Op {
	case syntax.OpLiteral:
		f.literal(e.Rune[0], e.Flags&syntax.FoldCase != 0)
		return false
	case syntax.OpCharClass:
		for i := 0; i < len(e.Rune); i += 2 {
			f.addAll(e.Rune[i], e.Rune[i+1])
		}
		return false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		f.addAll(' ', '~')
		return false
	case syntax.OpCapture, syntax.OpPlus:
		return f.begin(e.Sub[0])
	case syntax.OpRepeat:
		return f.begin(e.Sub[0]) || e.Min == 0
	case syntax.OpAlternate:
		for _, sub := range e.Sub {
			empty = f.begin(sub) || empty
		}
		return empty
	case syntax.OpConcat:
		for _, sub := range e.Sub {
			if !f.begin(sub) {
				return false
			}
		}
		return true
	case syntax.OpStar, syntax.OpQuest:
		f.begin(e.Sub[0])
		return true
	case syntax.OpNoMatch:
		return false
	default: // what takes no character
		return true
	}
}

func (f *firsts) literal(c rune, fold bool) {
	f.addAll(c, c)
	if !fold {
		return
	}
	for _, other := range []string{strings.ToLower(string(c)), strings.ToUpper(string(c))} {
		for _, c := range other {
			f.addAll(c, c)
		}
	}
}
