package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is a running demo. Nobody but this machine can reach it.
type Server struct {
	url    string
	http   *http.Server
	served chan error     // what Serve returned
	conns  sync.WaitGroup // open connections
	closed func() error   // Close, once
}

// Start listens on a loopback address, "127.0.0.1:0" for any free port, and serves
// until Close. Another address is refused, and so are a tier and a scene that do
// not exist.
func Start(addr string, o Options) (*Server, error) {
	api, err := newAPI(o)
	if err != nil {
		return nil, err
	}
	listener, err := listen(addr)
	if err != nil {
		return nil, err
	}
	s := &Server{url: "http://" + listener.Addr().String() + root, served: make(chan error, 1)}
	s.closed = sync.OnceValue(s.shut)
	s.http = &http.Server{
		Handler: api, ConnState: s.count,
		// No WriteTimeout: a stream takes as long as it takes. Bodies have their own time.
		ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	go func() { s.served <- s.http.Serve(listener) }()
	return s, nil
}

// listen refuses every address that another machine could reach.
func listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("reading the address %q: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%q is not a loopback address; use 127.0.0.1, [::1] or localhost", addr)
	}
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("starting the demo server: %w", err)
	}
	// A hosts file may send localhost anywhere.
	if tcp, ok := listener.Addr().(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("%q is %s, not a loopback address", addr, listener.Addr()), listener.Close())
	}
	return listener, nil
}

// URL is the base URL for clients: http://127.0.0.1:PORT/openai/v1.
func (s *Server) URL() string { return s.url }

// Close ends the server and every running answer at once, and returns when none of
// its goroutines is left. It can be called again.
func (s *Server) Close() error { return s.closed() }

func (s *Server) shut() error {
	// Closing a connection ends the context of the request on it.
	err := s.http.Close()
	if served := <-s.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	// A connection that was accepted while the server closed was not closed with it.
	// After Serve has returned none can come.
	err = errors.Join(err, s.http.Close())
	s.conns.Wait()
	if err != nil {
		return fmt.Errorf("stopping the demo server: %w", err)
	}
	return nil
}

// count keeps count of the open connections.
func (s *Server) count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.conns.Add(1)
	case http.StateClosed, http.StateHijacked:
		s.conns.Done()
	case http.StateActive, http.StateIdle:
	}
}
