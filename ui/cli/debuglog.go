package cli

import (
	"log/slog"
	"net/http"
	"os"
	"time"
)

// openLog opens the log of --debug. Nothing that was said and no header gets
// there, only what happened when.
func (a *app) openLog(path string) error {
	if path == "" || a.log != nil {
		return nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return misused("cannot write the debug log %s: %s", path, reason(err))
	}
	a.closers.add(f)
	a.log = slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug}))
	a.log.Info("started", "version", a.build.resolved().String(), "term", a.variable("TERM"))
	return nil
}

// transport is what requests go through when they are logged, nil otherwise.
func (a *app) transport(base http.RoundTripper) http.RoundTripper {
	if a.log == nil {
		return nil
	}
	return &loggedTransport{base: base, log: a.log, now: a.now}
}

// loggedTransport notes each request: method, host and path, status, how long
// the headers took. An address may hold a password or a key behind its host, so
// only these parts of it are written.
type loggedTransport struct {
	base http.RoundTripper
	log  *slog.Logger
	now  func() time.Time
}

// RoundTrip sends the request through the base transport.
func (t *loggedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	began := t.now()
	resp, err := t.base.RoundTrip(req)
	entry := t.log.With("method", req.Method, "host", req.URL.Host, "path", req.URL.Path, "ms", t.now().Sub(began).Milliseconds())
	if err != nil {
		entry.Warn("request failed", "error", err.Error())
		return resp, err
	}
	entry.Info("request", "status", resp.StatusCode, "request_id", resp.Header.Get("X-Request-Id"))
	return resp, nil
}
