//go:build unix

package cli_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// line is the program at the end of a line that is read only when the test says
// so: a connection that hangs, a paused multiplexer, a modem. It answers nothing.
type line struct {
	t      testing.TB
	cmd    *exec.Cmd
	master *os.File
	ended  chan struct{}
	seen   []byte
	screen *vt.Emulator
	slow   *time.Ticker // nil, or the pace at which bytes arrive
}

// connects starts the program at such a line.
func (u *user) connects(args ...string) *line {
	u.t.Helper()
	path, err := exec.LookPath("groqchat")
	if err != nil {
		u.t.Fatal(err)
	}
	return u.dials(path, args...)
}

// dials starts any program there.
func (u *user) dials(path string, args ...string) *line {
	u.t.Helper()
	l := &line{t: u.t, cmd: exec.Command(path, args...), ended: make(chan struct{}), screen: vt.NewEmulator(u.cols, u.rows)}
	go io.Copy(io.Discard, l.screen) // its answers
	l.cmd.Env, l.cmd.Dir = u.environ(), u.home
	var err error
	l.master, err = pty.StartWithSize(l.cmd, &pty.Winsize{Cols: uint16(u.cols), Rows: uint16(u.rows)})
	if err != nil {
		u.t.Fatal(err)
	}
	go func() {
		l.cmd.Wait()
		close(l.ended)
	}()
	u.t.Cleanup(func() {
		l.cmd.Process.Kill()
		l.master.Close()
		<-l.ended
		l.screen.InputPipe().(io.Closer).Close()
	})
	return l
}

// reads takes what comes until a text came, as it was written.
func (l *line) reads(text string) {
	l.t.Helper()
	from := max(0, len(l.seen)-len(text))
	l.until(text, func() bool { return bytes.Contains(l.seen[from:], []byte(text)) })
}

// shows takes what comes until the screen has a text.
func (l *line) shows(text string) {
	l.t.Helper()
	l.until(text, func() bool { return strings.Contains(l.screen.String(), text) })
}

func (l *line) until(what string, holds func() bool) {
	l.t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for !holds() {
		came := make(chan error, 1)
		go func() {
			buf := make([]byte, 4<<10)
			if l.slow != nil {
				<-l.slow.C
				buf = buf[:slowBytes]
			}
			n, err := l.master.Read(buf)
			l.seen = append(l.seen, buf[:n]...)
			l.screen.Write(buf[:n])
			came <- err
		}()
		select {
		case err := <-came:
			if err != nil && !holds() {
				l.t.Fatalf("%v before %q came:\n%s", err, what, l.screen)
			}
		case <-late.C:
			l.t.Fatalf("waited for %q:\n%s", what, l.screen)
		}
	}
}

func (l *line) types(text string) {
	l.t.Helper()
	if _, err := io.WriteString(l.master, text); err != nil {
		l.t.Fatal(err)
	}
}

func (l *line) endsWithin(longest time.Duration) {
	l.t.Helper()
	late := time.NewTimer(longest)
	defer late.Stop()
	select {
	case <-l.ended:
	case <-late.C:
		l.t.Fatalf("the program goes on after %v", longest)
	}
}

func (l *line) resizes(cols, rows int) {
	l.t.Helper()
	if err := pty.Setsize(l.master, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		l.t.Fatal(err)
	}
}
