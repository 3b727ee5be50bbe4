package markdown

import (
	"strings"

	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
	"groqchat/ui/theme"
)

// Document sets a text of the program's own that does not grow, such as a page of
// the guide, in lines of at most width cells. Glamour does it, with the margins and
// blank lines of the style sheet that [Renderer] leaves to its layout. It takes tens
// of milliseconds for a text of some pages, and must not be called by two goroutines
// at once.
func Document(st theme.Styles, text string, width int) []string {
	width = max(1, width)
	out, err := setByGlamour(st, safe.Text(text), width)
	if err != nil {
		return New(st).Render(text, width)
	}
	var lines []string
	for line := range strings.Lines(strings.Trim(out, "\n")) {
		lines = append(lines, ansi.Truncate(strings.TrimRight(line, "\n"), width, ""))
	}
	return lines
}

func setByGlamour(st theme.Styles, text string, width int) (string, error) {
	r, err := glamour.NewTermRenderer(glamour.WithStyles(st.Markdown()), glamour.WithWordWrap(width))
	if err != nil {
		return "", err
	}
	return r.Render(text)
}
