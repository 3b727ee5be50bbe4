package ui

import "unicode"

// spot is the reader's place as the words at the top of the window: how many
// letters of the part stand above them. It finds them again when the part is
// laid out anew, at another width or with more in it.
type spot struct {
	known   bool
	letters int
	total   int  // letters of the part
	blanks  int  // 0 for a row with letters, else which of the rows without any
	width   int  // for which the row was found
	loose   bool // the row could still change then
}

// spotOf is the spot of a row.
func spotOf(rows []string, row, width int) spot {
	s := spot{known: true, width: width}
	for i, r := range rows {
		n := letters(r)
		switch {
		case i < row && n > 0:
			s.letters, s.blanks = s.letters+n, 0
		case i < row || i == row && n == 0:
			s.blanks++
		case i == row:
			s.blanks = 0
		}
		s.total += n
	}
	return s
}

// scaled is the spot in a part that has other letters at another width: a table
// may leave some out. What grows keeps those that it had.
func (s spot) scaled(rows []string) spot {
	total := 0
	for _, r := range rows {
		total += letters(r)
	}
	if total != s.total && s.total > 0 {
		s.letters = s.letters * total / s.total
	}
	return s
}

// find is the row of a spot. Without one, that is the last row, and rest is how
// many letters further on it is.
func (s spot) find(rows []string) (row, rest int, ok bool) {
	above, blanks := 0, 0
	for i, r := range rows {
		n := letters(r)
		if n == 0 {
			blanks++
		}
		if s.letters < above+n || n == 0 && s.letters == above && s.blanks == blanks {
			return i, 0, true
		}
		if n > 0 {
			above, blanks = above+n, 0
		}
	}
	return max(0, len(rows)-1), s.letters - above, false
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
