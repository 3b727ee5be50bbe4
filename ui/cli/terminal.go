package cli

import (
	"cmp"
	"os"
	"runtime"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"groqchat/config"
)

// isTerminal reports whether a stream is a terminal.
func isTerminal(f *os.File) bool { return f != nil && term.IsTerminal(f.Fd()) }

// width is the cells of a line of a terminal, 0 if f is none.
func (a *app) width(f *os.File) int {
	if !isTerminal(f) {
		return 0
	}
	w, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return w
}

// variable is the value of an environment variable, "" if it is not set.
func (a *app) variable(name string) string {
	for _, entry := range a.env {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// dumb reports whether the terminal cannot move its cursor. Windows sets no TERM.
func (a *app) dumb() bool {
	kind := a.variable("TERM")
	return kind == "dumb" || kind == "" && runtime.GOOS != "windows"
}

// ink is the ornaments for a stream: none where colour is not wanted, though
// there is no colour among them.
func (a *app) ink(f *os.File) ink { return ink{on: a.colors(f) != config.ColorNone} }

// colors is the decision on colour for a stream: as the settings say, once they
// are loaded.
func (a *app) colors(f *os.File) config.Colors {
	return config.Profile(cmp.Or(a.color, "auto"), a.env, isTerminal(f))
}

// profile is the same for the libraries, whose own decision is another. Without
// colours bold and faint stay.
func (a *app) profile() colorprofile.Profile {
	switch a.colors(a.stdout) {
	case config.ColorTrue:
		return colorprofile.TrueColor
	case config.Color256:
		return colorprofile.ANSI256
	case config.Color16:
		return colorprofile.ANSI
	case config.ColorNone:
	}
	return colorprofile.ASCII
}
