//go:build unix

package cli_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

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
}

// connects starts the program at such a line.
func (u *user) connects(args ...string) *line {
	u.t.Helper()
	path, err := exec.LookPath("groqchat")
	if err != nil {
		u.t.Fatal(err)
	}
	l := &line{t: u.t, cmd: exec.Command(path, args...), ended: make(chan struct{})}
	l.cmd.Env, l.cmd.Dir = u.environ(), u.home
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
	})
	return l
}

// reads takes what comes until a text came.
func (l *line) reads(text string) {
	l.t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	from := len(l.seen)
	for !bytes.Contains(l.seen[max(0, from-len(text)):], []byte(text)) {
		came := make(chan error, 1)
		go func() {
			buf := make([]byte, 4<<10)
			n, err := l.master.Read(buf)
			l.seen = append(l.seen, buf[:n]...)
			came <- err
		}()
		select {
		case err := <-came:
			if err != nil {
				l.t.Fatalf("%v before %q came: %q", err, text, l.seen[from:])
			}
		case <-late.C:
			l.t.Fatalf("waited for %q", text)
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
