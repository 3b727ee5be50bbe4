package theme

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// TokenStyle is how a kind of token of code looks. The colour is that of a
// palette, "" for that of the code around it.
type TokenStyle struct {
	Color                          string
	Bold, Faint, Italic, Underline bool
}

// words is the style as chroma writes it, which knows no colours by number, and
// nothing faint.
func (t TokenStyle) words() string {
	var words []string
	for word, on := range map[string]bool{"bold": t.Bold, "italic": t.Italic, "underline": t.Underline, t.Color: isHex(t.Color)} {
		if on {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// Tokens is how code looks, by the kind of a token.
type Tokens struct {
	own   map[chroma.TokenType]TokenStyle
	style *chroma.Style // stands over own, nil for none
}

// Get is the style of a kind, with what it has from the kinds above it.
func (t Tokens) Get(kind chroma.TokenType) TokenStyle {
	if t.style != nil {
		return fromChroma(t.style.Get(kind))
	}
	all := TokenStyle{}
	for _, k := range []chroma.TokenType{kind, kind.SubCategory(), kind.Category(), chroma.Text} {
		s := t.own[k]
		if all.Color == "" {
			all.Color = s.Color
		}
		all.Bold, all.Faint = all.Bold || s.Bold, all.Faint || s.Faint
		all.Italic, all.Underline = all.Italic || s.Italic, all.Underline || s.Underline
	}
	return all
}

func fromChroma(e chroma.StyleEntry) TokenStyle {
	t := TokenStyle{Bold: e.Bold == chroma.Yes, Italic: e.Italic == chroma.Yes, Underline: e.Underline == chroma.Yes}
	if e.Colour.IsSet() {
		t.Color = e.Colour.String()
	}
	return t
}

// Tokens is the style of highlighted code: the palette's own colours, few and
// quiet, no ground. Keywords bear the accent; comments step back.
//
// A style sheet of Markdown that has colours of code is followed instead.
func (s Styles) Tokens() Tokens {
	if s.sheet != nil {
		if t, ok := sheetTokens(s.sheet.CodeBlock); ok {
			return t
		}
	}
	return Tokens{own: s.Palette.tokens()}
}

// Chroma is the same for those who write pages, in colours of the form "#rrggbb".
func (s Styles) Chroma() *chroma.Style {
	tokens := s.Tokens()
	if tokens.style != nil {
		return tokens.style
	}
	entries := chroma.StyleEntries{}
	for kind, t := range tokens.own {
		if words := t.words(); words != "" {
			entries[kind] = words
		}
	}
	style, err := chroma.NewStyle(s.Palette.Name, entries)
	if err != nil { // which none of these words is the reason of
		return &chroma.Style{Name: s.Palette.Name}
	}
	return style
}

// tokens is the palette's own colours of code.
func (p Palette) tokens() map[chroma.TokenType]TokenStyle {
	plain := func(c string) TokenStyle { return TokenStyle{Color: c} }
	return map[chroma.TokenType]TokenStyle{
		chroma.Text:                plain(p.Text),
		chroma.Comment:             {Color: p.Faint, Italic: true, Faint: !inks(p.Faint)},
		chroma.CommentPreproc:      plain(p.Warning),
		chroma.Keyword:             plain(p.Accent),
		chroma.KeywordType:         plain(p.Link),
		chroma.KeywordConstant:     plain(p.Warning),
		chroma.Operator:            plain(p.Dim),
		chroma.Punctuation:         plain(p.Dim),
		chroma.Name:                plain(p.Text),
		chroma.NameFunction:        plain(p.Link),
		chroma.NameClass:           plain(p.Link),
		chroma.NameBuiltin:         plain(p.Link),
		chroma.NameBuiltinPseudo:   plain(p.Warning),
		chroma.NameDecorator:       plain(p.Warning),
		chroma.NameTag:             plain(p.Accent),
		chroma.NameAttribute:       plain(p.Link),
		chroma.NameException:       plain(p.Danger),
		chroma.LiteralString:       plain(p.Success),
		chroma.LiteralStringEscape: plain(p.Code),
		chroma.LiteralNumber:       plain(p.Warning),
		chroma.GenericDeleted:      plain(p.Danger),
		chroma.GenericInserted:     plain(p.Success),
		chroma.GenericHeading:      {Color: p.Heading, Bold: true},
		chroma.GenericSubheading:   plain(p.Link),
		chroma.GenericEmph:         {Italic: true},
		chroma.GenericStrong:       {Bold: true},
		chroma.GenericPrompt:       plain(p.Faint),
		chroma.Error:               plain(p.Danger),
	}
}
