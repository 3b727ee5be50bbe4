package ui

import "unicode"

// spot is the reader's place as the words at the top of the window: how many
// letters of the part stand above them. It finds them again when the part is
// laid out anew, at another width or with more in it.
type spot struct {
	known   bool
	letters int
	blank   bool // the top row has no letters
	width   int  // for which the row was found
	loose   bool // the row could still change then
}

// spotOf is the spot of a row.
func spotOf(rows []string, row, width int) spot {
	s := spot{known: true, width: width}
	for _, r := range rows[:min(row, len(rows))] {
		s.letters += letters(r)
	}
	s.blank = row >= len(rows) || letters(rows[row]) == 0
	return s
}

// find is the row of a spot. Without one, rest is how many letters further on it is.
func (s spot) find(rows []string) (row, rest int, ok bool) {
	above := 0
	for i, r := range rows {
		n := letters(r)
		if s.blank && n == 0 && above == s.letters || s.letters < above+n {
			return i, 0, true
		}
		above += n
	}
	return 0, s.letters - above, false
}

// letters counts the letters and digits of a row: what a text keeps when it is
// wrapped otherwise. Sequences of the terminal have none.
func letters(row string) int {
	n, skip := 0, byte(0)
	for i, r := range row {
		switch {
		case skip == '[' && r >= '@' && r <= '~' && r != '[' || skip == ']' && (r == '\a' || r == '\\'):
			skip = 0
		case skip != 0:
		case r == '\x1b' && i+1 < len(row):
			skip = row[i+1]
		case r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'), r >= 0x80 && (unicode.IsLetter(r) || unicode.IsNumber(r)):
			n++
		}
	}
	return n
}
