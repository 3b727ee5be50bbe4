package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"groqchat/config"
	"groqchat/ui"
)

// Main runs the command line args, whose first element is the program's name,
// and gives the exit code. It takes over the signals of the process while it
// runs: ctx need not know them.
func Main(ctx context.Context, build Build, args []string, stdin, stdout, stderr *os.File) int {
	return newApp(build, stdin, stdout, stderr).main(ctx, args)
}

// main runs the command line and gives the exit code.
func (a *app) main(ctx context.Context, args []string) (code int) {
	quietLibraries()
	oneProxyForAll()
	defer a.close()
	defer func() {
		if r := recover(); r != nil {
			code = a.crashed(ui.NewCrash(r))
		}
	}()
	ctx, sig := catch(ctx)
	defer sig.release()
	a.signals = sig
	root := a.root() //nolint:contextcheck // the demo server outlives no program: close ends it
	root.SetArgs(joinResume(args[min(1, len(args)):]))
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.unhelped
	}
	switch c := sig.code(); {
	case errors.Is(err, ui.ErrHungUp):
		return exitHungUp // the signal may come later, or never
	case c != 0 && (err == nil || errors.Is(err, context.Canceled)):
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
	ring           *config.Keyring // of the system, see keyring; nil: none is asked
	log            *slog.Logger    // of --debug, nil without it
	color          string          // the setting, "" until it is loaded
	state          string          // the folder for what is told of a crash, "" for nowhere
	told           string          // what is known of the session that a crash ended, a clause
	deaf           bool            // the terminal takes nothing any more
	unhelped       error           // why help could not be written
	closers        closers
	signals        *signals
}

func newApp(build Build, stdin, stdout, stderr *os.File) *app {
	a := &app{
		build: build, env: os.Environ(), now: time.Now,
		stdin: stdin, stdout: stdout, stderr: stderr, out: output{stdout},
	}
	a.ring = a.systemKeyring()
	return a
}

// close gives back what commands left open: the demo server, the debug log.
func (a *app) close() { a.closers.close() }

// quietLibraries keeps Bubble Tea from writing trace files into the current
// directory because of a variable that was meant for another program.
func quietLibraries() {
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG"} {
		_ = os.Unsetenv(name)
	}
}

// oneProxyForAll lets ALL_PROXY, which curl and others know and net/http does not,
// stand for the proxies that are not named.
func oneProxyForAll() {
	all := cmp.Or(os.Getenv("ALL_PROXY"), os.Getenv("all_proxy"))
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY"} {
		if all != "" && os.Getenv(name) == "" && os.Getenv(strings.ToLower(name)) == "" {
			_ = os.Setenv(name, all) // it fails for names alone
		}
	}
}

// mute reports whether a line on stderr could wait for ever.
func (a *app) mute() bool { return a.deaf && isTerminal(a.stderr) }

// note writes one line of the program's own to stderr, made safe.
func (a *app) note(format string, args ...any) {
	if a.mute() {
		return
	}
	// Nothing is left to tell an error to when stderr is gone.
	_, _ = fmt.Fprintf(a.stderr, "%s %s\n", a.ink(a.stderr).bold("groqchat:"), safeLines(fmt.Sprintf(format, args...)))
}
