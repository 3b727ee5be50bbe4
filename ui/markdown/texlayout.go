package markdown

import (
	"strings"
	"unicode/utf8"
)

// texPrec is how firmly a text holds together, the firmest first: whether it
// needs parentheses where TeX would set it over or under something.
type texPrec uint8

const (
	texUnit    texPrec = iota // x, 12, (a+b), xᵢ
	texPower                  // x², √x
	texProduct                // ab
	texLoose                  // a/b, sin x
	texSum                    // a+b
	texWhole                  // a = b
)

// texPart is a piece of text with what its neighbours have to know of it.
type texPart struct {
	text  string
	class texClass
	prec  texPrec
	box   *texBox // what it is if it has several lines
	open  bool    // what follows would be taken for a part of it
	call  bool    // but for parentheses, which are its arguments
	apart bool    // what is before it would be taken for a part of it
	head  bool    // it begins with a relation
	tail  bool    // it ends in one
	frac  bool    // its slash would reach what stands beside it
	word  bool    // it is not made of signs
	bar   bool    // it is | or ‖
	wide  bool    // blanks that tell apart
	blank bool    // a blank stood before it
}

// texMode is how a part is to be set.
type texMode struct {
	tight bool // without blanks, as in scripts and fractions
	tall  bool // over several lines if need be
	cell  bool // as the right side of what is in the cell before
}

// texLayout makes text of a tree. Once bad, what it makes is of no use.
type texLayout struct {
	bad  bool
	size int
}

// formula is a whole formula as lines.
func (l *texLayout) formula(n *texNode, m texMode) []string {
	part := l.part(n, m)
	if part.box != nil {
		return part.box.lines
	}
	return []string{part.text}
}

func (l *texLayout) part(n *texNode, m texMode) texPart {
	if l.size++; l.size > maxTexText {
		l.bad = true
		return texPart{}
	}
	switch n.kind {
	case texAtom:
		return texPart{text: n.text, class: n.class, blank: n.blank, bar: n.class == texOrd && (n.text == "|" || n.text == "‖")}
	case texWord:
		part := texPart{text: n.text, class: n.class, word: true, blank: n.blank}
		if n.class == texOrd && strings.Contains(n.text, " ") {
			part.prec = texWhole
		}
		return part
	case texSpace:
		return texPart{text: n.text, class: texGap, wide: len(n.text) > 1}
	case texFrac:
		return l.frac(n)
	case texRoot:
		return l.root(n)
	case texScript:
		return l.script(n, m)
	case texFence:
		return l.fence(n, m)
	case texGrid:
		return l.grid(n, m)
	case texBoxed:
		return l.boxed(n, m)
	default:
		return l.row(n, m)
	}
}

// parens is a part that nothing can come loose from.
func (p texPart) parens() texPart {
	return texPart{text: "(" + p.text + ")", blank: p.blank}
}

// within is a part in parentheses if it is looser than it may be.
func (p texPart) within(most texPrec) string {
	if p.prec > most {
		return "(" + p.text + ")"
	}
	return p.text
}

// frac is a fraction as a quotient.
func (l *texLayout) frac(n *texNode) texPart {
	m := texMode{tight: true}
	over, under := l.part(n.kids[0], m), l.part(n.kids[1], m)
	if over.text == "" || under.text == "" {
		l.bad = true
	}
	part := texPart{blank: n.blank, prec: texUnit, class: texOrd}
	switch over.text + "/" + under.text {
	case "1/2":
		part.text = "½"
	case "1/4":
		part.text = "¼"
	case "3/4":
		part.text = "¾"
	default:
		part.text = over.within(texProduct) + "/" + under.within(texPower)
		part.prec, part.frac = texLoose, true
	}
	return part
}

// root is a square root, or another that is named before it.
func (l *texLayout) root(n *texNode) texPart {
	tight := texMode{tight: true}
	inner := l.part(n.kids[0], tight).within(texUnit)
	part := texPart{prec: texPower, open: !enclosed(inner), blank: n.blank}
	sign := "√"
	if len(n.kids) > 1 {
		switch index := l.part(n.kids[1], tight).text; index {
		case "2":
		case "3":
			sign = "∛"
		case "4":
			sign = "∜"
		default:
			small, ok := spell(raised, index)
			l.bad = l.bad || !ok
			sign, part.apart = small+sign, true
		}
	}
	l.bad = l.bad || inner == ""
	part.text = sign + inner
	return part
}

// enclosed reports a text that ends itself.
func enclosed(s string) bool { return strings.HasSuffix(s, ")") }

// fence is what stands within delimiters, which are as high as it is.
func (l *texLayout) fence(n *texNode, m texMode) texPart {
	inner := l.part(n.kids[0], m)
	if inner.box != nil {
		return texPart{box: inner.box.fenced(n.text, n.shut), class: texOrd, blank: n.blank}
	}
	part := texPart{text: n.text + inner.text + n.shut, class: texOrd, blank: n.blank}
	if n.shut == "" {
		part.prec = inner.prec
	}
	return part
}

// boxed is a result with a frame around it, where there are lines for it.
func (l *texLayout) boxed(n *texNode, m texMode) texPart {
	part := l.part(n.kids[0], m)
	part.blank = n.blank
	if !m.tall {
		return part
	}
	part.box = part.asBox().framed()
	return part
}

// simple reports a text that needs no parentheses as a script: one sign, a
// number, a word.
func (p texPart) simple() bool {
	return p.word || p.class == texNumber || utf8.RuneCountInString(p.text) == 1 || p.prec == texUnit && enclosed(p.text) && p.text[0] == '('
}
