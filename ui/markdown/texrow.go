package markdown

import (
	"slices"
	"strings"
)

// row sets things beside each other.
func (l *texLayout) row(n *texNode, m texMode) texPart {
	parts := l.parts(n.kids, m)
	if len(parts) == 1 {
		part := parts[0]
		part.head = part.class == texRel
		if part.class != texNumber && part.class != texFn && part.class != texBig {
			part.class = texOrd // braces make it one
		}
		part.blank = n.blank
		return part
	}
	settleSigns(parts, m.cell)
	settleFractions(parts)
	part := texPart{prec: precedence(parts), blank: n.blank}
	if areNames(parts) {
		part.prec, part.class, part.word = texUnit, texBig, true
	}
	if len(parts) > 0 {
		last := parts[len(parts)-1]
		part.open, part.call = last.open, last.call
		part.head = parts[0].class == texRel || parts[0].class == texBin
		part.tail = last.class == texRel || last.class == texBin
	}
	if slices.ContainsFunc(parts, func(p texPart) bool { return p.box != nil }) {
		part.box = l.besides(parts, m)
	} else {
		part.text = joined(parts, m)
	}
	return part
}

// areNames reports the name of an operator that consists of others, as arg min.
func areNames(parts []texPart) bool {
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p texPart) bool { return !p.word || p.class != texFn && p.class != texBig })
}

// parts are the kids that show something.
func (l *texLayout) parts(kids []*texNode, m texMode) []texPart {
	inner := m
	inner.cell = false
	parts := make([]texPart, 0, len(kids))
	for _, kid := range kids {
		part := l.part(kid, inner)
		if part.class == texGap && m.tight {
			if !part.wide {
				continue
			}
			part.text = " "
		}
		if part.text != "" || part.box != nil {
			parts = append(parts, part)
		}
	}
	return parts
}

// settleSigns finds the signs that stand before something and not between two,
// and what the bars are, which look alike on both sides.
func settleSigns(parts []texPart, cell bool) {
	before := texPart{class: texOpen}
	if cell {
		before.class = texOrd // in a cell, what it goes on from is in the one before
	}
	open := false
	for i := range parts {
		p := &parts[i]
		switch {
		case p.class == texGap:
			continue
		case p.class == texBin && !isWordy(p.text) && before.expects():
			p.class = texUnary
		case p.bar:
			if open = !open; open {
				p.class = texOpen
			} else {
				p.class = texShut
			}
		}
		before = *p
	}
}

// expects reports a part behind which no operator has a left side.
func (p texPart) expects() bool {
	switch p.class {
	case texOpen, texBin, texRel, texPunct, texBig, texFn, texUnary:
		return true
	default:
		return p.word && strings.HasSuffix(p.text, " ")
	}
}

// opens reports what would be taken for the arguments of what is before it.
func (p texPart) opens() bool {
	return p.class == texOpen || p.class == texOrd && p.text != "" && strings.ContainsAny(p.text[:1], "([{")
}

// settleFractions puts parentheses around those that something stands beside.
func settleFractions(parts []texPart) {
	for i := range parts {
		if parts[i].frac && (reachesLeft(neighbour(parts, i, -1)) || reachesRight(neighbour(parts, i, 1))) {
			parts[i] = parts[i].parens()
		}
	}
}

// neighbour is the next part in a direction that is not a small blank.
func neighbour(parts []texPart, i, step int) texPart {
	for i += step; i >= 0 && i < len(parts); i += step {
		if parts[i].class != texGap || parts[i].wide {
			return parts[i]
		}
	}
	return texPart{class: texGap}
}

func reachesLeft(p texPart) bool {
	switch p.class {
	case texOrd, texNumber, texShut, texPost, texFn:
		return !p.bar && !strings.HasSuffix(p.text, " ")
	default:
		return false
	}
}

func reachesRight(p texPart) bool {
	switch p.class {
	case texOrd, texNumber, texOpen, texPost, texFn, texBig:
		return !p.bar && !strings.HasPrefix(p.text, " ")
	default:
		return false
	}
}

// joined is the parts as text, with the blanks between them.
func joined(parts []texPart, m texMode) string {
	var b strings.Builder
	last := byte(0)
	for i, p := range parts {
		sep := ""
		if i > 0 {
			sep = separator(parts, i, m)
		}
		if last == ' ' {
			sep = ""
			if p.class == texGap || p.word {
				p.text = strings.TrimPrefix(p.text, " ")
			}
		}
		b.WriteString(sep)
		b.WriteString(p.text)
		if b.Len() > 0 && p.text != "" {
			last = p.text[len(p.text)-1]
		}
	}
	return b.String()
}

