package config

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"groqchat/history/atomicfile"
)

// lockTime is how long a change of the file waits for that of another process,
// and lockPause how often it looks. A change takes a few milliseconds.
const (
	lockTime  = 5 * time.Second
	lockPause = 2 * time.Millisecond
)

// inTurn changes the configuration while no other groqchat does, so that none
// takes away what another has written since it read the file. The lock goes with
// its process. Where there can be none, on some network file systems, the change
// is made all the same.
func inTurn(paths Paths, change func() error) error {
	if paths.State == "" {
		return change()
	}
	path := filepath.Join(paths.State, "config.lock")
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return change() // a pipe would hang
	}
	if atomicfile.MakeFolder(paths.State, nil) != nil {
		return change()
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockTime)
	defer cancel()
	l := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	if ok, err := l.TryLockContext(ctx, lockPause); ok && err == nil {
		defer func() { _ = l.Unlock() }()
	}
	return change()
}
