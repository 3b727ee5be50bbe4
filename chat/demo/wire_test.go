package demo

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stable replaces what changes from request to request, after checking its form.
func stable(text string) string {
	for form, name := range map[string]string{
		`chatcmpl-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`: "COMPLETION",
		`req_[0-7][0-9a-hjkmnp-tv-z]{25}`:                                              "REQUEST",
		`fp_[0-9a-f]{10}`:                                                              "FINGERPRINT",
	} {
		text = regexp.MustCompile(form).ReplaceAllString(text, name)
	}
	return text
}

const modelQuestion = "Which model are you?"

func TestStream_KeepsTheOrderOfKeysOfGroq(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff, Now: fixed(epoch())})
	r := chat(t, base, ask("openai/gpt-oss-120b", modelQuestion,
		`"stream":true`, `"stream_options":{"include_usage":true}`, `"seed":42`, `"reasoning_effort":"low"`, `"max_completion_tokens":30`))
	lines := r.lines(t)
	got := []string{lines[0], lines[1], lines[len(lines)-4], lines[len(lines)-3], lines[len(lines)-2], lines[len(lines)-1]}
	const (
		head = `{"id":"COMPLETION","object":"chat.completion.chunk","created":1795340100,"model":"openai/gpt-oss-120b","system_fingerprint":"FINGERPRINT",`
		bill = `{"queue_time":0.01626,"prompt_tokens":68,"prompt_time":0.002956521,"completion_tokens":30,"completion_time":0.0589008,` +
			`"total_tokens":98,"total_time":0.061857321,"completion_tokens_details":{"reasoning_tokens":29}}`
	)
	want := []string{
		head + `"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"x_groq":{"id":"REQUEST","seed":42}}`,
		head + `"choices":[{"index":0,"delta":{"reasoning":"The","channel":"analysis"},"logprobs":null,"finish_reason":null}]}`,
		head + `"choices":[{"index":0,"delta":{"content":"You"},"logprobs":null,"finish_reason":null}]}`,
		head + `"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"length"}],"x_groq":{"id":"REQUEST","usage":` + bill + `},"usage":` + bill + `}`,
		head + `"choices":[],"usage":` + bill + `,"service_tier":"on_demand"}`,
		"[DONE]",
	}
	for i, line := range got {
		got[i] = stable(line)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhole_KeepsTheOrderOfKeysOfGroq(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff, Now: fixed(epoch())})
	r := chat(t, base, ask("openai/gpt-oss-120b", modelQuestion, `"seed":42`, `"stop":["`+"`"+`"]`))
	const want = `{"id":"COMPLETION","object":"chat.completion","created":1795340100,"model":"openai/gpt-oss-120b",` +
		`"choices":[{"index":0,"message":{"role":"assistant","content":"You are talking to **","reasoning":"The question is which model ` +
		`this is. The honest answer has two parts: the id that was asked for, and that no model runs here."},"logprobs":null,"finish_reason":"stop"}],` +
		`"usage":{"queue_time":0.01626,"prompt_tokens":68,"prompt_time":0.002956521,"completion_tokens":34,"completion_time":0.06675424,` +
		`"total_tokens":102,"total_time":0.069710761,"completion_tokens_details":{"reasoning_tokens":29}},` +
		`"usage_breakdown":null,"system_fingerprint":"FINGERPRINT","x_groq":{"id":"REQUEST","seed":42},"service_tier":"on_demand"}` + "\n"
	if diff := cmp.Diff(want, stable(r.body)); diff != "" {
		t.Error(diff)
	}
	if got := r.header.Get("Cache-Control"); got != "private, max-age=0, no-store, no-cache, must-revalidate" {
		t.Errorf("Cache-Control = %q", got)
	}
}

func TestStream_EscapesAsGroqDoes(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	r := chat(t, base, ask("allam-2-7b", "what about <a> & <b>", `"stream":true`))
	if !strings.Contains(r.body, `\u003c`) || !strings.Contains(r.body, `\u0026`) || strings.ContainsAny(r.body, "<&") {
		t.Errorf("not escaped: %s", r.body)
	}
}

func TestResponses_NameTheirRequest(t *testing.T) {
	base := serve(t, Options{Pace: -1})
	r := chat(t, base, ask("allam-2-7b", "hi", `"max_tokens":100`))
	id := r.header.Get("X-Request-Id")
	if stable(id) != "REQUEST" || !strings.Contains(r.body, `"x_groq":{"id":"`+id+`"`) {
		t.Errorf("x-request-id %q is not that of %s", id, r.body)
	}
	if got := r.header.Get("X-Groq-Region"); got != "fra" {
		t.Errorf("x-groq-region = %q", got)
	}
}

// recording is a real exchange, kept outside of the repository.
type recording struct {
	Response struct {
		Body string `json:"body"`
	} `json:"response"`
}

func recorded(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "recordings", name+".json"))
	if err != nil {
		t.Skip("the recordings are not here")
	}
	var r recording
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r.Response.Body
}

// order is the keys of JSON in their order, nesting shown, with runs of the same
// line left out by the caller.
func order(t *testing.T, raw string) string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader([]byte(raw)))
	var out strings.Builder
	var walk func()
	walk = func() {
		token, err := dec.Token()
		if err != nil {
			t.Fatalf("%v in %s", err, raw)
		}
		open, nested := token.(json.Delim)
		if !nested {
			return
		}
		out.WriteRune(rune(open))
		for dec.More() {
			if open == '{' {
				name, _ := dec.Token()
				out.WriteString(name.(string) + " ")
			}
			walk()
		}
		closing, _ := dec.Token()
		out.WriteRune(rune(closing.(json.Delim)))
	}
	walk()
	return out.String()
}

// orders is the different key orders of a stream, in the order of their coming.
func orders(t *testing.T, body string) []string {
	t.Helper()
	var all []string
	for line := range strings.SplitSeq(body, "\n") {
		data, ok := strings.CutPrefix(line, "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		if o := order(t, data); len(all) == 0 || all[len(all)-1] != o {
			all = append(all, o)
		}
	}
	return all
}

func TestWire_IsThatOfTheRecordings(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	withUsage := []string{`"stream":true`, `"stream_options":{"include_usage":true}`}
	parsed := []string{`"stream":true`, `"reasoning_effort":"low"`, `"reasoning_format":"parsed"`}
	tests := []struct {
		recording string
		more      []string
		streams   bool
	}{
		{"fantasy.simple_streaming.0", withUsage, true},
		{"vercel-ai.groq-text.stream", withUsage[:1], true},
		{"vercel-ai.groq-reasoning.stream", parsed, true},
		{"fantasy.simple.0", nil, false},
		{"vercel-ai.groq-reasoning", parsed[1:], false},
	}
	for _, tt := range tests {
		t.Run(tt.recording, func(t *testing.T) {
			captured := recorded(t, tt.recording)
			r := chat(t, base, ask("qwen/qwen3.8-27b", "hello", tt.more...))
			if r.status != http.StatusOK {
				t.Fatal(r.body)
			}
			want, got := []string{""}, []string{""}
			if tt.streams {
				want, got = orders(t, captured), orders(t, r.body)
			} else {
				want[0], got[0] = order(t, captured), order(t, r.body)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
