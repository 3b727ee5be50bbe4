package groq_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// recording is one real exchange.
type recording struct {
	name        string
	contentType string
	body        string
}

// recordings reads those of one type; a test without any is skipped.
func recordings(t *testing.T, contentType string) []recording {
	t.Helper()
	// An error is only possible for a malformed pattern.
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "recordings", "*.json"))
	if len(files) == 0 {
		t.Skip("no recordings beside the checkout")
	}
	var all []recording
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var r struct {
			Name     string
			Response struct {
				Body    string
				Headers map[string]string
			}
		}
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if r.Response.Headers["content-type"] == contentType {
			all = append(all, recording{r.Name, contentType, r.Response.Body})
		}
	}
	return all
}

// told is what an answer says, as the naive reader below and the client find it.
type told struct {
	Text, Reasoning, Finish, Model, ID string
	Usage                              chat.Usage
	Completion                         float64 // seconds
}

// naively reads a stream which is known to be well formed, or a whole answer.
func (r recording) naively(t *testing.T) told {
	t.Helper()
	var all told
	for event := range strings.SplitSeq(strings.TrimSpace(r.body), "\n\n") {
		event = strings.TrimPrefix(event, "data: ")
		if event == theEnd {
			break
		}
		var c map[string]any
		if err := json.Unmarshal([]byte(event), &c); err != nil {
			t.Fatalf("%q: %v", event, err)
		}
		all.add(c)
	}
	return all
}

func (a *told) add(c map[string]any) {
	group, _ := c["x_groq"].(map[string]any)
	if a.Model == "" {
		a.Model, a.ID = textOf(c["model"]), textOf(group["id"])
	}
	for _, one := range listOf(c["choices"]) {
		one := one.(map[string]any)
		says, _ := one["delta"].(map[string]any)
		if says == nil {
			says, _ = one["message"].(map[string]any)
		}
		a.Text += textOf(says["content"]) + calledIn(says)
		a.Reasoning += textOf(says["reasoning"])
		if f := textOf(one["finish_reason"]); f != "" {
			a.Finish = f
		}
	}
	for _, from := range []map[string]any{group, c} {
		if u, ok := from["usage"].(map[string]any); ok {
			a.count(u)
		}
	}
}

// calledIn is what is shown of the tools that a piece calls: each call on a line.
func calledIn(says map[string]any) string {
	var all strings.Builder
	for _, one := range listOf(says["tool_calls"]) {
		called, _ := one.(map[string]any)["function"].(map[string]any)
		if name := textOf(called["name"]); name != "" {
			all.WriteString("\n" + name + " ")
		}
		all.WriteString(textOf(called["arguments"]))
	}
	return all.String()
}

func (a *told) count(u map[string]any) {
	number := func(in map[string]any, name string) float64 {
		n, _ := in[name].(float64)
		return n
	}
	prompt, _ := u["prompt_tokens_details"].(map[string]any)
	completion, _ := u["completion_tokens_details"].(map[string]any)
	a.Completion = number(u, "completion_time")
	a.Usage = chat.Usage{
		PromptTokens: int(number(u, "prompt_tokens")), CompletionTokens: int(number(u, "completion_tokens")),
		CachedTokens: int(number(prompt, "cached_tokens")), ReasoningTokens: int(number(completion, "reasoning_tokens")),
	}
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}

func listOf(v any) []any {
	l, _ := v.([]any)
	return l
}

// told is what the client found.
func (r result) told(t *testing.T) told {
	t.Helper()
	if r.err != nil || r.done == nil {
		t.Fatalf("no whole answer: %v", r.err)
	}
	start := r.events[0].(chat.Started)
	return told{
		Text: r.text, Reasoning: r.reasoning, Finish: r.done.Finish, Model: start.Model, ID: start.RequestID,
		Usage: r.done.Usage, Completion: r.done.Timing.Completion.Seconds(),
	}
}

