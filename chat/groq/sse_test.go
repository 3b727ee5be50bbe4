package groq

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// clean reads a stream through the normaliser; the payloads are what go-openai
// would take for chunks, one for each line.
func clean(body io.Reader) (payloads []string, err error) {
	ex := &exchange{dog: &watchdog{giveUp: func(error) {}}, idle: time.Minute}
	defer ex.dog.rest()
	text, err := io.ReadAll(newEvents(body, io.NopCloser(nil), ex))
	for line := range strings.Lines(string(text)) {
		payloads = append(payloads, strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "data: "))
	}
	return payloads, err
}

// naive reads a whole stream by the letter of the specification, apart from what
// this program adds to it: events without a blank line between them or after the
// last, and bare JSON.
func naive(stream string) []string {
	stream = strings.TrimPrefix(stream, "\ufeff")
	stream = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(stream)
	var all []string
	data := ""
	// flush ends an event, and tells whether the stream ends with it.
	flush := func() bool {
		if data != "" {
			all = append(all, data)
		}
		ended := data == "[DONE]"
		data = ""
		return ended
	}
	add := func(value string) {
		if data != "" {
			data += " "
		}
		data += string(bytes.TrimSpace([]byte(value)))
	}
	for line := range strings.Lines(stream) {
		line = strings.TrimSuffix(line, "\n")
		name, value, _ := strings.Cut(line, ":")
		complete := data == "[DONE]" || json.Valid([]byte(data))
		bare := strings.HasPrefix(line, "{")
		if (line == "" || bare || name == "data" && complete) && flush() {
			return all
		}
		switch {
		case bare:
			add(line)
		case name == "data":
			add(value)
		}
	}
	if data == "[DONE]" || json.Valid([]byte(data)) {
		flush()
	}
	return all
}

// spaced is a payload as it goes to go-openai.
func spaced(payloads []string) []string {
	var all []string
	for _, p := range payloads {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		if p[0] == '{' {
			p = "{ " + p[1:]
		}
		all = append(all, p)
	}
	return all
}

func streams() []string {
	const x, y = `{"a":1}`, `{"b":"` + "é\u2028" + `"}`
	return []string{
		"", "\n", "data", "data:", "data:\n\n", "data: " + x, "data: " + x + "\n", "data: " + x + "\n\n", "data:" + x + "\r\n\r\n", "data: " + x + "\r\r",
		"\ufeffdata: " + x + "\n\n", "\ufeff" + x + "\n", "data: " + x + "\ndata: " + y + "\n\n", "data: {\ndata: \"a\":1\ndata: }\n\n",
		": c\n\ndata: " + x + "\n: c\n\n", "event: error\ndata: {\"error\":1}\n\n", "id: 1\nretry: 2\n\n", "data: [DONE]\n\ndata: " + x + "\n\n", "data: [DONE]",
		"data: " + x + "\n" + y + "\n", x + y + "\n", "data: {half", "data: {half\n\ndata: " + x, "DATA: " + x + "\n\n", "data : " + x + "\n\n",
		" data: " + x + "\n\n", "data:  " + x + "  \n\n", "data: " + x + "\r\r\ndata: " + y + "\n\r\n", "\x00data: \xff\n\n", "data: null\n\n", "data: \n\ndata: [DONE]\n",
		"data:\tx\n\n", "data\n\ndata: " + x + "\n\n", "data: " + x + "\nid: 9\n\n", "event: ping\n\ndata: " + x + "\n\n", "retry: no\ndata: " + x + "\n\n",
		":\n:\n:\n\n", "data: " + y + "\r\n\r\n" + "data: " + y + "\r\n\r\n", "data: [1,\ndata: 2]\n\n", "data: \"a\ndata: b\"\n\n", "\r\n\r\ndata: " + x + "\r\n\r",
		"data: " + x + "\n\n\ufeffdata: " + y + "\n\n", "data: {\"a\":\"data: x\"}\n\n", "data: [DONE] \n\n", "data: " + x + "\n\n: last words",
	}
}

