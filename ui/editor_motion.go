package ui

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// before is the place one character back; the beginning of the text is before itself.
func (e *editor) before(p editorPos) editorPos {
	if p.off == 0 {
		if p.line == 0 {
			return p
		}
		return editorPos{p.line - 1, len(e.lines[p.line-1].text)}
	}
	text := e.lines[p.line].text
	at, _ := e.bounds(e.rowOf(editorPos{p.line, p.off - 1})) // rows begin between characters
	for {
		size, _ := e.glyphs.next(text[at:], 0)
		if at+size >= p.off {
			return editorPos{p.line, at}
		}
		at += size
	}
}

// after is the place one character on; the end of the text is after itself.
func (e *editor) after(p editorPos) editorPos {
	text := e.lines[p.line].text
	if p.off < len(text) {
		size, _ := e.glyphs.next(text[p.off:], 0)
		return editorPos{p.line, p.off + size}
	}
	if p.line+1 < len(e.lines) {
		return editorPos{p.line + 1, 0}
	}
	return p
}

// editorClass is what a character is to the motions by words.
type editorClass int

const (
	editorBlank    editorClass = iota // blanks, line breaks
	editorMark                        // punctuation, invisible characters
	editorChipWord                    // a word by itself
	editorWord                        // words are runs of one class from here on
	editorHan
	editorHiragana
	editorKatakana
)

// class is the class of the character that begins at p.
func (e *editor) class(p editorPos) editorClass {
	text := e.lines[p.line].text
	if p.off == len(text) {
		return editorBlank
	}
	r, _ := utf8.DecodeRuneInString(text[p.off:])
	switch {
	case r < utf8.RuneSelf:
		return editorClassASCII(byte(r))
	case editorIsChip(r):
		return editorChipWord
	case unicode.IsSpace(r):
		return editorBlank
	case unicode.Is(unicode.Han, r):
		return editorHan
	case unicode.Is(unicode.Hiragana, r):
		return editorHiragana
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return editorKatakana
	case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.Is(unicode.So, r):
		return editorWord
	}
	return editorMark
}

func editorClassASCII(c byte) editorClass {
	switch {
	case c == ' ' || c >= '\t' && c <= '\r':
		return editorBlank
	case c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z':
		return editorWord
	}
	return editorMark
}

// wordBefore is the beginning of the word that p is in or behind.
func (e *editor) wordBefore(p editorPos) editorPos {
	at := e.before(p)
	for at != p && e.class(at) <= editorMark {
		p, at = at, e.before(at)
	}
	if at == p || e.class(at) == editorChipWord {
		return at
	}
	for class := e.class(at); at != p && e.class(at) == class; {
		p, at = at, e.before(at)
	}
	return p
}

// wordAfter is the end of the word that p is in or before.
func (e *editor) wordAfter(p editorPos) editorPos {
	for e.class(p) <= editorMark {
		next := e.after(p)
		if next == p {
			return p
		}
		p = next
	}
	class := e.class(p)
	if class == editorChipWord {
		return e.after(p)
	}
	for e.class(p) == class {
		p = e.after(p)
	}
	return p
}

// blankBefore is behind the blank before what p is in or behind; a chip is by itself.
func (e *editor) blankBefore(p editorPos) editorPos {
	at := e.before(p)
	for at != p && e.class(at) == editorBlank {
		p, at = at, e.before(at)
	}
	if at == p || e.class(at) == editorChipWord {
		return at
	}
	for at != p && e.class(at) != editorBlank && e.class(at) != editorChipWord {
		p, at = at, e.before(at)
	}
	return p
}

// up moves by one row of the screen and reports whether there was one.
func (e *editor) up() bool {
	to, ok := e.rowBefore(e.rowOf(e.at))
	return e.toRow(to, ok)
}

// down moves by one row of the screen and reports whether there was one.
func (e *editor) down() bool {
	to, ok := e.rowAfter(e.rowOf(e.at))
	return e.toRow(to, ok)
}

// toRow puts the cursor into a row, as near to the column aimed at as the row goes.
func (e *editor) toRow(r editorRow, ok bool) bool {
	e.kills.rest()
	e.marked = false
	if !ok {
		return false
	}
	if e.goal < 0 {
		e.goal = e.column(e.at)
	}
	e.move(e.inRow(r, e.goal))
	return true
}

// column is the cell of its row that a place is drawn at.
func (e *editor) column(p editorPos) int {
	from, _ := e.bounds(e.rowOf(p))
	text, x := e.lines[p.line].text, 0
	for from < p.off {
		size, cells := e.measure(text[from:], x)
		x += cells
		from += size
	}
	return x
}

// inRow is the last place of a row that is drawn at or before a column.
func (e *editor) inRow(r editorRow, column int) editorPos {
	from, to := e.bounds(r)
	text, x := e.lines[r.line].text, 0
	last := !e.hasRow(editorRow{r.line, r.row + 1}) // else the row's end is drawn in the next row
	for from < to {
		size, cells := e.measure(text[from:], x)
		x += cells
		if x > column || !last && from+size == to {
			break
		}
		from += size
	}
	return editorPos{r.line, from}
}

// toFirstRow puts the cursor at the end of the first row.
func (e *editor) toFirstRow() {
	e.at = e.inRow(editorRow{}, math.MaxInt)
}

// rowBefore is the row above; ok is false at the first.
func (e *editor) rowBefore(r editorRow) (_ editorRow, ok bool) {
	if r.row > 0 {
		return editorRow{r.line, r.row - 1}, true
	}
	if r.line == 0 {
		return r, false
	}
	above := r.line - 1
	return editorRow{above, len(e.rows(above, 1, len(e.lines[above].text))) - 1}, true
}

// rowAfter is the row below; ok is false at the last.
func (e *editor) rowAfter(r editorRow) (_ editorRow, ok bool) {
	if next := (editorRow{r.line, r.row + 1}); e.hasRow(next) {
		return next, true
	}
	if r.line+1 == len(e.lines) {
		return r, false
	}
	return editorRow{r.line + 1, 0}, true
}
