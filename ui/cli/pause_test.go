//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestPause_InMidStream: what comes while the program is stopped is there when it
// goes on, and nobody takes the pause for a silence of the server. That the pause
// may be longer than any silence is tested where silences are measured.
func TestPause_InMidStream(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("this machine has no bash, whose job control this needs")
	}
	u, sent := streaming(t, true)
	u.following()
	x := u.starts(shell, "--norc", "--noediting")
	x.waitFor("ready$")
	x.typeText("groqchat count\r")
	x.waitFor("that nobody looks at")
	x.press("ctrl+z")
	x.waitFor("Stopped")
	x.mu.Lock()
	if x.screen.IsAltScreen() || !x.cursorShown {
		t.Error("the shell did not get its terminal back")
	}
	x.mu.Unlock()
	await(t, sent, "all rows leave")
	x.typeText("fg\r")
	x.waitFor(figures)
	x.waitFor("row 999 of")
	if screen := x.String(); strings.Contains(screen, "stalled") || strings.Contains(screen, "Stopped") {
		t.Errorf("the screen is not right\n%s", screen)
	}
	x.press("ctrl+d")
	x.waitFor("groqchat -r ")
	x.typeText("exit 7\r")
	x.exits(7)
	if got := u.sessionText(); !strings.Contains(got, "row 0 of") || !strings.Contains(got, `"state":"complete"`) {
		t.Error("the answer is not whole")
	}
}

// TestPause_WithoutAShell: nobody would let the program go on, so the system does
// not stop it; it takes its terminal again.
func TestPause_WithoutAShell(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "some words")
	x := u.opens("go on")
	x.waitFor("some words")
	x.press("ctrl+z")
	x.typeText("and on")
	x.waitFor("❯ and on")
	x.signal(syscall.SIGTERM)
	x.exits(143)
	u.keptInterrupted("some words")
}

// TestTrace_OfBubbleTeaIsNotWritten: the variables were set for another program.
func TestTrace_OfBubbleTeaIsNotWritten(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "some words")
	trace := filepath.Join(u.home, "trace.log")
	u.env = append(u.env, "TEA_TRACE="+trace, "TEA_DEBUG=1")
	x := u.opens("go on")
	x.waitFor("some words")
	x.signal(syscall.SIGTERM)
	x.exits(143)
	if _, err := os.Stat(trace); err == nil {
		t.Error("there is a trace")
	}
	if logs, err := filepath.Glob(filepath.Join(u.home, "*.log")); err != nil || len(logs) > 0 {
		t.Errorf("there is %v, %v", logs, err)
	}
}

// TestLocale_WithoutUnicode is no reason to fail: what is written is valid text.
func TestLocale_WithoutUnicode(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "some w\u00f6rds 世界")
	u.env = append(u.env, "LANG=C", "LC_ALL=C", "LC_CTYPE=POSIX")
	x := u.opens("go on")
	x.waitFor("some w")
	x.typeText("gr\u00fc\u00dfe")
	x.waitFor("gr")
	x.signal(syscall.SIGTERM)
	x.exits(143)
	if !strings.Contains(x.raw(), "rds") || strings.ToValidUTF8(x.raw(), "") != x.raw() {
		t.Error("what was written is not valid")
	}
}

// TestStop_ReachesTheServer: esc gives up the connection, wherever the answer is.
func TestStop_ReachesTheServer(t *testing.T) {
	for stage, text := range map[string]string{"before the first token": "", "in the answer": "some words"} {
		t.Run(stage, func(t *testing.T) {
			t.Parallel()
			u, asked, left := watched(t, text)
			x := u.opens("go on")
			await(t, asked, "the question")
			if text != "" {
				x.waitFor(text)
			}
			x.press("esc")
			await(t, left, "the end of the connection")
			x.typeText("and on")
			x.waitFor("and on")
			x.signal(syscall.SIGTERM)
			x.exits(143)
		})
	}
}
