//go:build unix

package cli_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"groqchat/chat/demo"
)

// TestStory_NobodyElseIsAsked: P03. All that leaves the program goes through a
// proxy here, which sees one host alone: no telemetry, no look for a new version.
func TestStory_NobodyElseIsAsked(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	asked := map[string][]string{}
	api := demo.Handler(demo.Options{Tier: "off", Pace: -1, Scene: "short"})
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.Host] = append(asked[r.Host], r.Method+" "+r.URL.Path)
		mu.Unlock()
		api.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	u := newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL=http://api.test/openai/v1", "GROQCHAT_INSECURE_HTTP=on",
		"HTTP_PROXY="+proxy.URL, "HTTPS_PROXY="+proxy.URL)
	x := u.opens()
	x.waitFor(placeholder)
	x.ask("hello")
	x.press("ctrl+d")
	x.exits(0)
	u.runs(0, "ask", "hello")
	u.runs(0, "models")
	mu.Lock()
	defer mu.Unlock()
	if len(asked) != 1 || !slices.Contains(asked["api.test"], "POST /openai/v1/chat/completions") {
		t.Errorf("asked %v", asked)
	}
}

// TestStory_OfflineUntilTheNetworkIsBack: N21. Sending
// fails with a sentence, and works without a restart when there is a way again.
func TestStory_OfflineUntilTheNetworkIsBack(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	u := newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL=http://"+addr+"/openai/v1")
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("are you there?")
	x.press("enter")
	x.waitFor("✗")
	x.waitFor("❯ are you there?")
	server, err := demo.Start(addr, demo.Options{Tier: "off", Pace: -1, Scene: "short"})
	if err != nil {
		t.Skipf("the port was taken meanwhile: %v", err)
	}
	t.Cleanup(func() { server.Close() })
	x.press("enter")
	x.waitFor(figures)
	x.press("ctrl+d")
	x.exits(0)
}
