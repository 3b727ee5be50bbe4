package markdown

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// mend makes an open block whole for showing: strong words, code and links that
// are begun at its end are closed there. With patience, the half of a mark at the
// very end and half a formula or tag are left out, so that nothing changes its look
// when the rest comes. It returns the text and how much of it is the source's. It
// only guesses: see took.
func mend(src []byte, patient bool) (whole []byte, kept int) {
	start, ok := openText(src)
	if !ok {
		return src, len(src)
	}
	if at := openMath(src); at < len(src) {
		if patient {
			src = src[:at]
		}
		return src, len(src)
	}
	end := len(src)
	if patient {
		end = settled(src, start)
	}
	m := mender{text: src[start:end], patient: patient}
	m.scan()
	closers := m.closers()
	kept = start + len(m.text)
	if closers == "" {
		return src[:kept], kept
	}
	return append(slices.Clip(src[:kept]), closers...), kept
}

// took reports whether the parser took all that mend added, which begins at
// kept: what is left of it would be seen.
func took(doc ast.Node, kept, end int) bool {
	if kept == end {
		return true
	}
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan: // what closes it is no part of it
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if n.Segment.Stop > kept {
				return ast.WalkStop, errLeft
			}
		case *ast.RawHTML:
			return segmentsWithin(n.Segments.Len(), func(i int) int { return n.Segments.At(i).Stop }, kept)
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			return segmentsWithin(n.Lines().Len(), func(i int) int { return n.Lines().At(i).Stop }, kept)
		}
		return ast.WalkContinue, nil
	})
	return err == nil
}

func segmentsWithin(n int, stop func(int) int, kept int) (ast.WalkStatus, error) {
	if n > 0 && stop(n-1) > kept {
		return ast.WalkStop, errLeft
	}
	return ast.WalkContinue, nil
}

// errLeft ends the walk of took.
var errLeft = errors.New("something was left")

// openText returns where the last paragraph, heading or cell begins, and whether
// the block ends in one.
func openText(src []byte) (start int, ok bool) {
	var open fence
	for at := 0; at < len(src); {
		end := at + lineLen(src[at:])
		l := newLine(src[at:end])
		inner, opens := l.inner()
		switch {
		case open.size > 0 && run(inner.text, open.char) >= open.size && isBlank(inner.text[run(inner.text, open.char):]):
			open, start = fence{}, end
		case open.size > 0 && (l.blank || l.column >= open.column): // code
		case inner.blank:
			open, start = fence{}, end
		default:
			open, _ = inner.fence()
			open.column = l.column
			if opens || inner.isHeading() {
				start = end - len(inner.text)
			}
		}
		if inner.isHeading() && end < len(src) {
			start = end
		}
		at = end
	}
	return max(start, cellStart(src)), open.size == 0
}

func lineLen(src []byte) int {
	if n := bytes.IndexByte(src, '\n'); n >= 0 {
		return n + 1
	}
	return len(src)
}

// inner is what a line says behind the marks of quotes and items, and whether
// one of an item is there.
func (l line) inner() (inner line, opens bool) {
	for !l.blank {
		m, ok := l.item()
		switch {
		case ok && !l.isRule():
			l, opens = newLine(l.text[m.size:]), true
		case l.text[0] == '>':
			l = newLine(l.text[1:])
		default:
			return l, opens
		}
	}
	return l, opens
}

// cellStart returns where the last cell begins if the last line is a table's.
func cellStart(src []byte) int {
	at := bytes.LastIndexByte(src, '\n') + 1
	if l := newLine(src[at:]); l.blank || l.text[0] != '|' {
		return 0
	}
	return bytes.LastIndexByte(src, '|') + 1
}

// mender looks for what is begun and not ended in a text.
type mender struct {
	text    []byte
	patient bool
	open    []opener
	code    int // the backticks that open code, 0 for none
	codes   int // where they are
}

// opener is a mark that waits for another.
type opener struct {
	char byte // '[' is a link, '!' an image, ']' a bracket that is neither
	n    int
	at   int
}

func (m *mender) scan() {
	for i := 0; i < len(m.text) && m.code == 0; {
		switch c := m.text[i]; c {
		case '\\', '$':
			i += m.formula(i)
		case '`':
			i = m.backticks(i)
		case '*', '_', '~':
			n := run(m.text[i:], c)
			m.delimiter(i, n)
			i += n
		case '[':
			m.open = append(m.open, opener{bracketAt(m.text, i), 1, i})
			i++
		case '!':
			if i++; i < len(m.text) && m.text[i] == '[' {
				m.open = append(m.open, opener{'!', 2, i - 1})
				i++
			}
		case ']':
			i = m.bracket(i)
		case '<':
			i += m.tag(i)
		default:
			i++
		}
	}
}

// bracketAt says what a bracket opens: right behind a letter it is an index, or
// a footnote.
func bracketAt(text []byte, i int) byte {
	if note := i+1 < len(text) && text[i+1] == '^'; i > 0 && !note && (isLetter(text[i-1]) || isDigit(text[i-1])) {
		return ']'
	}
	return '['
}

