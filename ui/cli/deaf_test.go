//go:build unix

package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rows is how many rows of text the streaming server sends: several times more
// than the system keeps for a terminal that is not read.
const rows = 1000

// streaming answers with rows of text, one each millisecond, and then either ends
// or goes on without text. Sent tells that all rows have left.
func streaming(t *testing.T, ends bool) (u *user, sent <-chan struct{}) {
	t.Helper()
	all, over := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		pace := time.NewTicker(time.Millisecond)
		defer pace.Stop()
		for n := range rows {
			select {
			case <-pace.C:
			case <-r.Context().Done():
				return
			}
			fmt.Fprintf(w, piece, fmt.Sprintf(`row %d of many that nobody looks at\n\n`, n), "null")
			http.NewResponseController(w).Flush()
		}
		close(all)
		if ends {
			fmt.Fprintf(w, piece+"data: [DONE]\n\n", "", `"stop"`)
			return
		}
		select {
		case <-r.Context().Done():
		case <-over:
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(over) })
	// Bubble Tea's reader races with its own end (cancelreader 0.2.2), and the race
	// detector's words about it would wait for a terminal that takes nothing.
	races := "GORACE=" + os.Getenv("GORACE") + " log_path=" + filepath.Join(t.TempDir(), "race")
	return newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL+"/openai/v1", races), all
}

// piece is a piece of an answer: its text as JSON without quotes, and its finish
// reason as JSON.
const piece = `data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":%s}]}` + "\n\n"

// TestDeaf_TheAnswerIsSavedAllTheSame: nobody reads the terminal, and all goes on
// but the screen; when somebody reads it again, it shows what there is and takes keys.
func TestDeaf_TheAnswerIsSavedAllTheSame(t *testing.T) {
	u, sent := streaming(t, true)
	u.following()
	l := u.connects("count")
	l.reads("that nobody looks at")
	before := l.resident()
	await(t, sent, "all rows leave")
	u.saves(`"state":"complete"`)
	if got := u.sessionText(); !strings.Contains(got, "row 0 of") || !strings.Contains(got, "row "+strconv.Itoa(rows-1)) {
		t.Errorf("the session lacks rows")
	}
	if grown := l.resident() - before; grown > 20<<20 {
		t.Errorf("the program grew by %d bytes", grown)
	}
	for range 200 {
		l.resizes(100, 30)
		l.types("x\x7f")
		l.resizes(80, 24)
	}
	if grown := l.resident() - before; grown > 20<<20 {
		t.Errorf("the program grew by %d bytes", grown)
	}
	l.types("still there?")
	l.shows("row " + strconv.Itoa(rows-1))
	l.shows("still there?")
	l.types("\x15\x04")
	l.reads("\x1b[?1049l")
	l.endsWithin(patience)
	if code := l.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// TestDeaf_ASignalEndsIt: though the terminal cannot be given back.
func TestDeaf_ASignalEndsIt(t *testing.T) {
	for signal, code := range endsOf() {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			u, sent := streaming(t, false)
			l := u.connects("count")
			l.reads("that nobody looks at")
			await(t, sent, "all rows leave")
			if err := l.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			l.endsWithin(soon)
			if got := l.cmd.ProcessState.ExitCode(); got != code {
				t.Errorf("exit code %d, want %d", got, code)
			}
			u.keptInterrupted("row 50 of")
		})
	}
}

// A line of 19,200 baud carries 96 bytes in 50 ms.
const (
	slowBytes = 96
	slowPace  = 50 * time.Millisecond
)

// TestSlowLine_KeysDoNotWaitBehindFrames: while an answer comes much faster than
// the line carries it, frames are left out and not queued, so that a key is seen
// after a frame or two. It is bytes that are counted here: the system takes 27,000
// of them before it keeps a writer waiting.
func TestSlowLine_KeysDoNotWaitBehindFrames(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("takes seconds, and needs to know the speed of the line")
	}
	u, sent := streaming(t, false)
	u.cols, u.rows = 40, 12
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("this machine has no shell to set the speed with")
	}
	l := u.dials(sh, "-c", "stty 19200; exec groqchat count")
	l.slow = time.NewTicker(slowPace)
	defer l.slow.Stop()
	l.shows("nobody looks at")
	await(t, sent, "all rows leave") // more than the line carries in a minute
	before := len(l.seen)
	l.types("\x1b[200~here\x1b[201~")
	l.shows("here")
	if waited := len(l.seen) - before; waited > 4<<10 {
		t.Errorf("the key was seen after %d bytes", waited)
	}
	if err := l.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	l.reads("\x1b[?1049l")
	l.endsWithin(soon)
}

// await waits for what the server of a test tells.
func await(t testing.TB, told <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-told:
	case <-time.After(patience):
		t.Fatalf("the server did not see %s", what)
	}
}

// saves waits until a session file holds a text.
func (u *user) saves(text string) {
	u.t.Helper()
	u.finds(filepath.Join(u.home, "data", "groqchat", "sessions", "*.json"), text)
}

// finds waits until a file holds a text.
func (u *user) finds(pattern, text string) {
	u.t.Helper()
	look, late := time.NewTicker(20*time.Millisecond), time.NewTimer(patience)
	defer look.Stop()
	defer late.Stop()
	for {
		files, err := filepath.Glob(pattern)
		if err != nil {
			u.t.Fatal(err)
		}
		for _, file := range files {
			if got, err := os.ReadFile(file); err == nil && strings.Contains(string(got), text) {
				return
			}
		}
		select {
		case <-look.C:
		case <-late.C:
			u.t.Fatalf("no file %s holds %q", pattern, text)
		}
	}
}

// resident is the memory of the program, 0 where the system does not say.
func (l *line) resident() int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", l.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		l.t.Fatal(err)
	}
	return pages * syscall.Getpagesize()
}
