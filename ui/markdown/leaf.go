package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"charm.land/glamour/v2/ansi"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// leafRenderer is Glamour, given one block of text at a time.
type leafRenderer struct{ renderer renderer.Renderer }

// leafKey tells apart the renderers that are kept. The width is 0 for all but
// tables: without a width Glamour neither wraps nor pads.
type leafKey struct {
	width  int
	quoted bool
}

// maxLeafRenderers bounds what is kept while a window is resized.
const maxLeafRenderers = 16

// leaf renders a paragraph, heading or table, whose inline nodes were rewritten.
func (r *Renderer) leaf(n ast.Node, src []byte, key leafKey) (out string, err error) {
	l := r.leaves[key]
	if l == nil {
		if len(r.leaves) >= maxLeafRenderers || r.leaves == nil {
			r.leaves = map[leafKey]*leafRenderer{}
		}
		l = newLeafRenderer(r.sheet, key)
		r.leaves[key] = l
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("glamour: %v", p)
		}
		if err != nil { // its stack of blocks is of no use any more
			delete(r.leaves, key)
		}
	}()
	doc := ast.NewDocument()
	doc.AppendChild(doc, n)
	var b bytes.Buffer
	if err := l.renderer.Render(&b, src, doc); err != nil {
		return "", fmt.Errorf("render: %w", err)
	}
	return strings.Trim(b.String(), "\n"), nil
}

func newLeafRenderer(sheet ansi.StyleConfig, key leafKey) *leafRenderer {
	if key.quoted {
		sheet.Document = sheet.BlockQuote
		sheet.Document.Indent, sheet.Document.IndentToken = nil, nil
		sheet.Table.Color = sheet.BlockQuote.Color
	}
	glamour := ansi.NewRenderer(ansi.Options{
		WordWrap:         key.width,
		Styles:           sheet,
		PreserveNewLines: true, // they are the hard breaks
		InlineTableLinks: true,
	})
	return &leafRenderer{renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(glamour, 1)))}
}

// markdown is the parser, made when it is first needed.
func (r *Renderer) markdown() goldmark.Markdown {
	if r.parser == nil {
		r.parser = goldmark.New(goldmark.WithExtensions(extension.GFM, mathExtension{}))
	}
	return r.parser
}
