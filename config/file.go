package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
	"time"
)

// maxFile is the largest file that is read, in bytes. A configuration is far
// smaller; a file that is larger is something else.
const maxFile = 256 << 10

// readTime bounds the reading of what looks like a file and may block.
const readTime = 2 * time.Second

// readFile reads a small ordinary file. Devices and pipes, which could block or
// never end, are refused; the check is on what was opened. A file of /proc may
// block too.
func readFile(path string) (text []byte, mode fs.FileMode, err error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("it is not an ordinary file")
	}
	_ = f.SetReadDeadline(time.Now().Add(readTime)) // only what can block takes one
	text, err = io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("it is larger than %d KiB", maxFile>>10)
	}
	return text, info.Mode().Perm(), err
}

// readableByOthers warns of a file with private things in it that others can
// read, or even change. Windows has no such mode.
func (l *loader) readableByOthers(path string, mode fs.FileMode) {
	if mode&0o077 == 0 || runtime.GOOS == "windows" {
		return
	}
	l.warn(path, 0, fmt.Sprintf("other users of this machine can read it (mode %04o); mend it with: chmod 600 %q", mode, path))
}