// cuttings are ways in which the same bytes, or bytes that mean the same, arrive.
func cuttings() map[string]func(string) io.Reader {
	return map[string]func(string) io.Reader{
		"whole":         func(s string) io.Reader { return strings.NewReader(s) },
		"byte by byte":  func(s string) io.Reader { return iotest.OneByteReader(strings.NewReader(s)) },
		"halves":        func(s string) io.Reader { return iotest.HalfReader(strings.NewReader(s)) },
		"end with data": func(s string) io.Reader { return iotest.DataErrReader(strings.NewReader(s)) },
		"in lines":      func(s string) io.Reader { return &pieces{strings.SplitAfter(s, "\n")} },
		"CRLF":          func(s string) io.Reader { return strings.NewReader(strings.ReplaceAll(s, "\n", "\r\n")) },
		"CRLF by bytes": func(s string) io.Reader {
			return iotest.OneByteReader(strings.NewReader(strings.ReplaceAll(s, "\n", "\r\n")))
		},
		"CR": func(s string) io.Reader { return strings.NewReader(strings.ReplaceAll(s, "\n", "\r")) },
		"comments between": func(s string) io.Reader {
			return strings.NewReader(strings.ReplaceAll(s, "\n\n", "\n\n: ping\n\nid: 7\n"))
		},
		"no blank lines":  func(s string) io.Reader { return strings.NewReader(strings.ReplaceAll(s, "\n\n", "\n")) },
		"no last newline": func(s string) io.Reader { return strings.NewReader(strings.TrimRight(s, "\n")) },
	}
}

// pieces is a reader that gives one piece at a time.
type pieces struct{ left []string }

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.left) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.left[0])
	if p.left[0] = p.left[0][n:]; p.left[0] == "" {
		p.left = p.left[1:]
	}
	return n, nil
}

func TestRecordings_ReadTheSameHoweverTheyAreCut(t *testing.T) {
	for _, r := range recordings(t, "text/event-stream") {
		want := r.naively(t)
		if want.Finish == "" {
			t.Fatalf("%s has no finish reason", r.name)
		}
		for name, cut := range cuttings() {
			t.Run(r.name+"/"+name, func(t *testing.T) {
				c := fromMemory(func(context.Context) io.ReadCloser { return io.NopCloser(cut(r.body)) })
				if diff := cmp.Diff(want, collect(t.Context(), c, question()).told(t)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestRecordings_ReadTheSameCompressed(t *testing.T) {
	for _, r := range recordings(t, "text/event-stream") {
		t.Run(r.name, func(t *testing.T) {
			var packed bytes.Buffer
			z := gzip.NewWriter(&packed)
			if _, err := io.WriteString(z, r.body); err != nil || z.Close() != nil {
				t.Fatal(err)
			}
			c := server(t, func(w http.ResponseWriter, req *http.Request) {
				w.Header().Set("Content-Encoding", "gzip")
				sends(r.contentType, packed.String())(w, req)
			})
			if diff := cmp.Diff(r.naively(t), collect(t.Context(), c, question()).told(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRecordings_WholeAnswersAreReadAsWell(t *testing.T) {
	for _, r := range recordings(t, "application/json") {
		if !strings.Contains(r.body, `"choices"`) {
			continue
		}
		t.Run(r.name, func(t *testing.T) {
			c := server(t, sends(r.contentType, r.body))
			if diff := cmp.Diff(r.naively(t), collect(t.Context(), c, question()).told(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRecordings_BrokenOffAnywhereAreNeverWhole cuts at every byte of the shortest
// streams, and at fewer places the longer one is, as each cut reads it again.
func TestRecordings_BrokenOffAnywhereAreNeverWhole(t *testing.T) {
	for _, r := range recordings(t, "text/event-stream") {
		t.Run(r.name, func(t *testing.T) {
			want := r.naively(t)
			finished := strings.LastIndex(r.body, `"finish_reason":"`)
			for at := 0; at < len(r.body); at += 1 + len(r.body)*len(r.body)/2_000_000 {
				for _, end := range []error{io.EOF, io.ErrUnexpectedEOF} {
					c := fromMemory(func(context.Context) io.ReadCloser {
						return io.NopCloser(io.MultiReader(strings.NewReader(r.body[:at]), iotest.ErrReader(end)))
					})
					got := collect(t.Context(), c, question())
					if !strings.HasPrefix(want.Text, got.text) || !strings.HasPrefix(want.Reasoning, got.reasoning) {
						t.Fatalf("cut at %d: text %q", at, got.text)
					}
					if at < finished && (got.done != nil || chat.KindOf(got.err) != chat.Cut) {
						t.Fatalf("cut at %d: done %v, error %v", at, got.done, got.err)
					}
					if got.done != nil && (got.text != want.Text || got.done.Finish != want.Finish) {
						t.Fatalf("cut at %d: complete, and short", at)
					}
				}
			}
		})
	}
}
