package markdown

import "strings"

// script is what bears something raised or lowered: in small signs where there
// are such for all of it, else behind ^ and _.
func (l *texLayout) script(n *texNode, m texMode) texPart {
	base := l.part(n.kids[0], m)
	base.blank = n.blank
	if n.class != texOrd {
		base.class = n.class
	}
	if base.box == nil && base.prec > texUnit || base.frac {
		base = base.parens()
	}
	low, lowOpen := l.small(n.sub, lowered, "_")
	high, highOpen := l.small(n.sup, raised, "^")
	if base.box != nil {
		base.box = base.box.scripted(low, high)
		return base
	}
	base.scripts(low, lowOpen, high, highOpen)
	if n.sup != nil && base.class != texFn && base.class != texBig {
		base.prec = texPower
	}
	return base
}

// scripts writes them in the order in which none is taken for a script of the
// other.
func (p *texPart) scripts(low string, lowOpen bool, high string, highOpen bool) {
	switch {
	case lowOpen && high != "" && !strings.HasPrefix(high, "^"):
		p.text += high + low
	default:
		p.text += low + high
	}
	p.open, p.call = lowOpen || highOpen, lowOpen && !highOpen
	p.word = p.word && low == "" && high == ""
	if p.class == texNumber || p.class == texBin || p.class == texUnary {
		p.class = texOrd
	}
}

// small is a script as text. It is open if its end is not to be seen.
func (l *texLayout) small(n *texNode, table, mark string) (s string, open bool) {
	if n == nil {
		return "", false
	}
	part := l.part(n, texMode{tight: true})
	if s, ok := spell(table, part.text); ok && !part.word && s != "" {
		return s, false
	}
	switch {
	case part.text == "":
		l.bad = true
	case part.simple():
		return mark + part.text, !enclosed(part.text)
	}
	return mark + "(" + part.text + ")", false
}
