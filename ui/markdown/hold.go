package markdown

import "bytes"

// hold returns how much of an open block is shown yet: without an unfinished
// last line of which nobody can say what it will be, so that nothing flashes by
// in another shape. A "-" may become an item, a rule, a heading's underline; a
// table is text until its second line is complete, and how wide its columns are its
// first row says.
func hold(src []byte) []byte {
	at := bytes.LastIndexByte(src, '\n') + 1
	last := bytes.TrimLeft(src[at:], " ")
	if len(bytes.Trim(last, marks)) == 0 || isBox(last) || opensCode(last) || defines(last) {
		src, last = src[:at], nil
	}
	if len(last) > 0 && !isRow(last) {
		return src
	}
	head := tableLines(src[:at])
	switch n := bytes.Count(head, []byte("\n")); {
	case n < 2 && len(head)+len(last) > 0:
		return src[:at-len(head)]
	case n == 2:
		return src[:at]
	}
	return src
}

// isRow reports a line that begins with a bar.
func isRow(raw []byte) bool {
	inner, _ := newLine(raw).inner()
	return !inner.blank && inner.text[0] == '|'
}

// defines reports a line that may define a link.
func defines(last []byte) bool {
	const longest = 200
	if last[0] != '[' || bytes.HasPrefix(last, []byte("[^")) || len(last) > longest {
		return false
	}
	label, after, whole := bytes.Cut(last, []byte("]"))
	return !whole && len(label) <= maxLabel || whole && (len(after) == 0 || after[0] == ':')
}

// marks are the characters that lines of marks are made of.
const marks = "-=*_#>+~`.:|0123456789) \t"

// opensCode reports the beginning of a fence, whose language is not complete.
func opensCode(last []byte) bool {
	inner, _ := newLine(last).inner()
	_, ok := inner.fence()
	return ok
}

// isBox reports an item with a box, or the beginning of one, or what may name a
// footnote.
func isBox(last []byte) bool {
	rest := bytes.TrimLeft(last, marks)
	label := bytes.TrimLeft(rest, "[^")
	return bytes.HasPrefix([]byte("[x] "), bytes.ToLower(rest)) || bytes.HasPrefix([]byte("[ ] "), rest) ||
		bytes.HasPrefix(rest, []byte("[^")) && len(rest) <= maxLabel && bytes.IndexByte(label, ']') < 0
}

// tableLines returns the lines at the end of src that begin with a bar.
func tableLines(src []byte) []byte {
	at := len(src)
	for at > 0 {
		begin := bytes.LastIndexByte(src[:at-1], '\n') + 1
		if !isRow(src[begin:at]) {
			break
		}
		at = begin
	}
	return src[at:]
}
