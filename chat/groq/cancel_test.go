package groq_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"groqchat/chat"
	"groqchat/chat/groq"
)

var errStop = errors.New("the user pressed escape")

func TestStream_CancelledBeforeItBeginsSendsNothing(t *testing.T) {
	c := server(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errStop)
	got := collect(ctx, c, question())
	if !errors.Is(got.err, errStop) || len(got.events) != 0 {
		t.Errorf("events %v, error %v", got.events, got.err)
	}
}

func TestStream_CancelledBeforeHeadersStopsAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := make(chan struct{})
	c := server(t, func(_ http.ResponseWriter, r *http.Request) {
		// The server only sees a disconnect once it has read the request.
		_, _ = io.Copy(io.Discard, r.Body)
		cancel(errStop)
		<-r.Context().Done()
		close(gone)
	})
	got := collect(ctx, c, question())
	if !errors.Is(got.err, errStop) || len(got.events) != 0 {
		t.Errorf("events %v, error %v", got.events, got.err)
	}
	<-gone
}

func TestStream_CancelledWhileReadingStopsAtOnce(t *testing.T) {
	for _, version := range []string{"HTTP/1.1", "HTTP/2.0"} {
		t.Run(version, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			gone := make(chan struct{})
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Proto != version {
					t.Errorf("spoke %s", r.Proto)
				}
				sends("text/event-stream", wire(says("a")))(w, r)
				w.(http.Flusher).Flush()
				<-r.Context().Done()
				close(gone)
			}))
			s.EnableHTTP2 = version == "HTTP/2.0"
			s.StartTLS()
			t.Cleanup(s.Close)
			c := client(t, groq.Options{Key: key, BaseURL: s.URL, Transport: s.Client().Transport})
			text := ""
			var last error
			for e, err := range c.Stream(ctx, question()) {
				if d, ok := e.(chat.Delta); ok {
					text += d.Text
					cancel(errStop)
				}
				last = err
			}
			if text != "a" || !errors.Is(last, errStop) {
				t.Errorf("text %q, error %v", text, last)
			}
			<-gone
		})
	}
}

func TestStream_CancelledTellsNothingThatHadComeAlready(t *testing.T) {
	c := fromMemory(func(context.Context) io.ReadCloser { return io.NopCloser(strings.NewReader(whole())) })
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	var events, errs int
	for e, err := range c.Stream(ctx, question()) {
		if err != nil {
			errs++
			if !errors.Is(err, errStop) || e != nil {
				t.Errorf("event %v, error %v", e, err)
			}
			continue
		}
		events++
		cancel(errStop)
	}
	if events != 1 || errs != 1 {
		t.Errorf("%d events and %d errors", events, errs)
	}
}

func TestStream_ADeadlineIsToldAsItsCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		got := collect(ctx, fromMemory(slowly(wire(says("a")), time.Hour)), question())
		if got.text != "a" || !errors.Is(got.err, context.DeadlineExceeded) {
			t.Errorf("text %q, error %v", got.text, got.err)
		}
	})
}

// slow is a body that sends each piece after a pause, and breaks off when its
// request is cancelled.
type slow struct {
	ctx    context.Context
	pieces []string
	pauses []time.Duration
}

// slowly makes a body of pieces and the pauses before the pieces that follow.
func slowly(first string, rest ...any) func(context.Context) io.ReadCloser {
	return func(ctx context.Context) io.ReadCloser {
		s := &slow{ctx: ctx, pieces: []string{first}, pauses: []time.Duration{0}}
		for _, r := range rest {
			switch r := r.(type) {
			case time.Duration:
				s.pauses = append(s.pauses, r)
			case string:
				s.pieces = append(s.pieces, r)
			}
		}
		return s
	}
}

func (s *slow) Read(p []byte) (int, error) {
	if len(s.pauses) == 0 {
		return 0, io.EOF
	}
	wait := time.NewTimer(s.pauses[0])
	defer wait.Stop()
	select {
	case <-s.ctx.Done():
		return 0, s.ctx.Err()
	case <-wait.C:
	}
	s.pauses = s.pauses[1:]
	if len(s.pieces) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.pieces[0])
	s.pieces = s.pieces[1:]
	return n, nil
}

func (s *slow) Close() error { return nil }

func TestStream_GivesUpOnASilentServer(t *testing.T) {
	a, b, end := wire(says("a")), wire(says("b")), wire(finish, theEnd)
	ping := ": ping\n\n"
	for name, tc := range map[string]struct {
		body func(context.Context) io.ReadCloser
		row  row
		took time.Duration
	}{
		"pauses under the limit": {slowly(a, 40*time.Second, b, 40*time.Second, end), row{text: "ab", finish: "stop"}, 80 * time.Second},
		"silence":                {slowly(a, time.Hour, b), row{text: "a", kind: chat.TimedOut, says: "silent in the middle of the answer, for 45 s"}, 45 * time.Second},
		"comments keep it alive": {slowly(a, 40*time.Second, ping, 40*time.Second, b, time.Second, end), row{text: "ab", finish: "stop"}, 81 * time.Second},
		"but not for ever": {
			slowly(a, 40*time.Second, ping, 40*time.Second, ping, 39*time.Second, ping, 39*time.Second, b),
			row{text: "a", kind: chat.TimedOut},
			120 * time.Second,
		},
		"silence after the finish": {slowly(a+wire(finish), time.Hour, theEnd), row{text: "a", finish: "stop"}, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				tc.row.check(t, collect(t.Context(), fromMemory(tc.body), question()))
				if took := time.Since(began); took != tc.took {
					t.Errorf("took %v, want %v", took, tc.took)
				}
			})
		})
	}
}

func TestStream_ASlowReaderIsNotTheServersFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fromMemory(slowly(wire(says("a")), time.Second, wire(says("b")), time.Second, wire(finish, theEnd)))
		text, done := "", false
		for e, err := range c.Stream(t.Context(), question()) {
			if err != nil {
				t.Fatal(err)
			}
			switch e := e.(type) {
			case chat.Delta:
				text += e.Text
				// The bubble's clock: the reader is busy for an hour.
				<-time.After(time.Hour)
			case chat.Done:
				done = true
			}
		}
		if text != "ab" || !done {
			t.Errorf("text %q, done %v", text, done)
		}
	})
}

func TestStream_GivesUpOnAServerThatDoesNotBegin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := groq.New(groq.Options{BaseURL: "http://memory/v1", Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})})
		began := time.Now()
		row{kind: chat.TimedOut, says: "memory did not begin to answer within 60 s"}.check(t, collect(t.Context(), c, question()))
		if took := time.Since(began); took != time.Minute {
			t.Errorf("took %v", took)
		}
	})
}

func TestStream_LeavesNoGoroutine(t *testing.T) {
	before := goleak.IgnoreCurrent()
	for _, body := range []string{wire(says("a"), finish, theEnd), wire(says("a")), wire(says("a"), `{"error":"boom"}`)} {
		c := fromMemory(func(context.Context) io.ReadCloser { return io.NopCloser(strings.NewReader(body)) })
		collect(t.Context(), c, question())
		for range c.Stream(t.Context(), question()) {
			break
		}
	}
	goleak.VerifyNone(t, before)
}
