package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// mathIndent is what stands before the lines of a formula that has its own.
const mathIndent = "  "

// math writes a formula, in the letters in which it is written.
func (w *inliner) math(n *mathNode, l look) {
	l.letters = asWritten
	s := ""
	if standsAlone(n) {
		s = n.alone(w.src)
	} else {
		s = n.line()
	}
	w.put(l, w.r.expandTabs(s))
}

// standsAlone reports a formula that has lines of its own: only in a paragraph.
func standsAlone(n ast.Node) bool {
	m, ok := n.(*mathNode)
	return ok && m.display && (n.Parent().Kind() == ast.KindParagraph || n.Parent().Kind() == ast.KindTextBlock)
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
		ok = standsAlone(t.NextSibling()) || t.NextSibling() == nil
	} else {
		ok = n.NextSibling() == nil
	}
	if ok {
		return s
	}
	return s + "\n"
}
