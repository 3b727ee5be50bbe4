package config

import (
	"runtime"
	"strings"
)

// Colors is how many colours a stream takes. More is greater.
type Colors int

// The depths of colour.
const (
	ColorNone Colors = iota // none; bold and faint are still allowed
	Color16
	Color256
	ColorTrue
)

// Profile decides on colours for one stream: isTTY says whether it is a terminal,
// env is in the form of [os.Environ]. The first of these that says something
// wins: the setting (always, never), NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR,
// CLICOLOR=0, TERM=dumb, whether it is a terminal. The depth is then read from
// COLORTERM and TERM.
//
// Libraries decide differently, wrongly where NO_COLOR=yes: it counts whatever
// its value is.
func Profile(setting string, env []string, isTTY bool) Colors {
	e := newEnviron(env, runtime.GOOS)
	switch {
	case setting == "never":
		return ColorNone
	case setting == "always":
		return max(Color16, depth(e))
	case e["NO_COLOR"] != "":
		return ColorNone
	case forces(e["CLICOLOR_FORCE"]) || forces(e["FORCE_COLOR"]):
		return max(Color16, depth(e))
	case e["CLICOLOR"] == "0" || !isTTY:
		return ColorNone
	}
	return depth(e)
}

// forces reports whether a variable that forces colour is set to do so.
func forces(value string) bool { return value != "" && value != "0" && value != "false" }

// depth is the colours that a terminal says it has.
func depth(e environ) Colors {
	term, colors := strings.ToLower(e["TERM"]), strings.ToLower(e["COLORTERM"])
	switch {
	case term == "dumb":
		return ColorNone
	case term == "" && (runtime.GOOS == "windows" || e["WT_SESSION"] != ""):
		return ColorTrue // the console of every Windows that Go still runs on
	case term == "":
		return ColorNone
	case strings.HasPrefix(term, "screen") && e["TMUX"] == "":
		return Color256 // GNU screen hands COLORTERM on without keeping its word
	case colors == "truecolor" || colors == "24bit" || trueColor(term):
		return ColorTrue
	case strings.Contains(term, "256color") || colors != "":
		return Color256
	}
	return Color16
}

// trueColor knows terminals that have all colours and may not say so, as over a
// remote login, which drops COLORTERM.
func trueColor(term string) bool {
	for _, name := range []string{"direct", "truecolor", "kitty", "alacritty", "wezterm", "ghostty", "foot", "contour", "rio"} {
		if strings.Contains(term, name) {
			return true
		}
	}
	return false
}
