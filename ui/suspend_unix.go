//go:build unix

package ui

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// unstoppable is how long it takes to find out that the process was not stopped.
const unstoppable = time.Second

// stopProcess stops the process group, as ctrl+z does, and returns when it goes
// on. A process that no shell looks after is not stopped at all, and goes on at
// once.
func stopProcess(ctx context.Context) error {
	goes := make(chan os.Signal, 1)
	signal.Notify(goes, syscall.SIGCONT)
	defer signal.Stop(goes)
	if err := syscall.Kill(0, syscall.SIGTSTP); err != nil {
		return err
	}
	late := time.NewTimer(unstoppable)
	defer late.Stop()
	select {
	case <-goes:
	case <-late.C:
	case <-ctx.Done():
	}
	return nil
}