// separator is the blank before a part, if there has to be one.
func separator(parts []texPart, i int, m texMode) string {
	a, b := parts[i-1], parts[i]
	if a.class == texGap || b.class == texGap {
		return ""
	}
	loose := !m.tight || isWordy(a.text) || isWordy(b.text)
	switch {
	case a.class == texRel && b.class == texRel:
		return ""
	case isBetween(a.class) || isBetween(b.class):
		return blankIf(loose)
	case b.class == texPunct || b.class == texPost || b.class == texShut || a.class == texUnary || a.class == texOpen:
		return ""
	case a.class == texPunct:
		digits := i > 1 && parts[i-2].class == texNumber && b.class == texNumber && !b.blank
		return blankIf(!m.tight && !digits)
	}
	return blankIf(apart(a, b, m))
}

func isBetween(c texClass) bool { return c == texBin || c == texRel }

// isWordy reports an operator that is a word.
func isWordy(s string) bool { return s == "mod" }

func blankIf(yes bool) string {
	if yes {
		return " "
	}
	return ""
}

// apart reports whether two things that are multiplied, or applied, would be
// taken for something else without a blank.
func apart(a, b texPart, m texMode) bool {
	switch {
	case b.apart:
		return true
	case a.class == texBig:
		return !b.opens() || !isLetter(a.text[0]) || enclosed(a.text)
	case a.open:
		return !b.opens() || !a.call
	case a.class == texFn:
		return !b.opens()
	case b.class == texFn || b.class == texBig:
		return true
	case b.blank && b.box != nil:
		return true
	case !b.blank || b.text == "" || a.text == "/" || a.bar:
		return false
	case b.word:
		return b.text[0] != ' '
	case a.class == texNumber:
		return b.class == texNumber
	}
	return !m.tight && isLetter(b.text[0])
}

// precedence says how firmly parts hold together.
func precedence(parts []texPart) texPrec {
	if isDifferential(parts) {
		return texPower
	}
	c := texCount{}
	for i, p := range parts {
		if p.class != texGap {
			c.part(p, i+1 < len(parts) && parts[i+1].opens())
		}
	}
	if c.prec == texWhole || len(c.stack) > 0 {
		return texWhole
	}
	if c.factors > 1 {
		return max(c.prec, texProduct)
	}
	return c.prec
}

// isDifferential reports dx and ∂x, which are one thing to a reader.
func isDifferential(parts []texPart) bool {
	return len(parts) == 2 && strings.Contains("d∂Δδ", parts[0].text) && parts[1].class == texOrd && parts[1].prec <= texPower && !parts[1].opens()
}

// texCount is what precedence knows of the parts so far.
type texCount struct {
	prec    texPrec
	factors int
	stack   []bool // open delimiters; true for bars, which look alike
	applied bool   // a function waits for its parentheses
}

func (c *texCount) part(p texPart, call bool) {
	switch {
	case p.bar:
		c.bar(p.prec)
	case p.class == texOpen:
		c.factor(texUnit)
		c.stack = append(c.stack, false)
	case p.class == texShut:
		c.shut(p.prec)
	case len(c.stack) == 0:
		c.level(p, call)
	}
}

// factor counts a thing that others may be multiplied by.
func (c *texCount) factor(prec texPrec) {
	if len(c.stack) > 0 {
		return
	}
	if !c.applied {
		c.factors++
	}
	c.applied = false
	c.prec = max(c.prec, prec)
}

func (c *texCount) bar(prec texPrec) {
	if last := len(c.stack) - 1; last >= 0 && c.stack[last] {
		c.stack = c.stack[:last]
		if last == 0 {
			c.prec = max(c.prec, prec)
		}
		return
	}
	c.factor(texUnit)
	c.stack = append(c.stack, true)
}

// shut ends what the last parenthesis began, with the bars in it that had no other.
func (c *texCount) shut(prec texPrec) {
	for last := len(c.stack) - 1; last >= 0; last-- {
		if !c.stack[last] {
			c.stack = c.stack[:last]
			if last == 0 {
				c.prec = max(c.prec, prec)
			}
			return
		}
	}
	c.prec = texWhole
}

// level takes a part that is in no parentheses.
func (c *texCount) level(p texPart, call bool) {
	switch p.class {
	case texBin:
		if p.text == "·" || p.text == "×" || p.text == "*" {
			c.prec = max(c.prec, texProduct)
		} else {
			c.prec = max(c.prec, texSum)
		}
	case texRel, texPunct:
		c.prec = texWhole
	case texUnary:
		c.prec = max(c.prec, texProduct)
	case texFn:
		c.factor(texUnit)
		if c.applied = call; !call {
			c.prec = max(c.prec, texLoose)
		}
	case texBig:
		c.factor(texLoose)
	case texPost:
	default:
		if p.text == "/" {
			c.prec = max(c.prec, texLoose)
			return
		}
		c.factor(p.prec)
	}
}
