package groq_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
	"groqchat/chat/groq"
)

// whole is an answer as gpt-oss gives it: a first chunk without text, reasoning,
// text, a finish with figures, and the figures again.
func whole() string {
	const head = `{"id":"chatcmpl-7c","object":"chat.completion.chunk","created":1795340100,"model":"openai/gpt-oss-120b","system_fingerprint":"fp_9a"`
	const usage = `{"queue_time":0.25,"prompt_tokens":91,"prompt_time":0.5,"completion_tokens":24,"completion_time":2,"total_tokens":115,"total_time":2.5,` +
		`"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":14}}`
	return wire(
		head+`,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"x_groq":{"id":"req_01","seed":7}}`,
		head+`,"choices":[{"index":0,"delta":{"reasoning":"Need","channel":"analysis"},"logprobs":null,"finish_reason":null}]}`,
		head+`,"choices":[{"index":0,"delta":{"content":"97 \u003c 98"},"logprobs":null,"finish_reason":null}]}`,
		head+`,"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"x_groq":{"id":"req_01","usage":`+usage+`},"usage":`+usage+`}`,
		head+`,"choices":[],"usage":`+usage+`,"service_tier":"on_demand"}`,
		theEnd,
	)
}

func TestStream_TellsAnAnswerAsEvents(t *testing.T) {
	clock := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	s := func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{
			"limit-requests": "1000", "remaining-requests": "999", "reset-requests": "1m26.4s",
			"limit-tokens": "8000", "remaining-tokens": "7914", "reset-tokens": "644ms",
		} {
			w.Header().Set("X-Ratelimit-"+name, value)
		}
		w.Header().Set("X-Request-Id", "req_header")
		sends("text/event-stream", whole())(w, r)
	}
	var tick time.Duration
	c := client(t, groq.Options{Key: key, BaseURL: "http://memory/v1", Transport: handler(s), Now: func() time.Time {
		tick += time.Second
		return clock.Add(tick)
	}})
	got := collect(t.Context(), c, question())
	if got.err != nil {
		t.Fatal(got.err)
	}
	want := []chat.Event{
		chat.Started{Model: "openai/gpt-oss-120b", RequestID: "req_01"},
		chat.Quota{
			Model:    chat.DefaultModel,
			Requests: chat.Limit{Known: true, Limit: 1000, Remaining: 999, Reset: 86400 * time.Millisecond, At: clock.Add(2 * time.Second)},
			Tokens:   chat.Limit{Known: true, Limit: 8000, Remaining: 7914, Reset: 644 * time.Millisecond, At: clock.Add(2 * time.Second)},
		},
		chat.Reasoning{Text: "Need"},
		chat.Delta{Text: "97 < 98"},
		chat.Done{
			Finish: "stop",
			Usage:  chat.Usage{PromptTokens: 91, CompletionTokens: 24, CachedTokens: 64, ReasoningTokens: 14},
			Timing: chat.Timing{
				Queue: 250 * time.Millisecond, Prompt: 500 * time.Millisecond, Completion: 2 * time.Second,
				FirstToken: 2 * time.Second, Thinking: time.Second, Total: 5 * time.Second,
			},
		},
	}
	if diff := cmp.Diff(want, got.events); diff != "" {
		t.Error(diff)
	}
}

// row is one thing that a server may send, and what has to come of it.
type row struct {
	contentType string // "": an event stream
	body        string
	text        string
	finish      string
	kind        chat.Kind // of the error, if there has to be one
	says        string    // in the error
}

func (r row) check(t *testing.T, got result) {
	t.Helper()
	if got.text != r.text {
		t.Errorf("text %q, want %q", got.text, r.text)
	}
	if r.finish != "" && (got.err != nil || got.done == nil || got.done.Finish != r.finish) {
		t.Errorf("done %+v, error %v; want finish %q", got.done, got.err, r.finish)
	}
	if r.finish == "" && (got.done != nil || chat.KindOf(got.err) != r.kind || !strings.Contains(spoken(got.err), r.says)) {
		t.Errorf("done %+v, error of kind %d: %v; want kind %d saying %q", got.done, chat.KindOf(got.err), got.err, r.kind, r.says)
	}
	if got.err != nil && strings.ContainsAny(got.err.Error(), "{}<>\n") {
		t.Errorf("the message is not plain: %q", got.err)
	}
}

