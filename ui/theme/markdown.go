package theme

import "charm.land/glamour/v2/ansi"

// Markdown is the style sheet of answers, in Glamour's form: the one that was
// given, see [Styles.WithMarkdown], else the palette's own. That has no margins
// and no padding, for where a text stands is the layout's business.
func (s Styles) Markdown() ansi.StyleConfig {
	if s.sheet != nil {
		return *s.sheet
	}
	p := s.Palette
	return ansi.StyleConfig{
		Document:   block(color(p.Text)),
		Paragraph:  ansi.StyleBlock{},
		BlockQuote: quote(p),
		List:       ansi.StyleList{LevelIndent: 2},

		Heading: block(bold(p.Heading)),
		H1:      block(bold(p.Accent)),
		H4:      block(bold(p.Text)),
		H5:      block(bold(p.Dim)),
		H6:      block(bold(p.Dim)),

		Strikethrough:  ansi.StylePrimitive{CrossedOut: yes()},
		Emph:           ansi.StylePrimitive{Italic: yes()},
		Strong:         bold(p.Heading),
		HorizontalRule: back(p.Border),
		Item:           ansi.StylePrimitive{BlockPrefix: "• ", Color: hex(p.Faint)},
		Enumeration:    ansi.StylePrimitive{BlockPrefix: ". ", Color: hex(p.Faint)},
		Task:           ansi.StyleTask{StylePrimitive: back(p.Faint), Ticked: "✓ ", Unticked: "☐ "},

		Link:      back(p.Faint),
		LinkText:  ansi.StylePrimitive{Color: hex(p.Link), Underline: yes()},
		Image:     back(p.Faint),
		ImageText: ansi.StylePrimitive{Color: hex(p.Link), Format: "image: {{.text}}"},
		Code:      block(color(p.Code)),
		CodeBlock: ansi.StyleCodeBlock{StyleBlock: block(color(p.Text))},
		Table:     table(p),
		HTMLBlock: block(back(p.Dim)),
		HTMLSpan:  block(back(p.Dim)),
	}
}

func quote(p Palette) ansi.StyleBlock {
	token := "│ "
	one := uint(1)
	return ansi.StyleBlock{StylePrimitive: back(p.Dim), Indent: &one, IndentToken: &token}
}

func table(p Palette) ansi.StyleTable {
	center, column, row := "┼", "│", "─"
	return ansi.StyleTable{
		StyleBlock:      block(color(p.Text)),
		CenterSeparator: &center,
		ColumnSeparator: &column,
		RowSeparator:    &row,
	}
}

func block(p ansi.StylePrimitive) ansi.StyleBlock { return ansi.StyleBlock{StylePrimitive: p} }

func color(c string) ansi.StylePrimitive { return ansi.StylePrimitive{Color: hex(c)} }

// back is what steps back: it is faint where it has no colour.
func back(c string) ansi.StylePrimitive {
	p := color(c)
	if p.Color == nil {
		p.Faint = yes()
	}
	return p
}

func bold(c string) ansi.StylePrimitive { return ansi.StylePrimitive{Color: hex(c), Bold: yes()} }

func hex(c string) *string {
	if !inks(c) {
		return nil
	}
	return &c
}

func yes() *bool {
	b := true
	return &b
}
