package ui

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
)

// What is marked is copied as it was written: without margins and bars, and with
// lines that ended for want of room joined. For that a part is laid out once more
// with room for every line; both layouts have the same signs in the same order,
// so that the ends are found again. Where they do not, as in a table whose cells
// are wrapped, the rows are taken as they stand.

// markedText is what is marked, without an answer's figures, as far as a clipboard
// takes it.
func (t *transcript) markedText() string {
	s := t.marked
	var parts []string
	size := 0
	for at := (place{s.a.item, s.a.part, 0}); at.item < len(t.items) && !s.b.place.before(at) && size < clipboardMost; at = t.after(at) {
		if len(t.rows(at.item, at.part)) == 0 {
			continue
		}
		if last := at.part == t.parts(at.item)-1; last && (s.a.item != s.b.item || s.a.part != s.b.part) {
			if at.item < s.b.item {
				parts = append(parts, "")
			}
			continue
		}
		text := t.markedOf(at)
		size += len(text)
		parts = append(parts, text)
	}
	return strings.Trim(strings.Join(parts, "\n"), "\n")
}

// rowsText is rows of text without looks and margins.
type rowsText struct {
	rows []string
	code bool // fenced code: indented, below a line that says which
}

// spotIn is a byte of a row.
type spotIn struct{ row, at int }

// markedOf is what is marked of a part.
func (t *transcript) markedOf(at place) string {
	drawn := t.items[at.item].draw(nil, at.part, t.rows(at.item, at.part))
	if len(drawn) == 0 {
		return ""
	}
	narrow := rowsText{rows: make([]string, len(drawn))}
	for i, row := range drawn {
		narrow.rows[i] = withoutMargin(row)
	}
	from, to := spotIn{}, spotIn{len(drawn) - 1, len(narrow.rows[len(drawn)-1])}
	// A part under way may have fewer rows by now.
	if a := t.marked.a; a.item == at.item && a.part == at.part && a.row <= to.row {
		from = spotIn{a.row, byteAt(narrow.rows[a.row], a.x-leftMargin, t.widths)}
	}
	if b := t.marked.b; b.item == at.item && b.part == at.part && b.row <= to.row {
		to = spotIn{b.row, byteAt(narrow.rows[b.row], b.x+1-leftMargin, t.widths)}
	}
	wide := t.items[at.item].unwrapped(at.part, t.look)
	narrow.code = wide.code
	if start, end, ok := wide.find(narrow, from, to); ok {
		return wide.between(start, end)
	}
	if len(wide.rows) == len(narrow.rows) { // rows that were cut off at the edge
		for i := from.row + 1; i < to.row; i++ {
			narrow.rows[i] = wide.rows[i]
		}
	}
	return narrow.between(from, to)
}

// unwrapped is a part with room for every line; without rows where it is as it is.
func (it *item) unwrapped(part int, l look) rowsText {
	const room = 1 << 14
	var w rowsText
	switch {
	case it.isBlock(part):
		w.rows, w.code = it.doc.Unwrapped(part - 1)
		for i, row := range w.rows {
			w.rows[i] = unstyled(row)
		}
	case it.msg.Role == chat.User && part < it.parts()-1:
		w.rows = strings.Split(it.text[part], "\n")
	case it.msg.Role != chat.User && part == 0 && !it.folded():
		for _, row := range it.thoughtRows(l, room) {
			w.rows = append(w.rows, withoutMargin(row))
		}
	}
	return w
}

// unstyled is a row of ours without its looks. Its text was made safe before it got them.
func unstyled(row string) string {
	return safe.Unordered(ansi.Strip(row)) //nolint:forbidigo // of strangers nothing is left to strip
}

// withoutMargin is a row as it stands in the window, without looks and margin.
func withoutMargin(row string) string {
	runes := []rune(unstyled(row))
	return string(runes[min(len(runes), leftMargin):])
}