// N11: also where letters and ends of lines are split, as bytes come one by one.
func TestEvents_ReadAsTheSpecificationSays(t *testing.T) {
	for _, s := range streams() {
		for _, r := range []io.Reader{strings.NewReader(s), iotest.OneByteReader(strings.NewReader(s))} {
			got, err := clean(r)
			if diff := cmp.Diff(spaced(naive(s)), got); diff != "" || err != nil {
				t.Errorf("%q: error %v, %s", s, err, diff)
			}
		}
	}
	if n := len(streams()); n < 40 {
		t.Errorf("%d streams", n)
	}
}

func TestEvents_KeepErrorsAwayFromTheLibrary(t *testing.T) {
	got, err := clean(strings.NewReader("data: {\"error\":{\"message\":\"boom\"}}\n\n"))
	if want := []string{`{ "error":{"message":"boom"}}`}; !cmp.Equal(want, got) || err != nil {
		t.Errorf("%q, %v; go-openai takes {\"error\": at the start apart itself", got, err)
	}
}

func FuzzSSE(f *testing.F) {
	for _, s := range streams() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := spaced(naive(s))
		for name, r := range map[string]io.Reader{
			"whole":        strings.NewReader(s),
			"byte by byte": iotest.OneByteReader(strings.NewReader(s)),
			"halves":       iotest.HalfReader(strings.NewReader(s)),
		} {
			got, err := clean(r)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%s: error %v, %s", name, err, diff)
			}
		}
	})
}

func FuzzErrorBody(f *testing.F) {
	for _, s := range []string{
		"", "null", "0", `"x"`, "{}", "[]", `{"error":null}`, `{"error":"x"}`, `{"error":{"message":"x","code":1,"param":[]}}`, `{"error":{"message":["a","b"]}}`,
		"<html><title>x</title>", "error code: 1010", `{"detail":"Not Found"}`, `{"error":{"error":{"error":{"error":"x"}}}}`, "\x1b[31m{", `{"error":{"status_code":"x"}}`,
		`{"error":{"message":"Request too large on tokens per day (TPD): Limit 99999999999999999999, Requested 1"}}`,
	} {
		f.Add(400, s)
	}
	s := newServer("https://api.example/v1", "gsk_abcdefghijklmnopqrstuvwxyz")
	f.Fuzz(func(t *testing.T, status int, body string) {
		body += s.key
		e := s.refusal(&http.Response{StatusCode: status, Header: http.Header{}}, []byte(body), "m", time.Time{})
		if e.Message == "" || strings.ContainsAny(e.Message, "\x1b\n\r\x00") || len([]rune(e.Message)) > maxQuote+200 || strings.Contains(e.Message, s.key) {
			t.Errorf("message %q", e.Message)
		}
		if e.Status != status || e.RetryAfter < 0 || e.RetryAfter > maxWait {
			t.Errorf("status %d, wait %v", e.Status, e.RetryAfter)
		}
		if f, ok := parseFault([]byte(body)); ok && f.message == "" && f.status == 0 {
			t.Errorf("a fault of nothing: %+v", f)
		}
		if page := s.notAnAnswer(status, []byte(body), "m"); page != nil && page.Error() == "" {
			t.Error("an error without words")
		}
	})
}

func TestParseFault_DoesNotDigForEver(t *testing.T) {
	deep := strings.Repeat(`{"error":`, 5000) + `"x"` + strings.Repeat("}", 5000)
	if f, ok := parseFault([]byte(deep)); ok {
		t.Errorf("found %+v", f)
	}
}

func BenchmarkStream(b *testing.B) {
	const chunk = `data: {"id":"chatcmpl-f07b368c-ae72-4555-9465-ae09fe4614e6","object":"chat.completion.chunk","created":1773345612,` +
		`"model":"openai/gpt-oss-120b","system_fingerprint":"fp_00c37775b7","choices":[{"index":0,"delta":{"content":" token"},"logprobs":null,"finish_reason":null}]}` + "\n\n"
	const deltas = 5000
	body := strings.Repeat(chunk, deltas) + `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\ndata: [DONE]\n\n"
	c := New(Options{BaseURL: "http://memory/v1", Transport: memory(body)})
	req := benchRequest()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range c.Stream(context.Background(), req) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != deltas+2 {
			b.Fatalf("%d events", n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*deltas), "ns/delta")
}

// memory is a transport which answers with one stream.
type memory string

func (m memory) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, ContentLength: -1, Request: r, Body: io.NopCloser(strings.NewReader(string(m))),
		Header: http.Header{"Content-Type": {"text/event-stream"}},
	}, nil
}
