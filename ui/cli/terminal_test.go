//go:build unix

package cli_test

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a story waits for what it expects before it fails. It is
// never waited for otherwise, so it may be long enough for a busy machine.
const patience = 30 * time.Second

// user is somebody with a home of their own: what one run of the program leaves
// behind, the next one finds.
type user struct {
	t          testing.TB
	home       string
	env        []string // in addition to a bare environment, the last one holds
	cols, rows int      // of the terminal that is opened next
	light      bool     // its background
}

// newUser has an empty home and a dark terminal of 80 by 24.
func newUser(t testing.TB, env ...string) *user {
	t.Helper()
	return &user{t: t, home: t.TempDir(), env: env, cols: 80, rows: 24}
}

// following keeps the end of an answer in view, for tests that look for it.
func (u *user) following() { u.env = append(u.env, "GROQCHAT_FOLLOW=on") }

// environ holds nothing of the machine but where programs are and what the race
// detector and the coverage of the test need.
func (u *user) environ() []string {
	env := []string{
		"HOME=" + u.home, "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "TZ=UTC", "PS1=ready$ ",
		"XDG_CONFIG_HOME=" + filepath.Join(u.home, "config"), "XDG_DATA_HOME=" + filepath.Join(u.home, "data"),
		"XDG_STATE_HOME=" + filepath.Join(u.home, "state"), "XDG_CACHE_HOME=" + filepath.Join(u.home, "cache"),
	}
	for _, name := range []string{"PATH", "TMPDIR", "GORACE", "GOCOVERDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return append(env, u.env...)
}

// opens starts groqchat in a new terminal.
func (u *user) opens(args ...string) *terminal {
	u.t.Helper()
	return u.starts("groqchat", args...)
}

// starts runs any program in a new terminal.
func (u *user) starts(program string, args ...string) *terminal {
	u.t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		u.t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env, cmd.Dir = u.environ(), u.home
	x := &terminal{
		t: u.t, cmd: cmd, modes: map[ansi.Mode]bool{}, cursorShown: true,
		changed: make(chan struct{}), ended: make(chan struct{}),
	}
	x.emulate(u.cols, u.rows, u.light)
	x.connect(u.cols, u.rows)
	return x
}

// terminal is a real program in a real pseudo-terminal, shown on a virtual screen.
type terminal struct {
	t      testing.TB
	cmd    *exec.Cmd
	pty    *os.File
	before *term.State // of the terminal, before the program changed it
	ended  chan struct{}

	mu          sync.Mutex // for all below
	screen      *vt.Emulator
	output      bytes.Buffer
	modes       map[ansi.Mode]bool // what the program switched on and not off again
	cursorShown bool
	title       string
	clipboard   string        // OSC 52, as it came
	changed     chan struct{} // closed and replaced whenever something was shown
}

// emulate makes the screen. What x/vt does not answer a modern terminal would.
func (x *terminal) emulate(cols, rows int, light bool) {
	x.screen = vt.NewEmulator(cols, rows)
	ground, ink := color.Color(color.Black), color.Color(color.White)
	if light {
		ground, ink = ink, ground
	}
	x.screen.SetDefaultBackgroundColor(ground)
	x.screen.SetDefaultForegroundColor(ink)
	x.screen.SetCallbacks(vt.Callbacks{
		Title:            func(s string) { x.title = s },
		CursorVisibility: func(shown bool) { x.cursorShown = shown },
		EnableMode:       func(m ansi.Mode) { x.modes[m] = true },
		DisableMode:      func(m ansi.Mode) { delete(x.modes, m) },
	})
	x.screen.RegisterOscHandler(52, func(b []byte) bool { x.clipboard = string(b); return true })
	x.screen.RegisterCsiHandler(ansi.Command('?', '$', 'p'), func(ps ansi.Params) bool {
		mode, _, _ := ps.Param(0, 0)
		if mode != 2026 && mode != 2027 {
			return false
		}
		fmt.Fprintf(x.screen.InputPipe(), "\x1b[?%d;2$y", mode)
		return true
	})
}

// connect starts the program and lets its output change the screen, and what the
// screen answers reach the program.
func (x *terminal) connect(cols, rows int) {
	x.t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		x.t.Skipf("this machine has no pseudo-terminals: %v", err)
	}
	defer slave.Close()
	x.pty = master
	size := &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}
	if err := pty.Setsize(master, size); err != nil {
		x.t.Fatal(err)
	}
	if x.before, err = term.GetState(master.Fd()); err != nil {
		x.t.Fatal(err)
	}
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = slave, slave, slave
	x.cmd.SysProcAttr = sessionLeader()
	if err := x.cmd.Start(); err != nil {
		x.t.Fatal(err)
	}
	go io.Copy(master, x.screen)
	go x.show()
	x.t.Cleanup(x.close)
}

