//go:build !unix

package ui

import (
	"errors"
	"os"
	"time"
)

// setEcho cannot be done here.
func setEcho(uintptr, bool) error { return errors.ErrUnsupported }

// moreWaits is not known here.
func moreWaits(*os.File, time.Duration) bool { return false }
