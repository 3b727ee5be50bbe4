package ui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/sahilm/fuzzy"
)

// fitness is how well a word fits what was typed, the best first.
type fitness int

const (
	fitsWhole fitness = iota
	fitsBegin         // it begins so
	fitsPart          // a part of it does, after a mark
	fitsWithin
	fitsLetters // it has the letters in their order
)

// looseness is how much wider than what was typed its letters may stand, times: in a
// long text one finds almost any letters somewhere.
const looseness = 3

// near reports whether the letters stand near enough to one another.
func near(f fuzzy.Match) bool {
	n := len(f.MatchedIndexes)
	return n == 0 || f.MatchedIndexes[n-1]-f.MatchedIndexes[0] < looseness*n
}

// ranked is the indexes of the words that fit what was typed, the best first; of
// those that fit as well the order is kept. Nothing typed fits all. One letter is
// looked for where words and their parts begin, if it is there at all.
func ranked(typed string, words []string) []int {
	typed = strings.ToLower(typed)
	if typed == "" {
		return indexes(len(words))
	}
	found := slices.DeleteFunc(fuzzy.Find(typed, words), func(f fuzzy.Match) bool { return !near(f) && fits(typed, strings.ToLower(f.Str)) == fitsLetters })
	fit := map[int]fitness{}
	for _, f := range found {
		fit[f.Index] = fits(typed, strings.ToLower(f.Str))
	}
	slices.SortStableFunc(found, func(a, b fuzzy.Match) int {
		if c := fit[a.Index] - fit[b.Index]; c != 0 || fit[a.Index] != fitsLetters {
			return cmp.Or(int(c), a.Index-b.Index)
		}
		return b.Score - a.Score
	})
	if len([]rune(typed)) == 1 && len(found) > 0 && fit[found[0].Index] <= fitsPart {
		found = slices.DeleteFunc(found, func(f fuzzy.Match) bool { return fit[f.Index] > fitsPart })
	}
	hits := make([]int, len(found))
	for i, f := range found {
		hits[i] = f.Index
	}
	return hits
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// fits is how a word, both in small letters, fits what was typed.
func fits(typed, word string) fitness {
	at := strings.Index(word, typed)
	switch {
	case word == typed:
		return fitsWhole
	case at == 0:
		return fitsBegin
	case at < 0:
		return fitsLetters
	}
	for i := range word {
		if strings.HasPrefix(word[i:], typed) && i > 0 && !unicode.IsLetter(rune(word[i-1])) && !unicode.IsDigit(rune(word[i-1])) {
			return fitsPart
		}
	}
	return fitsWithin
}
