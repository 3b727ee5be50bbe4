package config

import "strings"

// nearest is the setting whose name, or flag, is most like a word; "" if none is
// like it.
func nearest(word string, settings []Setting) string {
	word = folded(word)
	best, least := "", max(1, len(word)/3)+1
	for _, s := range settings {
		for _, name := range []string{s.Name, s.Flag} {
			if d := distance(word, folded(name)); name != "" && d < least {
				best, least = s.Name, d
			}
		}
	}
	return best
}

// folded makes baseURL, base-url and BASE_URL one.
func folded(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
}

// maxWord is the longest word that is compared: a longer one is like no name.
const maxWord = 64

// distance is how many letters must be put in, taken out, changed or swapped with
// the next to make b of a.
func distance(a, b string) int {
	if len(a) > maxWord {
		return len(a)
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
