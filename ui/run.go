package ui

import (
	"context"
	"errors"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// run is the chat while it is shown.
type run struct {
	opts    Options
	ctx     context.Context
	cancel  context.CancelCauseFunc
	out     *output
	model   *Model
	program *tea.Program
	before  *term.State // of the terminal, nil if it is none
}

// Run shows the chat until it ends, saves what is not saved yet and gives the
// terminal back. The error is nil when the user quit, a *[Crash] or [ErrHungUp]
// when one of these ended it, and else the cause of ctx, such as a signal. None
// of this needs the event loop to go on, or the terminal to take what is written.
func Run(ctx context.Context, o Options) (Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &run{opts: o, ctx: ctx, cancel: cancel}
	r.before, _ = term.GetState(o.Input.Fd()) // no terminal: Bubble Tea will say so
	r.out = newOutput(o.Output, func(err error) { cancel(err) })
	defer r.out.giveBack() // if all else fails
	if o.Plain {
		r.out.undo = ""
	} else {
		_, _ = r.out.Write([]byte(takeTerminal)) // never fails, nor do the others
	}
	r.model = newModel(ctx, o)
	r.model.out, r.model.crashed = r.out, func(c *Crash) { cancel(c) }
	r.program = tea.NewProgram(r.model, tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return r.model.admit(msg) }),
		tea.WithContext(ctx), tea.WithEnvironment(o.Env), tea.WithColorProfile(o.Profile), tea.WithFPS(fps),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics(), r.face())
	ended, err := r.play()
	err = r.verdict(err)
	return r.close(ended, err), err
}

// face is how the program meets the terminal: by frames, or by the lines that the
// model itself writes and reads.
func (r *run) face() tea.ProgramOption {
	all := []tea.ProgramOption{tea.WithInput(r.opts.Input), tea.WithOutput(r.out)}
	if r.opts.Plain {
		all = []tea.ProgramOption{tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithWindowSize(pageColumns, pageColumns)}
	}
	return func(p *tea.Program) {
		for _, set := range all {
			set(p)
		}
	}
}

// leave undoes what the screen did to the terminal, or ends the last line.
func (r *run) leave(ended bool) {
	last := plainTerminal
	if hasTaskbar(r.opts.Env) {
		last += ansi.ResetProgressBar
	}
	switch {
	case r.opts.Plain && ended:
		r.model.lines.fresh()
		r.model.lines.flush(r.out)
		return
	case r.opts.Plain:
		last = "\n"
	case ended:
		last = giveTerminal
	}
	r.out.last([]byte(last))
}

// grace is how long the event loop may take to end after it was told to.
const grace = time.Second

// play runs the program. ended is false if it goes on after it was told to end:
// it is stuck, and what belongs to it may not be touched.
func (r *run) play() (ended bool, err error) {
	done := make(chan error, 1)
	aside(func() {
		_, err := r.program.Run()
		done <- err
	}, func(c *Crash) {
		r.cancel(c)
		r.program.Kill()
		done <- c
	})
	select {
	case err := <-done:
		return true, err
	case <-r.ctx.Done():
	}
	select {
	case err := <-done:
		return true, err
	case <-time.After(grace):
		return false, nil
	}
}

// close saves first, since that needs no terminal.
func (r *run) close(ended bool, why error) Result {
	var crash *Crash
	var done Result
	crashed := errors.As(why, &crash)
	if ended && !crashed {
		unsaved := r.model.finish()
		done = r.model.result()
		done.Unsaved, done.Forsaken = unsaved, unsaved != nil && r.model.unsaved.forsake
		if why == nil { // the user quit, so somebody is there
			done.Last = r.model.farewell()
		}
	} else {
		done = r.rescue()
	}
	r.leave(ended)
	if (crashed || !ended || r.opts.Plain) && r.before != nil {
		// Whatever goes wrong here, there is nothing left to try.
		_ = term.Restore(r.opts.Input.Fd(), r.before)
	}
	done.Deaf = !r.out.giveBack()
	return done
}

// rescue saves without the model.
func (r *run) rescue() Result {
	if r.opts.Store != nil {
		defer r.opts.Store.ReleaseAll()
	}
	conv, err := r.model.saver.rescue()
	if !r.model.saver.written() {
		return Result{Unsaved: err}
	}
	return Result{SessionID: conv.ID, Title: conv.Title, Unsaved: err}
}

// verdict is why the program ended: a crash before all else.
func (r *run) verdict(err error) error {
	var crash *Crash
	if r.ctx.Err() != nil && !errors.As(err, &crash) {
		return context.Cause(r.ctx)
	}
	return err
}
