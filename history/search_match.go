package history

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"groqchat/chat"
)

// fit is how words are found in a text.
type fit int

const (
	none  fit = iota
	parts     // all of them, some as a part of another word
	whole     // all of them as whole words
)

// fit tells how a text has the words.
func (s *searcher) fit(text string) fit {
	text = s.folder.text(text)
	best := whole
	for _, word := range s.words {
		switch {
		case hasWhole(text, word):
		case strings.Contains(text, word):
			best = parts
		default:
			return none
		}
	}
	return best
}

// hasWhole reports whether a word stands in a text with no letter or digit beside it.
func hasWhole(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		after, _ := utf8.DecodeRuneInString(text[at+i+len(word):])
		if !wordRune(before) && !wordRune(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[at+i:])
		at += i + size
	}
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_')
}

// match adds a message to the hit if it has all the words. Its attachments belong
// to what was said. Reasoning counts where what was said does not have them, and
// for less: it is long, and nobody said it.
func (s *searcher) match(hit *Hit, m *chat.Message) {
	text := m.Content
	for _, a := range m.Attachments {
		text += "\n" + a.Name + "\n" + a.Text
	}
	how := s.fit(text)
	one := Match{Message: m.ID, Role: m.Role, Whole: how == whole}
	if how == none {
		if text = m.Reasoning; text == "" || s.fit(text) == none {
			return
		}
		how, one.Thought = parts, true
	}
	hit.Count++
	hit.rank = max(hit.rank, int(how))
	if hit.makeRoom(one) {
		one.Line = s.bestLine(text)
		hit.Matches = append(hit.Matches, one)
	}
}

// makeRoom reports whether the match is among the best: those of whole words, and
// of equal ones the first.
func (h *Hit) makeRoom(one Match) bool {
	if len(h.Matches) < shownMatches {
		return true
	}
	worse := slices.IndexFunc(h.Matches, func(m Match) bool { return !m.Whole })
	if !one.Whole || worse < 0 {
		return false
	}
	h.Matches = slices.Delete(h.Matches, worse, worse+1)
	return true
}

// The longest line of a match, and by how much the windows move in which it is
// looked for, runes.
const (
	lineLength = 160
	lineStep   = lineLength / 2
)

// bestLine is the first line that has the most of the words; of a long one, the
// stretch that has them.
func (s *searcher) bestLine(text string) string {
	best, most := "", 0
	for line := range strings.Lines(text) {
		if n := s.count(line); n > most {
			best, most = strings.TrimSpace(line), n
		}
	}
	if utf8.RuneCountInString(best) <= lineLength {
		return best
	}
	return s.stretch(best)
}

// count weighs how many of the words a text has, whole ones a little more.
func (s *searcher) count(text string) int {
	text = s.folder.text(text)
	n := 0
	for _, word := range s.words {
		if strings.Contains(text, word) {
			n += mostWords
			if hasWhole(text, word) {
				n++
			}
		}
	}
	return n
}

func (s *searcher) stretch(line string) string {
	runes := []rune(line)
	at, most := 0, 0
	for i := 0; i < len(runes); i += lineStep {
		if n := s.count(string(runes[i:min(len(runes), i+lineLength)])); n > most {
			at, most = i, n
		}
	}
	cut := strings.TrimSpace(string(runes[at:min(len(runes), at+lineLength)]))
	if at > 0 {
		cut = "…" + cut
	}
	if at+lineLength < len(runes) {
		cut += "…"
	}
	return cut
}
