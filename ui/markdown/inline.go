package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"groqchat/ui/safe"
)

// inliner turns the inline nodes of one block of text into pieces.
type inliner struct {
	r      *Renderer
	src    []byte
	text   string // the source again, to be cut without copies
	pieces []piece
	fixed  int    // how many of them are complete
	link   string // the sequence that opens the link around
	notes  *notes // in a table: the addresses of its links, shown below it

	last   look   // the look written last
	lastIn string // the link that it was in
	style  string // the sequence for both

	address, opens string // the address seen last, and the sequence that opens it
}

// children writes the inline nodes in n.
func (w *inliner) children(n ast.Node, l look) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c, l)
	}
}

func (w *inliner) node(n ast.Node, l look) {
	s := w.r.sheet
	switch n := n.(type) {
	case *ast.Text:
		w.plain(n, l)
	case *ast.String:
		w.put(l, safe.Text(string(n.Value)))
	case *ast.CodeSpan:
		w.span(n, s.code, l)
	case *ast.Emphasis:
		if n.Level == 1 {
			w.span(n, s.emph, l)
		} else {
			w.span(n, s.strong, l)
		}
	case *astext.Strikethrough:
		w.span(n, s.strike, l)
	case *ast.Link:
		w.linked(n, w.addressOf(n.Destination), s.linkText, l)
	case *ast.Image:
		w.image(n, l)
	case *ast.AutoLink:
		w.autoLink(n, l)
	case *ast.RawHTML:
		w.tag(n, l)
	case *astext.TaskCheckBox: // the item shows it
	case *footnoteMark:
		w.put(l.with(s.link), n.text())
	case *mathNode:
		w.math(n, l)
	default: // the nodes of other extensions have their cases above
		w.children(n, l)
	}
}

// put writes a text in a look.
func (w *inliner) put(l look, s string) {
	if s == "" {
		return
	}
	if l != w.last || w.link != w.lastIn || w.style == "" {
		w.last, w.lastIn, w.style = l, w.link, w.link+w.r.sgr(l)
	}
	style, s := w.style, l.write(s)
	if s[0] >= 0x80 && len(w.pieces) > w.fixed { // it may combine with what precedes it
		w.pieces = appendPiece(w.pieces, piece{style, s})
		return
	}
	w.pieces = append(w.pieces, piece{style, s})
}

// wrap writes what a layer puts around a text, and the text.
func (w *inliner) wrap(y layer, l look, inner func(look)) {
	in := l.with(y)
	w.put(l, y.outside[0])
	w.put(in, edge(y, y.inside[0]))
	inner(in)
	w.put(in, edge(y, y.inside[1]))
	w.put(l, y.outside[1])
}

// edge makes blanks hard where they are seen.
func edge(y layer, s string) string {
	if y.background == "" && y.on&(inverse|underline) == 0 {
		return s
	}
	return strings.ReplaceAll(s, " ", hardBlank)
}

// span writes a node in a layer.
func (w *inliner) span(n ast.Node, y layer, l look) {
	w.wrap(y, l, func(in look) {
		switch {
		case !y.format.empty():
			w.put(in, y.format.apply(w.literal(n)))
		case n.Kind() == ast.KindCodeSpan:
			w.put(in, w.literal(n))
		default:
			w.children(n, in)
		}
	})
}

// plain writes a text node with the break that follows it.
func (w *inliner) plain(n *ast.Text, l look) {
	w.put(l, w.value(n))
	switch {
	case standsAlone(n.NextSibling()): // it brings its own break
	case n.HardLineBreak():
		w.put(l, "\n")
	case n.SoftLineBreak():
		w.put(l, " ")
	}
}

// value is what a text node says. The source is safe, but what is decoded is
// not.
func (w *inliner) value(n *ast.Text) string {
	raw := w.cut(n.Segment)
	if !n.IsRaw() && isEncoded(raw) {
		raw = strings.ReplaceAll(safe.Text(unescape(raw)), "\n", " ")
	}
	return w.r.expandTabs(raw)
}

// cut is the text of a segment.
func (w *inliner) cut(s text.Segment) string {
	if s.Padding > 0 || s.ForceNewline {
		return string(s.Value(w.src))
	}
	return w.text[s.Start:s.Stop]
}

func isEncoded(s string) bool {
	return strings.IndexByte(s, '\\') >= 0 || strings.IndexByte(s, '&') >= 0
}

// unescape resolves backslashes and entities in one pass, so that what one of
// them gives is not taken for the other.
func unescape(s string) string {
	if !isEncoded(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i == len(s)-1 {
			b.WriteString(html.UnescapeString(s))
			break
		}
		b.WriteString(html.UnescapeString(s[:i]))
		if !util.IsPunct(s[i+1]) {
			b.WriteByte('\\')
			s = s[i+1:]
			continue
		}
		b.WriteByte(s[i+1])
		s = s[i+2:]
	}
	return b.String()
}

// literal is the text of a node without its structure.
func (w *inliner) literal(n ast.Node) string {
	if only, ok := n.FirstChild().(*ast.Text); ok && only.NextSibling() == nil && n.Kind() != ast.KindCodeSpan {
		return w.value(only)
	}
	var b strings.Builder
	code := n.Kind() == ast.KindCodeSpan
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		formula, isFormula := c.(*mathNode)
		switch {
		case isFormula:
			b.WriteString(formula.line())
		case !ok:
			b.WriteString(w.literal(c))
		case code:
			b.WriteString(strings.ReplaceAll(w.r.expandTabs(w.cut(t.Segment)), "\n", " "))
		default:
			b.WriteString(w.value(t))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// tag writes an HTML tag as it is written; a line break is one. What only looks
// like a tag, as in "x<y and y>z" or Vec<T>, is text.
func (w *inliner) tag(n *ast.RawHTML, l look) {
	var b strings.Builder
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		b.Write(s.Value(w.src))
	}
	switch tag := b.String(); strings.ToLower(strings.ReplaceAll(tag, " ", "")) {
	case "<br>", "<br/>":
		w.put(l, "\n")
	default:
		text := w.r.expandTabs(strings.ReplaceAll(tag, "\n", " "))
		if !isMarkup(tag) {
			w.put(l, text)
			return
		}
		w.wrap(w.r.sheet.tag, l, func(in look) { w.put(in, text) })
	}
}
