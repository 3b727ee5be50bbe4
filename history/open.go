package history

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/dustin/go-humanize"
)

// openRegular opens a regular file in root for reading. A link is refused since
// it may lead anywhere, and so is what is not a file; O_NONBLOCK is for a pipe
// that takes a file's place between the two looks, which would hang the open.
func openRegular(root *os.Root, name string) (*os.File, os.FileInfo, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return nil, nil, err
	}
	if err := regular(info); err != nil {
		return nil, nil, err
	}
	return openChecked(root, name)
}

// openChecked opens what was a regular file a moment ago.
func openChecked(root *os.Root, name string) (*os.File, os.FileInfo, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, info, nil
}

func regular(info os.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return badf("it is a folder")
	case mode&fs.ModeSymlink != 0:
		return badf("it is a link")
	}
	return badf("it is not a regular file")
}

// readRegular reads the file name in dir, if it is a regular one of at most limit bytes.
func readRegular(dir, name string, limit int64) ([]byte, os.FileInfo, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	f, info, err := openRegular(root, name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	text, err := readAll(f, info.Size(), limit)
	return text, info, err
}

// readAll reads a file whose size is known, which may grow meanwhile.
func readAll(r io.Reader, size, limit int64) ([]byte, error) {
	tooLarge := badf("it is larger than %s", humanize.IBytes(uint64(limit)))
	if size > limit {
		return nil, tooLarge
	}
	var buf bytes.Buffer
	buf.Grow(int(size) + bytes.MinRead)
	if _, err := buf.ReadFrom(io.LimitReader(r, limit+1)); err != nil {
		return nil, err
	}
	if int64(buf.Len()) > limit {
		return nil, tooLarge
	}
	return buf.Bytes(), nil
}
