package cli

import (
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

// ink is the ornaments for a stream: none unless it is a terminal that wants them.
func (a *app) ink(f *os.File) ink { return ink{on: isTerminal(f) && !a.dumb()} }

// profile is the colours of the screen. The decision is config's; the libraries
// only say how many colours the terminal has.
func (a *app) profile(set config.Loaded) colorprofile.Profile {
	return colorprofile.TrueColor
}
