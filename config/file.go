package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
)

// maxFile is the largest file that is read, in bytes. A configuration is far
// smaller; a file that is larger is something else.
const maxFile = 256 << 10

// readFile reads a small ordinary file. Devices and pipes, which could block or
// never end, are refused.
func readFile(path string) (text []byte, mode fs.FileMode, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("it is not an ordinary file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = f.Close() }()
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
