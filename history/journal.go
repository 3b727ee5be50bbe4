package history

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// journalSync is the longest that a record waits to be forced to the disk. Until
// then it survives the end of the process, but not a power cut.
const journalSync = time.Second

// Journal is the record of an answer under way. It costs what comes and not what
// there is: one write for what comes together, whatever the length of the session. It may be used
// by several goroutines. Answers that come at the same time share its file, see
// [Journal.Beside].
type Journal struct {
	*journalFile
	message string
	lane    bool // it is of an answer beside the first
	closed  bool // guarded by mu
}

// journalFile is what the answers of a journal share.
type journalFile struct {
	store *Store
	path  string
	all   []*Journal // the first answer's, and those beside it

	mu     sync.Mutex
	file   *os.File
	lines  bytes.Buffer
	json   *json.Encoder
	whole  int64  // the length up to which all records are whole
	missed []byte // records that the disk did not take
	timer  *time.Timer
	armed  bool // the timer runs
	ended  bool // the file is closed

	syncing sync.Mutex // held while the file is forced to the disk
	rooted  bool       // the folder was, so that the file's name is there
	broken  bool       // it failed once; the system has dropped what it was to write
}

// journalHeader is the first record.
type journalHeader struct {
	Version   int          `json:"version"`
	App       string       `json:"app"`
	Session   string       `json:"session"`
	Rev       int          `json:"rev"`
	Message   string       `json:"message"`
	Parent    string       `json:"parent"`
	Model     string       `json:"model"`
	Created   time.Time    `json:"created"`
	Params    *chat.Params `json:"params,omitempty"`
	Server    string       `json:"server,omitempty"`     // who was asked, left out: Groq
	From      int          `json:"from,omitempty"`       // bytes of text that there were when it began
	FromThink int          `json:"from_think,omitempty"` // and of reasoning
}

// Journal begins the journal of the answer at conv's head, which a server gives,
// "" for Groq, and of those that come beside it to the same question. The session
// must have been saved with what is before the answer.
func (s *Store) Journal(conv chat.Conversation, server string, beside ...chat.Message) (*Journal, error) {
	at := slices.IndexFunc(conv.Messages, func(m chat.Message) bool { return m.ID == conv.Head })
	if !validID(conv.ID) || at < 0 || conv.Messages[at].Role != chat.Assistant {
		return nil, errors.New("there is no answer to keep a journal of")
	}
	m := conv.Messages[at]
	f := &journalFile{store: s, path: s.journalPath(conv.ID)}
	f.json = json.NewEncoder(&f.lines)
	f.json.SetEscapeHTML(false)
	j := &Journal{journalFile: f, message: m.ID}
	f.all = []*Journal{j}
	h := journalHeader{
		Version: formatVersion, App: appName, Session: conv.ID, Rev: conv.Rev, Message: m.ID, Parent: m.Parent, Params: m.Params,
		Model: m.Model, Created: m.Created, Server: server, From: len(m.Content), FromThink: len(m.Reasoning),
	}
	if err := j.begin(h, f.lanes(beside)); err != nil {
		return nil, fmt.Errorf("keep a journal of the answer: %w", err)
	}
	return j, nil
}

func (s *Store) journalPath(id string) string { return filepath.Join(s.dir, journalName(id)) }

func journalName(id string) string { return "." + id + ".wal" }

// begin makes the file. What is there is of an answer that has been saved.
func (j *Journal) begin(h journalHeader, lanes []any) error {
	if err := j.store.remove(j.path); err != nil {
		return err
	}
	err := j.do("create", func(*atomicfile.Operation) error {
		root, err := j.store.dataRoot()
		if err != nil {
			return err
		}
		defer root.Close()
		j.file, err = root.OpenFile(j.store.inner(j.path), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, fileMode)
		return err
	})
	if err != nil {
		return err
	}
	err = j.do("chmod", func(*atomicfile.Operation) error { return j.file.Chmod(fileMode) })
	if err == nil {
		j.timer = time.AfterFunc(journalSync, j.sync)
		j.timer.Stop()
		err = j.add(append([]any{h}, lanes...)...)
	}
	if err != nil {
		_ = j.end()
		_ = j.store.remove(j.path) // empty; the error that led here is the one to tell
	}
	return err
}

// do carries out an operation on the journal's file.
func (j *journalFile) do(name string, do func(*atomicfile.Operation) error) error {
	op := &atomicfile.Operation{Name: name, File: j.path}
	return j.store.tap.Do(op, func() error { return do(op) })
}

// journalEvent is a record of what came. One of its fields is set.
type journalEvent struct {
	Text      string        `json:"text,omitempty"`
	Think     string        `json:"think,omitempty"`
	TextRaw   []byte        `json:"text_raw,omitempty"` // what is no UTF-8, by itself at least
	ThinkRaw  []byte        `json:"think_raw,omitempty"`
	Started   *journalStart `json:"started,omitempty"`
	Done      *journalDone  `json:"done,omitempty"`
	Stopped   *timing       `json:"stopped,omitempty"`
	Broken    *string       `json:"broken,omitempty"`
	BrokenFor *timing       `json:"timing,omitempty"`
}

type journalStart struct {
	Model   string `json:"model"`
	Request string `json:"request"`
}

type journalDone struct {
	Finish string `json:"finish"`
	Usage  usage  `json:"usage"`
	Timing timing `json:"timing"`
	Cached bool   `json:"cached,omitempty"`
}

