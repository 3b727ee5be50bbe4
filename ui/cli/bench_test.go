//go:build unix

package cli_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"groqchat/chat/demo"
)

// built builds a command as it is released and gives its path. The test binary
// will not do here: it carries the packages of the tests.
func built(b *testing.B, pkg string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "program")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", path, pkg)
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return path
}

// Where the programs are: groqchat itself, and the two it is measured by.
const (
	groqchatSource = "groqchat"
	floorSource    = "./testdata/floor"
	readerSource   = "./testdata/reader"
)

// BenchmarkStart is exec to the first frame in a pseudo-terminal, beside a Bubble
// Tea program that shows one line: medians of runs in turn.
func BenchmarkStart(b *testing.B) {
	u := withServer(b, demo.Options{})
	program, floor := built(b, groqchatSource), built(b, floorSource)
	var own, least []time.Duration
	for b.Loop() {
		own = append(own, u.firstFrame(program, placeholder))
		least = append(least, u.firstFrame(floor, "one line"))
	}
	report(b, own, least, "x-floor")
}

// firstFrame is the time from exec to the arrival of text in the terminal.
func (u *user) firstFrame(program, text string) time.Duration {
	u.t.Helper()
	cmd := exec.Command(program)
	cmd.Env, cmd.Dir = u.environ(), u.home
	began := time.Now()
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		u.t.Fatal(err)
	}
	defer screen.Close()
	defer cmd.Wait()
	defer cmd.Process.Kill()
	var shown []byte
	buf := make([]byte, 64<<10)
	for !bytes.Contains(shown, []byte(text)) {
		n, err := screen.Read(buf)
		if err != nil {
			u.t.Fatalf("%v before %q was shown: %q", err, text, shown)
		}
		shown = append(shown, buf[:n]...)
	}
	return time.Since(began)
}

// BenchmarkStream is the processor time of a run that streams an answer of 5,000
// tokens, all at once and at the speed of a fast model, beside a program that
// only reads and prints the same stream. Start and end of both are part of it.
func BenchmarkStream(b *testing.B) {
	program, reader := built(b, groqchatSource), built(b, readerSource)
	for _, c := range []struct {
		name  string
		every time.Duration // between two tokens
	}{
		{"at-once", 0},
		{"1000-a-second", time.Millisecond},
	} {
		b.Run(c.name, func(b *testing.B) {
			server := paced(b, c.every)
			var own, least []time.Duration
			for b.Loop() {
				own = append(own, streamed(b, program, server))
				least = append(least, readPlainly(b, reader, server))
			}
			report(b, own, least, "x-reader")
		})
	}
}

// streamed has groqchat ask, waits for the foot of the answer and quits.
func streamed(b *testing.B, program, server string) time.Duration {
	b.Helper()
	u := newUser(b, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server)
	u.cols, u.rows = 120, 40
	x := u.starts(program, "go on and on")
	x.waitFor(figures)
	x.press("ctrl+d")
	x.exits(0)
	return x.cmd.ProcessState.UserTime() + x.cmd.ProcessState.SystemTime()
}

func readPlainly(b *testing.B, reader, server string) time.Duration {
	b.Helper()
	cmd := exec.Command(reader, server)
	out, err := cmd.Output()
	if err != nil || len(out) < 5000 {
		b.Fatalf("%v, %d bytes", err, len(out))
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// paced serves the demo's answer of 5,000 tokens, a token each time. The answer
// is made once: the server's work is not what is measured.
func paced(b *testing.B, every time.Duration) string {
	b.Helper()
	origin := httptest.NewServer(demo.Handler(demo.Options{Scene: "flood", Tier: "off"}))
	b.Cleanup(origin.Close)
	stream := floodOf(b, origin.URL+"/openai/v1")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		send(w, stream, every)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// send writes the events of a stream, one each time.
func send(w http.ResponseWriter, stream []byte, every time.Duration) {
	if every == 0 {
		w.Write(stream)
		return
	}
	pace := time.NewTicker(every)
	defer pace.Stop()
	for event := range bytes.SplitAfterSeq(stream, []byte("\n\n")) {
		<-pace.C
		w.Write(event)
		http.NewResponseController(w).Flush()
	}
}

// floodOf is the body of the demo's longest answer.
func floodOf(b *testing.B, base string) []byte {
	b.Helper()
	body := `{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"go"}]}`
	req, err := http.NewRequest(http.MethodPost, base+"/chat/completions", strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer gsk_test")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	stream, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || bytes.Count(stream, []byte("data: ")) < 5000 {
		b.Fatalf("%s, %v, %d events", resp.Status, err, bytes.Count(stream, []byte("data: ")))
	}
	return stream
}

// report gives the medians and their ratio; the time of a loop says nothing here.
func report(b *testing.B, own, least []time.Duration, unit string) {
	b.Helper()
	a, c := median(own), median(least)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(a.Microseconds())/1000, "ms")
	b.ReportMetric(float64(c.Microseconds())/1000, "least-ms")
	b.ReportMetric(float64(a)/float64(c), unit)
}

func median(all []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(all))[len(all)/2]
}
