package demo

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The times of a batch at the speed of 1: nothing runs, and how far a batch is
// follows from the clock.
const (
	validating = time.Second
	eachLine   = 50 * time.Millisecond
	finalizing = 500 * time.Millisecond
)

const batchEndpoint = "/v1/chat/completions"

// storedBatch is a batch as Groq tells it.
type storedBatch struct {
	ID         string            `json:"id"`
	Object     string            `json:"object"`
	Endpoint   string            `json:"endpoint"`
	Errors     *list[batchError] `json:"errors"`
	Input      string            `json:"input_file_id"`
	Window     string            `json:"completion_window"`
	Status     string            `json:"status"`
	Output     *string           `json:"output_file_id"`
	ErrorFile  *string           `json:"error_file_id"`
	Finalizing *int64            `json:"finalizing_at"`
	FailedAt   *int64            `json:"failed_at"`
	Expired    *int64            `json:"expired_at"`
	Cancelled  *int64            `json:"cancelled_at"`
	Counts     batchCounts       `json:"request_counts"`
	Metadata   json.RawMessage   `json:"metadata"`
	Created    int64             `json:"created_at"`
	Expires    int64             `json:"expires_at"`
	Cancelling *int64            `json:"cancelling_at"`
	Completed  *int64            `json:"completed_at"`
	InProgress *int64            `json:"in_progress_at"`

	lines    []batchLine
	made     time.Time
	stopped  time.Time // it was cancelled
	answered int       // lines that have an outcome
	out, bad bytes.Buffer
}

type batchCounts struct {
	Total     int `json:"total"`
	Completed int `json:"completed"`
	Failed    int `json:"failed"`
}

type batchError struct {
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Param   *string `json:"param"`
	Line    *int    `json:"line"`
}

// batchLine is a line of the input.
type batchLine struct {
	ID     string          `json:"custom_id"`
	Method string          `json:"method"`
	URL    string          `json:"url"`
	Body   json.RawMessage `json:"body"`
}

// batchOutcome is a line of the output.
type batchOutcome struct {
	ID       string        `json:"id"`
	CustomID string        `json:"custom_id"`
	Response batchResponse `json:"response"`
	Error    *batchError   `json:"error"`
}

type batchResponse struct {
	Status  int    `json:"status_code"`
	Request string `json:"request_id"`
	Body    any    `json:"body"`
}

// routeBatches answers what begins with /batches; ok is false for another address.
func (c *call) routeBatches(rest string) (fail *failure, ok bool) {
	id, cancel := strings.CutSuffix(strings.TrimPrefix(rest, "/"), "/cancel")
	if rest == "" && c.r.Method == http.MethodPost {
		return c.createBatch(), true
	}
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	switch method := c.r.Method; {
	case rest == "" && method == http.MethodGet:
		c.listBatches()
		return nil, true
	case rest == "" || id == "" || strings.Contains(id, "/"):
		return nil, false
	case cancel && method == http.MethodPost, !cancel && method == http.MethodGet:
		i := slices.IndexFunc(c.store.batches, func(b *storedBatch) bool { return b.ID == id })
		if i < 0 {
			return noSuch("batch", id), true
		}
		b := c.store.batches[i]
		c.advance(b)
		if cancel {
			b.cancel(c.now)
			c.advance(b)
		}
		writeJSON(c.w, http.StatusOK, b)
		return nil, true
	}
	return nil, false
}

func (c *call) listBatches() {
	all := list[*storedBatch]{"list", []*storedBatch{}}
	for _, b := range slices.Backward(c.store.batches) {
		c.advance(b)
		all.Data = append(all.Data, b)
	}
	writeJSON(c.w, http.StatusOK, all)
}

// createBatch answers POST /batches.
func (c *call) createBatch() *failure {
	if fail := c.paying(); fail != nil {
		return fail
	}
	var asked struct {
		Input    string          `json:"input_file_id"`
		Endpoint string          `json:"endpoint"`
		Window   string          `json:"completion_window"`
		Metadata json.RawMessage `json:"metadata"`
	}
	if fail := c.decodeBody(&asked); fail != nil || c.w.exchange.Disconnected {
		return fail
	}
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	file, window := c.store.file(asked.Input), windowOf(asked.Window)
	switch {
	case file == nil:
		return noSuch("file", asked.Input)
	case asked.Endpoint != batchEndpoint:
		return invalid("endpoint must be one of [%s]", batchEndpoint).about("endpoint")
	case window == 0:
		return invalid("completion_window must be between 24h and 7d").about("completion_window")
	}
	b := &storedBatch{
		ID: "batch_" + typeID(uuidV7(c.now)), Object: "batch", Endpoint: asked.Endpoint, Input: file.ID, Window: asked.Window,
		Status: "validating", Metadata: asked.Metadata, Created: c.now.Unix(), Expires: c.now.Add(window).Unix(), made: c.now,
	}
	b.read(file.content)
	c.store.batches = append(c.store.batches, b)
	writeJSON(c.w, http.StatusOK, b)
	return nil
}

