//go:build unix

package cli_test

import (
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/creack/pty"
)

// sessionLeader gives a program a terminal of its own, which stands for its
// standard input, so that it gets the signals of the terminal.
func sessionLeader() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Setctty: true}
}

// keyCodes is what a terminal sends for keys with names.
func keyCodes() map[string]string {
	return map[string]string{
		"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
		"alt+enter": "\x1b\r", "shift+enter": "\x1b[13;2u",
		"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
		"home": "\x1b[H", "end": "\x1b[F", "ctrl+home": "\x1b[1;5H", "ctrl+end": "\x1b[1;5F",
		"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "delete": "\x1b[3~",
		"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "shift+f2": "\x1b[1;2Q",
	}
}

// keyCode is what a terminal sends for a key: a name of keyCodes, ctrl+letter,
// alt+key or the character itself.
func keyCode(name string) (string, bool) {
	if code, ok := keyCodes()[name]; ok {
		return code, true
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok && len(letter) == 1 {
		return string(letter[0] & 0x1f), true
	}
	if key, ok := strings.CutPrefix(name, "alt+"); ok {
		code, known := keyCode(key)
		return "\x1b" + code, known
	}
	return name, len([]rune(name)) == 1
}

// press types keys by their names, one after the other.
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	for _, key := range keys {
		code, ok := keyCode(key)
		if !ok {
			x.t.Fatalf("no key is called %q", key)
		}
		x.write(code)
	}
}

// typeText types a text, letter by letter as far as the program can tell.
func (x *terminal) typeText(text string) {
	x.t.Helper()
	x.write(text)
}

// paste pastes as terminals do, in brackets.
func (x *terminal) paste(text string) {
	x.t.Helper()
	x.write("\x1b[200~" + text + "\x1b[201~")
}

func (x *terminal) write(s string) {
	x.t.Helper()
	if _, err := io.WriteString(x.pty, s); err != nil {
		x.t.Fatalf("typing %q: %v\n%s", s, err, x)
	}
}

// resize changes the size of the window, which the program is told by a signal.
func (x *terminal) resize(cols, rows int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(cols, rows)
	x.mu.Unlock()
	if err := pty.Setsize(x.pty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		x.t.Fatal(err)
	}
}

// terminate is the signal that asks a program to end.
func terminate() os.Signal { return syscall.SIGTERM }
