package theme

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"charm.land/glamour/v2/ansi"
	"charm.land/glamour/v2/styles"
	"github.com/alecthomas/chroma/v2"
	chromastyles "github.com/alecthomas/chroma/v2/styles"
)

// Sheet is a style sheet of Markdown in Glamour's form.
type Sheet = ansi.StyleConfig

// Sheets lists the style sheets of Markdown that have a name.
func Sheets() []string { return slices.Sorted(maps.Keys(styles.DefaultStyles)) }

// FindSheet finds one of them, which are Glamour's own.
func FindSheet(name string) (Sheet, bool) {
	sheet, ok := styles.DefaultStyles[name]
	if !ok {
		return Sheet{}, false
	}
	return *sheet, true
}

// ReadSheet reads a style sheet of Markdown in Glamour's form, which is JSON.
// What it does not mention has no style.
func ReadSheet(raw []byte) (Sheet, error) {
	var sheet Sheet
	if err := json.Unmarshal(raw, &sheet); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return Sheet{}, fmt.Errorf("not JSON, from byte %d on: %w", syntax.Offset, err)
		}
		return Sheet{}, fmt.Errorf("not a style sheet: %w", err)
	}
	return sheet, nil
}

// WithMarkdown is the styles with another style sheet for Markdown.
func (s Styles) WithMarkdown(sheet Sheet) Styles {
	s.sheet = &sheet
	return s
}

// sheetTokens is the style of code that a sheet gives or names, if it does either.
func sheetTokens(s ansi.StyleCodeBlock) (Tokens, bool) {
	if s.Chroma == nil {
		style, ok := chromastyles.Registry[s.Theme]
		return Tokens{style: style}, ok
	}
	own := map[chroma.TokenType]TokenStyle{}
	is := func(b *bool) bool { return b != nil && *b }
	for kind, p := range chromaTokens(s.Chroma) {
		t := TokenStyle{Bold: is(p.Bold), Faint: is(p.Faint), Italic: is(p.Italic), Underline: is(p.Underline)}
		if p.Color != nil && IsColor(*p.Color) {
			t.Color = *p.Color
		}
		own[kind] = t
	}
	return Tokens{own: own}, true
}

// chromaTokens says what the entries of a sheet are the styles of.
func chromaTokens(c *ansi.Chroma) map[chroma.TokenType]*ansi.StylePrimitive {
	return map[chroma.TokenType]*ansi.StylePrimitive{
		chroma.Text: &c.Text, chroma.Error: &c.Error, chroma.Comment: &c.Comment, chroma.CommentPreproc: &c.CommentPreproc,
		chroma.Keyword: &c.Keyword, chroma.KeywordReserved: &c.KeywordReserved, chroma.KeywordNamespace: &c.KeywordNamespace,
		chroma.KeywordType: &c.KeywordType, chroma.Operator: &c.Operator, chroma.Punctuation: &c.Punctuation,
		chroma.Name: &c.Name, chroma.NameBuiltin: &c.NameBuiltin, chroma.NameTag: &c.NameTag, chroma.NameAttribute: &c.NameAttribute,
		chroma.NameClass: &c.NameClass, chroma.NameConstant: &c.NameConstant, chroma.NameDecorator: &c.NameDecorator,
		chroma.NameException: &c.NameException, chroma.NameFunction: &c.NameFunction, chroma.NameOther: &c.NameOther,
		chroma.Literal: &c.Literal, chroma.LiteralNumber: &c.LiteralNumber, chroma.LiteralDate: &c.LiteralDate,
		chroma.LiteralString: &c.LiteralString, chroma.LiteralStringEscape: &c.LiteralStringEscape,
		chroma.GenericDeleted: &c.GenericDeleted, chroma.GenericEmph: &c.GenericEmph, chroma.GenericInserted: &c.GenericInserted,
		chroma.GenericStrong: &c.GenericStrong, chroma.GenericSubheading: &c.GenericSubheading,
	}
}