// recordOf is an event as the journal keeps it; ok is false for those that say
// nothing of the answer.
func recordOf(event chat.Event) (r journalEvent, ok bool) {
	switch e := event.(type) {
	case chat.Started:
		r.Started = &journalStart{e.Model, e.RequestID}
	case chat.Delta:
		r.Text, r.TextRaw = utf8OrRaw(e.Text)
		ok = e.Text != ""
		return r, ok
	case chat.Reasoning:
		r.Think, r.ThinkRaw = utf8OrRaw(e.Text)
		ok = e.Text != ""
		return r, ok
	case chat.Done:
		r.Done = &journalDone{e.Finish, usage(e.Usage), timingOf(e.Timing), e.Cached}
	case chat.Halted:
		took := timingOf(e.Timing)
		r.Stopped = &took
	case chat.Broken:
		why, took := e.Err.Error(), timingOf(e.Timing)
		r.Broken, r.BrokenFor = &why, &took
	case chat.Quota, chat.Waiting:
		return r, false
	}
	return r, true
}

func utf8OrRaw(text string) (string, []byte) {
	if utf8.ValidString(text) {
		return text, nil
	}
	return "", []byte(text)
}

// Record keeps events, with one write. On an error what they say is kept in
// memory, and written with the next ones.
func (j *Journal) Record(events ...chat.Event) error {
	var records []any
	for _, e := range events {
		if r, ok := recordOf(e); ok {
			records = append(records, j.inLane(r))
		}
	}
	if len(records) == 0 {
		return nil
	}
	if err := j.add(records...); err != nil {
		return fmt.Errorf("keep a journal of the answer: %w", err)
	}
	return nil
}

// add writes records, one a line.
func (j *Journal) add(records ...any) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return fs.ErrClosed
	}
	j.lines.Reset()
	var unfit error
	for _, r := range records {
		if err := j.append(r); err != nil {
			unfit = err
		}
	}
	if err := j.write(j.lines.Bytes()); err != nil {
		return err
	}
	return unfit
}

// append adds one record to the lines: a sum of it, the record, and the end of the
// line, so that a record that was cut off is known as such.
func (j *journalFile) append(record any) error {
	const sumLength = 8
	begin := j.lines.Len()
	j.lines.WriteString("00000000 ")
	if err := j.json.Encode(record); err != nil {
		j.lines.Truncate(begin)
		return err
	}
	line := j.lines.Bytes()[begin:]
	sum := crc32.ChecksumIEEE(line[sumLength+1 : len(line)-1])
	hex.Encode(line, []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return nil
}

// write appends lines, after those that the disk did not take before. What it
// took of them is cut off, since nothing is read behind half a record.
func (j *journalFile) write(lines []byte) error {
	if len(j.missed) > 0 {
		j.missed = append(j.missed, lines...)
		lines = j.missed
		if err := j.do("truncate", func(*atomicfile.Operation) error { return j.file.Truncate(j.whole) }); err != nil {
			return err
		}
	}
	op := &atomicfile.Operation{Name: "write", File: j.path, Data: lines}
	err := j.store.tap.Do(op, func() error {
		_, err := j.file.Write(op.Data)
		return err
	})
	if err != nil {
		if len(j.missed) == 0 {
			j.missed = slices.Clone(lines)
		}
		return err
	}
	j.whole += int64(len(lines))
	j.missed = nil
	if !j.armed {
		j.armed = true
		j.timer.Reset(journalSync)
	}
	return nil
}

// sync forces what was written to the disk, beside whoever goes on to write.
func (j *journalFile) sync() {
	j.mu.Lock()
	j.armed = false
	j.mu.Unlock()
	j.syncing.Lock()
	defer j.syncing.Unlock()
	if j.broken {
		return
	}
	// After an error the system has forgotten what it had to write: trying again
	// would say that all is well. The final save writes it all once more.
	err := j.do("fsync", func(*atomicfile.Operation) error { return j.file.Sync() })
	if err == nil && !j.rooted {
		err = atomicfile.SyncFolder(j.store.dir, j.store.tap)
		j.rooted = err == nil
	}
	j.broken = err != nil && !errors.Is(err, fs.ErrClosed)
}

// Close ends the recording of the answer; the file stays until all are saved.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closed = true
	if slices.ContainsFunc(j.all, func(other *Journal) bool { return !other.closed }) {
		return nil
	}
	return j.end()
}

// end closes the file, if it is open.
func (j *journalFile) end() error {
	if j.timer != nil {
		j.timer.Stop()
	}
	if j.file == nil || j.ended {
		return nil
	}
	j.ended = true
	return j.file.Close()
}

// Holds reports whether conv has the whole of the answer, as it ended.
func (j *Journal) Holds(conv chat.Conversation) bool {
	return !slices.ContainsFunc(conv.Messages, func(m chat.Message) bool { return m.ID == j.message && m.State == chat.Pending })
}

// Discard removes the journal, once the answer is saved in its session, and those
// beside it are.
func (j *Journal) Discard() error {
	j.mu.Lock()
	for _, other := range j.all {
		other.closed = true
	}
	_ = j.end() // it was written by others, with their own errors
	j.mu.Unlock()
	return j.store.remove(j.path)
}

// remove removes a file that may be missing.
func (s *Store) remove(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return s.tap.Do(&atomicfile.Operation{Name: "remove", File: path}, func() error {
		root, err := s.dataRoot()
		if err != nil {
			return err
		}
		defer root.Close()
		return root.Remove(s.inner(path))
	})
}
