// Package atomicfile replaces files so that a reader, a crash or a full disk
// never meets half a file: there is the old content or the new one.
//
// The order is the one that survives a power cut on the common file systems: a
// new file beside the old one, its content forced to the disk, the rename over
// the old name, and then the folder forced to the disk, which holds the rename.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// folderMode is the mode of folders that are made on the way: what they will
// hold is private.
const folderMode = 0o700

// Write makes path hold data, with exactly the mode perm whatever the umask or
// the mode before. Missing folders above it are made, 0700.
//
// A path that is a symbolic link is resolved first, so that a file which lives
// elsewhere, say in a repository of settings, is replaced there and the link
// stays. A link to nothing, and a target that is not a regular file, are refused.
//
// An error leaves the file as it was and nothing beside it, with one exception:
// when the very last step fails, forcing the folder to the disk, the new content
// is in place and only a power cut could still undo it.
func Write(path string, data []byte, perm os.FileMode) error {
	return Replace(path, data, Options{Perm: perm})
}

// Options is how [Replace] writes.
type Options struct {
	Perm os.FileMode
	// Check is asked last of all before the rename whether the file may still be
	// replaced; its error is that of the write. nil: it may.
	Check func() error
	// Later leaves the folder to be forced to the disk by the caller, with
	// [SyncFolder], once for many files: until then a power cut may take the new
	// name, never the content behind it.
	Later bool
	// Within is a folder above that must hold the file for real: where a link on the
	// way leads out of it, nothing is written. "": links are followed.
	Within string
	Tap    Tap
}

// ErrOutside says that a folder is a link that leads out of where it should be.
var ErrOutside = errors.New("it is a link that leads elsewhere")

// Replace is [Write] with more to say about it.
func Replace(path string, data []byte, o Options) error {
	target, err := resolve(path)
	if err == nil {
		err = replace(target, data, o)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func replace(target string, data []byte, o Options) error {
	if err := MakeFolder(filepath.Dir(target), o.Tap); err != nil {
		return err
	}
	root, err := open(filepath.Dir(target), o.Within)
	if err != nil {
		return err
	}
	defer root.Close()
	r := newReplacement(root, target, data, o.Perm)
	r.mayReplace, r.later, r.tap = o.Check, o.Later, o.Tap
	return r.run(r.steps())
}

// open opens a folder, whose real place is within another if that is not "".
func open(dir, within string) (*os.Root, error) {
	if within == "" {
		return os.OpenRoot(dir)
	}
	within, err := filepath.Abs(within)
	if err != nil {
		return nil, err
	}
	inner, err := filepath.Rel(within, dir)
	if err != nil {
		return nil, err
	}
	outer, err := os.OpenRoot(within)
	if err != nil {
		return nil, err
	}
	defer outer.Close()
	root, err := outer.OpenRoot(inner)
	if err != nil {
		if info, statErr := outer.Lstat(inner); statErr == nil && info.Mode()&fs.ModeSymlink != 0 {
			return nil, &fs.PathError{Op: "open", Path: dir, Err: ErrOutside}
		}
	}
	return root, err
}

// resolve gives the real path of the file to replace, and refuses what must not
// be replaced by a file.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			info, err = os.Stat(path)
		}
	}
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("there is something else than a file of that name")
	}
	return path, nil
}

// MakeFolder makes dir, 0700, and what is missing above it. Each new folder's
// entry is forced to the disk, or a power cut could take the folder with the file.
func MakeFolder(dir string, tap Tap) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	mkdir := func() error { return os.Mkdir(dir, folderMode) }
	err := tap.Do(&Operation{Name: "mkdir", File: dir}, mkdir)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != dir {
		if err := MakeFolder(filepath.Dir(dir), tap); err != nil {
			return err
		}
		err = tap.Do(&Operation{Name: "mkdir", File: dir}, mkdir)
	}
	if err == nil {
		return SyncFolder(filepath.Dir(dir), tap)
	}
	if info, statErr := os.Stat(dir); statErr == nil && info.IsDir() {
		return nil
	}
	return err
}