// named is a piece of an answer with an id of its own.
func named(id, text string) string {
	return strings.Replace(says(text), `"id":"c"`, `"id":"`+id+`"`, 1)
}

// calls is a piece of a call of a tool.
func calls(text string) string {
	return `{"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"type":"function",` + text + `}]},"finish_reason":null}]}`
}

func answers() map[string]row {
	a, b := says("a"), says("b")
	return map[string]row{
		"normal":      {body: wire(a, b, finish, theEnd), text: "ab", finish: "stop"},
		"no end mark": {body: wire(a, finish), text: "a", finish: "stop"},
		"calls of tools that there are none of": {
			body: wire(a, calls(`"id":"t1","function":{"name":"rm","arguments":""}`), calls(`"function":{"arguments":"{\"path\":"}`), calls(`"function":{"arguments":"\"/\"}"}`),
				strings.ReplaceAll(finish, "stop", "tool_calls"), theEnd),
			text: "a\nrm {\"path\":\"/\"}", finish: "tool_calls",
		},
		"ids that change, repeat and go back": {
			body: wire(named("c2", "a"), named("c1", "b"), named("c1", "b"), named("c2", "a"), finish, theEnd), text: "abba", finish: "stop",
		},
		"nothing after the end mark": {body: wire(a, finish, theEnd, says("late")), text: "a", finish: "stop"},
		"CRLF":                       {body: strings.ReplaceAll(wire(a, b, finish, theEnd), "\n", "\r\n"), text: "ab", finish: "stop"},
		"CR":                         {body: strings.ReplaceAll(wire(a, b, finish, theEnd), "\n", "\r"), text: "ab", finish: "stop"},
		"no space after the colon":   {body: strings.ReplaceAll(wire(a, finish, theEnd), "data: ", "data:"), text: "a", finish: "stop"},
		"byte order mark":            {body: "\ufeff" + wire(a, finish, theEnd), text: "a", finish: "stop"},
		"no newline at the end":      {body: wire(a) + "data: " + finish, text: "a", finish: "stop"},
		"end mark without newline":   {body: wire(a, finish) + "data: [DONE]", text: "a", finish: "stop"},
		"no blank lines":             {body: strings.ReplaceAll(wire(a, b, finish, theEnd), "\n\n", "\n"), text: "ab", finish: "stop"},
		"event over several lines": {
			body: "data: {\"choices\":[{\"index\":0,\"delta\":\ndata: {\"content\":\"x\"}}]}\n\n" + wire(finish, theEnd), text: "x", finish: "stop",
		},
		"comments and fields":       {body: ": hello\nid: 1\nretry: 5\nevent: message\n" + wire(a) + ":\n\n" + wire(finish, theEnd), text: "a", finish: "stop"},
		"a thousand comments":       {body: strings.Repeat(": ping\n\n", 1000) + wire(a, finish, theEnd), text: "a", finish: "stop"},
		"a thousand blank lines":    {body: strings.Repeat("\n", 1000) + wire(a, finish, theEnd), text: "a", finish: "stop"},
		"null and empty chunks":     {body: wire("null", "{}", `{"choices":null}`, `{"choices":[]}`, a, finish, theEnd), text: "a", finish: "stop"},
		"empty data":                {body: "data:\n\ndata: \n\n" + wire(a, finish, theEnd), text: "a", finish: "stop"},
		"null fields":               {body: wire(`{"id":null,"model":null,"choices":[{"index":0,"delta":{"content":null},"finish_reason":null}],"x_groq":null,"usage":null,"error":null}`, a, finish, theEnd), text: "a", finish: "stop"},
		"properties of odd types":   {body: wire(`{"model":7,"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}],"usage":"none"}`, finish, theEnd), text: "a", finish: "stop"},
		"two choices":               {body: wire(`{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"zzz"},"finish_reason":"stop"}]}`, finish, theEnd), text: "a", finish: "stop"},
		"one malformed chunk":       {body: wire(a, "{oops", b, finish, theEnd), text: "ab", finish: "stop"},
		"one chunk of a wrong kind": {body: wire(a, `["x"]`, b, finish, theEnd), text: "ab", finish: "stop"},
		"bare JSON among events":    {body: wire(a) + b + "\n\n" + wire(finish, theEnd), text: "ab", finish: "stop"},
		"a chunk of 2 MB":           {body: wire(says(strings.Repeat("x", 2<<20)), finish, theEnd), text: strings.Repeat("x", 2<<20), finish: "stop"},
		"finish reason length":      {body: wire(a, strings.ReplaceAll(finish, "stop", "length"), theEnd), text: "a", finish: "length"},
		"finish reason tool_calls":  {body: wire(strings.ReplaceAll(finish, "stop", "tool_calls"), theEnd), finish: "tool_calls"},
		"text with the finish":      {body: wire(`{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}`, theEnd), text: "a", finish: "stop"},
		"mislabelled stream":        {contentType: "text/plain", body: wire(a, finish, theEnd), text: "a", finish: "stop"},
		"whole answer as JSON": {
			contentType: "application/json", text: "full answer", finish: "stop",
			body: "{\n  \"choices\": [{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": \"full answer\"}, \"finish_reason\": \"stop\"}]\n}\n",
		},
		"whole answer, mislabelled": {body: `{"choices":[{"message":{"content":"full"},"finish_reason":"stop"}]}`, text: "full", finish: "stop"},
	}
}

