//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat/demo"
)

// after is what the shell's screen has when the program has ended.
func (x *terminal) after() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.text()
}

// TestLeaving_KeepsTheLastExchange on the shell's screen, with the line that comes
// back to it; a temporary chat has none to come back to.
func TestLeaving_KeepsTheLastExchange(t *testing.T) {
	for name, c := range map[string]struct {
		args      []string
		env       string
		told, not string
	}{
		"usual":      {nil, "", "▌ hello there", "▌ hi"},
		"comes back": {nil, "", "groqchat -r ", "▌ hi"},
		"temporary":  {[]string{"--temporary"}, "", "▌ hello there", "groqchat -r"},
		"off":        {nil, "GROQCHAT_SCROLLBACK=off", "groqchat -r ", "▌ hello"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := withServer(t, demo.Options{})
			u.env = append(u.env, c.env)
			x := u.opens(c.args...)
			x.waitFor(placeholder)
			x.ask("hi")
			x.ask("hello there")
			x.press("ctrl+d")
			x.exits(0)
			if screen := x.after(); !strings.Contains(screen, c.told) || strings.Contains(screen, c.not) {
				t.Errorf("%q or %q is wrong in\n%s", c.told, c.not, screen)
			}
		})
	}
}

// TestLeaving_AnEditorHasTheTerminalMeanwhile, and the program has it again after.
func TestLeaving_AnEditorHasTheTerminalMeanwhile(t *testing.T) {
	u := withServer(t, demo.Options{})
	editor := filepath.Join(t.TempDir(), "editor")
	script := "#!/bin/sh\nprintf 'editor: '\nread line\necho \"$line\" >> \"$1\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	u.env = append(u.env, "EDITOR="+editor)
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("begun")
	x.waitFor("❯ begun")
	x.press("ctrl+g")
	x.waitFor("editor:")
	x.typeText("_and_ended\r")
	x.waitFor("❯ begun_and_ended")
	x.press("ctrl+c")
	x.waitFor("Cleared")
	x.press("ctrl+d")
	x.exits(0)
}
