package ui

import (
	"os"

	"golang.org/x/sys/unix"
)

// lineSpeed is the bytes a second that a slow serial line carries, 0 for what is
// none. Each byte is ten bits there. From 38,400 baud on it does not matter, and
// pseudo-terminals, whose speed means nothing, claim that one.
func lineSpeed(f *os.File) int {
	settings, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	if err != nil {
		return 0
	}
	switch settings.Cflag & unix.CBAUD {
	case unix.B1200:
		return 120
	case unix.B2400:
		return 240
	case unix.B4800:
		return 480
	case unix.B9600:
		return 960
	case unix.B19200:
		return 1920
	}
	return 0
}
