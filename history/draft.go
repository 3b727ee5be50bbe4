package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"groqchat/history/atomicfile"
)

// maxDraft is the longest draft that is read, in bytes.
const maxDraft = 16 << 20

func (s *Store) draftPath(id string) string { return filepath.Join(s.data, "drafts", id+".txt") }

// SaveDraft keeps what was written and not sent in a session; "" removes it.
func (s *Store) SaveDraft(id, text string) error {
	if !validID(id) {
		return errors.New("keep the draft: " + quote(id) + " is not an id")
	}
	if text == "" {
		return s.remove(s.draftPath(id))
	}
	path := s.draftPath(id)
	return inFolder(filepath.Dir(path), atomicfile.Replace(path, []byte(text), s.options()))
}

// ReadDraft is what was written and not sent in a session, "" if nothing was.
func (s *Store) ReadDraft(id string) (string, error) {
	if !validID(id) {
		return "", nil
	}
	text, _, err := readRegular(filepath.Join(s.data, "drafts"), id+".txt", maxDraft)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.ToValidUTF8(string(text), "\uFFFD"), err
}

// AdoptDraft gives the newest draft of a session that was never saved, and that no
// other process has open, to the session id, with the files that go with it. ""
// says that it has no text, or that there is none.
func (s *Store) AdoptDraft(id string) (string, error) {
	files, err := os.ReadDir(filepath.Join(s.data, "drafts"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil || !validID(id) {
		return "", err
	}
	// Ids sort by time.
	for _, f := range slices.Backward(files) {
		old, ok := draftID(f.Name())
		if !ok || old == id || s.exists(fileName(old)) {
			continue
		}
		if text, taken, err := s.takeDraft(old, id); taken || err != nil {
			return text, err
		}
	}
	return "", nil
}

// takeDraft moves a draft to another session, under the lock of its own.
func (s *Store) takeDraft(old, id string) (text string, taken bool, err error) {
	var held *Held
	if err := s.Hold(old); errors.As(err, &held) {
		return "", false, nil
	}
	defer s.Release(old)
	text, err = s.ReadDraft(old)
	if err != nil {
		return "", false, nil // another one may be readable
	}
	if text != "" && s.SaveDraft(id, text) != nil {
		return text, true, nil // it is still under its old name
	}
	taken = s.takeDraftFiles(old, id) || text != ""
	return text, taken, s.remove(s.draftPath(old))
}

// exists reports whether something of that name is in the folder of sessions.
func (s *Store) exists(name string) bool {
	_, err := os.Lstat(filepath.Join(s.dir, name))
	return err == nil
}
