package cli

import (
	"errors"
	"os"
)

// maxLog is how large a debug log gets before it is set aside. One older one is
// kept, so that no log takes more than twice this.
const maxLog = 10 << 20

// logFile is a log that does not grow for ever: a full one becomes the file with
// .1 behind its name, and the one that was there goes. slog writes one record at a
// time.
type logFile struct {
	path string
	most int64
	file *os.File
	size int64
	odd  bool // no regular file, such as a pipe or a terminal, has no size
}

func (l *logFile) open() error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	l.file, l.size, l.odd = f, info.Size(), !info.Mode().IsRegular()
	return nil
}

func (l *logFile) Write(record []byte) (int, error) {
	if l.size > 0 && l.size+int64(len(record)) > l.most && !l.odd {
		if err := l.turn(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(record)
	l.size += int64(n)
	return n, err
}

// turn sets the full file aside and begins another.
func (l *logFile) turn() error {
	// Another process with the same log may have done it already.
	info, err := os.Stat(l.path)
	if err == nil && info.Size() >= l.size {
		err = os.Rename(l.path, l.path+".1")
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := l.file.Close(); err != nil {
		return err
	}
	return l.open()
}

// Close implements [io.Closer].
func (l *logFile) Close() error { return l.file.Close() }
