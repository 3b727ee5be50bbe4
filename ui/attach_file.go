package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"groqchat/chat"
	"groqchat/chat/attach"
)

// attachTime bounds the reading of one file: a broken PDF can take for ever.
const attachTime = 20 * time.Second

// ReadFile makes an attachment of a plain file. The note says what was done to
// its content, "" if nothing was. An error says what is wrong, without the path.
func ReadFile(ctx context.Context, path string) (chat.Attachment, string, error) {
	return readTelling(ctx, path, func(int, int) {})
}

// readTelling tells before each page of a PDF file how many of how many were read.
func readTelling(ctx context.Context, path string, tell func(done, all int)) (chat.Attachment, string, error) {
	raw, err := ReadPlain(path)
	if err != nil {
		return chat.Attachment{}, "", err
	}
	ctx, cancel := context.WithTimeout(ctx, attachTime)
	defer cancel()
	return attach.ReadTelling(ctx, filepath.Base(path), raw, tell)
}

// ReadPlain reads a plain file. Devices, pipes and folders are refused before
// they can block; the check is on what was opened, not on what the path was.
func ReadPlain(path string) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, errors.New(FileReason(err))
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, errors.New(FileReason(err))
	case info.IsDir():
		return nil, errors.New("it is a folder; name its files")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a plain file")
	case info.Size() == 0:
		return nil, errors.New("it is empty")
	case info.Size() > attach.MaxFile:
		return nil, fmt.Errorf("it has %d MB, the limit is %d MB", info.Size()>>20, attach.MaxFile>>20)
	}
	raw, err := io.ReadAll(io.LimitReader(f, attach.MaxFile))
	if err != nil {
		return nil, errors.New(FileReason(err))
	}
	return raw, nil
}

// FileReason is the system's words for a failed file operation, without the path.
func FileReason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Sprint(p.Err)
	}
	return err.Error()
}
