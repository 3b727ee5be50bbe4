package markdown

import (
	"html"
	"net/url"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	astext "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"groqchat/ui/safe"
)

// A rewriter prepares the inline nodes of one leaf for Glamour, which would
// drop HTML and hard breaks, decode the entities in code, and leave the
// backslash before a good half of the characters that can be escaped. Every
// text becomes a new one whose content is appended to the source: decoded by
// us, safe, and escaped such that Glamour's own decoding gives it back.
type rewriter struct {
	src   []byte
	cell  bool     // within a table, where Glamour decodes some texts twice
	notes []string // in a table: the addresses of its links, shown below it
}

// children rewrites the inline nodes in n.
func (w *rewriter) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		w.node(n, c)
		c = next
	}
}

func (w *rewriter) node(parent, c ast.Node) {
	switch c := c.(type) {
	case *ast.Text:
		w.replace(parent, c, w.decode(c))
	case *ast.CodeSpan:
		w.only(c, w.escape(w.literal(c), again(parent, 0)))
	case *ast.Emphasis:
		w.children(c)
	case *astext.Strikethrough:
		w.only(c, w.escape(w.literal(c), 1))
	case *ast.Link:
		w.link(c, safe.Text(string(util.UnescapePunctuations(c.Destination))))
	case *ast.Image:
		w.image(parent, c)
	case *ast.AutoLink:
		link := ast.NewLink()
		link.Destination = []byte("#")
		link.AppendChild(link, w.text(w.escape(safe.Text(string(c.Label(w.src))), again(parent, 1))))
		parent.ReplaceChild(parent, c, link)
	case *ast.RawHTML:
		w.replace(parent, c, w.markup(c))
	case *astext.TaskCheckBox:
		parent.RemoveChild(parent, c) // the item shows it
	default:
		w.replace(parent, c, w.escape(w.literal(c), 1))
	}
}

// again is how often Glamour removes backslashes from a node: once more for what
// stands directly in a table's cell and is not plain text.
func again(parent ast.Node, times int) int {
	if parent.Kind() == astext.KindTableCell {
		return times + 1
	}
	return times
}

// text makes a text node of what is already escaped.
func (w *rewriter) text(s string) *ast.Text {
	at := len(w.src)
	w.src = append(w.src, s...)
	return ast.NewTextSegment(text.NewSegment(at, len(w.src)))
}

func (w *rewriter) replace(parent, old ast.Node, s string) {
	parent.ReplaceChild(parent, old, w.text(s))
}

// only gives a node one text for all its children.
func (w *rewriter) only(n ast.Node, s string) {
	n.RemoveChildren(n)
	n.AppendChild(n, w.text(s))
}

// decode is the content of a text node, with the break that follows it.
func (w *rewriter) decode(t *ast.Text) string {
	s := w.escape(w.value(t), w.levels(t))
	switch {
	case t.HardLineBreak():
		return s + "\n"
	case t.SoftLineBreak():
		return s + " "
	}
	return s
}

// levels is how often Glamour removes backslashes from a text node.
func (w *rewriter) levels(t *ast.Text) int {
	for p := t.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return again(p.Parent(), 1)
		}
	}
	return 1
}

// value is what a text node says.
func (w *rewriter) value(t *ast.Text) string {
	raw := t.Segment.Value(w.src)
	if t.IsRaw() {
		return safe.Text(expandTabs(string(raw)))
	}
	return safe.Text(expandTabs(unescape(string(raw))))
}

// unescape resolves backslashes and entities in one pass, so that what one of
// them gives is not taken for the other.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
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

// escape protects s from what Glamour does to it: decoding entities once, and
// removing backslashes a number of times.
func (w *rewriter) escape(s string, backslashes int) string {
	for range backslashes {
		s = strings.ReplaceAll(s, `\`, `\\`)
	}
	return strings.ReplaceAll(s, "&", "&amp;")
}

// literal is the text of a node without its structure.
func (w *rewriter) literal(n ast.Node) string {
	var b strings.Builder
	code := n.Kind() == ast.KindCodeSpan
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		switch {
		case !ok:
			b.WriteString(w.literal(c))
		case code:
			b.WriteString(strings.ReplaceAll(expandTabs(string(t.Segment.Value(w.src))), "\n", " "))
		default:
			b.WriteString(w.value(t))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// markup is the text of an HTML tag; a line break is one.
func (w *rewriter) markup(n *ast.RawHTML) string {
	var b strings.Builder
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		b.Write(s.Value(w.src))
	}
	switch tag := b.String(); strings.ToLower(strings.ReplaceAll(tag, " ", "")) {
	case "<br>", "<br/>":
		return "\n"
	default:
		return w.escape(strings.ReplaceAll(tag, "\n", " "), 1)
	}
}

// image becomes a link, as it cannot be shown here.
func (w *rewriter) image(parent ast.Node, n *ast.Image) {
	link := ast.NewLink()
	label := w.literal(n)
	if label == "" {
		label = "without a description"
	}
	address := safe.Text(string(util.UnescapePunctuations(n.Destination)))
	link.AppendChild(link, w.text(w.escape("image: "+label, again(parent, 1))))
	parent.ReplaceChild(parent, n, link)
	w.address(link, label, address)
}

func (w *rewriter) link(n *ast.Link, address string) {
	label := w.literal(n)
	w.children(n)
	w.address(n, label, address)
}

// address shows where a link leads, if its text does not say so: behind it, or
// below the table that it is in. Glamour does so for an address that it can
// parse; "#" keeps it from doing so.
func (w *rewriter) address(n *ast.Link, label, address string) {
	n.Destination = []byte("#")
	if address == "" || address[0] == '#' || address == label || strings.TrimPrefix(address, "mailto:") == label {
		return
	}
	if w.cell {
		w.notes = append(w.notes, address)
		n.AppendChild(n, w.text("["+strconv.Itoa(len(w.notes))+"]"))
		return
	}
	if u, err := url.Parse(address); err == nil && u.IsAbs() && !strings.ContainsAny(address, `\ `) {
		n.Destination = []byte(address)
		return
	}
	n.Parent().InsertAfter(n.Parent(), n, w.text(w.escape(" ("+address+")", 1)))
}
