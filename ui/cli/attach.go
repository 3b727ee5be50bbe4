package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode/utf8"

	"groqchat/chat"
)

// maxText is the largest text that is attached or read from stdin, in bytes:
// more than the largest window takes, and less than would hurt to hold.
const maxText = 2 << 20

// prompt is the words of the command line followed by what is piped in.
func (a *app) prompt(ctx context.Context, words string) (string, error) {
	if isTerminal(a.stdin) {
		return words, nil
	}
	raw, err := apart(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.stdin, maxText+1)) })
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", failed("Give the text as an argument or with --file.", "cannot read stdin: %w", err)
	}
	text, err := asText("stdin", raw)
	if err != nil {
		return "", err
	}
	switch {
	case strings.TrimSpace(text) == "":
		return words, nil
	case strings.TrimSpace(words) == "":
		return text, nil
	}
	return words + "\n\n" + fenced("", text), nil
}

// fenced puts text into a code fence that no fence within it can end.
func fenced(language, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence
}

// attach reads the files of --file.
func attach(paths []string) ([]chat.Attachment, error) {
	files := make([]chat.Attachment, 0, len(paths))
	for _, path := range paths {
		one, err := attachOne(path)
		if err != nil {
			return nil, err
		}
		files = append(files, one)
	}
	return files, nil
}

func attachOne(path string) (chat.Attachment, error) {
	raw, err := readRegular(path)
	if err != nil {
		return chat.Attachment{}, misused("cannot attach %s: %w", path, err)
	}
	text, err := asText(path, raw)
	if err != nil {
		return chat.Attachment{}, err
	}
	return chat.Attachment{Name: filepath.Base(path), Type: "text/plain", Bytes: int64(len(raw)), Text: text}, nil
}

// readRegular reads a plain file. Devices, pipes and folders are refused before
// they can block; the check is on what was opened, not on what the path was.
func readRegular(path string) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, errors.New(reason(err))
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, errors.New(reason(err))
	case info.IsDir():
		return nil, errors.New("it is a folder; name its files")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a plain file; pipe it into stdin instead")
	case info.Size() == 0:
		return nil, errors.New("it is empty")
	case info.Size() > maxText:
		return nil, fmt.Errorf("it is %d MB, the limit is %d MB", (info.Size()+1<<19)>>20, maxText>>20)
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxText))
	if err != nil {
		return nil, errors.New(reason(err))
	}
	return raw, nil
}

// asText is raw as text, without a byte order mark, or what it is instead.
func asText(name string, raw []byte) (string, error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	kind, _, _ := strings.Cut(http.DetectContentType(raw), ";")
	switch {
	case len(raw) > maxText:
		return "", misused("%s holds more than %d MB of text, the limit; give a part of it", name, maxText>>20)
	case strings.HasPrefix(kind, "image/") && !strings.Contains(kind, "svg"):
		return "", misused("%s is an image; this version attaches text files only", name)
	case bytes.IndexByte(raw, 0) >= 0:
		return "", misused("%s is not a text file; only text can be attached", name)
	case !utf8.Valid(raw):
		return "", misused("%s is not text in UTF-8; convert it first, for example: iconv -f latin1 -t utf-8", name)
	}
	return string(raw), nil
}

// reason is the system's words for a failed file operation, without the path.
func reason(err error) string {
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
