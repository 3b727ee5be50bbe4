package history

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// Files that were to go with a draft lie beside it, with their content: what was
// attached is what is sent, also if the file has gone or was changed meanwhile, or
// was never one, as a picture of the clipboard.

// How much of the files of a draft is kept, in bytes of their content, and how
// large a file of them is read.
const (
	maxDraftFiles    = 32 << 20
	maxDraftFilesRaw = 2 * maxDraftFiles
)

const draftFilesEnd = ".files"

// DraftFiles is the files that were to go with a draft, and the names of those
// that were too large to be kept.
type DraftFiles struct {
	Files []chat.Attachment
	Left  []string
}

// draftFiles is the form on disk.
type draftFiles struct {
	Version int          `json:"version"`
	App     string       `json:"app"`
	Files   []attachment `json:"files"`
	Left    []string     `json:"left,omitempty"`
}

func (s *Store) draftFilesPath(id string) string {
	return filepath.Join(s.data, "drafts", id+draftFilesEnd)
}

// SaveDraftFiles keeps the files that go with the draft of a session; none removes
// them. Of more than 32 MB only the names are kept.
func (s *Store) SaveDraftFiles(id string, files []chat.Attachment) error {
	if !validID(id) {
		return errors.New("keep the files of the draft: " + quote(id) + " is not an id")
	}
	if len(files) == 0 {
		return s.remove(s.draftFilesPath(id))
	}
	form, size := draftFiles{Version: formatVersion, App: appName, Files: []attachment{}}, 0
	for _, a := range files {
		if size += len(a.Text) + len(a.Data); size > maxDraftFiles {
			form.Left = append(form.Left, a.Name)
			continue
		}
		form.Files = append(form.Files, attachment(a))
	}
	text, err := json.Marshal(form)
	if err != nil {
		return err
	}
	return atomicfile.Replace(s.draftFilesPath(id), text, atomicfile.Options{Perm: fileMode, Tap: s.tap})
}

// ReadDraftFiles is the files that go with the draft of a session.
func (s *Store) ReadDraftFiles(id string) (DraftFiles, error) {
	if !validID(id) {
		return DraftFiles{}, nil
	}
	text, _, err := readRegular(filepath.Join(s.data, "drafts"), id+draftFilesEnd, maxDraftFilesRaw)
	if errors.Is(err, fs.ErrNotExist) {
		return DraftFiles{}, nil
	}
	var form draftFiles
	if err == nil {
		err = json.Unmarshal(text, &form)
	}
	if err != nil || form.Version > formatVersion {
		return DraftFiles{}, badf("the files that were attached to what you wrote cannot be read; attach them again")
	}
	found := DraftFiles{Left: form.Left}
	for _, a := range form.Files {
		found.Files = append(found.Files, chat.Attachment(a))
	}
	return found, nil
}

// takeDraftFiles gives the files of a draft to another session. ok is false if
// there are none.
func (s *Store) takeDraftFiles(old, id string) (ok bool) {
	from, to := s.draftFilesPath(old), s.draftFilesPath(id)
	if _, err := os.Lstat(from); err != nil {
		return false
	}
	return s.tap.Do(&atomicfile.Operation{Name: "rename", File: from, To: to}, func() error { return os.Rename(from, to) }) == nil
}

// draftID is the session of a file among the drafts.
func draftID(name string) (id string, ok bool) {
	id, ok = strings.CutSuffix(name, ".txt")
	if !ok {
		id, ok = strings.CutSuffix(name, draftFilesEnd)
	}
	return id, ok && validID(id)
}
