package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"groqchat/history/atomicfile"
)

// Results is a file to which the results of a batch are appended, a JSON object a
// line. It is the truth about what was done: a line that it holds is on the disk.
// One process at a time has it open.
type Results struct {
	path string
	file *os.File
	lock *lock // nil where locks do not work
}

// OpenResults opens the file, or makes it, and gives its lines. A line that a
// crash cut off is taken away. Complete lines that valid refuses mean that this is
// some other file, which is left as it is. The error is a [*Held] if another
// process has it open.
func OpenResults(path string, valid func(line []byte) error) (*Results, [][]byte, error) {
	r := &Results{path: path}
	if info, err := os.Stat(path); err == nil {
		if err := regular(info); err != nil {
			return nil, nil, err
		}
	}
	var held *Held
	var err error
	r.lock, err = acquire(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".lock"), true)
	if err != nil && (errors.As(err, &held) || !unsupported(err)) {
		return nil, nil, err
	}
	lines, err := r.open(valid)
	if err != nil {
		r.Close()
		return nil, nil, err
	}
	return r, lines, nil
}

func (r *Results) open(valid func([]byte) error) ([][]byte, error) {
	var err error
	r.file, err = os.OpenFile(r.path, os.O_RDWR|os.O_APPEND|os.O_CREATE|syscall.O_NONBLOCK, fileMode)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r.file)
	if err != nil {
		return nil, err
	}
	var lines [][]byte
	n := 0
	for line := range bytes.Lines(text) {
		n++
		whole := bytes.HasSuffix(line, []byte("\n"))
		if !whole && !json.Valid(line) {
			return lines, r.mend(line, int64(len(text)), n == 1)
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if err := valid(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		lines = append(lines, line)
	}
	if len(text) > 0 && text[len(text)-1] != '\n' {
		_, err = r.file.Write([]byte("\n"))
	}
	if err == nil && len(text) == 0 {
		err = atomicfile.SyncFolder(filepath.Dir(r.path), nil)
	}
	return lines, err
}

// mend takes away the last line, which a crash cut off. Where it is the only one it
// must look like the beginning of one of ours.
func (r *Results) mend(torn []byte, size int64, alone bool) error {
	ours := []byte(`{"id":`)
	if alone && !bytes.HasPrefix(torn, ours[:min(len(ours), len(torn))]) {
		return errors.New("it holds something else than results")
	}
	if err := r.file.Truncate(size - int64(len(torn))); err != nil {
		return err
	}
	return r.file.Sync()
}

// Append adds a line, which ends with a line break, and returns when it is on the
// disk.
func (r *Results) Append(line []byte) error {
	_, err := r.file.Write(line)
	if err == nil {
		err = r.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", r.path, err)
	}
	return nil
}

// Replace puts other lines into the place of all, at once or not at all. Nothing
// can be appended afterwards.
func (r *Results) Replace(lines [][]byte) error {
	_ = r.file.Close() // all that was appended is on the disk
	var all bytes.Buffer
	for _, line := range lines {
		all.Write(line)
		all.WriteByte('\n')
	}
	return atomicfile.Write(r.path, all.Bytes(), fileMode)
}

// Close gives the file back. It can be called again.
func (r *Results) Close() {
	if r.file != nil {
		_ = r.file.Close() // all that was appended is on the disk
	}
	if r.lock != nil {
		r.lock.release()
		r.lock = nil
	}
}
