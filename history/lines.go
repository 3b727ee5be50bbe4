package history

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// lineFile is a file of JSON objects, one a line, newest last, to which several
// processes may append.
type lineFile struct {
	path string
	most int64 // bytes that are read: of a larger file its end
}

// read gives the end of the file, and its whole size.
func (l lineFile) read() (text []byte, size int64, err error) {
	root, err := os.OpenRoot(filepath.Dir(l.path))
	if err != nil {
		return nil, 0, inFolder(filepath.Dir(l.path), err)
	}
	defer root.Close()
	f, info, err := openRegular(root, filepath.Base(l.path))
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	size = info.Size()
	from := max(0, size-l.most)
	text, err = io.ReadAll(io.NewSectionReader(f, from, l.most))
	return text, size, err
}

// append writes the line with one call, so that lines of two processes do not mix.
func (l lineFile) append(line []byte) error {
	f, err := l.openToAppend()
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		err = regular(info)
	}
	if err == nil && info.Mode().Perm()&^fileMode != 0 {
		err = f.Chmod(fileMode)
	}
	if err == nil {
		_, err = f.Write(onNewLine(f, info.Size(), line))
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// openToAppend makes the file and its folder where they are missing. What is
// there and no regular file is refused, as it is for reading.
func (l lineFile) openToAppend() (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(l.path), folderMode); err != nil {
		return nil, inFolder(filepath.Dir(l.path), err)
	}
	root, err := os.OpenRoot(filepath.Dir(l.path))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	name := filepath.Base(l.path)
	if info, err := root.Lstat(name); err == nil {
		if err := regular(info); err != nil {
			return nil, err
		}
	}
	return root.OpenFile(name, os.O_RDWR|os.O_APPEND|os.O_CREATE|syscall.O_NONBLOCK, fileMode)
}

// onNewLine keeps the line from being glued to one that a crash cut off.
func onNewLine(f *os.File, size int64, line []byte) []byte {
	end := []byte{'\n'}
	if size == 0 {
		return line
	}
	if _, err := f.ReadAt(end, size-1); err != nil || end[0] == '\n' {
		return line
	}
	return append([]byte{'\n'}, line...)
}
