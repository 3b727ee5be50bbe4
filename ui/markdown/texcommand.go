package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// control makes the node of a command, with the arguments that it takes. What is
// not known here is not understood.
func (p *texParser) control(name string) *texNode {
	if n := texSymbol(name); n != nil {
		return n
	}
	if mark := lookup(texAccents, name); mark != "" {
		return p.accent(mark, name == "overline" || name == "underline")
	}
	if font := lookup(texFonts, name); font != "" {
		return p.styled(font)
	}
	if blanks, ok := texBlanks(name); ok {
		return blanks
	}
	switch {
	case contains(texSilent, name):
		return nil
	case contains(texWords, name):
		return &texNode{kind: texWord, text: p.prose(p.raw())}
	case contains(texRaised, name):
		return p.stacked(name)
	}
	return p.structure(name)
}

// structure is for the commands that are more than a sign.
func (p *texParser) structure(name string) *texNode {
	switch name {
	case "frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac":
		return &texNode{kind: texFrac, kids: []*texNode{p.argument(), p.argument()}}
	case "binom", "dbinom", "tbinom":
		return p.binomial()
	case "vec":
		return p.vector()
	case "sqrt":
		return p.root()
	case "left":
		return p.fence()
	case "begin":
		return p.environment(p.raw())
	case "middle":
		return &texNode{kind: texAtom, class: texRel, text: p.delimiter()}
	case "boxed", "fbox":
		return &texNode{kind: texBoxed, kids: []*texNode{p.argument()}}
	case "operatorname":
		p.accept("*")
		return &texNode{kind: texWord, class: texFn, text: p.spelled(p.argument())}
	case "not":
		return p.negated(p.next())
	case "pmod":
		return &texNode{kind: texFence, text: " (mod ", shut: ")", kids: []*texNode{p.argument()}}
	case "tag":
		return &texNode{kind: texWord, text: "  (" + p.prose(p.raw()) + ")"}
	case "label", "color":
		p.raw()
		return nil
	case "hspace":
		p.raw()
		return &texNode{kind: texSpace, class: texGap, text: " "}
	case "textcolor":
		p.raw()
		return p.argument()
	case "substack":
		return p.substack()
	}
	p.fail()
	return nil
}

func (p *texParser) binomial() *texNode {
	choose := &texNode{kind: texWord, text: " choose "}
	row := &texNode{kind: texRow, kids: []*texNode{p.argument(), choose, p.argument()}}
	return &texNode{kind: texFence, text: "(", shut: ")", kids: []*texNode{row}}
}

func (p *texParser) root() *texNode {
	n := &texNode{kind: texRoot}
	index := p.option()
	n.kids = append(n.kids, p.argument())
	if index != "" {
		inner := texParser{src: index, depth: p.depth}
		n.kids = append(n.kids, inner.formula())
		p.bad = p.bad || inner.bad
	}
	return n
}

// fence reads what stands between \left and \right.
func (p *texParser) fence() *texNode {
	n := &texNode{kind: texFence, text: p.delimiter()}
	n.kids = []*texNode{p.row(func(t texToken) bool { return t.isCommand("right") })}
	p.next()
	n.shut = p.delimiter()
	return n
}

// delimiter reads what may follow \left; "" is the one that is not seen.
func (p *texParser) delimiter() string {
	t := p.next()
	if t.command {
		if s := lookup(texDelimiters, t.text); s != "" {
			return s
		}
		switch t.text {
		case "{", "}":
			return t.text
		case "|":
			return "‖"
		}
		p.fail()
		return ""
	}
	switch t.text {
	case "(", ")", "[", "]", "|", "/":
		return t.text
	case "<":
		return "⟨"
	case ">":
		return "⟩"
	case ".":
		return ""
	}
	p.fail()
	return ""
}

// accent puts a mark on a letter; an overline may be on several. Marks on
// anything else are not where they belong in a terminal.
func (p *texParser) accent(mark string, several bool) *texNode {
	s := p.letters(p.argument())
	if n := utf8.RuneCountInString(s); n == 0 || n > 1 && !several {
		p.fail()
		return nil
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
		b.WriteString(mark)
	}
	return &texNode{kind: texAtom, text: b.String()}
}

