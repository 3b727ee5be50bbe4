//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// multiplexer is a tmux of its own, with a shell in it.
type multiplexer struct {
	*terminal
	socket string
}

// inTmux starts tmux as those have it who trust what runs in it: programs may set
// the clipboard, the title, and write through to the terminal.
func inTmux(t *testing.T, u *user) *multiplexer {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	conf := filepath.Join(u.home, "tmux.conf")
	settings := "set -g set-clipboard on\nset -g allow-passthrough on\nset -g allow-rename on\nset -g status off\nset -g default-shell /bin/sh\n"
	if err := os.WriteFile(conf, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	m := &multiplexer{socket: filepath.Join(u.home, "tmux.socket")}
	m.terminal = u.starts("tmux", "-S", m.socket, "-f", conf, "new-session", "/bin/sh")
	t.Cleanup(func() { m.says("kill-server") })
	return m
}

// says gives tmux a command and returns what it prints; nothing if it refuses.
func (m *multiplexer) says(args ...string) string {
	cmd := exec.Command("tmux", append([]string{"-S", m.socket}, args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	out, _ := cmd.Output()
	return strings.TrimSpace(string(out))
}

// TestTmux_ObeysNothingOfAnAnswer: what an answer says to the terminal is shown.
func TestTmux_ObeysNothingOfAnAnswer(t *testing.T) {
	u, _ := holding(t, `evil\u001b]52;c;ZXZpbA==\u0007\u001b]0;evil\u0007\u001b]2;evil\u001b\\\u001bkevil\u001b\\`+
		`\u001bPtmux;\u001b\u001b]52;c;ZXZpbA==\u0007\u001b\\\u0007\u001b[?1049l\u001b[3J rest `)
	m := inTmux(t, u)
	m.waitFor("ready$")
	m.typeText("groqchat")
	m.press("enter")
	m.waitFor(placeholder)
	m.typeText("go")
	m.press("enter")
	m.waitFor("rest")
	state := m.says("display-message", "-p", "#{alternate_on} #{window_bell_flag} #{pane_title} #{window_name}")
	if !strings.HasPrefix(state, "1 0 ") || strings.Contains(state, "evil") {
		t.Errorf("during it tmux is at %q", state)
	}
	m.press("esc")
	m.waitFor("stopped")
	m.press("ctrl+d")
	m.waitFor("ready$")
	if on := m.says("display-message", "-p", "#{alternate_on}"); on != "0" {
		t.Errorf("the alternate screen is left at %q", on)
	}
	if buffer := m.says("show-buffer"); buffer != "" {
		t.Errorf("the clipboard holds %q", buffer)
	}
	m.says("kill-server")
}
