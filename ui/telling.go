package ui

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// needsTelling reports whether a key reaches a program only from a terminal that
// tells it from others (the kitty keyboard protocol, or xterm's modifyOtherKeys):
// the others send the same for shift+enter as for enter.
func needsTelling(key string) bool {
	switch key {
	case "shift+enter", "ctrl+enter", "ctrl+backspace":
		return true
	}
	rest, ok := strings.CutPrefix(key, "ctrl+shift+")
	return ok && utf8.RuneCountInString(rest) == 1
}

// keptByConsole reports whether the console of Linux sends a key as it does without
// shift and the like, or keeps it to itself (its keymap, drivers/tty/vt/defkeymap.map).
func keptByConsole(key string) bool {
	at := strings.LastIndexByte(key, '+')
	if at < 1 {
		return false
	}
	switch key[at+1:] {
	case "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "delete", "tab":
		return true
	}
	return false
}

// sends reports whether a key arrives from this terminal, as far as is known.
func (k *keymap) sends(key string) bool {
	return !(k.console && keptByConsole(key)) && (k.tells || !needsTelling(key) || showKey(key) != key)
}

// sent is the keys of a row that this terminal sends, all of them where it is none.
func (k *keymap) sent(b binding) (keys []string, any bool) {
	keys = slices.DeleteFunc(slices.Clone(b.key.Keys()), func(key string) bool { return !k.sends(key) })
	if len(keys) == 0 {
		return b.key.Keys(), len(b.key.Keys()) == 0
	}
	return keys, true
}

// brief is the keys of a row where there is little room: those that this terminal
// sends.
func (k *keymap) brief(b binding) string {
	keys, any := k.sent(b)
	if !any {
		return showKeys(keys) + notHere
	}
	return showKeys(keys)
}

// notHere marks keys that this terminal does not send.
const notHere = " (not here)"

// sendable is the keys of a row as the help shows them: first those that this
// terminal sends.
func (k *keymap) sendable(b binding) string {
	keys, any := k.sent(b)
	not := slices.DeleteFunc(slices.Clone(b.key.Keys()), func(key string) bool { return slices.Contains(keys, key) })
	if len(not) == 0 || !any {
		return k.brief(b)
	}
	return showKeys(keys) + "; not here: " + showKeys(not)
}

// What "not here" means.
const (
	untoldText    = "This terminal did not say that it tells keys such as shift+enter from enter. What is marked “not here” may do nothing; the keys before it do the same. kitty, Ghostty, WezTerm, foot and others tell them, tmux after “set -g extended-keys on”."
	untoldConsole = "The console tells neither shift+enter from enter nor keys such as ctrl+home from home. What is marked “not here” does something else; the keys before it do the same."
)

func untoldRows(m *Model, width int) []string {
	text := untoldText
	if m.keys.console {
		text = untoldConsole
	}
	rows := []string{heading(m, "Not in this terminal")}
	for _, line := range wrapPlain(text, max(1, width-leftMargin-rightMargin)) {
		rows = append(rows, indent+m.styles.Text.Render(line))
	}
	return rows
}
