package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// mathIndent is what stands before the lines of a formula that has its own.
const mathIndent = "  "

// showMath replaces the formulas in a leaf by texts, which it appends to the
// source: whoever lays it out need not know of them. Only in a paragraph can a
// formula have lines of its own.
func showMath(leaf ast.Node, src []byte) []byte {
	return showMathIn(leaf, src, leaf.Kind() == ast.KindParagraph || leaf.Kind() == ast.KindTextBlock)
}

func showMathIn(parent ast.Node, src []byte, lines bool) []byte {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		n, ok := c.(*mathNode)
		if !ok {
			src = showMathIn(c, src, false)
			continue
		}
		s := ""
		if n.display && lines {
			s = n.alone(src)
		} else {
			s = n.line()
		}
		c = ast.NewRawTextSegment(text.NewSegment(len(src), len(src)+len(s)))
		src = append(src, s...)
		parent.ReplaceChild(parent, n, c)
	}
	return src
}

// line is a formula within a text, or else as it was written.
func (n *mathNode) line() string {
	if shown, ok := texUnicode(n.tex, false); ok {
		return shown[0]
	}
	return strings.ReplaceAll(n.source, "\n", " ")
}

// lines is a formula on lines of its own, or else as it was written.
func (n *mathNode) lines() []string {
	if shown, ok := texUnicode(n.tex, true); ok {
		return shown
	}
	return strings.Split(n.source, "\n")
}

// alone is lines with the breaks that part them from what is before and behind
// them, whose own breaks go. The comma or full stop behind a formula stays there.
func (n *mathNode) alone(src []byte) string {
	s := mathIndent + strings.Join(n.lines(), "\n"+mathIndent)
	if t, ok := n.PreviousSibling().(*ast.Text); ok {
		t.SetSoftLineBreak(false)
		t.SetHardLineBreak(false)
	}
	if n.PreviousSibling() != nil {
		s = "\n" + s
	}
	t, ok := n.NextSibling().(*ast.Text)
	if ok {
		rest := t.Value(src)
		mark := len(rest) - len(bytes.TrimLeft(rest, ".,;:!?"))
		s += string(rest[:mark])
		t.Segment = t.Segment.WithStart(t.Segment.Start + mark)
		t.Segment = t.Segment.TrimLeftSpace(src)
	}
	if ok && t.Segment.IsEmpty() {
		t.SetSoftLineBreak(false)
		t.SetHardLineBreak(false)
		_, ok = t.NextSibling().(*mathNode)
		ok = ok || t.NextSibling() == nil
	} else {
		ok = n.NextSibling() == nil
	}
	if ok {
		return s
	}
	return s + "\n"
}
