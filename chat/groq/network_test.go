package groq

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"groqchat/chat"
)

// trouble asks a server that cannot be reached, in both ways of asking.
func trouble(t *testing.T, o Options, kind chat.Kind, words ...string) {
	t.Helper()
	o.Key = "gsk_0123456789abcdefghijklmnop"
	c := New(o)
	t.Cleanup(c.Close)
	_, errModels := c.Models(t.Context())
	var errStream error
	for _, err := range c.Stream(t.Context(), benchRequest()) {
		errStream = err
	}
	for _, err := range []error{errModels, errStream} {
		text := fmt.Sprint(err)
		if chat.KindOf(err) != kind {
			t.Errorf("kind %d, want %d: %v", chat.KindOf(err), kind, err)
		}
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("%q does not say %q", text, word)
			}
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(e.Error(), "gsk_") || strings.Contains(e.Error(), "pa55") {
				t.Errorf("a secret in %q", e)
			}
		}
	}
}

// closedPort is an address on which nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// quietly runs a server that does not print what clients do to it.
func quietly(t *testing.T, h http.Handler, start func(*httptest.Server)) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	start(s)
	t.Cleanup(s.Close)
	return s
}

func TestNetwork_RefusedConnection(t *testing.T) {
	addr := closedPort(t)
	trouble(t, Options{BaseURL: "http://user:pa55@" + addr + "/v1"}, chat.Unreachable, addr+" refused the connection", "port of the base URL")
}

func TestNetwork_CertificateOfAnUnknownAuthority(t *testing.T) {
	s := quietly(t, http.NotFoundHandler(), (*httptest.Server).StartTLS)
	trouble(t, Options{BaseURL: s.URL}, chat.Unreachable, "authority that this machine does not know", strings.TrimPrefix(s.URL, "https://"))
}

// trusting is our own transport, which trusts a test server.
func trusting(s *httptest.Server) *http.Transport {
	base := newBase(&calm{})
	base.TLSClientConfig = s.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	return base
}

func TestNetwork_CertificateOfAnotherHost(t *testing.T) {
	s := quietly(t, http.NotFoundHandler(), (*httptest.Server).StartTLS)
	trouble(t, Options{BaseURL: strings.Replace(s.URL, "127.0.0.1", "localhost", 1), Transport: trusting(s)}, chat.Unreachable, "for another name", "localhost")
}

func TestNetwork_ExpiredCertificate(t *testing.T) {
	s := quietly(t, http.NotFoundHandler(), (*httptest.Server).StartTLS)
	base := trusting(s)
	base.TLSClientConfig.Time = func() time.Time { return time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC) }
	trouble(t, Options{BaseURL: s.URL, Transport: base}, chat.Unreachable, "expired or not valid yet", "clock")
}

func TestNetwork_HTTPSToAPlainPort(t *testing.T) {
	s := quietly(t, http.NotFoundHandler(), (*httptest.Server).Start)
	trouble(t, Options{BaseURL: strings.Replace(s.URL, "http", "https", 1)}, chat.Unreachable, "does not speak HTTPS on this port")
}

func TestNetwork_PlainHTTPToAnHTTPSPort(t *testing.T) {
	s := quietly(t, http.NotFoundHandler(), (*httptest.Server).StartTLS)
	trouble(t, Options{BaseURL: strings.Replace(s.URL, "https", "http", 1)}, chat.Refused, "HTTP request to an HTTPS server")
}

func TestNetwork_ServerThatHangsUp(t *testing.T) {
	s := quietly(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), (*httptest.Server).Start)
	trouble(t, Options{BaseURL: s.URL}, chat.Unreachable, "closed the connection without an answer")
}

func TestNetwork_ServerThatIsNoWebServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(conn, "SSH-2.0-OpenSSH_9.9\r\n")
			conn.Close()
		}
	}()
	trouble(t, Options{BaseURL: "http://" + l.Addr().String()}, chat.Unreachable, l.Addr().String())
}

