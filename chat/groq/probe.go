package groq

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"
)

// Probe is what one request for the list of models shows of the way to a server.
// What did not come to pass is zero.
type Probe struct {
	Models  int           // that are listed for the key
	Took    time.Duration // from the first step to the end of the answer
	Proxy   string        // the host of the proxy in between, "" for none
	Address string        // that was connected to, the proxy's if there is one
	TLS     string        // "TLS 1.3", "" for plain http
	Expires time.Time     // when the certificate of the server does
	Date    time.Time     // the server's clock, to the second
	Asked   time.Time     // ours, halfway between the question and the answer
}

// Probe asks for the list of models and notes the way. The error is that of
// [Client.Models]; what was learnt before it is told all the same.
func (c *Client) Probe(ctx context.Context) (Probe, error) {
	var mu sync.Mutex // the steps of a connection run on goroutines of net/http
	var p Probe
	note := func(f func()) {
		mu.Lock()
		defer mu.Unlock()
		f()
	}
	trace := &httptrace.ClientTrace{
		ConnectDone: func(_, address string, err error) {
			if err == nil {
				note(func() { p.Address = address })
			}
		},
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			if err == nil {
				note(func() { p.TLS, p.Expires = tls.VersionName(state.Version), state.PeerCertificates[0].NotAfter })
			}
		},
	}
	began := c.now()
	models, header, err := c.list(httptrace.WithClientTrace(ctx, trace))
	mu.Lock()
	defer mu.Unlock()
	p.Models, p.Took = len(models), c.now().Sub(began)
	p.Asked = began.Add(p.Took / 2)
	if at, wrong := http.ParseTime(header.Get("Date")); wrong == nil {
		p.Date = at
	}
	if req, wrong := c.modelsRequest(ctx); wrong == nil {
		if proxy, wrong := discreet(http.ProxyFromEnvironment)(req); wrong == nil && proxy != nil {
			p.Proxy = proxy.Host
		}
	}
	return p, err
}
