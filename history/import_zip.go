package history

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/dustin/go-humanize"
)

// The bounds of an archive.
const (
	maxEntries   = 20_000
	maxEntry     = 512 << 20 // bytes, unpacked
	maxRatio     = 200       // unpacked to packed
	maxDirectory = 8 << 20   // bytes of the list of entries
	ratioFrom    = 1 << 20   // bytes, unpacked, below which the ratio says nothing
)

// isArchive tells a zip by its first bytes.
func isArchive(f io.ReaderAt) bool {
	var magic [4]byte
	_, err := f.ReadAt(magic[:], 0)
	return err == nil && (string(magic[:]) == "PK\x03\x04" || string(magic[:]) == "PK\x05\x06")
}

// archive reads the conversations in a zip. Its entries are only read, never
// unpacked to files, so that their names lead nowhere.
func (in *intake) archive(f io.ReaderAt, size int64) error {
	list := &allowance{ReaderAt: f, left: maxDirectory}
	z, err := zip.NewReader(list, size)
	list.left = -1
	switch {
	case errors.Is(err, errAllowance):
		return badf("it has more entries than anybody's conversations")
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return fmt.Errorf("it is no archive that can be read: %w", err)
	case len(z.File) > maxEntries:
		return badf("it has %s entries, more than %s", humanize.Comma(int64(len(z.File))), humanize.Comma(maxEntries))
	}
	others := 0
	in.size = unpacked(z.File)
	for _, e := range z.File {
		if !holdsConversations(e.Name) {
			others++
			continue
		}
		if err := in.goesOn(); err != nil {
			return err
		}
		if err := in.entry(e); err != nil {
			in.skip(in.number, e.Name, err.Error())
		}
	}
	if others > 0 {
		in.skip(in.number, fmt.Sprintf("%d of %d files", others, len(z.File)), "their names are not those of conversations")
	}
	return nil
}

// unpacked is the bytes of the conversations in an archive, as it says itself.
func unpacked(files []*zip.File) int64 {
	var n int64
	for _, e := range files {
		if holdsConversations(e.Name) {
			n += int64(min(e.UncompressedSize64, maxEntry))
		}
	}
	return n
}

// holdsConversations tells the files that have what is looked for from the images,
// settings and pages beside them.
func holdsConversations(name string) bool {
	base := strings.ToLower(path.Base(name))
	ext := path.Ext(base)
	return !strings.HasSuffix(name, "/") && !strings.HasPrefix(path.Base(name), "._") &&
		(strings.HasPrefix(base, "conversations") && ext == ".json" || ext == ".jsonl" || validID(strings.TrimSuffix(path.Base(name), ".json")))
}

// entry reads one file of the archive. An error says why the rest of it was not
// read.
func (in *intake) entry(e *zip.File) error {
	const encrypted = 1
	switch {
	case e.Flags&encrypted != 0:
		return badf("it is encrypted")
	case !e.Mode().IsRegular():
		return badf("it is not a regular file")
	case e.UncompressedSize64 > maxEntry:
		return tooLargeEntry()
	case tooDense(e.UncompressedSize64, e.CompressedSize64):
		return tooDenseEntry()
	}
	r, err := e.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return in.document(path.Base(e.Name), &unpacking{from: r, packed: e.CompressedSize64})
}

func tooDense(unpacked, packed uint64) bool {
	return unpacked > ratioFrom && unpacked > maxRatio*packed
}

func tooLargeEntry() error { return badf("it is larger than %s", humanize.IBytes(maxEntry)) }

func tooDenseEntry() error { return badf("it unpacks to more than %d times its size", maxRatio) }

// unpacking holds an entry to the bounds by what comes out of it: what the archive
// says of itself may be a lie.
type unpacking struct {
	from        io.Reader
	packed, got uint64
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	u.got += uint64(n)
	switch {
	case u.got > maxEntry:
		return 0, tooLargeEntry()
	case tooDense(u.got, u.packed):
		return 0, tooDenseEntry()
	}
	return n, err
}

// errAllowance says that more was read than allowed.
var errAllowance = errors.New("more was read than is allowed")

// allowance bounds what is read of a file; below zero it is not bounded.
type allowance struct {
	io.ReaderAt
	left int64
}

// ReadAt reads as long as the allowance lasts.
func (a *allowance) ReadAt(p []byte, off int64) (int, error) {
	if a.left >= 0 {
		if a.left -= int64(len(p)); a.left < 0 {
			a.left = 0
			return 0, errAllowance
		}
	}
	return a.ReaderAt.ReadAt(p, off)
}
