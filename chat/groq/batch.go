package groq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"groqchat/chat"
)

// maxContent is the largest file that is fetched of the batch service; those that
// are sent may have 100 MB.
const maxContent = 1 << 30

// Job is a batch at the server's own batch service.
type Job struct {
	ID, Status               string
	Total, Completed, Failed int
	Output, Errors           string // files with what became of the lines, "" while there are none
	Created, Expires         time.Time
	Problems                 []string // why it failed as a whole
}

// Ended reports whether nothing more will become of the job.
func (j Job) Ended() bool {
	return slices.Contains([]string{"completed", "failed", "expired", "cancelled"}, j.Status)
}

// BatchBody is the JSON that a request is in a batch: nothing of it is streamed.
func (c *Client) BatchBody(req chat.Request) ([]byte, error) {
	body, extra, err := c.wire(&req)
	if err != nil {
		return nil, err
	}
	body.StreamOptions = nil
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("writing the request: %w", err)
	}
	return merge(io.NopCloser(bytes.NewReader(text)), extra)
}

// UploadBatch sends the lines of a batch and gives the id of the file.
func (c *Client) UploadBatch(ctx context.Context, name string, lines []byte) (string, error) {
	file, err := single(ctx, c, len(lines), func(inner context.Context) (openai.File, error) {
		return c.api.CreateFileBytes(inner, openai.FileBytesRequest{Name: name, Bytes: lines, Purpose: openai.PurposeBatch})
	})
	return file.ID, err
}

// CreateJob makes a batch of an uploaded file; window is how long it may take, such
// as 24h or 7d.
func (c *Client) CreateJob(ctx context.Context, file, window string) (Job, error) {
	return c.job(ctx, func(inner context.Context) (openai.BatchResponse, error) {
		return c.api.CreateBatch(inner, openai.CreateBatchRequest{
			InputFileID: file, Endpoint: openai.BatchEndpointChatCompletions, CompletionWindow: window,
		})
	})
}

// Job tells how a batch stands.
func (c *Client) Job(ctx context.Context, id string) (Job, error) {
	j, err := c.job(ctx, func(inner context.Context) (openai.BatchResponse, error) { return c.api.RetrieveBatch(inner, id) })
	return j, missing(err, id)
}

// CancelJob ends a batch. What is done by then can be fetched once it has ended.
func (c *Client) CancelJob(ctx context.Context, id string) (Job, error) {
	j, err := c.job(ctx, func(inner context.Context) (openai.BatchResponse, error) { return c.api.CancelBatch(inner, id) })
	return j, missing(err, id)
}

// Jobs is the newest batches.
func (c *Client) Jobs(ctx context.Context) ([]Job, error) {
	list, err := single(ctx, c, 0, func(inner context.Context) (openai.ListBatchResponse, error) {
		return c.api.ListBatch(inner, nil, nil)
	})
	jobs := make([]Job, 0, len(list.Data))
	for _, b := range list.Data {
		jobs = append(jobs, c.jobOf(b))
	}
	return jobs, err
}

// Content is what a file of the batch service holds.
func (c *Client) Content(ctx context.Context, file string) ([]byte, error) {
	return single(ctx, c, 0, func(inner context.Context) ([]byte, error) {
		raw, err := c.api.GetFileContent(inner, file)
		if err != nil {
			return nil, err
		}
		defer raw.Close()
		return io.ReadAll(io.LimitReader(raw, maxContent))
	})
}

func (c *Client) job(ctx context.Context, ask func(context.Context) (openai.BatchResponse, error)) (Job, error) {
	b, err := single(ctx, c, 0, ask)
	if err == nil && b.ID == "" {
		err = c.server.stranger(http.StatusOK, "answered with something else than a batch")
	}
	return c.jobOf(b.Batch), err
}

// single makes one request that is no stream; size is what is sent, in bytes.
func single[T any](ctx context.Context, c *Client, size int, ask func(context.Context) (T, error)) (T, error) {
	var none T
	if err := c.server.check(); err != nil {
		return none, err
	}
	inner, ex, end := c.exchange(ctx, "")
	defer end()
	ex.headerTimeout += time.Duration(size/uploadSpeed) * time.Second
	answer, err := ask(inner)
	if err != nil {
		return none, c.unread(ctx, inner, err, "")
	}
	return answer, nil
}

// missing says of a 404 what it means here: the address is right, the id is not.
func missing(err error, id string) error {
	var e *chat.Error
	if errors.As(err, &e) && e.Status == http.StatusNotFound {
		return chat.Errorf(chat.Refused, "there is no batch %s for this key", id).Advise("`groqchat batch --jobs` lists those that there are.")
	}
	return err
}

func (c *Client) jobOf(b openai.Batch) Job {
	j := Job{
		ID: b.ID, Status: b.Status, Created: time.Unix(int64(b.CreatedAt), 0),
		Total: b.RequestCounts.Total, Completed: b.RequestCounts.Completed, Failed: b.RequestCounts.Failed,
	}
	if b.ExpiresAt != nil {
		j.Expires = time.Unix(int64(*b.ExpiresAt), 0)
	}
	if b.OutputFileID != nil {
		j.Output = *b.OutputFileID
	}
	if b.ErrorFileID != nil {
		j.Errors = *b.ErrorFileID
	}
	if b.Errors == nil {
		return j
	}
	for _, e := range b.Errors.Data {
		text := c.server.quote(e.Message)
		if e.Line != nil {
			text = fmt.Sprintf("line %d: %s", *e.Line, text)
		}
		j.Problems = append(j.Problems, text)
	}
	return j
}
