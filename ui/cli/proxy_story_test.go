//go:build unix

package cli_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"groqchat/chat/demo"
)

// TestProxy_OfTheEnvironment: N19. HTTP_PROXY, HTTPS_PROXY and ALL_PROXY are used,
// the named one first, and none for a host that NO_PROXY names; what is wrong with
// one is told without its password.
func TestProxy_OfTheEnvironment(t *testing.T) {
	var asked atomic.Int32
	api := demo.Handler(demo.Options{Tier: "off", Pace: -1, Scene: "short"})
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Method == http.MethodConnect {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		api.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	at := strings.Replace(proxy.URL, "://", "://user:pa55@", 1)
	const plain, secure = "GROQ_BASE_URL=http://api.invalid/openai/v1", "GROQ_BASE_URL=https://api.invalid/openai/v1"
	for _, c := range []struct {
		name string
		env  []string
		code int
		via  bool
		says string
	}{
		{"HTTP_PROXY", []string{plain, "HTTP_PROXY=" + at}, 0, true, ""},
		{"http_proxy", []string{plain, "http_proxy=" + at}, 0, true, ""},
		{"ALL_PROXY", []string{plain, "ALL_PROXY=" + at}, 0, true, ""},
		{"all_proxy", []string{plain, "all_proxy=" + at}, 0, true, ""},
		{"the named one first", []string{plain, "ALL_PROXY=http://127.0.0.1:1", "HTTP_PROXY=" + at}, 0, true, ""},
		{"HTTPS_PROXY that wants a login", []string{secure, "HTTPS_PROXY=" + at}, 5, true, "wants a login"},
		{"ALL_PROXY that wants a login", []string{secure, "ALL_PROXY=" + at}, 5, true, "wants a login"},
		{"NO_PROXY", []string{plain, "HTTP_PROXY=" + at, "NO_PROXY=api.invalid"}, 5, false, "api.invalid"},
		{"NO_PROXY beside ALL_PROXY", []string{plain, "ALL_PROXY=" + at, "NO_PROXY=.invalid"}, 5, false, "api.invalid"},
		{"one that is no address", []string{plain, "HTTP_PROXY=http://user:pa55@ x"}, 5, false, "cannot be used"},
	} {
		t.Run(c.name, func(t *testing.T) {
			asked.Store(0)
			u := newUser(t, append(c.env, "GROQ_API_KEY=gsk_test", "GROQCHAT_INSECURE_HTTP=on")...)
			out := u.runs(c.code, "ask", "hello")
			if (asked.Load() > 0) != c.via || !strings.Contains(out, c.says) || strings.Contains(out, "pa55") {
				t.Errorf("the proxy was asked %d times; it says\n%s", asked.Load(), out)
			}
		})
	}
}
