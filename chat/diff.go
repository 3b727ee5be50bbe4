package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// Change is a piece of a comparison of two texts: what both have, what only the
// first has (Gone), or what only the second has (New).
type Change struct {
	Text      string
	Gone, New bool
}

// Same reports whether both texts have the piece.
func (c Change) Same() bool { return !c.Gone && !c.New }

// CompareWords is the way from one text to another, by words. What is gone stands
// before what is new in its place. Of texts that differ very much it may not be
// the shortest way.
func CompareWords(before, after string) []Change {
	a, b := words(before), words(after)
	var all []Change
	at := 0
	for _, d := range lcs.DiffLines(a, b) {
		all = add(all, Change{Text: strings.Join(a[at:d.Start], "")})
		all = add(all, Change{Text: strings.Join(a[d.Start:d.End], ""), Gone: true})
		all = add(all, Change{Text: strings.Join(b[d.ReplStart:d.ReplEnd], ""), New: true})
		at = d.End
	}
	return together(add(all, Change{Text: strings.Join(a[at:], "")}))
}

func add(all []Change, c Change) []Change {
	if c.Text == "" {
		return all
	}
	return append(all, c)
}

// words cuts a text into words, runs of white space, and single other characters.
func words(text string) []string {
	var all []string
	for text != "" {
		first, size := utf8.DecodeRuneInString(text)
		end := size
		if kind := kindOf(first); kind != 0 {
			if end = strings.IndexFunc(text, func(r rune) bool { return kindOf(r) != kind }); end < 0 {
				end = len(text)
			}
		}
		all = append(all, text[:end])
		text = text[end:]
	}
	return all
}

// kindOf tells what makes runs: letters and digits of scripts that have words, and
// white space.
func kindOf(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return 1
	case r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'):
		return 2
	}
	return 0
}

// together joins changes between which only blanks are the same: they are read as one.
func together(all []Change) []Change {
	var joined []Change
	for i := 0; i < len(all); {
		if all[i].Same() {
			joined = append(joined, all[i])
			i++
			continue
		}
		var gone, added strings.Builder
		for ; i < len(all) && (!all[i].Same() || blankBetween(all, i)); i++ {
			if !all[i].New {
				gone.WriteString(all[i].Text)
			}
			if !all[i].Gone {
				added.WriteString(all[i].Text)
			}
		}
		joined = add(add(joined, Change{Text: gone.String(), Gone: true}), Change{Text: added.String(), New: true})
	}
	return joined
}

// blankBetween reports whether piece i is blanks within a line, and changes follow it.
func blankBetween(all []Change, i int) bool {
	text := all[i].Text
	return i+1 < len(all) && strings.TrimSpace(text) == "" && !strings.Contains(text, "\n")
}
