package markdown

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"groqchat/ui/safe"
)

// HTML renders a text for a browser, under the same limits as for a terminal and
// as harmless: tags of the text are shown and not obeyed, images are links, since
// one that is fetched tells who reads, and links lead to the web or to mail. Code
// is marked with the classes of which [Renderer.CodeCSS] gives the colours.
func (r *Renderer) HTML(src string) string {
	source := []byte(safe.Text(src) + "\n")
	var s splitter
	s.scan(source)
	md := goldmark.New(goldmark.WithExtensions(extension.GFM),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(&document{r: r}, 100))))
	var b strings.Builder
	var refs []parser.Reference
	for _, block := range append(s.blocks, span{start: s.start, end: len(source)}) {
		refs = htmlBlockOf(&b, md, source[block.start:block.end], refs)
	}
	return safe.Text(b.String()) // for what was an entity
}

// CodeCSS is the colours of code, of this renderer's theme.
func (r *Renderer) CodeCSS() string {
	var b strings.Builder
	// A builder takes everything.
	_ = chromahtml.New(chromahtml.WithClasses(true)).WriteCSS(&b, r.styles.Chroma())
	return b.String()
}

// htmlBlockOf renders one block with the link definitions before it, and gives
// those that come after it.
func htmlBlockOf(b *strings.Builder, md goldmark.Markdown, src []byte, refs []parser.Reference) []parser.Reference {
	plain := func() []parser.Reference {
		b.WriteString(`<pre class="plain">` + html.EscapeString(string(src)) + "</pre>\n")
		return refs
	}
	if tooHard(src) {
		return plain()
	}
	context := parser.NewContext()
	for _, ref := range refs {
		context.AddReference(ref)
	}
	doc := md.Parser().Parse(text.NewReader(src), parser.WithContext(context))
	var out strings.Builder
	if !simple(doc) || md.Renderer().Render(&out, src, doc) != nil {
		return plain()
	}
	b.WriteString(out.String())
	if known := context.References(); len(known) <= maxRefs {
		return known
	}
	return refs
}

// document renders those nodes for which goldmark's own way is not ours.
type document struct{ r *Renderer }

// RegisterFuncs is the table of the nodes.
func (d *document) RegisterFuncs(on renderer.NodeRendererFuncRegisterer) {
	on.Register(ast.KindFencedCodeBlock, d.code)
	on.Register(ast.KindCodeBlock, d.code)
	on.Register(ast.KindRawHTML, d.tag)
	on.Register(ast.KindHTMLBlock, d.tags)
	on.Register(ast.KindLink, d.link)
	on.Register(ast.KindAutoLink, d.autoLink)
	on.Register(ast.KindImage, d.image)
}

func textOf(n ast.Node, src []byte) string { return string(n.Lines().Value(src)) }

func (d *document) code(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	lang := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok && fenced.Info != nil {
		lang = string(fenced.Info.Value(src))
	}
	_, err := w.WriteString(`<pre class="chroma"><code>` + d.r.marked(lang, textOf(n, src)) + "</code></pre>\n")
	return ast.WalkSkipChildren, err
}

// marked is code with the classes of its tokens, part by part as for a terminal.
func (r *Renderer) marked(info, source string) string {
	known := &r.painter.languages
	lang := known.find(info)
	if lang == nil {
		return html.EscapeString(source)
	}
	m := marking{
		format: chromahtml.New(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true)), style: r.styles.Chroma(),
		now: r.now, lang: lang, at: &mark{}, left: len(source),
	}
	c := cutter{known: known, lang: lang}
	for line := range strings.Lines(source) {
		if p, ok := c.add(strings.TrimSuffix(line, "\n")); ok {
			m.add(p)
		}
	}
	if p, ok := c.cut(); ok {
		m.add(p)
	}
	return m.out.String()
}

// marking is code on its way to HTML.
type marking struct {
	format *chromahtml.Formatter
	style  *chroma.Style
	now    func() time.Time // nil: nothing takes too long
	lang   *language
	at     *mark // where its lexer stands
	left   int   // bytes of the code that are to come
	out    strings.Builder
}

// add takes a part.
func (m *marking) add(p chunk) {
	limit := deadline{}
	if m.now != nil {
		limit = deadline{m.now, m.now().Add(workLimit)}
	}
	found, _ := m.lang.lex(m.at, p, limit)
	m.at = found.after
	text := p.text[:min(len(p.text), m.left)] // a last line without an end was given one
	m.left -= len(text)
	var part strings.Builder
	if len(found.tints) == 0 || m.format.Format(&part, m.style, chroma.Literator(tinted(text, found.tints)...)) != nil {
		m.out.WriteString(html.EscapeString(text))
		return
	}
	m.out.WriteString(part.String())
}

// tinted is a text as tokens of the kinds that its tints are.
func tinted(text string, tints []tint) []chroma.Token {
	tokens := make([]chroma.Token, 0, len(tints)+1)
	for _, t := range tints {
		n := min(int(t.size), len(text))
		tokens = append(tokens, chroma.Token{Type: chroma.TokenType(t.kind), Value: text[:n]})
		text = text[n:]
	}
	if text != "" {
		tokens = append(tokens, chroma.Token{Type: chroma.Text, Value: text})
	}
	return tokens
}

func (d *document) tag(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	raw, ok := n.(*ast.RawHTML)
	if !ok {
		return ast.WalkContinue, nil
	}
	_, err := w.WriteString(html.EscapeString(string(raw.Segments.Value(src))))
	return ast.WalkSkipChildren, err
}

func (d *document) tags(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block, ok := n.(*ast.HTMLBlock)
	if !ok {
		return ast.WalkContinue, nil
	}
	raw := textOf(n, src)
	if block.HasClosure() {
		raw += string(block.ClosureLine.Value(src))
	}
	_, err := w.WriteString(`<pre class="plain">` + html.EscapeString(raw) + "</pre>\n")
	return ast.WalkContinue, err
}

func (d *document) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if l, ok := n.(*ast.Link); ok {
		return ast.WalkContinue, anchor(w, string(l.Destination), entering, "")
	}
	return ast.WalkContinue, nil
}

// image is a link with the text that stands for the image.
func (d *document) image(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if i, ok := n.(*ast.Image); ok {
		return ast.WalkContinue, anchor(w, string(i.Destination), entering, " (image)")
	}
	return ast.WalkContinue, nil
}

func (d *document) autoLink(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	l, ok := n.(*ast.AutoLink)
	if !ok || !entering {
		return ast.WalkContinue, nil
	}
	to := string(l.URL(src))
	if l.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
		to = "mailto:" + to
	}
	err := anchor(w, to, true, "")
	if err == nil {
		_, err = w.WriteString(html.EscapeString(string(l.Label(src))))
	}
	if err == nil {
		err = anchor(w, to, false, "")
	}
	return ast.WalkSkipChildren, err
}

// anchor opens or closes a link. Where it would lead elsewhere than to the web or
// to mail, its text stays and its address is shown.
func anchor(w util.BufWriter, to string, opening bool, note string) error {
	out := ""
	switch u, err := url.Parse(to); {
	case err != nil || !slices.Contains([]string{"http", "https", "mailto"}, strings.ToLower(u.Scheme)):
		if !opening {
			out = html.EscapeString(note + " (" + to + ")")
		}
	case opening:
		out = `<a rel="noopener noreferrer nofollow" href="` + html.EscapeString(u.String()) + `">`
	default:
		out = html.EscapeString(note) + "</a>"
	}
	_, err := w.WriteString(out)
	return err
}