// show takes what the program writes to the screen, until it has ended and all
// of it is shown.
func (x *terminal) show() {
	defer close(x.ended)
	buf := make([]byte, 64<<10)
	for {
		n, err := x.pty.Read(buf)
		x.mu.Lock()
		x.output.Write(buf[:n])
		x.screen.Write(buf[:n])
		close(x.changed)
		x.changed = make(chan struct{})
		x.mu.Unlock()
		if err != nil { // on Linux EIO, when nobody has the terminal open any more
			x.cmd.Wait()
			return
		}
	}
}

// close ends the program, if it goes on, and the screen with it. Closing the
// emulator itself would race with its reader.
func (x *terminal) close() {
	x.kill()
	x.screen.InputPipe().(io.Closer).Close()
	x.pty.Close()
}

// kill ends the program as a power cut would.
func (x *terminal) kill() {
	x.cmd.Process.Kill()
	<-x.ended
}

// waitFor waits until a row of the screen has the text.
func (x *terminal) waitFor(text string) {
	x.t.Helper()
	x.until(fmt.Sprintf("%q on the screen", text), func() bool { return strings.Contains(x.text(), text) })
}

// waitGone waits until no row of the screen has the text.
func (x *terminal) waitGone(text string) {
	x.t.Helper()
	x.until(fmt.Sprintf("the end of %q", text), func() bool { return !strings.Contains(x.text(), text) })
}

// waitScreen waits until the whole screen is as asked for.
func (x *terminal) waitScreen(what string, is func(screen string) bool) {
	x.t.Helper()
	x.until(what, func() bool { return is(x.text()) })
}

// until waits for a condition, which is asked with mu held whenever something
// was shown.
func (x *terminal) until(what string, holds func() bool) {
	x.t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		x.mu.Lock()
		held, changed := holds(), x.changed
		x.mu.Unlock()
		if held {
			return
		}
		select {
		case <-changed:
		case <-x.ended:
			x.mu.Lock()
			held := holds()
			x.mu.Unlock()
			if !held {
				x.t.Fatalf("the program ended (%v) before %s\n%s", x.cmd.ProcessState, what, x)
			}
			return
		case <-late.C:
			x.t.Fatalf("waited for %s\n%s", what, x)
		}
	}
}

// exits waits for the end of the program and checks its exit code, and that the
// terminal is as it was.
func (x *terminal) exits(code int) {
	x.t.Helper()
	select {
	case <-x.ended:
	case <-time.After(patience):
		x.t.Fatalf("the program goes on\n%s", x)
	}
	if got := x.cmd.ProcessState.ExitCode(); got != code {
		x.t.Errorf("exit code %d, want %d\n%s", got, code, x)
	}
	x.isRestored()
}

// isRestored checks what the program may have left switched on. Those that a
// terminal has on by itself do not count.
func (x *terminal) isRestored() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	left := maps.Clone(x.modes)
	maps.DeleteFunc(left, func(m ansi.Mode, _ bool) bool {
		return m == ansi.ModeAutoWrap || m == ansi.ModeTextCursorEnable || m == ansi.ModeNumericKeypad
	})
	if len(left) > 0 || !x.cursorShown || x.screen.IsAltScreen() {
		x.t.Errorf("left behind: modes %v, cursor shown %v, alternate screen %v", left, x.cursorShown, x.screen.IsAltScreen())
	}
	x.keyboardIsPlain()
	if after, err := term.GetState(x.pty.Fd()); err == nil && !reflect.DeepEqual(x.before, after) {
		x.t.Error("the terminal's own settings are not as they were")
	}
}

// keyboardIsPlain checks that each keyboard protocol was left as often as it was
// entered, and last. mu is held.
func (x *terminal) keyboardIsPlain() {
	x.t.Helper()
	out := x.output.String()
	enter, leave := regexp.MustCompile(`\x1b\[>[0-9]+u`), regexp.MustCompile(`\x1b\[<[0-9]*u`)
	if in, left := len(enter.FindAllString(out, -1)), len(leave.FindAllString(out, -1)); in != left {
		x.t.Errorf("the kitty protocol was entered %d times and left %d times", in, left)
	}
	if strings.LastIndex(out, "\x1b[>4;2m") > strings.LastIndex(out, "\x1b[>4m") {
		x.t.Error("modifyOtherKeys is still on")
	}
}

// text is the screen; mu is held.
func (x *terminal) text() string {
	rows := make([]string, x.screen.Height())
	for y := range rows {
		var row strings.Builder
		for col := 0; col < x.screen.Width(); {
			cell := x.screen.CellAt(col, y)
			if cell == nil || cell.Content == "" {
				row.WriteByte(' ')
				col++
				continue
			}
			row.WriteString(cell.Content)
			col += max(1, cell.Width)
		}
		rows[y] = strings.TrimRight(row.String(), " ")
	}
	return strings.Join(rows, "\n")
}

// raw is all that the program wrote, as it wrote it.
func (x *terminal) raw() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.output.String()
}

// String is the screen in a frame, for a test that fails.
func (x *terminal) String() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	edge := "+" + strings.Repeat("-", x.screen.Width()) + "+\n"
	return edge + "|" + strings.ReplaceAll(x.text(), "\n", "\n|") + "\n" + edge
}
