package groq_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"groqchat/chat"
	"groqchat/chat/groq"
)

// attempts is a server that answers every request in the same way, and the times at
// which it was asked.
type attempts struct {
	began  time.Time
	at     []time.Duration
	answer http.HandlerFunc
}

func (a *attempts) RoundTrip(r *http.Request) (*http.Response, error) {
	a.at = append(a.at, time.Since(a.began))
	w := httptest.NewRecorder()
	a.answer(w, r)
	return w.Result(), nil
}

// TestRetries_ByStatus: N05 and N06. What may pass is asked for three times, at the
// usual distances less up to a quarter; what cannot, once; the server's own word
// stands over both. Of an answer that began no second one is asked for.
func TestRetries_ByStatus(t *testing.T) {
	const ms = time.Millisecond
	usual := []time.Duration{0, 500 * ms, 1500 * ms}
	shortest := []time.Duration{0, 375 * ms, 1125 * ms}
	once := []time.Duration{0}
	type row struct {
		status  int
		headers []string
		random  float64
		want    []time.Duration
	}
	var rows []row
	for _, status := range []int{408, 409, 429, 498, 500, 502, 503, 504, 520} {
		rows = append(rows, row{status, nil, 0, usual}, row{status, nil, 1, shortest}, row{status, []string{"X-Should-Retry", "false"}, 0, once})
	}
	for _, status := range []int{301, 307, 400, 401, 403, 404, 413, 422, 511} {
		rows = append(rows, row{status, nil, 0, once})
	}
	rows = append(
		rows,
		row{422, []string{"X-Should-Retry", "true"}, 0, usual},
		row{429, []string{"Retry-After", "7"}, 0, []time.Duration{0, 7 * time.Second, 14 * time.Second}},
		row{429, []string{"Retry-After", "61"}, 0, once},
		row{503, []string{"Retry-After", "3"}, 0, []time.Duration{0, 3 * time.Second, 6 * time.Second}},
		row{503, []string{"Retry-After", "3600"}, 0, once},
	)
	for _, r := range rows {
		synctest.Test(t, func(t *testing.T) {
			a := &attempts{began: time.Now(), answer: refuses(r.status, "", r.headers...)}
			c := groq.New(groq.Options{Key: key, BaseURL: "http://memory/v1", Transport: a})
			got := collect(t.Context(), chat.WithRetry(c, chat.Patience{MaxWait: time.Minute, Random: func() float64 { return r.random }}), question())
			if got.err == nil || !slices.Equal(a.at, r.want) {
				t.Errorf("%d %v: asked at %v, want %v; %v", r.status, r.headers, a.at, r.want, got.err)
			}
		})
	}
	for name, stream := range map[string]string{
		"text":      wire(says("a")),
		"reasoning": wire(`{"choices":[{"delta":{"reasoning":"a"}}]}`),
		"an error":  wire(says("a"), `{"error":{"message":"over capacity"}}`),
	} {
		synctest.Test(t, func(t *testing.T) {
			a := &attempts{began: time.Now(), answer: sends("text/event-stream", stream)}
			c := groq.New(groq.Options{Key: key, BaseURL: "http://memory/v1", Transport: a})
			if got := collect(t.Context(), chat.WithRetry(c, chat.Patience{}), question()); got.err == nil || len(a.at) != 1 {
				t.Errorf("after %s: asked at %v, %v", name, a.at, got.err)
			}
		})
	}
}

// TestRetries_OfAConnectionThatIsNotThere: the same for what is no answer at all.
func TestRetries_OfAConnectionThatIsNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		c := groq.New(groq.Options{Key: key, BaseURL: "http://memory/v1", Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			n++
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		})})
		if got := collect(t.Context(), chat.WithRetry(c, chat.Patience{}), question()); chat.KindOf(got.err) != chat.Unreachable || n != 3 {
			t.Errorf("asked %d times: %v", n, got.err)
		}
	})
}

// TestCancel_WhileItConnects: N07. Nobody waits for a connection that is being made.
func TestCancel_WhileItConnects(t *testing.T) {
	dialling := make(chan struct{})
	c := client(t, groq.Options{Key: key, BaseURL: "http://memory/v1", Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			close(dialling)
			<-ctx.Done()
			return nil, ctx.Err()
		},
	}})
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		<-dialling
		cancel(errStop)
	}()
	if got := collect(ctx, c, question()); !errors.Is(got.err, errStop) || len(got.events) != 0 {
		t.Errorf("%v, %v", got.events, got.err)
	}
}