// windowOf is a window from a day to a week, 0 for any other.
func windowOf(text string) time.Duration {
	const day, week = 24 * time.Hour, 7 * 24 * time.Hour
	d, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, bad := strconv.Atoi(days)
		d, err = time.Duration(n)*day, bad
	}
	if err != nil || d < day || d > week {
		return 0
	}
	return d
}

// read takes the lines in, and what is wrong with them.
func (b *storedBatch) read(content []byte) {
	seen := map[string]bool{}
	wrong := func(line int, message string) {
		if b.Errors == nil {
			b.Errors = &list[batchError]{Object: "list"}
		}
		b.Errors.Data = append(b.Errors.Data, batchError{"invalid_request", message, nil, &line})
	}
	n := 0
	for text := range bytes.Lines(content) {
		n++
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		var line batchLine
		switch err := json.Unmarshal(text, &line); {
		case err != nil:
			wrong(n, "This line is not parseable as valid JSON.")
		case line.ID == "" || line.Body == nil || line.Method != http.MethodPost || line.URL != b.Endpoint:
			wrong(n, "The line must have custom_id, method POST, url "+b.Endpoint+" and body.")
		case seen[line.ID]:
			wrong(n, "The custom_id is a duplicate.")
		}
		seen[line.ID] = true
		b.lines = append(b.lines, line)
	}
	if n == 0 {
		wrong(1, "The file is empty.")
	}
}

// cancel ends a batch that has not ended.
func (b *storedBatch) cancel(now time.Time) {
	if b.stopped.IsZero() && slices.Contains([]string{"validating", "in_progress", "finalizing"}, b.Status) {
		b.stopped = now
		b.Cancelling = unixOf(now)
	}
}

func unixOf(t time.Time) *int64 {
	n := t.Unix()
	return &n
}

// advance brings a batch to where it is by now.
func (c *call) advance(b *storedBatch) {
	if b.Completed != nil || b.FailedAt != nil || b.Cancelled != nil {
		return
	}
	until := c.now
	if !b.stopped.IsZero() {
		until = b.stopped
	}
	begun := b.made.Add(c.paced(validating))
	switch {
	case c.now.Before(begun) && b.stopped.IsZero():
		return
	case b.Errors != nil:
		b.Status, b.FailedAt = "failed", unixOf(begun)
		return
	case b.InProgress == nil:
		b.Status, b.InProgress, b.Counts.Total = "in_progress", unixOf(begun), len(b.lines)
	}
	for b.answered < len(b.lines) && !begun.Add(time.Duration(b.answered+1)*c.paced(eachLine)).After(until) {
		c.answerLine(b, b.lines[b.answered])
		b.answered++
	}
	c.endBatch(b, begun.Add(time.Duration(len(b.lines))*c.paced(eachLine)))
}

// endBatch writes the files of a batch that is over.
func (c *call) endBatch(b *storedBatch, ready time.Time) {
	done := ready.Add(c.paced(finalizing))
	switch {
	case !b.stopped.IsZero():
		b.Status, b.Cancelled = "cancelled", unixOf(c.now)
	case b.answered < len(b.lines):
		return
	case c.now.Before(done):
		b.Status, b.Finalizing = "finalizing", unixOf(ready)
		return
	default:
		b.Status, b.Finalizing, b.Completed = "completed", unixOf(ready), unixOf(done)
	}
	for _, file := range []struct {
		text *bytes.Buffer
		id   **string
		name string
	}{{&b.out, &b.Output, "output"}, {&b.bad, &b.ErrorFile, "error"}} {
		if file.text.Len() > 0 {
			*file.id = &c.store.keep(b.ID+"_"+file.name+".jsonl", "batch_output", file.text.Bytes(), c.now).ID
		}
	}
}

// paced is a time at the speed of the server.
func (c *call) paced(d time.Duration) time.Duration {
	if c.opts.Pace < 0 {
		return 0
	}
	return time.Duration(float64(d) / c.opts.Pace)
}

// answerLine answers one request of a batch.
func (c *call) answerLine(b *storedBatch, line batchLine) {
	o := batchOutcome{ID: "batch_req_out_" + typeID(uuidV7(c.now)), CustomID: line.ID}
	o.Response.Request = newRequestID(c.now)
	into := &b.out
	g, fail := c.lineAnswer(line)
	if fail != nil {
		into = &b.bad
		b.Counts.Failed++
		o.Response.Status, o.Response.Body = fail.status, envelope{fail}
	} else {
		b.Counts.Completed++
		g.request = o.Response.Request
		o.Response.Status, o.Response.Body = http.StatusOK, g.completion(c.now)
	}
	// Types of our own can be written.
	_ = json.NewEncoder(into).Encode(o)
}

func (c *call) lineAnswer(line batchLine) (*generation, *failure) {
	req, fail := decode(line.Body)
	if fail != nil {
		return nil, fail
	}
	m, fail := c.model(req.Model)
	if fail != nil {
		return nil, fail
	}
	if fail := req.check(m, c.opts.Tier); fail != nil {
		return nil, fail
	}
	return c.generate(req, m), nil
}
