package markdown

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	astext "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// referee is goldmark with our parser and its own renderer.
func referee() goldmark.Markdown {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(
		html.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(ownHTML{}, 1))))
	md.SetParser(New(dark()).markdown().Parser())
	return md
}

// ownHTML is what goldmark has no HTML for.
type ownHTML struct{}

func (ownHTML) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(astext.KindFootnote, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		_, err := fmt.Fprintf(w, "<note %q %v>", n.(*astext.Footnote).Ref, entering)
		return ast.WalkContinue, err
	})
	r.Register(astext.KindFootnoteLink, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		_, err := fmt.Fprintf(w, "<mark %q %v>", n.(*footnoteMark).label, entering)
		return ast.WalkContinue, err
	})
	r.Register(mathKind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		_, err := fmt.Fprintf(w, "<math %q %v>", n.(*mathNode).source, entering)
		return ast.WalkContinue, err
	})
}

// htmlOf renders the top-level blocks of src one by one, with the link
// definitions of the whole document.
func htmlOf(t testing.TB, md goldmark.Markdown, src []byte, refs []parser.Reference) string {
	t.Helper()
	pc := parser.NewContext()
	for _, r := range refs {
		pc.AddReference(r)
	}
	doc := md.Parser().Parse(text.NewReader(src), parser.WithContext(pc))
	var b strings.Builder
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if err := md.Renderer().Render(&b, src, n); err != nil {
			t.Fatal(err)
		}
		b.WriteString("|")
	}
	return b.String()
}

func references(md goldmark.Markdown, src []byte) []parser.Reference {
	pc := parser.NewContext()
	md.Parser().Parse(text.NewReader(src), parser.WithContext(pc))
	return pc.References()
}

// splitDiffers says how the blocks of src differ from src, "" if they do not,
// and how many cuts there were.
func splitDiffers(t testing.TB, md goldmark.Markdown, src string) (diff string, cuts int) {
	t.Helper()
	if strings.ContainsAny(src, "\r\x00\f\v") { // safe.Text lets none through
		return "", 0
	}
	var s splitter
	s.scan([]byte(src))
	refs := references(md, []byte(src))
	want := htmlOf(t, md, []byte(src), refs)
	var got strings.Builder
	at := 0
	for _, b := range append(s.blocks, span{start: s.start, end: len(src)}) {
		if dropped := src[at:b.start]; strings.TrimSpace(dropped) != "" {
			return fmt.Sprintf("dropped %q", dropped), 0
		}
		got.WriteString(htmlOf(t, md, []byte(src[b.start:b.end]), refs))
		at = b.end
	}
	if got.String() != want && !quirk(src, got.String(), want) {
		return fmt.Sprintf("source %q\nwhole  %q\nblocks %q\ncuts   %v %d", src, want, got.String(), s.blocks, s.start), 0
	}
	return "", len(s.blocks)
}

// quirk reports the one known difference, which is goldmark's: whether a list
// whose first item begins with a link definition is tight depends on whether
// anything precedes the list.
func quirk(src, got, want string) bool {
	begins := regexp.MustCompile(`(?m)(^|[ \t>])([-*+]|\d+[.)])[ \t]+\[.+\]:`)
	tight := strings.NewReplacer("<p>", "", "</p>", "", "\n", "")
	return begins.MatchString(src) && tight.Replace(got) == tight.Replace(want)
}

func TestSplit_BlocksAreTheDocument(t *testing.T) {
	md := referee()
	for seed := range uint64(30) {
		src := answer(8<<10, seed)
		diff, cuts := splitDiffers(t, md, src)
		if diff != "" {
			t.Fatal(diff)
		}
		if cuts < 20 {
			t.Errorf("seed %d: only %d cuts in %d bytes", seed, cuts, len(src))
		}
	}
}

func TestSplit_BlocksOfNastyDocumentsAreTheDocument(t *testing.T) {
	md := referee()
	r := rand.New(rand.NewPCG(11, 2))
	documents, cuts := rounds(3000, 8000), 0
	if testing.Short() {
		documents = 2000
	}
	for range documents {
		diff, n := splitDiffers(t, md, nasty(r))
		if diff != "" {
			t.Error(diff)
		}
		cuts += n
	}
	if cuts < documents/4 {
		t.Errorf("only %d cuts in %d documents: nothing was tested", cuts, documents)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("a\n\nb\n")
	f.Add(answer(2000, 3))
	md := referee()
	f.Fuzz(func(t *testing.T, src string) {
		if diff, _ := splitDiffers(t, md, src); diff != "" {
			t.Fatal(diff)
		}
	})
}
