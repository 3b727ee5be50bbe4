//go:build unix

package cli_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestKill_AtAnyMoment: whenever the program is killed, no session file is damaged,
// and every question that reached the server is in one.
func TestKill_AtAnyMoment(t *testing.T) {
	kills := 12
	if testing.Short() {
		kills = 3
	}
	var mu sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var question struct{ Messages []struct{ Content string } }
		if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&question) != nil {
			http.NotFound(w, r)
			return
		}
		mu.Lock()
		asked = append(asked, question.Messages[0].Content)
		mu.Unlock()
		w.Header().Set("Content-Type", "text/event-stream")
		for n := range 50 {
			fmt.Fprintf(w, piece, fmt.Sprint("row ", n, `\n\n`), "null")
			http.NewResponseController(w).Flush()
		}
		fmt.Fprintf(w, piece+"data: [DONE]\n\n", "", `"stop"`)
	}))
	t.Cleanup(server.Close)
	u := newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL+"/openai/v1")
	for n := range kills {
		x := u.opens(fmt.Sprintf("question number %d", n))
		select {
		case <-time.After(time.Duration(rand.Int64N(int64(200 * time.Millisecond)))):
		case <-x.ended:
		}
		x.kill()
	}
	server.Close()
	saved := u.wholeSessions()
	mu.Lock()
	defer mu.Unlock()
	for _, question := range asked {
		if !strings.Contains(saved, question) {
			t.Errorf("%q was asked and is not saved", question)
		}
	}
	t.Logf("%d kills, %d questions asked", kills, len(asked))
}

// wholeSessions is the text of all session files, each of which must be whole.
func (u *user) wholeSessions() string {
	u.t.Helper()
	files, err := filepath.Glob(filepath.Join(u.home, "data", "groqchat", "sessions", "*.json"))
	if err != nil {
		u.t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			u.t.Fatal(err)
		}
		if !json.Valid(text) {
			u.t.Errorf("%s is damaged:\n%s", file, text)
		}
		all.Write(text)
	}
	return all.String()
}

// TestKill_TheLedgerHasWhatCame: of an answer that was under way, once, by
// whichever command finds it.
func TestKill_TheLedgerHasWhatCame(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "as far as this came")
	u.following()
	x := u.opens("how far?")
	x.waitFor("as far as this came")
	x.kill()
	for range 2 {
		u.runs(0, "sessions", "list")
		x = u.opens("-c")
		x.waitFor("as far as this came")
		x.press("ctrl+d")
		x.exits(0)
	}
	text, err := os.ReadFile(filepath.Join(u.home, "state", "groqchat", "usage.jsonl"))
	if err != nil || strings.Count(string(text), "\n") != 1 ||
		!strings.Contains(string(text), `"state":"interrupted"`) || !strings.Contains(string(text), `"estimated":true`) {
		t.Errorf("%v; the ledger has\n%s", err, text)
	}
}

// runs runs a command without a terminal that must end with a code, and gives all
// that it printed.
func (u *user) runs(code int, args ...string) string {
	u.t.Helper()
	path, err := exec.LookPath("groqchat")
	if err != nil {
		u.t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env, cmd.Dir = u.environ(), u.home
	out, err := cmd.CombinedOutput()
	if got := exitOf(err); got != code {
		u.t.Errorf("groqchat %v: exit code %d, want %d\n%s", args, got, code, out)
	}
	return string(out)
}

// exitOf is the exit code of a command.
func exitOf(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		return -1
	}
	return 0
}