func failures() map[string]row {
	a, b := says("a"), says("b")
	boom := `{"error":{"message":"boom","type":"x"}}`
	return map[string]row{
		"ends before a finish reason":     {body: wire(a, b), text: "ab", kind: chat.Cut, says: "before it was complete"},
		"end mark without finish reason":  {body: wire(a, theEnd), text: "a", kind: chat.Cut, says: "before it was complete"},
		"ends in the middle of a chunk":   {body: wire(a) + "data: " + b[:30], text: "a", kind: chat.Cut},
		"empty stream":                    {body: ": nothing\n\n", kind: chat.Cut},
		"two malformed chunks":            {body: wire(a, "{oops", b, "{oops", finish), text: "ab", kind: chat.Cut, says: "cannot be read"},
		"error":                           {body: wire(a, boom, theEnd), text: "a", kind: chat.ServerFault, says: "boom"},
		"error with spaces":               {body: wire(a, `{ "error" : {"message" : "boom"} }`, theEnd), text: "a", kind: chat.ServerFault, says: "boom"},
		"error at last line":              {body: wire(a) + "data: " + boom, text: "a", kind: chat.ServerFault, says: "boom"},
		"error after comments":            {body: strings.Repeat(": ping\n\n", 10) + wire(a, boom), text: "a", kind: chat.ServerFault, says: "boom"},
		"error as a text":                 {body: wire(a, `{"error":"boom"}`), text: "a", kind: chat.ServerFault, says: "boom"},
		"error as a list":                 {body: wire(a, `{"error":{"message":["boom","bang"]}}`), text: "a", kind: chat.ServerFault, says: "boom, bang"},
		"error in an error":               {body: wire(a, `{"error":{"error":{"message":"boom"}}}`), text: "a", kind: chat.ServerFault, says: "boom"},
		"error among other properties":    {body: wire(a, `{"id":"c","choices":[],"error":{"message":"boom"}}`), text: "a", kind: chat.ServerFault, says: "boom"},
		"error of the stream's own group": {body: wire(a, `{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"error":"over capacity"}}`, theEnd), text: "a", kind: chat.ServerFault, says: "over capacity"},
		"error after a finish reason":     {body: wire(a, finish, `{"choices":[],"x_groq":{"error":"over capacity"}}`, theEnd), text: "a", kind: chat.ServerFault, says: "over capacity"},
		"error of that group as object":   {body: wire(a, `{"x_groq":{"error":{"message":"gone"}}}`), text: "a", kind: chat.ServerFault, says: "gone"},
		"error as Groq sends it": {
			text: "a", kind: chat.Refused, says: "did not call a tool",
			body: wire(a) + "event: error\n" + wire(`{"error":{"message":"Tool choice is required, but model did not call a tool","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"","status_code":400}}`),
		},
		"login page":        {contentType: "text/html", body: "<!DOCTYPE html>\n<html><head>\n<title>Hotel &amp; Bar</title></head>\n<body>Log in</body></html>", kind: chat.NotAnAPI, says: "“Hotel & Bar”"},
		"unlabelled page":   {contentType: "application/octet-stream", body: "<html><body>hi</body></html>", kind: chat.NotAnAPI, says: "a web page"},
		"plain words":       {contentType: "text/plain", body: "It works!", kind: chat.NotAnAPI, says: "not JSON"},
		"error as JSON":     {contentType: "application/json", body: boom, kind: chat.ServerFault, says: "boom"},
		"other JSON":        {contentType: "application/json", body: `{"hello":"world"}`, kind: chat.NotAnAPI, says: "no answer of a model"},
		"broken JSON":       {contentType: "application/json", body: `{"choices":[`, kind: chat.NotAnAPI},
		"answer cut short":  {contentType: "application/json", body: `{"choices":[{"message":{"content":"half"},"finish_reason":null}]}`, text: "half", kind: chat.Cut},
		"nothing":           {contentType: "application/json", body: "", kind: chat.NotAnAPI, says: "nothing"},
		"nothing, labelled": {body: "", kind: chat.NotAnAPI, says: "nothing"},
	}
}

