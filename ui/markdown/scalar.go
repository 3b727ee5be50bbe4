package markdown

import "strings"

// A text block of YAML ends where the indentation does, so that nobody knows its
// end before the next line has come; but all of it is text, and needs no lexer.

// scalar is a text block that is open; the zero value is none.
type scalar struct {
	open   bool
	indent int // of what it belongs to: its lines are indented more
}

// holds reports whether a line is text, and notes what begins or ends with it.
func (s *scalar) holds(line string) bool {
	text := strings.TrimLeft(line, " ")
	indent := len(line) - len(text)
	if s.open && (text == "" || indent > s.indent) {
		return true
	}
	*s = scalar{}
	text, _, _ = strings.Cut(text, " #")
	head, tail, ok := cutLast(strings.TrimRight(text, " "))
	if !ok || strings.Trim(tail[1:], "+-0123456789") != "" || tail[0] != '|' && tail[0] != '>' {
		return false
	}
	switch head[len(head)-1] {
	case ':':
		for strings.HasPrefix(head, "- ") { // a key within an item
			key := strings.TrimLeft(head[1:], " ")
			indent += len(head) - len(key)
			head = key
		}
	case '-':
		indent += len(head) - 1
	default:
		return false
	}
	*s = scalar{true, indent}
	return false
}

// cutLast cuts a text before its last word.
func cutLast(s string) (head, tail string, ok bool) {
	i := strings.LastIndexByte(s, ' ')
	head = strings.TrimRight(s[:max(0, i)], " ")
	if head == "" || i+1 == len(s) {
		return "", "", false
	}
	return head, s[i+1:], true
}
