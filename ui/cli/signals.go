package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// signals tells which signal ended the program.
type signals struct {
	caught []caught
	pipe   chan os.Signal

	pressed chan os.Signal // ctrl+c where it is a key, nil elsewhere
}

// caught is one signal: its context ends when it comes, or one before it in the
// list.
type caught struct {
	ctx  context.Context
	stop context.CancelFunc
	code int
}

// endings is the signals that end the program, and with which exit code.
func endings() []struct {
	signal syscall.Signal
	code   int
} {
	return []struct {
		signal syscall.Signal
		code   int
	}{
		{syscall.SIGINT, exitInterrupted},
		{syscall.SIGTERM, exitTerminated},
		{syscall.SIGHUP, exitHungUp},
		{syscall.SIGQUIT, exitQuit},
	}
}

// saving is how long a second signal has no effect, so that what is under way can
// be saved: a closed terminal sends its signal twice, and a service manager sends
// two of them. SIGINT is from people, whose second ctrl+c means now.
const saving = 3 * time.Second

// catch gives a context that ends with the first signal; later ones have their
// usual effect and end the process at once. What is ignored stays so, as nohup
// wants it.
func catch(ctx context.Context) (context.Context, *signals) {
	s := &signals{pipe: make(chan os.Signal, 1)}
	for _, e := range endings() {
		if signal.Ignored(e.signal) {
			continue
		}
		c := caught{code: e.code}
		ctx, c.stop = signal.NotifyContext(ctx, e.signal)
		c.ctx = ctx
		s.caught = append(s.caught, c)
	}
	context.AfterFunc(ctx, func() {
		for _, c := range s.caught {
			if c.code == exitInterrupted {
				c.stop()
			}
		}
		time.AfterFunc(saving, s.stop)
	})
	// Notified and never read: a closed pipe becomes an error of Write instead of
	// the end of the process. Ignoring it would be inherited by an editor.
	signal.Notify(s.pipe, syscall.SIGPIPE)
	return ctx, s
}

// interrupts makes ctrl+c a key from now on, which the channel tells of: no context
// ends with it any more. What is ignored stays so.
func (s *signals) interrupts() <-chan os.Signal {
	if !signal.Ignored(syscall.SIGINT) {
		s.pressed = make(chan os.Signal, 1)
		signal.Reset(syscall.SIGINT)
		signal.Notify(s.pressed, syscall.SIGINT)
	}
	return s.pressed
}

// code is the exit code of the signal that came, 0 if none did.
func (s *signals) code() int {
	for _, c := range s.caught {
		if bySignal(c.ctx) {
			return c.code
		}
	}
	return 0
}

// bySignal tells an end by a signal from a plain stop, whose cause is only that
// the context was cancelled.
func bySignal(ctx context.Context) bool {
	cause := context.Cause(ctx)
	return cause != nil && cause != context.Canceled //nolint:errorlint // the signal's own error claims to be Canceled
}

func (s *signals) stop() {
	for _, c := range s.caught {
		c.stop()
	}
}

func (s *signals) release() {
	s.stop()
	signal.Stop(s.pipe)
	if s.pressed != nil {
		signal.Stop(s.pressed)
	}
}
