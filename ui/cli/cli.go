package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// Main runs the command line args, whose first element is the program's name,
// and gives the exit code. It takes over the signals of the process while it
// runs: ctx need not know them.
func Main(ctx context.Context, build Build, args []string, stdin, stdout, stderr *os.File) (code int) {
	quietLibraries()
	a := newApp(build, stdin, stdout, stderr)
	defer a.close()
	defer func() {
		if r := recover(); r != nil {
			code = a.crashed(r)
		}
	}()
	ctx, sig := catch(ctx)
	defer sig.release()
	root := a.root() //nolint:contextcheck // the demo server outlives no program: close ends it
	root.SetArgs(joinResume(args[min(1, len(args)):]))
	err := root.ExecuteContext(ctx)
	if c := sig.code(); c != 0 && (err == nil || errors.Is(err, context.Canceled)) {
		return c
	}
	return a.report(err)
}

// app is what every command needs of the process it runs in.
type app struct {
	build          Build
	env            []string
	stdin          *os.File
	stdout, stderr *os.File
	out            io.Writer // stdout; its errors are known as such
	now            func() time.Time
	log            *slog.Logger // of --debug, nil without it
	color          string       // the setting, "" until it is loaded
	closers        closers
}

func newApp(build Build, stdin, stdout, stderr *os.File) *app {
	return &app{
		build: build, env: os.Environ(), now: time.Now,
		stdin: stdin, stdout: stdout, stderr: stderr, out: output{stdout},
	}
}

// close gives back what commands left open: the demo server, the debug log.
func (a *app) close() { a.closers.close() }

// crashed reports a defect of the program itself: one sentence for people, and
// the stack only for those who ask for it.
func (a *app) crashed(cause any) int {
	a.note("internal error: %v", cause)
	a.note("this is a defect of groqchat; GROQCHAT_TRACEBACK=1 shows where it is")
	if os.Getenv("GROQCHAT_TRACEBACK") != "" {
		_, _ = a.stderr.Write(debug.Stack())
	}
	return exitFailure
}

// quietLibraries keeps Bubble Tea from writing trace files into the current
// directory because of a variable that was meant for another program.
func quietLibraries() {
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG"} {
		_ = os.Unsetenv(name)
	}
}

// signals tells which kind of signal ended the program.
type signals struct {
	interrupt, end         context.Context
	stopInterrupt, stopEnd context.CancelFunc
	pipe                   chan os.Signal
}

// catch gives a context that ends with the first signal; a second one then has
// its usual effect and ends the process at once.
func catch(ctx context.Context) (context.Context, *signals) {
	s := &signals{pipe: make(chan os.Signal, 1)}
	s.interrupt, s.stopInterrupt = signal.NotifyContext(ctx, syscall.SIGINT)
	s.end, s.stopEnd = signal.NotifyContext(s.interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	context.AfterFunc(s.end, func() { s.stopInterrupt(); s.stopEnd() })
	// Notified and never read: a closed pipe becomes an error of Write instead of
	// the end of the process. Ignoring it would be inherited by an editor.
	signal.Notify(s.pipe, syscall.SIGPIPE)
	return s.end, s
}

// code is the exit code of the signal that came, 0 if none did.
func (s *signals) code() int {
	switch {
	case bySignal(s.interrupt):
		return exitInterrupted
	case bySignal(s.end):
		return exitTerminated
	}
	return 0
}

// bySignal tells an end by a signal from a plain stop, whose cause is only that
// the context was cancelled.
func bySignal(ctx context.Context) bool {
	cause := context.Cause(ctx)
	return cause != nil && cause != context.Canceled //nolint:errorlint // the signal's own error claims to be Canceled
}

func (s *signals) release() {
	s.stopEnd()
	s.stopInterrupt()
	signal.Stop(s.pipe)
}

// note writes one line of the program's own to stderr, made safe.
func (a *app) note(format string, args ...any) {
	// Nothing is left to tell an error to when stderr is gone.
	_, _ = fmt.Fprintf(a.stderr, "%s %s\n", a.ink(a.stderr).bold("groqchat:"), safeLines(fmt.Sprintf(format, args...)))
}
