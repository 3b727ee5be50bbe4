package demo

import (
	"bufio"
	"net"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestStart_ServesOnLoopbackOnly(t *testing.T) {
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:80", "example.org:80", "127.0.0.1", "", "127.0.0.1:http-no"} {
		s, err := Start(addr, Options{})
		if err == nil {
			_ = s.Close()
			t.Errorf("%q was accepted", addr)
		}
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0", "127.9.8.7:0"} {
		s, err := Start(addr, Options{Pace: -1})
		if err != nil {
			t.Errorf("%q: %v", addr, err)
			continue
		}
		if r := send(t, http.MethodGet, s.URL()+"/models", ""); r.status != http.StatusOK || !strings.HasSuffix(s.URL(), "/openai/v1") {
			t.Errorf("%s: %d", s.URL(), r.status)
		}
		if err := s.Close(); err != nil {
			t.Errorf("%q: %v", addr, err)
		}
	}
}

func TestStart_SaysThatThePortIsTaken(t *testing.T) {
	var config net.ListenConfig
	other, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := Start(other.Addr().String(), Options{}); err == nil || !strings.Contains(err.Error(), "starting the demo server") {
		t.Errorf("got %v", err)
	}
}

func TestClose_StopsRunningStreamsAndLeavesNothing(t *testing.T) {
	http.DefaultClient.CloseIdleConnections()
	ignore := goleak.IgnoreCurrent()
	seen := make(chan Exchange, 2)
	s, err := Start("127.0.0.1:0", Options{Pace: 0.001, Tier: tierOff, Observe: func(e Exchange) { seen <- e }})
	if err != nil {
		t.Fatal(err)
	}
	body := open(t.Context(), t, s.URL(), ask(big, "something long", `"stream":true`))
	reader := bufio.NewReader(body)
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	// Close returns after the handler has: there is no need to wait.
	select {
	case got := <-seen:
		if !got.Disconnected {
			t.Errorf("got %+v", got)
		}
	default:
		t.Error("Close returned before the stream had ended")
	}
	for err == nil {
		_, err = reader.ReadString('\n')
	}
	_ = body.Close()
	if err := s.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, ignore)
}
