package markdown

import (
	"unicode"
	"unicode/utf8"
)

// texKind is what a node of a formula is.
type texKind uint8

const (
	texRow    texKind = iota // kids
	texAtom                  // text
	texWord                  // text, as it is in the language around the formula
	texSpace                 // text: blanks
	texFrac                  // kids: what is above, what is below
	texRoot                  // kids: what it is of, and which if it is not the square one
	texScript                // kids: what bears them; sub, sup
	texFence                 // kids within text and shut
	texGrid                  // rows within text and shut
	texBoxed                 // kids
)

// texClass is what TeX calls the class of an atom: how it stands to its
// neighbours.
type texClass uint8

const (
	texOrd    texClass = iota
	texNumber          // digits
	texBig             // ∑, lim: what follows stands apart
	texFn              // sin: so does what stands before
	texBin             // +
	texRel             // =
	texOpen            // (
	texShut            // )
	texPunct           // ,
	texPost            // !
	texUnary           // a + that has nothing before it
	texGap             // blanks
)

// texNode is a part of a formula.
type texNode struct {
	kind     texKind
	class    texClass
	text     string
	shut     string
	grid     texGridStyle
	blank    bool // a blank before it in the source
	kids     []*texNode
	rows     [][]*texNode
	sub, sup *texNode
}

// texParser reads a formula. Once bad, it reads no more.
type texParser struct {
	src   string
	at    int
	word  bool // a command was read, which ends at a blank
	bad   bool
	depth int
}

// formula reads all there is.
func (p *texParser) formula() *texNode {
	rows := p.rows(func(t texToken) bool { return t.end() })
	if len(rows) == 1 && len(rows[0]) == 1 {
		return rows[0][0]
	}
	if len(rows) == 1 { // there is nothing to align with
		p.fail()
	}
	return &texNode{kind: texGrid, grid: texAligned, rows: rows}
}

// row reads up to a token that ends it, which stays.
func (p *texParser) row(ends func(texToken) bool) *texNode {
	n := &texNode{kind: texRow}
	if p.depth++; p.depth > maxTexDepth {
		p.fail()
	}
	for t := p.peek(); !ends(t); t = p.peek() {
		if t.end() {
			p.fail()
			break
		}
		kid := p.scripted()
		if kid != nil {
			kid.blank = t.blank
			n.kids = append(n.kids, kid)
		}
	}
	p.depth--
	return n
}

// scripted reads a nucleus, if there is one, and its scripts; nil for what shows
// nothing.
func (p *texParser) scripted() *texNode {
	n := &texNode{kind: texRow}
	if t := p.peek(); !t.is("^") && !t.is("_") && !t.is("'") {
		n = p.number(p.nucleus())
	}
	for p.limits() {
	}
	return p.scripts(n)
}

// limits skips what says where limits stand.
func (p *texParser) limits() bool {
	t := p.peek()
	if t.isCommand("limits") || t.isCommand("nolimits") {
		p.next()
		return true
	}
	return false
}

// number adds the digits that follow a digit.
func (p *texParser) number(n *texNode) *texNode {
	if n == nil || n.kind != texAtom || n.class != texNumber {
		return n
	}
	from := p.at
	for p.at < len(p.src) && (isDigit(p.src[p.at]) || p.src[p.at] == '.' && p.at+1 < len(p.src) && isDigit(p.src[p.at+1])) {
		p.at++
	}
	n.text += p.src[from:p.at]
	return n
}

// scripts reads what is raised and lowered behind a nucleus: one of each, and
// any number of primes.
func (p *texParser) scripts(base *texNode) *texNode {
	n := &texNode{kind: texScript, kids: []*texNode{base}}
	for {
		switch t := p.peek(); {
		case t.is("_") && n.sub == nil:
			p.next()
			n.sub = p.argument()
		case t.is("'") && (n.sup == nil || n.sup.kind == texAtom && n.sup.text == "′"):
			n.sup = p.primes()
		case t.is("^") && (n.sup == nil || n.sup.kind == texAtom && n.sup.class == texPost):
			p.next()
			n.sup = p.after(n.sup, p.argument())
		case t.is("^") || t.is("_") || t.is("'"):
			p.fail()
			return n
		case n.sub == nil && n.sup == nil:
			return base
		case base == nil:
			p.fail()
			return n
		default:
			return n
		}
	}
}

// primes reads a run of them.
func (p *texParser) primes() *texNode {
	count := 0
	for p.accept("'") {
		count++
	}
	return &texNode{kind: texAtom, class: texPost, text: primes(count)}
}

// after is a raised node behind primes, if there are any.
func (p *texParser) after(primes, n *texNode) *texNode {
	if primes == nil {
		return n
	}
	return &texNode{kind: texRow, kids: []*texNode{primes, n}}
}

// argument reads what a command takes: a group, a command with its own
// arguments, a character.
func (p *texParser) argument() *texNode {
	n := p.nucleus()
	if n == nil {
		p.fail()
		return &texNode{}
	}
	return n
}

// nucleus reads one thing without scripts; nil for what shows nothing.
func (p *texParser) nucleus() *texNode {
	if p.depth++; p.depth > maxTexDepth {
		p.fail()
	}
	defer func() { p.depth-- }()
	t := p.next()
	switch {
	case t.command:
		return p.control(t.text)
	case t.is("{"):
		return p.group()
	case t.end() || t.is("}") || t.is("&") || t.is("^") || t.is("_") || t.is("$") || t.is("`"):
		p.fail()
		return nil
	case t.is("~"):
		return &texNode{kind: texSpace, class: texGap, text: " "}
	}
	return character(t.text)
}

// group reads up to the closing brace; the opening one was read.
func (p *texParser) group() *texNode {
	n := p.row(func(t texToken) bool { return t.is("}") })
	p.expect("}")
	return n
}

// character is an atom of one character.
func character(s string) *texNode {
	n := &texNode{kind: texAtom, text: s}
	switch s {
	case "-":
		n.text, n.class = "−", texBin
	case "+", "*":
		n.class = texBin
	case "=", "<", ">", ":":
		n.class = texRel
	case "(", "[":
		n.class = texOpen
	case ")", "]":
		n.class = texShut
	case ",", ";":
		n.class = texPunct
	case "!", "?":
		n.class = texPost
	default:
		n.class = beyond(s)
	}
	return n
}

// beyond is the class of a character that TeX has no rule for.
func beyond(s string) texClass {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r >= '0' && r <= '9':
		return texNumber
	case r == '±' || r == '×' || r == '·' || r == '÷' || r == '−' || r == '∪' || r == '∩':
		return texBin
	case r > 0x7f && unicode.Is(unicode.Sm, r) && r != '∂' && r != '∇' && r != '∞' && r != '∀' && r != '∃' && r != '√':
		return texRel
	}
	return texOrd
}
