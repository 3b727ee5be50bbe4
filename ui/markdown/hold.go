package markdown

import "bytes"

// hold returns how much of an open block is shown yet: without an unfinished
// last line of which nobody can say what it will be, so that nothing flashes by
// in another shape. A "-" may become an item, a rule, a heading's underline; a
// table is text until its second line is complete.
func hold(src []byte) []byte {
	at := bytes.LastIndexByte(src, '\n') + 1
	last := bytes.TrimLeft(src[at:], " ")
	if len(bytes.Trim(last, "-=*_#>+~`.:|0123456789) \t")) == 0 {
		src, last = src[:at], nil
	}
	if len(last) > 0 && last[0] != '|' {
		return src
	}
	if head := tableLines(src[:at]); bytes.Count(head, []byte("\n")) < 2 && len(head)+len(last) > 0 {
		return src[:at-len(head)]
	}
	return src
}

// tableLines returns the lines at the end of src that begin with a bar.
func tableLines(src []byte) []byte {
	at := len(src)
	for at > 0 {
		begin := bytes.LastIndexByte(src[:at-1], '\n') + 1
		if l := bytes.TrimLeft(src[begin:at], " "); len(l) == 0 || l[0] != '|' {
			break
		}
		at = begin
	}
	return src[at:]
}
