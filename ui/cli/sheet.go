package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"groqchat/ui"
	"groqchat/ui/theme"
)

// glamourStyle is the variable by which people choose a style sheet for all the
// programs that show Markdown with Glamour.
const glamourStyle = "GLAMOUR_STYLE"

// sheet is the style sheet of Markdown with that name or in that file, nil for
// the theme's own. The setting comes before the variable; "auto" is the theme's.
// The file is read here, before the screen opens.
func (a *app) sheet(style string) (*theme.Sheet, error) {
	source := "markdown_style"
	if style == "" {
		style, source = a.variable(glamourStyle), glamourStyle
	}
	if style == "" || style == "auto" {
		return nil, nil
	}
	if sheet, ok := theme.FindSheet(style); ok {
		return &sheet, nil
	}
	sheet, err := readSheet(style)
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w; names are %s", source, style, err, strings.Join(theme.Sheets(), ", "))
	}
	return &sheet, nil
}

// readSheet reads a style sheet from a file.
func readSheet(path string) (theme.Sheet, error) {
	if rest, ok := strings.CutPrefix(path, "~"+string(filepath.Separator)); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, rest)
		}
	}
	raw, err := ui.ReadPlain(path)
	if err != nil {
		return theme.Sheet{}, err
	}
	return theme.ReadSheet(raw)
}
