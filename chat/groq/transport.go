package groq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// maxErrorBody is how much of a refusal is read. Groq's are under 2 KB.
const maxErrorBody = 64 << 10

// exchange is what a request and its response carry past go-openai, in the
// request's context. One goroutine uses it at a time.
type exchange struct {
	model  string
	stream bool           // a stream of chunks is expected
	extra  map[string]any // properties that go-openai has no field for, or drops
	dog    *watchdog
	header http.Header // of the response, nil before it came

	headerTimeout, idle time.Duration
	waited              time.Duration // for the body, since the last chunk
	finished            bool          // a finish reason was seen
}

// Limits of patience that are the same for all servers.
const (
	// contentIdle is how long comments alone can keep a stream alive.
	contentIdle = 120 * time.Second
	// afterFinish is how long to wait for the figures that follow a finish reason.
	afterFinish = 5 * time.Second
)

// patience is how long the next bytes of the body may take.
func (ex *exchange) patience() time.Duration {
	if ex.finished {
		return min(ex.idle, afterFinish)
	}
	return max(0, min(ex.idle, max(contentIdle, ex.idle)-ex.waited))
}

type exchangeKey struct{}

func withExchange(ctx context.Context, ex *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, ex)
}

func exchangeOf(ctx context.Context) *exchange {
	ex, _ := ctx.Value(exchangeKey{}).(*exchange)
	return ex
}

// transport completes requests and reads responses before go-openai does: it
// returns either a clean stream of chunks (for a stream), any other body of a
// 2xx status, or an error that is a [*chat.Error] where the server said something.
type transport struct {
	base   http.RoundTripper
	agent  string
	server server
	calm   *calm
	now    func() time.Time
}

// newHTTPClient has no time limit as a whole: that would cut healthy streams. It
// follows no redirect: one could carry the key or the conversation elsewhere.
func newHTTPClient(t *transport) *http.Client {
	if t.base == nil {
		t.base = newBase(t.calm)
	}
	return &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func newBase(c *calm) *http.Transport {
	return &http.Transport{
		Proxy:                  discreet(http.ProxyFromEnvironment),
		OnProxyConnectResponse: checkProxy,
		DialContext:            c.dialer((&net.Dialer{Timeout: 10 * time.Second}).DialContext),
		TLSHandshakeTimeout:    10 * time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConns:           4,
		MaxResponseHeaderBytes: 1 << 20,
		ReadBufferSize:         16 << 10,
		ForceAttemptHTTP2:      true,
		// Pings find out about a connection that died in a sleep or a change of network.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
	}
}

// CloseIdleConnections lets http.Client reach the base.
func (t *transport) CloseIdleConnections() {
	if base, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		base.CloseIdleConnections()
	}
}

// RoundTrip implements [http.RoundTripper] for requests that carry an exchange.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ex := exchangeOf(r.Context())
	r, err := t.complete(r, ex)
	if err != nil {
		return nil, err
	}
	ex.dog.wait(ex.headerTimeout, false)
	resp, err := t.base.RoundTrip(r)
	ex.dog.rest()
	if err != nil {
		return nil, err
	}
	ex.header = resp.Header
	resp.Body = &watched{resp.Body, ex}
	switch {
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		defer resp.Body.Close()
		// What was read of a body that breaks off is still worth reading.
		body, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
		return nil, t.server.refusal(resp, body, ex.model, t.now())
	case ex.stream:
		return t.chunks(resp, ex)
	}
	return resp, nil
}

// complete is the request as it leaves.
func (t *transport) complete(r *http.Request, ex *exchange) (*http.Request, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", t.agent)
	if r.Body == nil || len(ex.extra) == 0 {
		return r, nil
	}
	body, err := merge(r.Body, ex.extra)
	if err != nil {
		return nil, err
	}
	r.ContentLength = int64(len(body))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, err = r.GetBody()
	return r, err
}

// merge lays extra over the properties of a JSON object and closes body.
func merge(body io.ReadCloser, extra map[string]any) ([]byte, error) {
	defer body.Close()
	var all map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&all); err != nil {
		return nil, fmt.Errorf("reading the request's own body: %w", err)
	}
	for name, value := range extra {
		text, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("writing %s: %w", name, err)
		}
		all[name] = text
	}
	return json.Marshal(all)
}

// errBadProxy stands for an error that would show the proxy's password.
var errBadProxy = errors.New("the proxy that the environment names is not a URL")

// discreet is a finder of proxies whose errors do not quote the setting.
func discreet(find func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		u, err := find(r)
		if err != nil {
			return nil, errBadProxy
		}
		return u, nil
	}
}

// proxyRefusal is a proxy that does not let a request through.
type proxyRefusal struct {
	host   string
	status int
}

func (e *proxyRefusal) Error() string { return fmt.Sprintf("proxy %s answered %d", e.host, e.status) }

func checkProxy(_ context.Context, proxy *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyRefusal{host: proxy.Host, status: resp.StatusCode}
}