// TestWatchdog_DoesNotCountASleep: while the process is stopped its timers do not
// fire, but its clock goes on.
func TestWatchdog_DoesNotCountASleep(t *testing.T) {
	const limit = 30 * time.Second
	for _, asleep := range []time.Duration{limit - step, limit, limit + step, 3 * limit} {
		for _, before := range []time.Duration{0, step / 2, limit - 3*step/2, limit - step/2} {
			synctest.Test(t, func(t *testing.T) {
				var gaveUp time.Time
				w := &watchdog{giveUp: func(error) { gaveUp = time.Now() }} // with its lock held
				when := func() time.Time {
					w.mu.Lock()
					defer w.mu.Unlock()
					return gaveUp
				}
				w.wait(limit, true)
				defer w.rest()
				<-time.After(before)
				w.mu.Lock()
				w.timer.Stop() // as if nothing ran
				w.mu.Unlock()
				<-time.After(asleep)
				woke := time.Now()
				w.look()
				if !when().IsZero() {
					t.Errorf("gave up after %v and a sleep of %v", before, asleep)
				}
				<-time.After(limit + time.Millisecond)
				if waited := when().Sub(woke); waited != limit {
					t.Errorf("after a sleep of %v the server had %v", asleep, waited)
				}
			})
		}
	}
}

func TestWatchdog_GivesUpAtTheLimit(t *testing.T) {
	for _, limit := range []time.Duration{step / 4, step, 5*step + step/2, 30 * step} {
		synctest.Test(t, func(t *testing.T) {
			began, gaveUp := time.Now(), make(chan time.Time, 1)
			w := &watchdog{giveUp: func(error) { gaveUp <- time.Now() }}
			w.wait(limit, true)
			if waited := (<-gaveUp).Sub(began); waited != limit {
				t.Errorf("gave up after %v of %v", waited, limit)
			}
		})
	}
}

// viaProxy is our own transport with a proxy.
func viaProxy(address string) *http.Transport {
	base := newBase(&calm{})
	base.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(address) }
	return base
}

func TestNetwork_Proxies(t *testing.T) {
	for status, words := range map[int]string{
		http.StatusProxyAuthRequired: "wants a login; put user and password into HTTPS_PROXY",
		http.StatusForbidden:         "does not let requests to far.example through (403 Forbidden)",
	} {
		s := quietly(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodConnect || r.Header.Get("Authorization") != "" {
				t.Errorf("the proxy saw %s with %v", r.Method, r.Header)
			}
			w.WriteHeader(status)
		}), (*httptest.Server).Start)
		proxy := strings.Replace(s.URL, "://", "://user:pa55@", 1)
		trouble(t, Options{BaseURL: "https://far.example", Transport: viaProxy(proxy)}, chat.Unreachable, words, strings.TrimPrefix(s.URL, "http://"))
	}
	for _, scheme := range []string{"http", "socks5"} {
		trouble(t, Options{BaseURL: "https://far.example", Transport: viaProxy(scheme + "://user:pa55@" + closedPort(t))}, chat.Unreachable, "the proxy on the way to far.example cannot be used: 127.0.0.1:", " refused the connection; check HTTPS_PROXY")
	}
}

func TestNetwork_ErrorsOfTheWayNameTheHostAndTheNextStep(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for name, tc := range map[string]struct {
		err   error
		kind  chat.Kind
		words string
	}{
		"no such name":         {dial(&net.DNSError{Name: "api.grok.com", IsNotFound: true}), chat.Unreachable, "no server named api.grok.com; check the network and the base URL"},
		"no name server":       {dial(&net.DNSError{Name: "far.example", IsTemporary: true}), chat.Unreachable, "far.example could not be looked up; check the network"},
		"no route":             {dial(syscall.EHOSTUNREACH), chat.Unreachable, "no way to far.example; check the network"},
		"no network":           {dial(syscall.ENETUNREACH), chat.Unreachable, "no way to far.example"},
		"dialling too long":    {dial(context.DeadlineExceeded), chat.TimedOut, "no connection to far.example in time"},
		"reset":                {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, chat.Unreachable, "closed the connection"},
		"invalid certificate":  {&tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign}}, chat.Unreachable, "not valid"},
		"a word of the system": {dial(os.NewSyscallError("connect", syscall.EMFILE)), chat.Unreachable, "cannot reach far.example: too many open files"},
		"something else":       {errors.New("odd thing"), chat.Unreachable, "cannot reach far.example: odd thing"},
	} {
		t.Run(name, func(t *testing.T) {
			trouble(t, Options{BaseURL: "https://far.example", Transport: failing{tc.err}}, tc.kind, tc.words)
		})
	}
}

// failing is a transport that always fails.
type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func TestNetwork_ABadProxySettingIsNotShown(t *testing.T) {
	base := newBase(&calm{})
	base.Proxy = discreet(func(*http.Request) (*url.URL, error) {
		return nil, errors.New("invalid proxy address http://user:pa55@ x")
	})
	trouble(t, Options{BaseURL: "https://far.example", Transport: base}, chat.BadConfiguration, "not a URL; check HTTPS_PROXY")
}
