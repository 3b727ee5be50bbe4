package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// texToken is a command without its backslash, or a character; "" is the end.
type texToken struct {
	text    string
	command bool
	blank   bool // a blank before it, which may tell words apart
}

func (t texToken) is(char string) bool { return !t.command && t.text == char }

func (t texToken) isCommand(name string) bool { return t.command && t.text == name }

// end reports the end of the formula, or of what can be read of it.
func (t texToken) end() bool { return t.text == "" }

// next reads a token. After what is not understood all is at its end, so that
// whatever is being read ends, too.
func (p *texParser) next() texToken {
	if p.bad {
		return texToken{}
	}
	blank := p.skipBlanks() && !p.word
	p.word = false
	if p.at == len(p.src) {
		return texToken{}
	}
	if p.src[p.at] == '\\' {
		return p.command(blank)
	}
	r, size := utf8.DecodeRuneInString(p.src[p.at:])
	if r == '%' || r == '#' || unicode.IsControl(r) { // a comment, a macro's argument
		return p.fail()
	}
	p.at += size
	return texToken{text: p.src[p.at-size : p.at], blank: blank}
}

// command reads what begins with a backslash.
func (p *texParser) command(blank bool) texToken {
	from := p.at + 1
	if from == len(p.src) {
		return p.fail()
	}
	to := from
	for to < len(p.src) && isLetter(p.src[to]) {
		to++
	}
	p.word = to > from
	if to == from {
		_, size := utf8.DecodeRuneInString(p.src[from:])
		to += size
	}
	p.at = to
	return texToken{text: p.src[from:to], command: true, blank: blank}
}

// skipBlanks reports whether there were any.
func (p *texParser) skipBlanks() bool {
	from := p.at
	for p.at < len(p.src) && strings.IndexByte(" \t\n", p.src[p.at]) >= 0 {
		p.at++
	}
	return p.at > from
}

// peek is the next token, which stays.
func (p *texParser) peek() texToken {
	at, word := p.at, p.word
	t := p.next()
	p.at, p.word = at, word
	return t
}

// accept reads the next token if it is this character.
func (p *texParser) accept(char string) bool {
	if !p.peek().is(char) {
		return false
	}
	p.next()
	return true
}

// expect is accept for what has to come.
func (p *texParser) expect(char string) {
	if !p.accept(char) {
		p.fail()
	}
}

func (p *texParser) fail() texToken {
	p.bad = true
	return texToken{}
}

// raw reads a text in braces as it is written, and what is within braces in it.
func (p *texParser) raw() string {
	p.expect("{")
	from, depth := p.at, 1
	for ; !p.bad && p.at < len(p.src); p.at++ {
		switch c := p.src[p.at]; {
		case c == '\\' && p.at+1 < len(p.src):
			p.at++
		case c == '{':
			depth++
		case c == '}':
			depth--
		}
		if depth == 0 {
			p.at++
			return p.src[from : p.at-1]
		}
	}
	p.fail()
	return ""
}

// option reads a text in brackets, if there is one.
func (p *texParser) option() string {
	if !p.accept("[") {
		return ""
	}
	n := strings.IndexByte(p.src[p.at:], ']')
	if n < 0 {
		p.fail()
		return ""
	}
	s := p.src[p.at : p.at+n]
	p.at += n + 1
	return s
}