// byteAt is the byte at which a cell of a row begins.
func byteAt(row string, x int, widths ansi.Method) int {
	at, column := 0, 0
	for at < len(row) && column < x {
		_, cells, n, _ := widths.DecodeSequenceInString(row[at:], ansi.NormalState, nil)
		at, column = at+n, column+cells
	}
	return at
}

// sign is a character that both layouts have: no blank, no line and no mark of a
// broken line.
type sign struct {
	r    rune
	row  int
	at   int // its byte
	past int // the byte behind it
}

func (w rowsText) signs() []sign {
	var all []sign
	for i, row := range w.rows {
		for at, r := range row {
			if !unicode.IsSpace(r) && r != '↪' && (r < '─' || r > '╿') {
				all = append(all, sign{r, i, at, at + len(string(r))})
			}
		}
	}
	return all
}

// find is where a part of another layout stands in this one. ok is false if they
// do not have the same signs as far as that one goes.
func (w rowsText) find(in rowsText, from, to spotIn) (start, end spotIn, ok bool) {
	there, here := in.signs(), w.signs()
	if len(here) < len(there) || !slices.EqualFunc(there, here[:len(there)], func(a, b sign) bool { return a.r == b.r }) {
		return start, end, false
	}
	first := slices.IndexFunc(there, func(s sign) bool { return !s.before(from) })
	past := slices.IndexFunc(there, func(s sign) bool { return !s.before(to) })
	if past < 0 {
		past = len(there)
	}
	if first < 0 || first >= past {
		return start, start, true
	}
	last := here[past-1]
	return w.lead(in, from, there[first], here, first), spotIn{last.row, last.past}, true
}

// before reports whether a sign stands before a byte of a row.
func (s sign) before(p spotIn) bool { return s.row < p.row || s.row == p.row && s.at < p.at }

// lead is where the copy begins of what begins with a sign: with what its line is
// indented by, if that is marked too.
func (w rowsText) lead(in rowsText, from spotIn, marked sign, here []sign, first int) spotIn {
	is := here[first]
	begins := first == 0 || here[first-1].row != is.row
	whole := marked.row > from.row || strings.TrimSpace(in.rows[marked.row][:from.at]) == ""
	switch {
	case from == spotIn{}:
		return spotIn{}
	case begins && whole:
		return spotIn{is.row, 0}
	}
	return spotIn{is.row, is.at}
}

// between is the text from one byte to another. The line that says which code it is
// goes only by itself.
func (w rowsText) between(from, to spotIn) string {
	var lines []string
	for i := from.row; i <= to.row && i < len(w.rows); i++ {
		row := w.rows[i]
		if i == to.row {
			row = row[:min(to.at, len(row))]
		}
		if i == from.row {
			row = row[min(from.at, len(row)):]
		}
		switch {
		case w.code && from.row < to.row && isHeader(w.rows[i], 0):
			continue
		case w.code && (i > from.row || from.at == 0):
			row = cutIndent(row)
		case !w.code:
			row = withoutBars(row)
		}
		lines = append(lines, strings.TrimRight(row, " "))
	}
	return strings.Join(lines, "\n")
}

// cutIndent takes off the blanks, or the mark, before a line of code.
func cutIndent(row string) string {
	runes := []rune(row)
	n := min(len(runes), markdown.CodeIndent)
	if strings.Trim(string(runes[:n]), " ↪") != "" {
		return row
	}
	return string(runes[n:])
}

// withoutBars takes off the bars before what is quoted.
func withoutBars(row string) string {
	for rest, ok := strings.CutPrefix(row, "│"); ok; rest, ok = strings.CutPrefix(row, "│") {
		row = strings.TrimPrefix(rest, " ")
	}
	return row
}

// isHeader reports whether a row is the first line of code, of that number or of
// any for 0.
func isHeader(row string, number int) bool {
	before, _, ok := strings.Cut(row, "│")
	n, err := strconv.Atoi(strings.TrimSpace(before))
	return ok && err == nil && (n == number || number == 0)
}
