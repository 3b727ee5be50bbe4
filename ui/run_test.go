//go:build unix

package ui

import (
	"bytes"
	"context"
	"io"
	"os"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// window is a pseudo-terminal that somebody looks at, in which the chat runs in
// this process.
type window struct {
	t      *testing.T
	master *os.File
	cancel context.CancelCauseFunc
	done   chan struct{}
	result Result
	err    error

	mu     sync.Mutex
	seen   bytes.Buffer
	change chan struct{}
}

// patience is how long to wait for what must come. It is never waited for
// otherwise, so it may be long enough for a busy machine.
const patience = time.Minute

// show runs the chat.
func show(t *testing.T, o Options) *window {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skipf("this machine has no pseudo-terminals: %v", err)
	}
	w := &window{t: t, master: master, done: make(chan struct{}), change: make(chan struct{})}
	w.size(80, 24)
	o.Input, o.Output, o.Env = slave, slave, []string{"TERM=xterm-256color", "SSH_TTY=none"}
	ctx, cancel := context.WithCancelCause(t.Context())
	w.cancel = cancel
	go w.look()
	go func() {
		defer close(w.done)
		defer slave.Close()
		w.result, w.err = Run(ctx, o)
	}()
	t.Cleanup(w.close)
	return w
}

func (w *window) look() {
	buf := make([]byte, 64<<10)
	for {
		n, err := w.master.Read(buf)
		if err != nil {
			return
		}
		w.mu.Lock()
		w.seen.Write(buf[:n])
		close(w.change)
		w.change = make(chan struct{})
		w.mu.Unlock()
	}
}

func (w *window) close() {
	w.cancel(nil)
	<-w.done
	w.master.Close()
}

func (w *window) size(cols, rows uint16) {
	w.t.Helper()
	if err := pty.Setsize(w.master, &pty.Winsize{Cols: cols, Rows: rows}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) types(text string) {
	w.t.Helper()
	if _, err := io.WriteString(w.master, text); err != nil {
		w.t.Fatal(err)
	}
}

// waits waits for a text, and forgets what came before its end.
func (w *window) waits(text string) {
	w.t.Helper()
	late := time.After(patience)
	for {
		w.mu.Lock()
		at, change := bytes.Index(w.seen.Bytes(), []byte(text)), w.change
		if at >= 0 {
			w.seen.Next(at + len(text))
		}
		w.mu.Unlock()
		if at >= 0 {
			return
		}
		select {
		case <-change:
		case <-w.done:
			w.t.Fatalf("the chat ended (%v) before %q", w.err, text)
		case <-late:
			w.t.Fatalf("waited for %q", text)
		}
	}
}

// ends waits for the end of the chat and gives why it ended.
func (w *window) ends() error {
	w.t.Helper()
	select {
	case <-w.done:
		return w.err
	case <-time.After(patience):
		w.t.Fatal("the chat goes on")
		return nil
	}
}

// eventually waits until something is true that nobody tells of.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	look, late := time.NewTicker(5*time.Millisecond), time.After(patience)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-late:
			stacks := make([]byte, 1<<20)
			t.Fatalf("%s\n%s", what, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// TestRun_LeavesNothingBehind: neither goroutines nor files. When a signal ends it,
// Bubble Tea closes its reader under the goroutine that reads, which may then
// stay until the process ends; so these ends are not among those counted here.
func TestRun_LeavesNothingBehind(t *testing.T) {
	endings := []func(w *window){
		func(w *window) { w.types("\x04") },
		func(w *window) { w.types("hello\r"); w.waits("an answer"); w.types("\x04") },
	}
	once := func(end func(*window)) {
		w := show(t, options(t, answer("an answer")))
		w.waits("Ask anything")
		end(w)
		w.ends()
		w.close()
	}
	once(endings[0]) // what is made once and kept
	goroutines, files := runtime.NumGoroutine(), openFiles(t)
	for range 4 {
		for _, end := range endings {
			once(end)
		}
	}
	eventually(t, "goroutines are left", func() bool { return runtime.NumGoroutine() <= goroutines })
	eventually(t, "files are left open", func() bool { return openFiles(t) <= files })
}

// openFiles is how many files this process has open, 0 where that is not told.
func openFiles(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

// TestRun_AStormOfSizes: none of them breaks anything, and the last one counts.
func TestRun_AStormOfSizes(t *testing.T) {
	o := options(t, answer(tricky))
	o.Config.Follow = true
	w := show(t, o)
	w.waits("Ask anything")
	w.types("hello\r")
	w.waits("first token")
	goroutines := runtime.NumGoroutine()
	sizes := [][2]uint16{{0, 0}, {1, 1}, {500, 1}, {1, 200}, {500, 200}, {65535, 65535}, {4096, 256}, {80, 24}, {40, 12}, {20, 6}, {19, 5}}
	for n := range 2000 {
		s := sizes[(n*7+n/len(sizes))%len(sizes)]
		w.size(s[0], s[1])
		if err := syscall.Kill(os.Getpid(), syscall.SIGWINCH); err != nil {
			t.Fatal(err)
		}
		if n%50 == 0 {
			w.types("x\x7f")
		}
	}
	w.size(91, 17)
	if err := syscall.Kill(os.Getpid(), syscall.SIGWINCH); err != nil {
		t.Fatal(err)
	}
	w.types("\x1b[200~settled\x1b[201~") // in one piece
	w.waits("settled")
	eventually(t, "goroutines are left", func() bool { return runtime.NumGoroutine() <= goroutines })
	w.types("\x15\x04")
	if err := w.ends(); err != nil {
		t.Error(err)
	}
}
