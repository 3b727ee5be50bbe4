package ui

import (
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
)

// Crash is a defect that ended the program. It tells where it happened and never
// what it was about: neither the value of the panic nor the arguments of a call,
// which can be what somebody said.
type Crash struct {
	What  string // what the Go runtime said of it, or the type of the panic's value
	Stack string
}

// NewCrash describes a panic; it is called where the panic is recovered.
func NewCrash(recovered any) *Crash {
	what := fmt.Sprintf("panic with a value of type %T", recovered)
	if err, ok := recovered.(runtime.Error); ok {
		what = err.Error() // types, indexes and lengths only
	}
	arguments := regexp.MustCompile(`(?m)^(\S+)\(.*\)$`)
	return &Crash{What: what, Stack: arguments.ReplaceAllString(string(debug.Stack()), "$1(...)")}
}

func (c *Crash) Error() string { return "internal error: " + c.What }

// aside runs work on a goroutine of its own. A panic of it becomes a crash.
func aside(work func(), crashed func(*Crash)) {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				crashed(NewCrash(r))
			}
		}()
		work()
	}()
}

// guard makes the panic of a command the crash of the program. Bubble Tea runs
// commands on goroutines of its own, and would print what the panic said.
func (m *Model) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil || m.crashed == nil {
		return cmd
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				m.crashed(NewCrash(r))
				msg = nil
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			guarded := make(tea.BatchMsg, len(batch))
			for i, c := range batch {
				guarded[i] = m.guard(c)
			}
			return guarded
		}
		return msg
	}
}
