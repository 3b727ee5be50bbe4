package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"groqchat/ui/theme"
)

// composerBrush is what a style puts before and after a text.
type composerBrush struct{ before, after string }

func newComposerBrush(st lipgloss.Style) composerBrush {
	before, after, _ := strings.Cut(st.Render("x"), "x")
	return composerBrush{before, after}
}

func (b composerBrush) paint(text string) string { return b.before + text + b.after }

// composerPaint is the colours of the input. Styles are worked out once for a
// theme: that costs more than all the rest of a view.
type composerPaint struct {
	palette theme.Palette
	focused bool
	made    bool

	mark                                string
	text, chip, selected, faint, scroll composerBrush
}

// update makes the colours, if they are not those already.
func (p *composerPaint) update(st theme.Styles, focused bool) {
	if p.made && p.focused == focused && p.palette == st.Palette {
		return
	}
	mark := st.Dim
	if focused {
		mark = st.Accent
	}
	*p = composerPaint{
		palette: st.Palette, focused: focused, made: true,
		mark: mark.Render(strings.TrimSpace(composerMark)) + " ",
		text: newComposerBrush(st.Text), chip: newComposerBrush(st.Accent), selected: newComposerBrush(st.Selected),
		faint: newComposerBrush(st.Placeholder), scroll: newComposerBrush(st.Faint),
	}
}

// before is the two cells before a row.
func (p *composerPaint) before(r editorRow, top, more bool) string {
	above := top && r != editorRow{}
	switch {
	case above && more:
		return p.scroll.paint("↕") + " "
	case above:
		return p.scroll.paint("↑") + " "
	case more:
		return p.scroll.paint("↓") + " "
	case r == editorRow{}:
		return p.mark
	}
	return composerIndent
}

// row is a row of the text in colour.
func (p *composerPaint) row(spans []editorSpan) string {
	var b strings.Builder
	for _, s := range spans {
		brush := p.text
		switch {
		case s.selected:
			brush = p.selected
		case s.chip:
			brush = p.chip
		}
		b.WriteString(brush.before)
		b.WriteString(s.text)
		b.WriteString(brush.after)
	}
	return b.String()
}
