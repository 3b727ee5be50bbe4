package theme

import "charm.land/lipgloss/v2"

// Styles is what the screen is drawn with, derived from one palette.
//
// Styles give true colour, or the terminal's own colours by number; to fit it to the terminal is the business of
// whoever writes to the terminal. They have no padding, margin or width, so
// that a styled text is as wide as the text.
type Styles struct {
	Palette Palette
	sheet   *Sheet // of Markdown, nil for the palette's own

	Text, Dim, Faint, Strong lipgloss.Style // from what is to be read to what is hardly there, and the contrary
	Accent                   lipgloss.Style // the one thing that matters now
	User, UserBar            lipgloss.Style // the user's words, and the bar before them
	Border                   lipgloss.Style // rules, bars, boxes
	Selected, SelectedDim    lipgloss.Style // the chosen row of a list: its text, what accompanies it
	Success, Warning, Danger lipgloss.Style
	Link, Code               lipgloss.Style
	Key                      lipgloss.Style // the name of a key in a hint
	Title                    lipgloss.Style // the title of an overlay
	Placeholder              lipgloss.Style // what stands in an empty input
	Match                    lipgloss.Style // the letters of a row that the filter found
	Marked                   lipgloss.Style // what is marked with the mouse
	Found, FoundNow          lipgloss.Style // words that a search found in a text, and those that were gone to
}

// New derives the styles of a palette. It cannot fail: a colour that cannot be
// read leaves the terminal's own (see Palette.Check). What steps back and has no
// colour is faint.
func New(p Palette) Styles {
	fg := func(color string) lipgloss.Style {
		if !inks(color) {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(lipgloss.Color(color))
	}
	chosen := func(color string) lipgloss.Style {
		if !inks(p.Selection) {
			return lipgloss.NewStyle().Reverse(true)
		}
		return fg(color).Background(lipgloss.Color(p.Selection))
	}
	back := func(color string) lipgloss.Style { return fg(color).Faint(!inks(color)) }
	return Styles{
		Palette:     p,
		Text:        fg(p.Text),
		Dim:         back(p.Dim),
		Faint:       back(p.Faint),
		Strong:      fg(p.Heading).Bold(true),
		Accent:      fg(p.Accent),
		User:        fg(p.User),
		UserBar:     fg(p.Accent),
		Border:      back(p.Border),
		Selected:    chosen(p.Text).Bold(true),
		SelectedDim: chosen(p.Dim),
		Success:     fg(p.Success),
		Warning:     fg(p.Warning),
		Danger:      fg(p.Danger),
		Link:        fg(p.Link).Underline(true),
		Code:        fg(p.Code),
		Key:         fg(p.Text).Bold(true),
		Title:       fg(p.Heading).Bold(true),
		Placeholder: back(p.Faint),
		Match:       fg(p.Accent).Bold(true),
		Marked:      lipgloss.NewStyle().Reverse(true),
		Found:       fg(p.Accent).Underline(true).Bold(true),
		FoundNow:    fg(p.Accent).Reverse(true).Bold(true),
	}
}