// vector is bold, as many books print it: the arrow over a letter is drawn by
// some terminals and left out by others.
func (p *texParser) vector() *texNode {
	n := p.argument()
	if utf8.RuneCountInString(p.letters(n)) != 1 {
		p.fail()
	}
	p.restyle(n, "bold")
	return n
}

// letters is the text of a node of letters and digits alone; "" for any other.
func (p *texParser) letters(n *texNode) string {
	switch n.kind {
	case texAtom:
		if n.class == texOrd && n.text != "|" || n.class == texNumber {
			return n.text
		}
	case texRow:
		var b strings.Builder
		for _, kid := range n.kids {
			s := p.letters(kid)
			if s == "" {
				return ""
			}
			b.WriteString(s)
		}
		return b.String()
	default:
	}
	return ""
}

// spelled is the name of an operator.
func (p *texParser) spelled(n *texNode) string {
	switch n.kind {
	case texAtom, texWord, texSpace:
		return n.text
	case texRow:
		var b strings.Builder
		for _, kid := range n.kids {
			b.WriteString(p.spelled(kid))
		}
		return b.String()
	default:
		p.fail()
		return ""
	}
}

// styled reads an argument in another alphabet. Words stay in the common one:
// what is upright or bold as a whole is a name.
func (p *texParser) styled(font string) *texNode {
	n := p.argument()
	if s := p.letters(n); utf8.RuneCountInString(s) > 1 && (font == "word" || font == "bold") {
		return &texNode{kind: texWord, text: s}
	}
	if font != "word" {
		p.restyle(n, font)
	}
	return n
}

func (p *texParser) restyle(n *texNode, font string) {
	if n.kind == texAtom && (n.class == texOrd || n.class == texNumber) {
		r, size := utf8.DecodeRuneInString(n.text)
		styled, ok := alphabet(font, r)
		if !ok && unicode.IsLetter(r) {
			p.fail()
		}
		n.text = string(styled) + n.text[size:]
	}
	for _, kid := range n.kids {
		p.restyle(kid, font)
	}
}

// negated is a relation that does not hold.
func (p *texParser) negated(t texToken) *texNode {
	s := ""
	switch {
	case t.command:
		s = lookup(texNegated, t.text)
	case t.is("="):
		s = "≠"
	case t.is("<"):
		s = "≮"
	case t.is(">"):
		s = "≯"
	}
	if s == "" {
		p.fail()
	}
	return &texNode{kind: texAtom, class: texRel, text: s}
}

// stacked is what stands over or below something: as its script.
func (p *texParser) stacked(name string) *texNode {
	if arrow := lookup(texLongArrows, name); arrow != "" {
		return &texNode{kind: texScript, class: texRel, sup: p.argument(), kids: []*texNode{{kind: texAtom, class: texRel, text: arrow}}}
	}
	script := p.argument()
	base := p.argument()
	n := &texNode{kind: texScript, class: base.sole(), kids: []*texNode{base}}
	if name == "underset" {
		n.sub = script
	} else {
		n.sup = script
	}
	return n
}

// sole is the class of a node that is one relation or operator, else that of
// what is none.
func (n *texNode) sole() texClass {
	if n.kind == texRow && len(n.kids) == 1 {
		n = n.kids[0]
	}
	if n.kind == texAtom && (n.class == texRel || n.class == texBin) {
		return texRel
	}
	return texOrd
}

// substack is the lines of a limit, beside each other.
func (p *texParser) substack() *texNode {
	p.expect("{")
	rows := p.rows(func(t texToken) bool { return t.is("}") })
	p.expect("}")
	return &texNode{kind: texGrid, grid: texGathered, rows: rows}
}

// prose is the text that \text shows.
func (p *texParser) prose(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '$':
			p.fail()
		case '{', '}':
		case '~', '\n', '\t', ' ':
			if !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
		case '\\':
			i++
			if i == len(s) || !strings.ContainsRune("%$#&_{} ", rune(s[i])) {
				p.fail()
				return ""
			}
			b.WriteByte(s[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
