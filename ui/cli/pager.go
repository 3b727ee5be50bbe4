package cli

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// page writes a result that people read: where it is longer than the terminal is
// high, through the program that PAGER names. Without one nothing is paged.
func (a *app) page(text string) error {
	pager := strings.TrimSpace(a.variable("PAGER"))
	_, height := a.size()
	if pager == "" || !isTerminal(a.stdout) || a.dumb() || strings.Count(text, "\n") < height {
		return a.print(text)
	}
	if a.signals != nil {
		a.signals.interrupts() // ctrl+c is the pager's
	}
	c := a.pager(pager)
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(text), a.stdout, a.stderr
	err := c.Run()
	var ended *exec.ExitError
	if err == nil || errors.As(err, &ended) && !slices.Contains([]int{notRun, notFound}, ended.ExitCode()) {
		return nil // how a pager is left is the reader's business
	}
	a.note("PAGER: %q cannot be run", pager)
	return a.print(text)
}

// What a shell says of a program that it could not run, and of one that is not there.
const (
	notRun   = 126
	notFound = 127
)

// pager is the command of PAGER, as a shell understands it. It ends when its reader
// has read.
func (a *app) pager(line string) *exec.Cmd {
	c := exec.CommandContext(context.Background(), "sh", "-c", line) //nolint:gosec // the user named it
	if runtime.GOOS == "windows" {
		words := strings.Fields(line)
		c = exec.CommandContext(context.Background(), words[0], words[1:]...) //nolint:gosec // the user named it
	}
	c.Env = a.env
	if a.variable("LESS") == "" {
		c.Env = append(c.Env, "LESS=FRX") // colours, and no screen of its own for what fits
	}
	return c
}
