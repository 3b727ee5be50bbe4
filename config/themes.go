package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"groqchat/chat"
)

// The names that a file of a theme may hold beside those of colours.
const (
	themeBase = "base"
	themeHelp = "help"
)

// themeEnding is the ending of their files.
const themeEnding = ".toml"

// ThemeWords is the names that files of themes may use: of the colours, and of the
// themes that they may begin with.
type ThemeWords struct{ Tokens, Bases []string }

// Theme is what a file of the user's themes says.
type Theme struct {
	Name   string
	Base   string            // the theme that has what this one leaves out, "" for none named
	Help   string            // what it is like, in a few words
	Colors map[string]string // by token: "#rrggbb", the number of one of the terminal's, "" for its own
}

// Themes is those of the user's folder, by name. What is wrong in a file is left
// out, and a warning says where it is; a file that is no TOML is left out as a
// whole. A folder that is not there is empty.
func Themes(dir string, words ThemeWords) ([]Theme, []Warning) {
	entries, err := os.ReadDir(dir)
	if dir == "" || err != nil && os.IsNotExist(err) {
		return nil, nil
	}
	var all []Theme
	var warnings []Warning
	if err != nil {
		warnings = append(warnings, Warning{File: dir, Text: fmt.Sprintf("cannot read it: %v", plain(err))})
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), themeEnding)
		if !ok || strings.HasPrefix(name, ".") {
			continue
		}
		r := &themeReader{path: filepath.Join(dir, e.Name()), words: words, theme: Theme{Name: name, Colors: map[string]string{}}}
		if r.read() {
			all = append(all, r.theme)
		}
		warnings = append(warnings, r.warnings...)
	}
	return all, warnings
}

// ThemeStamp changes when a file of the folder does, which costs less than to read
// them.
func ThemeStamp(dir string) string { return folderStamp(dir, themeEnding) }

// themeReader reads one file.
type themeReader struct {
	path     string
	words    ThemeWords
	theme    Theme
	warnings []Warning
}

func (r *themeReader) warn(line int, format string, args ...any) {
	r.warnings = append(r.warnings, Warning{File: r.path, Line: line, Text: redact(fmt.Sprintf(format, args...))})
}

// read reports whether there is a theme in the file.
func (r *themeReader) read() bool {
	if _, err := CheckTheme(r.theme.Name); err != nil || r.theme.Name == AutoTheme {
		r.warn(0, "%q cannot be the name of a theme; rename the file", r.theme.Name)
		return false
	}
	text, _, err := readFile(r.path)
	if err != nil {
		r.warn(0, "cannot read it: %v; the theme is left out", plain(err))
		return false
	}
	f, line, column, err := parseTOML(text)
	if err != nil {
		r.warn(line, "column %d: %v; the theme is left out", column, err)
		return false
	}
	for _, name := range f.names() {
		r.take(f.line(name, ""), name, f.values[name])
	}
	return true
}

// take takes one line.
func (r *themeReader) take(line int, name string, v any) {
	switch {
	case name == themeBase || name == themeHelp:
		r.word(line, name, v)
	case slices.Contains(r.words.Tokens, name):
		color, ok := colorOf(v)
		if !ok {
			r.warn(line, `%s: %v is not a colour: write it as "#rrggbb", or as the number of one of the terminal's, 0 to 255; it stays that of the base`, name, quotedIfText(v))
			return
		}
		r.theme.Colors[name] = color
	default:
		names := append([]string{themeBase, themeHelp}, r.words.Tokens...)
		r.warn(line, "%q is not a colour of themes%s", name, nearestOf(name, names))
	}
}

// word takes what is no colour.
func (r *themeReader) word(line int, name string, v any) {
	text, ok := v.(string)
	if !ok {
		r.warn(line, "%s: it must be %s", name, wanted("text"))
		return
	}
	text = strings.TrimSpace(text)
	if name == themeHelp {
		r.theme.Help = text
		return
	}
	if !slices.Contains(r.words.Bases, text) {
		r.warn(line, "base: there is no built-in theme %q%s", text, nearestOf(text, r.words.Bases))
		return
	}
	r.theme.Base = text
}

// nearestOf asks after a name that was likely meant, or lists all.
func nearestOf(name string, names []string) string {
	if near := chat.Nearest(name, names); near != "" {
		return "; did you mean " + near + "?"
	}
	return "; there are " + strings.Join(names, ", ")
}

func quotedIfText(v any) any {
	if text, ok := v.(string); ok {
		return strconv.Quote(text)
	}
	return v
}

// colorOf is a colour as palettes have it.
func colorOf(v any) (string, bool) {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10), v >= 0 && v <= 255
	case string:
		return colorIn(strings.ToLower(strings.TrimSpace(v)))
	}
	return "", false
}

// colorIn reads "#rgb" too, which the style sheets of pages know.
func colorIn(text string) (string, bool) {
	hex, ok := strings.CutPrefix(text, "#")
	if !ok {
		n, err := strconv.ParseUint(text, 10, 8)
		return strconv.FormatUint(n, 10), err == nil
	}
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	_, err := strconv.ParseUint(hex, 16, 32)
	return "#" + hex, err == nil && len(hex) == 6
}

// AutoTheme is the name that stands for the theme that suits the terminal's ground.
const AutoTheme = "auto"

// CheckTheme gives the name of a theme as it is stored. Whether there is one of
// that name is known only where the themes are.
func CheckTheme(v string) (string, error) {
	v = strings.TrimSpace(v)
	if v == "" || strings.ContainsAny(v, "/\\ \t\n") || redact(v) != v { // a key is none, and is never shown
		return "", fmt.Errorf("%q is not the name of a theme", v)
	}
	return v, nil
}
