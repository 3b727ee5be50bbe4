package markdown

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"testing"
)

// TestFirsts_LeavesOutNothingThatMatches tries every rule at every place of
// programs in its language, and of noise.
func TestFirsts_LeavesOutNothingThatMatches(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for sample := range strings.SplitSeq(spanningSamples(t), "== ") {
		lang, src, _ := strings.Cut(sample, "\n")
		l := (&languages{}).find(lang)
		if l.prepare(); l.start == nil {
			continue
		}
		for range 60 {
			src += string(rune(' ' + random.IntN(95)))
		}
		text := []rune(src)
		for state, rules := range l.start.Rules {
			for i, rule := range rules {
				if strings.Contains(rule.Pattern, `[^\W`) {
					continue // regexp2 takes \d out of this class in vain
				}
				for at, c := range text {
					if l.first[state][i].has(c) {
						continue
					}
					if m, err := rule.Regexp.FindRunesMatchStartingAt(text, at); err == nil && m != nil && m.RuneIndex == at {
						t.Fatalf("%s: %q matches at %q", lang, rule.Pattern, src[at:min(len(src), at+20)])
					}
				}
			}
		}
	}
}

func TestFirsts_AreWhatAnExpressionCanBeginWith(t *testing.T) {
	for pattern, want := range map[string]string{
		"abc":                  "a",
		"(a|b)c":               "ab",
		"(?:a|b)?c":            "abc",
		"a*b+":                 "ab",
		`\b(if|else)\b`:        "ei",
		"[x-z]{0,2}[0-9]":      "0123456789xyz",
		"(?i)q":                "Qq",
		`^\s*#`:                " #",
		"[^ -`b-~]":            "a",
		`(?s).`:                "all",
		"":                     "all",
		"a*":                   "all",
		"(?=x)y":               "all", // it looks around: not read
		"[^a-z-[aeiou]]":       "all", // .NET alone
		"(?<name>k)":           "k",
		`"[^"]*"`:              `"`,
		`\d+(\.\d+)?`:          "0123456789",
		"日本":                   "",
		"(|a)":                 "all",
		"a{2}|b":               "ab",
		"(?:(?:a))(?:b)":       "a",
		`(public|private|\$)x`: "$p",
	} {
		f := firstsOfRule(pattern, syntax.Perl)
		got := ""
		for c := ' '; c <= '~'; c++ {
			if f.has(c) {
				got += string(c)
			}
		}
		if len(got) == 95 {
			got = "all"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", pattern, got, want)
		}
		if !f.has('日') || !f.has('\n') {
			t.Errorf("%q: what is not printable ASCII is left out", pattern)
		}
	}
}
