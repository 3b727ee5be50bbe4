package demo

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestControl_ChangesTheSceneOfARunningServer(t *testing.T) {
	server := httptest.NewServer(Handler(Options{Pace: -1, Tier: tierOff}))
	t.Cleanup(server.Close)
	base, control := server.URL+root, server.URL+controlPath
	for _, c := range []struct {
		scene  string
		status int
		answer int
	}{
		{"500", http.StatusOK, http.StatusInternalServerError},
		{"nonsense", http.StatusBadRequest, http.StatusInternalServerError}, // leaves what was
		{"429", http.StatusBadRequest, http.StatusInternalServerError},      // needs limits
		{"short", http.StatusOK, http.StatusOK},
		{"", http.StatusOK, http.StatusOK},
	} {
		if r := send(t, http.MethodPut, control, c.scene); r.status != c.status {
			t.Errorf("%q: %d %s", c.scene, r.status, r.body)
		} else if r.status == http.StatusOK && strings.TrimSpace(r.body) != c.scene {
			t.Errorf("%q: plays %q", c.scene, r.body)
		}
		if r := chat(t, base, ask(big, "hello")); r.status != c.answer {
			t.Errorf("%q: a question gets %d", c.scene, r.status)
		}
	}
	if r := send(t, http.MethodGet, control, ""); r.status != http.StatusOK || r.body != "\n" {
		t.Errorf("asked, it says %d %q", r.status, r.body)
	}
}
