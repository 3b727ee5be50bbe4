package groq_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"groqchat/chat"
	"groqchat/chat/groq"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// key is a key of the right form that is nobody's.
const key = "gsk_" + "0123456789abcdefghijKLMNOPQRSTUVWXYZ0123456789abcdef"

// question is the request of tests which do not care.
func question() chat.Request { return asking(chat.DefaultModel) }

func asking(model string) chat.Request {
	return chat.Request{Model: model, Messages: []chat.Message{{Role: chat.User, Content: "why?"}}}
}

// result is what a loop over the events saw.
type result struct {
	events          []chat.Event
	text, reasoning string
	done            *chat.Done
	err             error
}

// collect runs the loop to its end.
func collect(ctx context.Context, s chat.Streamer, req chat.Request) result {
	var r result
	for e, err := range s.Stream(ctx, req) {
		if err != nil {
			r.err = err
			continue
		}
		r.events = append(r.events, e)
		switch e := e.(type) {
		case chat.Delta:
			r.text += e.Text
		case chat.Reasoning:
			r.reasoning += e.Text
		case chat.Done:
			r.done = &e
		}
	}
	return r
}

// server runs a handler and gives a client for it.
func server(t *testing.T, h http.HandlerFunc) *groq.Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return client(t, groq.Options{Key: key, BaseURL: s.URL + "/openai/v1"})
}

func client(t *testing.T, o groq.Options) *groq.Client {
	t.Helper()
	c := groq.New(o)
	t.Cleanup(c.Close)
	return c
}

// sends answers every request with a body of a type.
func sends(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, body)
	}
}

// refuses answers every request with a status; headers are name and value in turn.
func refuses(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// roundTrip is a function that is a transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// handler is a transport that asks a handler, without any connection.
func handler(h http.HandlerFunc) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		h(w, r)
		return w.Result(), nil
	})
}

// fromMemory is a client whose every answer is a stream read from body.
func fromMemory(body func(context.Context) io.ReadCloser) *groq.Client {
	return groq.New(groq.Options{BaseURL: "http://memory/v1", Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK, ContentLength: -1, Request: r, Body: body(r.Context()),
			Header: http.Header{"Content-Type": {"text/event-stream"}},
		}, nil
	})})
}

// wire is a stream in Groq's own form.
func wire(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "data: %s\n\n", p)
	}
	return b.String()
}

func says(text string) string {
	return fmt.Sprintf(`{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":%q},"finish_reason":null}]}`, text)
}

const (
	finish = `{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`
	theEnd = "[DONE]"
)