// replacement is one write under way. Everything happens within root, so that a
// folder that is moved meanwhile does not scatter it.
type replacement struct {
	root       *os.Root
	dir        string // the path of root
	name, temp string
	data       []byte
	perm       os.FileMode
	mayReplace func() error
	later      bool // the folder is forced to the disk by somebody else
	tap        Tap
	part       []byte   // what the disk is given: data, unless a tap has other plans
	file       *os.File // nil before it is made and after it was closed
	renamed    bool
}

// newReplacement picks the name of the temporary file, which no listing shows.
func newReplacement(root *os.Root, path string, data []byte, perm os.FileMode) *replacement {
	dir, name := filepath.Dir(path), filepath.Base(path)
	stem := strings.TrimSuffix(strings.TrimPrefix(name, "."), filepath.Ext(name))
	temp := "." + stem + "." + rand.Text()[:10] + ".tmp"
	return &replacement{root: root, dir: dir, name: name, temp: temp, data: data, part: data, perm: perm}
}

// step is one operation that may fail.
type step struct {
	name string
	do   func() error
}

// steps is the order that makes a write safe.
func (r *replacement) steps() []step {
	steps := []step{
		{"create", r.create},
		{"write", r.write},
		{"check", r.check},
		{"chmod", r.chmod},
		{"fsync", func() error { return r.file.Sync() }},
		{"close", r.close},
	}
	if r.mayReplace != nil {
		steps = append(steps, step{"look", r.mayReplace})
	}
	if steps = append(steps, step{"rename", r.rename}); r.later {
		return steps
	}
	return append(steps, step{"fsync folder", r.syncFolder})
}

// run does the steps and removes the temporary file if one fails.
func (r *replacement) run(steps []step) error {
	for _, s := range steps {
		op := r.operation(s.name)
		do := func() error {
			r.part = op.Data
			return s.do()
		}
		if err := r.tap.Do(op, do); err != nil {
			r.abandon()
			return err
		}
	}
	return nil
}

// operation is a step as a tap sees it.
func (r *replacement) operation(name string) *Operation {
	op := &Operation{Name: name, File: filepath.Join(r.dir, r.temp)}
	switch name {
	case "write":
		op.Data = r.data
	case "rename":
		op.To = filepath.Join(r.dir, r.name)
	case "fsync folder":
		op.File = r.dir
	}
	return op
}

// create is exclusive and private from the first byte: a name that exists is
// somebody else's, and no moment of a looser mode may pass.
func (r *replacement) create() (err error) {
	r.file, err = r.root.OpenFile(r.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return err
}

func (r *replacement) write() error {
	_, err := r.file.Write(r.part)
	return err
}

// check catches a disk that took less than it said.
func (r *replacement) check() error {
	info, err := r.file.Stat()
	if err == nil && info.Size() != int64(len(r.data)) {
		err = fmt.Errorf("%d of %d bytes are on the disk: %w", info.Size(), len(r.data), io.ErrShortWrite)
	}
	return err
}

// chmod undoes what the umask took, too.
func (r *replacement) chmod() error { return r.file.Chmod(r.perm) }

func (r *replacement) close() error {
	err := r.file.Close()
	r.file = nil
	return err
}

func (r *replacement) rename() error {
	err := r.root.Rename(r.temp, r.name)
	r.renamed = err == nil
	return err
}

func (r *replacement) syncFolder() error {
	dir, err := r.root.Open(".")
	if err != nil {
		return ignoreUnsupported(err)
	}
	defer dir.Close()
	return ignoreUnsupported(dir.Sync())
}

// abandon cleans up; the error that led here is the one to tell.
func (r *replacement) abandon() {
	if r.file != nil {
		_ = r.file.Close()
	}
	if !r.renamed {
		_ = r.tap.Do(&Operation{Name: "remove", File: filepath.Join(r.dir, r.temp)}, func() error { return r.root.Remove(r.temp) })
	}
}

// SyncFolder forces a folder to the disk: which names are in it.
func SyncFolder(path string, tap Tap) error {
	return tap.Do(&Operation{Name: "fsync folder", File: path}, func() error {
		dir, err := os.Open(path)
		if err != nil {
			return ignoreUnsupported(err)
		}
		defer dir.Close()
		return ignoreUnsupported(dir.Sync())
	})
}

// ignoreUnsupported drops the errors of systems on which a folder cannot be
// forced to the disk: some network file systems, and Windows.
func ignoreUnsupported(err error) error {
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}
