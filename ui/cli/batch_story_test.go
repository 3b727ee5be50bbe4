//go:build unix

package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patientServer answers each question when told to, and knows which it answered
// whole and what was asked.
type patientServer struct {
	mu       sync.Mutex
	asked    map[string]int
	arrived  chan struct{}
	answered chan struct{} // each value lets one answer end
}

func (s *patientServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var question struct{ Messages []struct{ Content string } }
	if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&question) != nil {
		http.NotFound(w, r)
		return
	}
	s.mu.Lock()
	s.asked[question.Messages[0].Content]++
	s.mu.Unlock()
	s.arrived <- struct{}{}
	select {
	case <-s.answered:
	case <-r.Context().Done():
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, piece+"data: [DONE]\n\n", "answer", `"stop"`)
}

func (s *patientServer) asks() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	asks := map[string]int{}
	for question, n := range s.asked {
		asks[question] = n
	}
	return asks
}

// batchStory is a user with a file of questions for such a server.
type batchStory struct {
	*user
	server             *patientServer
	questions, results string
}

func newBatchStory(t *testing.T, questions int) *batchStory {
	s := &patientServer{asked: map[string]int{}, arrived: make(chan struct{}, 100), answered: make(chan struct{}, 100)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	u := newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL+"/openai/v1")
	b := &batchStory{u, s, filepath.Join(u.home, "q.txt"), filepath.Join(u.home, "q.results.jsonl")}
	var text strings.Builder
	for i := range questions {
		fmt.Fprintf(&text, "question %d\n", i)
	}
	if err := os.WriteFile(b.questions, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *batchStory) command() *exec.Cmd {
	path, err := exec.LookPath("groqchat")
	if err != nil {
		b.t.Fatal(err)
	}
	cmd := exec.Command(path, "batch", b.questions)
	cmd.Env = b.environ()
	return cmd
}

// begin runs the batch until so many answers are kept and all places are taken.
func (b *batchStory) begin(answers int) *exec.Cmd {
	for range answers {
		b.server.answered <- struct{}{}
	}
	first := b.command()
	if err := first.Start(); err != nil {
		b.t.Fatal(err)
	}
	// A question leaves when the result of one before it is on the disk.
	for range answers + 10 {
		select {
		case <-b.server.arrived:
		case <-time.After(patience):
			b.t.Fatal("the questions did not come")
		}
	}
	return first
}

// TestBatch_GoesOnAfterItWasEnded: whether it is killed or interrupted, what has a
// result is never asked again, and in the end everything has one.
func TestBatch_GoesOnAfterItWasEnded(t *testing.T) {
	const questions, answers = 25, 7
	for name, end := range map[string]os.Signal{"kill -9": syscall.SIGKILL, "ctrl+c": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			b := newBatchStory(t, questions)
			first := b.begin(answers)
			if err := first.Process.Signal(end); err != nil {
				t.Fatal(err)
			}
			if end == syscall.SIGINT {
				close(b.server.answered) // those under way can end
			}
			err := first.Wait()
			if code := first.ProcessState.ExitCode(); end == syscall.SIGINT && code != 130 {
				t.Errorf("ended with %d, %v", code, err)
			}
			kept, before := readLines(b.results), b.server.asks()
			if len(kept) < answers {
				t.Errorf("%d results of %d answers", len(kept), answers)
			}
			if end != syscall.SIGINT {
				close(b.server.answered)
			}
			if out, err := b.command().CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			after := b.server.asks()
			for _, line := range kept {
				var r struct{ Prompt string }
				if json.Unmarshal([]byte(line), &r) == nil && after[r.Prompt] != before[r.Prompt] {
					t.Errorf("%q was asked again", r.Prompt)
				}
			}
			if lines := readLines(b.results); len(lines) != questions || len(after) != questions {
				t.Errorf("%d results of %d questions", len(lines), len(after))
			}
		})
	}
}

func readLines(path string) []string {
	text, err := os.ReadFile(path)
	if err != nil || len(text) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}
