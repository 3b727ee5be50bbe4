package theme

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// Chroma is the style of highlighted code: the palette's own colours, few and
// quiet, no ground. Keywords bear the accent; comments step back.
//
// A style sheet of Markdown that has colours of code is followed instead.
func (s Styles) Chroma() *chroma.Style {
	if s.sheet != nil {
		if style := sheetChroma(s.sheet.CodeBlock); style != nil {
			return style
		}
	}
	p := s.Palette
	entries := chroma.StyleEntries{
		chroma.Text:                p.Text,
		chroma.Comment:             "italic " + p.Faint,
		chroma.CommentPreproc:      p.Warning,
		chroma.Keyword:             p.Accent,
		chroma.KeywordType:         p.Link,
		chroma.KeywordConstant:     p.Warning,
		chroma.Operator:            p.Dim,
		chroma.Punctuation:         p.Dim,
		chroma.Name:                p.Text,
		chroma.NameFunction:        p.Link,
		chroma.NameClass:           p.Link,
		chroma.NameBuiltin:         p.Link,
		chroma.NameBuiltinPseudo:   p.Warning,
		chroma.NameDecorator:       p.Warning,
		chroma.NameTag:             p.Accent,
		chroma.NameAttribute:       p.Link,
		chroma.NameException:       p.Danger,
		chroma.LiteralString:       p.Success,
		chroma.LiteralStringEscape: p.Code,
		chroma.LiteralNumber:       p.Warning,
		chroma.GenericDeleted:      p.Danger,
		chroma.GenericInserted:     p.Success,
		chroma.GenericHeading:      "bold " + p.Heading,
		chroma.GenericSubheading:   p.Link,
		chroma.GenericEmph:         "italic",
		chroma.GenericStrong:       "bold",
		chroma.GenericPrompt:       p.Faint,
		chroma.Error:               p.Danger,
	}
	for token, entry := range entries {
		if i := strings.LastIndexByte(entry, '#'); i >= 0 && !isHex(entry[i:]) {
			delete(entries, token)
		}
	}
	style, err := chroma.NewStyle(p.Name, entries)
	if err != nil { // a token that is no colour at all: code in the terminal's own
		return &chroma.Style{Name: p.Name}
	}
	return style
}