func TestStream_ReadsWhateverServersSend(t *testing.T) {
	for _, table := range []map[string]row{answers(), failures()} {
		for name, r := range table {
			t.Run(name, func(t *testing.T) {
				contentType := r.contentType
				if contentType == "" {
					contentType = "text/event-stream"
				}
				c := server(t, sends(contentType, r.body))
				r.check(t, collect(t.Context(), c, question()))
			})
		}
	}
}

// N17: pieces whose id changes are told as they come, and that it does is told once,
// for a log; as is a part that cannot be read.
func TestStream_OddThingsAreToldForTheLog(t *testing.T) {
	for name, tc := range map[string]struct {
		body string
		want []string
	}{
		"nothing":        {wire(named("c", "a"), named("", "b"), named("c", "c"), finish, theEnd), nil},
		"other ids":      {wire(named("c1", "a"), named(`c2\n`+key, "b"), named("c3", "b"), named("c1", "c"), finish, theEnd), []string{"the id of the answer changed from c1 to c2 ***"}},
		"a damaged part": {wire(named("c", "a"), "{oops", named("c", "b"), finish, theEnd), []string{"a part of the answer cannot be read and is left out"}},
	} {
		t.Run(name, func(t *testing.T) {
			var odd []string
			c := client(t, groq.Options{
				Key: key, BaseURL: "http://memory/v1", Transport: handler(sends("text/event-stream", tc.body)),
				Odd: func(what string) { odd = append(odd, what) },
			})
			if got := collect(t.Context(), c, question()); got.err != nil || got.done == nil {
				t.Error(got.err)
			}
			if diff := cmp.Diff(tc.want, odd); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStream_NoContentIsNoAnswer(t *testing.T) {
	got := collect(t.Context(), server(t, refuses(http.StatusNoContent, "")), question())
	row{kind: chat.NotAnAPI, says: "nothing"}.check(t, got)
}

func TestStream_KeepsWhatCameBeforeTheConnectionBroke(t *testing.T) {
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		sends("text/event-stream", wire(says("half")))(w, r)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	row{text: "half", kind: chat.Cut, says: "broke before"}.check(t, collect(t.Context(), c, question()))
}

func TestStream_IsCompleteOnceFinishedWhateverBefallsTheConnection(t *testing.T) {
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		sends("text/event-stream", wire(says("a"), finish))(w, r)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	row{text: "a", finish: "stop"}.check(t, collect(t.Context(), c, question()))
}

// endless sends a piece again and again until the client has enough.
func endless(start, piece string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, err := io.WriteString(w, start)
		for err == nil {
			_, err = io.WriteString(w, piece)
		}
	}
}

func TestStream_StopsFloods(t *testing.T) {
	for name, tc := range map[string]struct{ start, piece, says string }{
		"a line without end":   {wire(says("a")) + "data: ", strings.Repeat("x", 1<<20), "a line of more than 8 MB"},
		"an event without end": {wire(says("a")), "data: " + strings.Repeat("x", 1<<20) + "\n", "a line of more than 8 MB"},
		"comments without end": {wire(says("a")), ":" + strings.Repeat("x", 1<<20) + "\n", "over 32 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			c := server(t, endless(tc.start, tc.piece))
			row{text: "a", kind: chat.Cut, says: tc.says}.check(t, collect(t.Context(), c, question()))
		})
	}
}

func TestStream_StopsWhatGrowsWhenUnpacked(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 40 {
		_, _ = io.WriteString(z, ":"+strings.Repeat("x", 1<<20)+"\n")
	}
	if err := z.Close(); err != nil || packed.Len() > 1<<20 {
		t.Fatalf("%d bytes, %v", packed.Len(), err)
	}
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		sends("text/event-stream", packed.String())(w, r)
	})
	row{kind: chat.Cut, says: "over 32 MB"}.check(t, collect(t.Context(), c, question()))
}

