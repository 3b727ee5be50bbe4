package demo

import (
	"encoding/json"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxBatchFile is what Groq's page gives for the file of a batch.
const maxBatchFile = 100 << 20

// store is the files and the batches of a server. They live as long as it does.
type store struct {
	mu      sync.Mutex
	files   []*storedFile
	batches []*storedBatch
}

// storedFile is a file as GET /files tells it, and its content.
type storedFile struct {
	ID       string `json:"id"`
	Object   string `json:"object"`
	Bytes    int    `json:"bytes"`
	Created  int64  `json:"created_at"`
	Filename string `json:"filename"`
	Purpose  string `json:"purpose"`

	content []byte
}

// list is how Groq lists things.
type list[T any] struct {
	Object string `json:"object"`
	Data   []T    `json:"data"`
}

// keep makes a file; the store is locked.
func (s *store) keep(name, purpose string, content []byte, now time.Time) *storedFile {
	f := &storedFile{
		ID: "file_" + typeID(uuidV7(now)), Object: "file", Bytes: len(content), Created: now.Unix(),
		Filename: name, Purpose: purpose, content: content,
	}
	s.files = append(s.files, f)
	return f
}

func (s *store) file(id string) *storedFile {
	i := slices.IndexFunc(s.files, func(f *storedFile) bool { return f.ID == id })
	if i < 0 {
		return nil
	}
	return s.files[i]
}

// routeFiles answers what begins with /files; ok is false for another address.
func (c *call) routeFiles(rest string) (fail *failure, ok bool) {
	id, content := strings.CutSuffix(strings.TrimPrefix(rest, "/"), "/content")
	if rest == "" && c.r.Method == http.MethodPost {
		return c.uploadFile(), true
	}
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	switch method := c.r.Method; {
	case rest == "" && method == http.MethodGet:
		writeJSON(c.w, http.StatusOK, list[*storedFile]{"list", slices.Clone(c.store.files)})
		return nil, true
	case rest == "" || id == "" || strings.Contains(id, "/"):
		return nil, false
	case method == http.MethodGet, method == http.MethodDelete && !content:
		f := c.store.file(id)
		if f == nil {
			return noSuch("file", id), true
		}
		c.tellFile(f, content)
		return nil, true
	}
	return nil, false
}

func (c *call) tellFile(f *storedFile, content bool) {
	switch {
	case c.r.Method == http.MethodDelete:
		c.store.files = slices.DeleteFunc(c.store.files, func(one *storedFile) bool { return one == f })
		writeJSON(c.w, http.StatusOK, struct {
			ID      string `json:"id"`
			Object  string `json:"object"`
			Deleted bool   `json:"deleted"`
		}{f.ID, "file", true})
	case content:
		plainPage(c.w, "application/octet-stream", http.StatusOK, string(f.content))
	default:
		writeJSON(c.w, http.StatusOK, f)
	}
}

// uploadFile answers POST /files.
func (c *call) uploadFile() *failure {
	if fail := c.paying(); fail != nil {
		return fail
	}
	form, fail := c.form(maxBatchFile)
	if fail != nil || form == nil {
		return fail
	}
	name, content, fail := form.file()
	switch {
	case fail != nil:
		return fail
	case form.value("purpose") != "batch":
		return invalid("purpose must be one of [batch]").about("purpose")
	case path.Ext(name) != ".jsonl":
		return invalid("file must have the extension .jsonl").about("file")
	case len(content) > maxBatchFile:
		return tooLarge()
	}
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	writeJSON(c.w, http.StatusOK, c.store.keep(path.Base(name), "batch", content, c.now))
	return nil
}

// paying refuses free keys: the batch service is for paid plans. No source has the
// words.
func (c *call) paying() *failure {
	if c.opts.Tier != tierFree {
		return nil
	}
	return &failure{
		status: http.StatusForbidden, Type: "permissions_error", Code: "not_available_for_plan",
		Message: "Batch processing is not available for your plan. Please upgrade at https://console.groq.com/settings/billing",
	}
}

// noSuch is assumed words.
func noSuch(what, id string) *failure {
	return &failure{
		status: http.StatusNotFound, Type: invalidRequest, Code: "not_found",
		Message: "No " + what + " found with id `" + id + "`.",
	}
}

// decodeBody reads a small JSON body.
func (c *call) decodeBody(into any) *failure {
	body, fail := c.body()
	if fail != nil || c.w.exchange.Disconnected {
		return fail
	}
	if err := json.Unmarshal(body, into); err != nil {
		return invalid("failed to decode json body: %s", err)
	}
	return nil
}
