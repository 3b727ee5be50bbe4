package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// half are the characters that may begin or end what they stand beside.
const half = "*_~`[\\<"

// settled returns the end of what may be shown: without half a mark, entity or
// tag at the very end.
func settled(src []byte, start int) int {
	text := src[start:]
	if at := bytes.LastIndexByte(text, '<'); at >= 0 && halfTag(text[at:]) {
		return start + at
	}
	if n := len(text); n == 0 || isSpace(text, n-1) {
		return len(src)
	}
	end := len(bytes.TrimRight(text, half))
	if end > 0 && text[end-1] == '!' && (end < len(text) && text[end] == '[' || end == 1 || isSpace(text, end-2)) {
		end-- // an image
	}
	const longest = 64
	for i := end - 1; i >= max(0, end-longest); i-- {
		switch c := text[i]; {
		case c == '&' || c == '<' && i+1 < end && (isLetter(text[i+1]) || text[i+1] == '/'):
			return start + i
		case !isLetter(c) && !isDigit(c) && !strings.ContainsRune("#:/.@_-?=%+", rune(c)):
			return start + end
		}
	}
	return start + end
}

// halfTag reports a tag of HTML that is begun and has attributes.
func halfTag(text []byte) bool {
	const longest = 256
	if len(text) > longest || bytes.IndexByte(text, '>') >= 0 {
		return false
	}
	name, attributes, _ := bytes.Cut(text[1:], []byte(" "))
	return isTag(string(name)) && bytes.IndexByte(attributes, '\n') < 0
}

// formula measures a formula, or what is none. Half of one is shown as it is
// written, or held back with patience, unless it is more likely something else.
func (m *mender) formula(i int) int {
	before, _ := utf8.DecodeLastRune(m.text[:i])
	begun := m.text[i:]
	if m.patient && len(begun) < 3 {
		begun = append(slices.Clip(begun), "xx"...)
	}
	marks, ok := mathOpening(begun, before)
	none := 1
	if m.text[i] == '\\' {
		none = 2
	}
	if !ok {
		return none
	}
	inner := m.text[min(len(m.text), i+len(marks.open)):]
	n, found := marks.end(inner)
	if len(inner) == 0 {
		n = 0
	}
	switch {
	case n < 0 || found && !marks.holds(string(inner[:n])):
		return none
	case found:
		return len(marks.open) + n + len(marks.shut)
	case m.patient && marks.likely(inner):
		m.text = m.text[:i]
		return 0
	case marks.open == "$" && !bytes.ContainsAny(inner, `\^_={}`): // more likely money
		return none
	}
	return len(m.text) - i
}

// likely reports half a formula that is worth waiting for.
func (d mathMarks) likely(inner []byte) bool {
	const longest = 400
	switch {
	case len(inner) > longest:
		return false
	case d.open != "$" || bytes.ContainsAny(inner, `\^_={}`):
		return true
	case len(inner) > 0 && isDigit(inner[0]): // money
		return bytes.IndexByte(inner, ' ') < 0
	}
	return !isProse(string(inner))
}

// openMath returns where a formula of several lines begins that is open at the end
// of a block, the end of the block if there is none.
func openMath(src []byte) int {
	var marks mathMarks
	begin, at, open := len(src), 0, false
	for raw := range bytes.Lines(src) {
		l, _ := newLine(raw).inner()
		switch {
		case l.blank || l.endsMath():
			open = false
		case open:
			open = !marks.shutIn(l)
		default:
			marks, open = l.math()
			begin = at
		}
		at += len(raw)
	}
	if !open {
		return len(src)
	}
	return begin
}
