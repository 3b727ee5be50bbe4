package chat

import "strings"

// Nearest is the candidate that word was most likely meant to be, "" if none is
// near: at most two slips in a long word, one in a short one. It is the one place
// that answers a name which does not exist, of a command, a key or a setting.
func Nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	best, found := allowed(word)+1, ""
	for _, c := range candidates {
		if d := slips(word, strings.ToLower(c)); d < best {
			best, found = d, c
		}
	}
	return found
}

// allowed is how many slips a word of this length may have and still be known.
func allowed(word string) int {
	switch n := len([]rune(word)); {
	case n < 3:
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// longestWord is the longest word that is compared, in runes: a longer one is
// like no name.
const longestWord = 64

// slips counts the insertions, deletions, replacements and exchanges of
// neighbours that lead from a to b (optimal string alignment).
func slips(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s) > longestWord {
		return len(s)
	}
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range t {
		rows[0][j+1] = j + 1
	}
	for i := range s {
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			d := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				d = min(d, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = d
		}
	}
	return rows[len(s)][len(t)]
}
