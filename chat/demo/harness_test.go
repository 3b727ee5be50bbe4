package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const key = "gsk_test"

// epoch is a time for tests that look at the clock.
func epoch() time.Time { return time.Unix(1795340100, 0) }

func fixed(at time.Time) func() time.Time { return func() time.Time { return at } }

// serve runs the handler over real HTTP and returns its base URL.
func serve(t *testing.T, o Options) string {
	t.Helper()
	server := httptest.NewServer(Handler(o))
	t.Cleanup(server.Close)
	return server.URL + root
}

// reply is a response that was read to its end.
type reply struct {
	status int
	header http.Header
	body   string
}

func send(t *testing.T, method, url, body string, header ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(raw)}
}

func chat(t *testing.T, base, body string) reply {
	t.Helper()
	return send(t, http.MethodPost, base+"/chat/completions", body)
}

// ask is a body with one question and further properties.
func ask(model, question string, more ...string) string {
	text, _ := json.Marshal(question)
	return fmt.Sprintf(`{"model":%q,"messages":[{"role":"user","content":%s}]%s}`, model, text, extra(more))
}

func extra(more []string) string {
	if len(more) == 0 {
		return ""
	}
	return "," + strings.Join(more, ",")
}

// lines is the data of a stream; it insists on the framing.
func (r reply) lines(t *testing.T) []string {
	t.Helper()
	if got := r.header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("Content-Type = %q, body %s", got, r.body)
	}
	var lines []string
	events, rest := strings.CutSuffix(r.body, "\n\n")
	if !rest {
		t.Fatalf("the stream does not end with an empty line: %q", r.body)
	}
	for event := range strings.SplitSeq(events, "\n\n") {
		data, ok := strings.CutPrefix(strings.TrimPrefix(event, "event: error\n"), "data: ")
		if !ok || strings.Contains(data, "\n") {
			t.Fatalf("not one line of data: %q", event)
		}
		lines = append(lines, data)
	}
	return lines
}

// told is what a stream said, put together.
type told struct {
	content, reasoning, finish string
	channels                   map[string]int
	tokens                     int // chunks that carried some
	usage                      *usage
	done                       bool
	failed                     *failure
}

func (r reply) told(t *testing.T) told {
	t.Helper()
	out := told{channels: map[string]int{}}
	for _, line := range r.lines(t) {
		if line == "[DONE]" {
			out.done = true
			continue
		}
		var c struct {
			chunk
			Error *failure `json:"error"`
		}
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		out.failed = c.Error
		out.add(c.chunk)
	}
	return out
}

func (o *told) add(c chunk) {
	if c.Usage != nil {
		o.usage = c.Usage
	}
	if len(c.Choices) == 0 {
		return
	}
	d := c.Choices[0].Delta
	if d.Content != nil && d.Role == "" {
		o.content += *d.Content
		o.tokens++
	}
	if d.Reasoning != "" {
		o.reasoning += d.Reasoning
		o.channels[d.Channel]++
		o.tokens++
	}
	if finish := c.Choices[0].FinishReason; finish != nil {
		o.finish = *finish
	}
}

// streamed asks a question and puts the stream together.
func streamed(t *testing.T, base, model, question string, more ...string) told {
	t.Helper()
	r := chat(t, base, ask(model, question, append(more, `"stream":true`)...))
	if r.status != http.StatusOK {
		t.Fatalf("status %d: %s", r.status, r.body)
	}
	return r.told(t)
}

// open starts a stream and returns its body to be read bit by bit.
func open(ctx context.Context, t *testing.T, base, body string) io.ReadCloser {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/chat/completions", bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return resp.Body
}
