package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"groqchat/history/atomicfile"
)

// FolderError says in plain words why nothing can be read or kept in a folder.
type FolderError struct {
	Folder string // the path that is in the way
	Reason string // part of a sentence: "it is a file"
	Err    error  // the system's
}

func (e *FolderError) Error() string { return e.Folder + " cannot be used: " + e.Reason }

// Unwrap gives the system's error.
func (e *FolderError) Unwrap() error { return e.Err }

// inFolder makes a [*FolderError] of an error that is about the folder and not
// about what was to be done in it; others stay as they are.
func inFolder(dir string, err error) error {
	reason := ""
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		dir, reason = inTheWay(dir), "it is a file"
	case errors.Is(err, syscall.EROFS):
		reason = "it is on a file system that is read-only"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		reason = "the disk is full"
	case errors.Is(err, atomicfile.ErrOutside):
		reason = "it is a link that leads out of the folder that it belongs to"
	case errors.Is(err, fs.ErrPermission):
		reason = "its permissions do not allow it"
	default:
		return err
	}
	return &FolderError{Folder: dir, Reason: reason, Err: err}
}

// inTheWay is what stands where a folder of a path should be, or the path.
func inTheWay(dir string) string {
	for at := dir; at != filepath.Dir(at); at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil {
			if !info.IsDir() {
				return at
			}
			return dir
		}
	}
	return dir
}
