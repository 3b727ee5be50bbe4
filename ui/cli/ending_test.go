//go:build unix

package cli_test

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// soon is how long the end of the program may take after it was told to end: the
// 500 ms it needs at most, and what a busy machine adds.
const soon = 20 * time.Second

// endsOf is the signals that end the program and their exit codes.
func endsOf() map[syscall.Signal]int {
	return map[syscall.Signal]int{syscall.SIGHUP: 129, syscall.SIGINT: 130, syscall.SIGQUIT: 131, syscall.SIGTERM: 143}
}

// states is what somebody may be doing when a signal comes.
func states() map[string]func(x *terminal) {
	ask := func(x *terminal) {
		x.typeText("go on")
		x.press("enter")
		x.waitFor("some words")
	}
	return map[string]func(*terminal){
		"idle":      func(*terminal) {},
		"streaming": ask,
		"typing":    func(x *terminal) { x.typeText("half a tho"); x.waitFor("half a tho") },
		"choosing":  func(x *terminal) { ask(x); x.press("ctrl+o"); x.waitFor("Models") },
	}
}

// TestEnding_BySignals: whatever was going on, the terminal is given back, what
// had come is saved, and the exit code says which signal it was.
func TestEnding_BySignals(t *testing.T) {
	for state, arrange := range states() {
		for signal, code := range endsOf() {
			t.Run(state+"/"+signal.String(), func(t *testing.T) {
				t.Parallel()
				u, _ := holding(t, "some words")
				x := u.opens()
				x.waitFor(placeholder)
				arrange(x)
				x.signal(signal)
				x.exits(code)
				if strings.Contains(state, "ing") && state != "typing" {
					u.keptInterrupted("some words")
				}
			})
		}
	}
}

// signal sends the program a signal; its end may then take its time, but not long.
func (x *terminal) signal(s syscall.Signal) {
	x.t.Helper()
	if err := x.cmd.Process.Signal(s); err != nil {
		x.t.Fatal(err)
	}
	x.endsWithin(soon)
}

// endsWithin is for ends that a user waits for: a program that hangs is killed by
// whoever told it to end, and then saves nothing.
func (x *terminal) endsWithin(longest time.Duration) {
	x.t.Helper()
	late := time.NewTimer(longest)
	defer late.Stop()
	select {
	case <-x.ended:
	case <-late.C:
		x.t.Fatalf("the program goes on after %v\n%s", longest, x)
	}
}

// keptInterrupted checks that the only session ends in an answer that was cut.
func (u *user) keptInterrupted(text string) {
	u.t.Helper()
	if got := u.sessionText(); !strings.Contains(got, text) || !strings.Contains(got, `"state":"interrupted"`) {
		u.t.Errorf("what had come is not saved as interrupted:\n%s", got)
	}
}

// TestEnding_TwoSignalsAtOnce: a closing terminal and a service manager send more
// than one; the second must not cut short what the first has saved.
func TestEnding_TwoSignalsAtOnce(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "some words")
	x := u.opens()
	x.waitFor(placeholder)
	states()["streaming"](x)
	for _, s := range []syscall.Signal{syscall.SIGHUP, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGHUP} {
		if err := x.cmd.Process.Signal(s); err != nil {
			break // it has ended already
		}
	}
	x.endsWithin(soon)
	x.isRestored()
	u.keptInterrupted("some words")
}

// TestEnding_AnIgnoredHangUpStaysIgnored, as nohup wants it.
func TestEnding_AnIgnoredHangUpStaysIgnored(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "some words")
	x := u.starts("sh", "-c", `trap "" HUP; exec groqchat "go on"`)
	x.waitFor("some words")
	if err := x.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	x.typeText("still here")
	x.waitFor("still here")
	x.signal(syscall.SIGTERM)
	x.exits(143)
}

// TestEnding_TheTerminalIsClosed in mid-stream, with its window.
func TestEnding_TheTerminalIsClosed(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "some words")
	l := u.connects("go on")
	l.reads("some words")
	l.master.Close()
	l.endsWithin(soon)
	if code := l.cmd.ProcessState.ExitCode(); code != 129 {
		t.Errorf("exit code %d, want that of a hang-up", code)
	}
	u.keptInterrupted("some words")
}
