//go:build unix

package cli_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat/demo"
)

// clipboardText is what the terminal was given for its clipboard.
func (x *terminal) clipboardText() string {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	_, data, ok := strings.Cut(x.clipboard, "52;c;")
	text, err := base64.StdEncoding.DecodeString(data)
	if !ok || err != nil {
		x.t.Errorf("the terminal's clipboard was told %q, %v", x.clipboard, err)
	}
	return string(text)
}

// askForCode asks for an answer with code and waits for its end.
func (x *terminal) askForCode() {
	x.t.Helper()
	x.typeText("a python script")
	x.press("enter")
	x.waitFor("│ go")
	x.press("ctrl+end")
	x.waitFor(figures)
}

// TestCopy_ReachesTheTerminal as OSC 52, which goes through the same queue as the
// frames.
func TestCopy_ReachesTheTerminal(t *testing.T) {
	u := withServer(t, demo.Options{})
	x := u.opens()
	x.waitFor(placeholder)
	x.askForCode()
	x.typeText("/code 1")
	x.press("enter")
	x.waitFor("(through the terminal)")
	x.until("a text for the clipboard", func() bool { return x.clipboard != "" }) // it may come behind the frame
	if got := x.clipboardText(); got == "" || !strings.HasSuffix(got, "\n") || strings.Contains(got, "```") || strings.Contains(got, "│") {
		t.Errorf("the clipboard holds %q", got)
	}
	x.press("ctrl+d")
	x.exits(0)
}

// TestCopy_AsksTmuxFirst: tmux takes no sequences of programs unless it is told
// to, but hands on what it is given as a buffer.
func TestCopy_AsksTmuxFirst(t *testing.T) {
	u := withServer(t, demo.Options{})
	folder := t.TempDir()
	taken := filepath.Join(folder, "taken")
	script := "#!/bin/sh\n[ \"$*\" = 'load-buffer -w -' ] && cat > '" + taken + "'\n"
	if err := os.WriteFile(filepath.Join(folder, "tmux"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	u.env = append(u.env, "TMUX=/tmp/none,1,0", "SSH_TTY=/dev/pts/0", "PATH="+folder+":"+os.Getenv("PATH"))
	x := u.opens()
	x.waitFor(placeholder)
	x.askForCode()
	x.typeText("/code 1")
	x.press("enter")
	x.waitFor("(tmux)")
	if text, err := os.ReadFile(taken); err != nil || len(text) == 0 {
		t.Errorf("tmux was given %q, %v", text, err)
	}
	x.press("ctrl+d")
	x.exits(0)
}
