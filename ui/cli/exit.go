package cli

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/ui"
)

// The exit codes, part of the product's contract.
const (
	exitDone        = 0
	exitFailure     = 1
	exitUsage       = 2
	exitKey         = 3
	exitLimit       = 4
	exitNetwork     = 5
	exitRefused     = 6
	exitBatch       = 7
	exitHungUp      = 129
	exitInterrupted = 130
	exitQuit        = 131
	exitTerminated  = 143
)

// exitCode is one row of the table of exit codes.
type exitCode struct {
	code    int
	meaning string
	kinds   []chat.Kind // the errors of asking a model that end with it
}

// exitCodes is the table that help, the manual page and the mapping are made of.
func exitCodes() []exitCode {
	return []exitCode{
		{exitDone, "done", nil},
		{exitFailure, "failure", nil},
		{exitUsage, "wrong usage", []chat.Kind{chat.BadConfiguration}},
		{exitKey, "key missing or refused", []chat.Kind{chat.NoKey, chat.BadKey}},
		{exitLimit, "rate limit", []chat.Kind{chat.RateLimited, chat.QuotaSpent}},
		{exitNetwork, "network or timeout", []chat.Kind{chat.Unreachable, chat.TimedOut, chat.Cut, chat.NotAnAPI}},
		{
			exitRefused, "refused by the API",
			[]chat.Kind{chat.Forbidden, chat.UnknownModel, chat.TooLarge, chat.Refused, chat.ServerFault},
		},
		{exitBatch, "batch partly failed", nil},
		{exitHungUp, "terminal gone", nil},
		{exitInterrupted, "interrupted", nil},
		{exitQuit, "quit by a signal", nil},
		{exitTerminated, "terminated", nil},
	}
}

// codeOf is the exit code of an error.
func codeOf(err error) int {
	if err == nil {
		return exitDone
	}
	var f *failure
	if errors.As(err, &f) && f.code != 0 {
		return f.code
	}
	kind := chat.KindOf(err)
	for _, row := range exitCodes() {
		for _, k := range row.kinds {
			if k == kind {
				return row.code
			}
		}
	}
	return exitFailure
}

// failure is an error that knows its advice and, where the kind of the cause
// does not say it, its exit code.
type failure struct {
	code int    // 0: by the cause
	hint string // what to do next, a sentence; "": by the cause
	err  error
}

func (f *failure) Error() string { return f.err.Error() }

func (f *failure) Unwrap() error { return f.err }

// failed is a failure with advice.
func failed(hint, format string, args ...any) error {
	return &failure{exitFailure, hint, fmt.Errorf(format, args...)}
}

// misused is wrong usage: one line, the advice included.
func misused(format string, args ...any) error {
	return &failure{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// hintOf is the advice for an error.
func hintOf(err error) string {
	var f *failure
	if errors.As(err, &f) && f.hint != "" {
		return f.hint
	}
	var key *config.KeyError
	if errors.As(err, &key) {
		return "" // it says itself what to do
	}
	return chat.Hint(err)
}

// isOutput reports whether stdout takes no more.
func isOutput(err error) bool {
	var out *outputError
	return errors.As(err, &out)
}

// report says on stderr what went wrong and gives the exit code. A reader who
// has had enough of stdout is no failure.
func (a *app) report(err error) int {
	var out *outputError
	if err == nil || errors.As(err, &out) && errors.Is(err, syscall.EPIPE) {
		return exitDone
	}
	var crash *ui.Crash
	if errors.As(err, &crash) {
		return a.crashed(crash)
	}
	a.note("%s", strings.TrimSpace(err.Error()))
	if hint := hintOf(err); hint != "" {
		a.advise(hint)
	}
	return codeOf(err)
}

// advise writes what to do next below what happened.
func (a *app) advise(hint string) {
	if a.mute() {
		return
	}
	_, _ = fmt.Fprintln(a.stderr, a.ink(a.stderr).faint(safeLines(hint)))
}
