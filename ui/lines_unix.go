//go:build unix

package ui

import (
	"errors"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// setEcho says whether a terminal shows what is typed; the end of a line it always
// shows. What it was set to is given back at the end of the program.
func setEcho(fd uintptr, shown bool) error {
	state, err := term.GetState(fd)
	if err != nil {
		return err
	}
	state.Lflag |= unix.ECHO | unix.ECHONL
	if !shown {
		state.Lflag &^= unix.ECHO
	}
	return term.SetState(fd, state)
}

// moreWaits reports whether something can be read within a time.
func moreWaits(in *os.File, within time.Duration) bool {
	fds := []unix.PollFd{{Fd: int32(in.Fd()), Events: unix.POLLIN}}
	for {
		n, err := unix.Poll(fds, int(within.Milliseconds()))
		if !errors.Is(err, unix.EINTR) {
			return err == nil && n > 0 && fds[0].Revents&unix.POLLIN != 0
		}
	}
}
