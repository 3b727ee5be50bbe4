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
	before context.Context // of those before it
	ctx    context.Context
	stop   context.CancelFunc
	code   int
}

// endings is the signals that end the program, and with which exit code. That of
// ctrl+c is the last: where it is a key the others end the program still.
func endings() []struct {
	signal syscall.Signal
	code   int
} {
	return []struct {
		signal syscall.Signal
		code   int
	}{
		{syscall.SIGTERM, exitTerminated},
		{syscall.SIGHUP, exitHungUp},
		{syscall.SIGQUIT, exitQuit},
		{syscall.SIGINT, exitInterrupted},
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
		c := caught{before: ctx, code: e.code}
		ctx, c.stop = signal.NotifyContext(ctx, e.signal)
		c.ctx = ctx
		s.caught = append(s.caught, c)
	}
	for _, c := range s.caught {
		context.AfterFunc(c.ctx, func() {
			if bySignal(c.ctx) {
				s.insist()
			}
		})
	}
	// Notified and never read: a closed pipe becomes an error of Write instead of
	// the end of the process. Ignoring it would be inherited by an editor.
	signal.Notify(s.pipe, syscall.SIGPIPE)
	return ctx, s
}

// insist lets a second signal end the process: ctrl+c now, others in a while.
func (s *signals) insist() {
	for _, c := range s.caught {
		if c.code == exitInterrupted {
			c.stop()
		}
	}
	time.AfterFunc(saving, s.stop)
}

// interrupts makes ctrl+c a key from now on, which the channel tells of; ctx ends
// with the other signals. What is ignored stays so.
func (s *signals) interrupts() (ctx context.Context, pressed <-chan os.Signal) {
	last := s.caught[len(s.caught)-1]
	if last.code != exitInterrupted {
		return last.ctx, nil
	}
	s.caught = s.caught[:len(s.caught)-1]
	s.pressed = make(chan os.Signal, 1)
	signal.Notify(s.pressed, syscall.SIGINT)
	last.stop()
	return last.before, s.pressed
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
