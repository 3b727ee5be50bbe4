package config_test

import (
	"runtime"
	"strings"
	"testing"

	"groqchat/config"
)

func TestProfile_TheFirstThatSaysSomethingWins(t *testing.T) {
	const terminal, pipe = true, false
	for _, tc := range []struct {
		setting, env string
		tty          bool
		want         config.Colors
	}{
		{"auto", "TERM=xterm-256color", terminal, config.Color256},
		{"auto", "TERM=xterm-256color", pipe, config.ColorNone},
		{"auto", "TERM=xterm-256color COLORTERM=truecolor", terminal, config.ColorTrue},
		{"auto", "TERM=xterm COLORTERM=24bit", terminal, config.ColorTrue},
		{"auto", "TERM=xterm COLORTERM=yes", terminal, config.Color256},
		{"auto", "TERM=xterm", terminal, config.Color16},
		{"auto", "TERM=linux", terminal, config.Color16},
		{"auto", "TERM=xterm-kitty", terminal, config.ColorTrue},
		{"auto", "TERM=xterm-direct", terminal, config.ColorTrue},
		{"auto", "TERM=screen-256color COLORTERM=truecolor", terminal, config.Color256},
		{"auto", "TERM=screen-256color COLORTERM=truecolor TMUX=/tmp/x", terminal, config.ColorTrue},
		{"auto", "TERM=dumb", terminal, config.ColorNone},
		{"auto", "WT_SESSION=1", terminal, config.ColorTrue},

		{"never", "TERM=xterm CLICOLOR_FORCE=1", terminal, config.ColorNone},
		{"always", "TERM=xterm NO_COLOR=1", pipe, config.Color16},
		{"always", "TERM=dumb", pipe, config.Color16},
		{"always", "TERM=xterm-256color CLICOLOR=0", pipe, config.Color256},

		{"auto", "TERM=xterm NO_COLOR=1", terminal, config.ColorNone},
		{"auto", "TERM=xterm NO_COLOR=yes", terminal, config.ColorNone},
		{"auto", "TERM=xterm NO_COLOR=0", terminal, config.ColorNone},
		{"auto", "TERM=xterm NO_COLOR=", terminal, config.Color16},
		{"auto", "TERM=xterm NO_COLOR=true CLICOLOR_FORCE=1", pipe, config.ColorNone},

		{"auto", "TERM=xterm CLICOLOR_FORCE=1", pipe, config.Color16},
		{"auto", "TERM=xterm CLICOLOR_FORCE=0", pipe, config.ColorNone},
		{"auto", "TERM=xterm FORCE_COLOR=1", pipe, config.Color16},
		{"auto", "TERM=xterm FORCE_COLOR=false", pipe, config.ColorNone},
		{"auto", "TERM=dumb FORCE_COLOR=1", pipe, config.Color16},
		{"auto", "TERM=xterm CLICOLOR_FORCE=1 CLICOLOR=0", terminal, config.Color16},

		{"auto", "TERM=xterm CLICOLOR=0", terminal, config.ColorNone},
		{"auto", "TERM=xterm CLICOLOR=1", terminal, config.Color16},
		{"auto", "TERM=xterm CLICOLOR=1", pipe, config.ColorNone},
	} {
		if got := config.Profile(tc.setting, strings.Fields(tc.env), tc.tty); got != tc.want {
			t.Errorf("--color %s, %s, terminal %v: %d, want %d", tc.setting, tc.env, tc.tty, got, tc.want)
		}
	}
}

func TestProfile_ATerminalWithoutANameHasNoColour(t *testing.T) {
	want := config.ColorNone
	if runtime.GOOS == "windows" {
		want = config.ColorTrue
	}
	if got := config.Profile("auto", nil, true); got != want {
		t.Errorf("%d, want %d", got, want)
	}
}