func TestStream_DoesNotWaitForTheServerToClose(t *testing.T) {
	for name, body := range map[string]string{
		"after the end":  wire(says("a"), finish, theEnd),
		"after an error": wire(says("a"), `{"error":{"message":"boom"}}`),
	} {
		t.Run(name, func(t *testing.T) {
			left := make(chan struct{})
			c := server(t, func(w http.ResponseWriter, r *http.Request) {
				defer close(left)
				sends("text/event-stream", body)(w, r)
				w.(http.Flusher).Flush()
				<-r.Context().Done()
			})
			if got := collect(t.Context(), c, question()); got.text != "a" {
				t.Errorf("text %q", got.text)
			}
			<-left
		})
	}
}

func TestStream_ReusesItsConnection(t *testing.T) {
	from := map[string]bool{}
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		from[r.RemoteAddr] = true
		sends("text/event-stream", wire(says("a"), finish, theEnd))(w, r)
	})
	for range 3 {
		if got := collect(t.Context(), c, question()); got.err != nil {
			t.Fatal(got.err)
		}
	}
	if len(from) != 1 {
		t.Errorf("%d connections for 3 answers", len(from))
	}
}

func TestStream_CanBeLeftAtAnyEvent(t *testing.T) {
	for n := 1; n <= 4; n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			closed := false
			c := fromMemory(func(context.Context) io.ReadCloser {
				return &closing{Reader: strings.NewReader(whole()), closed: &closed}
			})
			seen := 0
			for range c.Stream(t.Context(), question()) {
				if seen++; seen == n {
					break
				}
			}
			if seen != n || !closed {
				t.Errorf("%d events seen, body closed: %v", seen, closed)
			}
		})
	}
}

type closing struct {
	io.Reader
	closed *bool
}

func (c *closing) Close() error {
	*c.closed = true
	return nil
}

func TestStream_WrongSettingsSendNothing(t *testing.T) {
	nothing := errors.New("something was sent")
	for name, tc := range map[string]struct {
		o    groq.Options
		kind chat.Kind
	}{
		"base URL without a host": {groq.Options{BaseURL: "api.groq.com/openai/v1"}, chat.BadConfiguration},
		"base URL of a file":      {groq.Options{BaseURL: "file:///etc/passwd"}, chat.BadConfiguration},
		"key with a line break":   {groq.Options{Key: key + "\nX-Evil: 1"}, chat.BadKey},
	} {
		t.Run(name, func(t *testing.T) {
			tc.o.Transport = roundTrip(func(*http.Request) (*http.Response, error) { return nil, nothing })
			c := groq.New(tc.o)
			_, err := c.Models(t.Context())
			for _, err := range []error{err, collect(t.Context(), c, question()).err} {
				if chat.KindOf(err) != tc.kind || errors.Is(err, nothing) || strings.Contains(err.Error(), "gsk_") {
					t.Errorf("error %v, want kind %d", err, tc.kind)
				}
			}
		})
	}
}

// spoken is what people read of an error: what happened, and what to do next.
func spoken(err error) string { return fmt.Sprint(err) + ". " + chat.Hint(err) }