// backticks skips code, or notes that it is open.
func (m *mender) backticks(i int) int {
	n := run(m.text[i:], '`')
	for j := i + n; j < len(m.text); {
		k := run(m.text[j:], '`')
		if k == n {
			return j + n
		}
		j += max(1, k)
	}
	m.code, m.codes = n, i
	return len(m.text)
}

// tag measures an HTML tag or an address in angle brackets.
func (m *mender) tag(i int) int {
	const longest = 1000
	rest := m.text[i:min(len(m.text), i+longest)]
	if n := bytes.IndexByte(rest, '>'); n > 1 && (isLetter(rest[1]) || rest[1] == '/') {
		return n + 1
	}
	return 1
}

// delimiter matches a run of marks with what is open, else opens it.
func (m *mender) delimiter(i, n int) {
	c := m.text[i]
	opens, closes := flanks(m.text, i, n)
	for closes && n > 0 {
		k := len(m.open) - 1
		for k >= 0 && m.open[k].char != c && m.open[k].n > 0 && m.open[k].char != '[' && m.open[k].char != '!' {
			k--
		}
		if k < 0 || m.open[k].char != c {
			break
		}
		used := min(n, m.open[k].n)
		n -= used
		if m.open[k].n -= used; m.open[k].n == 0 {
			m.open = m.open[:k]
		} else {
			m.open = m.open[:k+1]
		}
	}
	if opens && n > 0 {
		m.open = append(m.open, opener{c, n, i})
	}
}

// flanks reports whether marks can open and close, as CommonMark says.
func flanks(text []byte, i, n int) (opens, closes bool) {
	before, _ := utf8.DecodeLastRune(text[:i])
	after, _ := utf8.DecodeRune(text[i+n:])
	spaceBefore, spaceAfter := i == 0 || unicode.IsSpace(before), i+n == len(text) || unicode.IsSpace(after)
	punct := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
	left := !spaceAfter && (!punct(after) || spaceBefore || punct(before))
	right := !spaceBefore && (!punct(before) || spaceAfter || punct(after))
	if text[i] == '_' {
		return left && (!right || punct(before)), right && (!left || punct(after))
	}
	return left, right
}

// bracket ends the text of a link. A link whose address is not complete is open
// still; so is one that may get an address.
func (m *mender) bracket(i int) int {
	k := len(m.open) - 1
	for k >= 0 && m.open[k].char != '[' && m.open[k].char != '!' && m.open[k].char != ']' {
		k--
	}
	if k < 0 {
		return i + 1
	}
	last := i+1 == len(m.text)
	switch index := m.open[k].char == ']'; {
	case last && !index:
		m.text = m.text[:i]
		return i
	case last || m.text[i+1] != '(':
		m.open = slices.Delete(m.open, k, k+1)
		return i + 1
	}
	end := closingParen(m.text[i+1:])
	if end < 0 {
		m.text = m.text[:i]
		if m.open[k].char == ']' { // a link after all
			m.open[k].char = '['
		}
		return i
	}
	m.open = m.open[:k]
	return i + 1 + end
}

// closingParen returns the end of what text begins with in parentheses, -1 if
// they are not closed in its line.
func closingParen(text []byte) int {
	depth := 0
	for i, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// codeCloser is the mark that ends code that is open.
func (m *mender) codeCloser() string {
	if m.code == 0 {
		return ""
	}
	switch content := bytes.TrimRight(m.text[m.codes+m.code:], " \t\n"); {
	case len(content) == 0 && m.patient:
		m.text = m.text[:m.codes]
		return ""
	case len(content) == 0:
		return ""
	case content[len(content)-1] == '`': // not one of its own
		return " " + strings.Repeat("`", m.code)
	}
	return strings.Repeat("`", m.code)
}

// closers are the marks that end what is open. What is begun with nothing in it
// is left out of the text.
func (m *mender) closers() string {
	var b strings.Builder
	b.WriteString(m.codeCloser())
	linked := false
	for _, o := range slices.Backward(m.open) {
		content := m.text[min(len(m.text), o.at+o.n):]
		link := o.char == '[' || o.char == '!'
		switch {
		case o.char == ']':
		case b.Len() == 0 && (isBlank(content) || link && content[0] == '^'): // a footnote's name comes whole
			if m.patient {
				m.text = m.text[:min(len(m.text), o.at)]
			}
		case !link:
			b.WriteString(strings.Repeat(string(o.char), o.n))
		case o.char == '[' && (linked || isLabel(content)): // no link
		default:
			b.WriteString("]()")
			linked = linked || o.char == '['
		}
	}
	if b.Len() > 0 {
		m.text = bytes.TrimRight(m.text, " \t\n")
	}
	return b.String()
}

// isLabel reports what stands in brackets for itself: numbers and footnotes.
func isLabel(text []byte) bool {
	return text[0] == '^' || len(bytes.Trim(text, "0123456789,- ")) == 0
}
