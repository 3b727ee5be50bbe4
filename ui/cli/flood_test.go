//go:build unix

package cli_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A flood: a hundred thousand pieces a second, for five seconds if nobody stops it.
const (
	floodPieces = 500_000
	floodBatch  = 1_000 // that are sent together
	floodPace   = 10 * time.Millisecond
)

// floodWord is piece n of it: lines of twelve words, paragraphs of five lines.
func floodWord(n int) string {
	switch {
	case n%60 == 59:
		return `ends\n\n`
	case n%12 == 11:
		return `line\n`
	}
	return "word "
}

// flood answers with pieces, as fast as that or as they are taken, until enough of
// them have left.
type flood struct {
	sent   atomic.Int64
	enough atomic.Int64
}

func floods(t testing.TB) (*user, *flood) {
	t.Helper()
	f := &flood{}
	f.enough.Store(floodPieces)
	server := httptest.NewUnstartedServer(f)
	server.Config.ConnContext = little
	server.Start()
	t.Cleanup(server.Close)
	return newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL+"/openai/v1"), f
}

// little lets a connection hold little of what is sent. By itself the system lets one
// hold 70,000 pieces, which a busy machine takes long to read when the flood is over.
func little(ctx context.Context, c net.Conn) context.Context {
	_ = c.(*net.TCPConn).SetWriteBuffer(64 << 10) // or it takes longer
	return ctx
}

func (f *flood) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	pace := time.NewTicker(floodPace)
	defer pace.Stop()
	for n := 0; n < int(f.enough.Load()); n += floodBatch {
		<-pace.C
		var batch strings.Builder
		for i := range floodBatch {
			fmt.Fprintf(&batch, `data: {"choices":[{"delta":{"content":"%s"}}]}`+"\n\n", floodWord(n+i))
		}
		if _, err := w.Write([]byte(batch.String())); err != nil {
			return
		}
		f.sent.Add(floodBatch)
	}
	fmt.Fprintf(w, piece+"data: [DONE]\n\n", "", `"stop"`)
}

// TestFlood_KeysAreAnsweredWhileItComes: N24. It is told by what came meanwhile and
// not by the clock; the flood goes on until the keys were seen.
func TestFlood_KeysAreAnsweredWhileItComes(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds on a busy machine")
	}
	u, f := floods(t)
	x := u.opens("go on and on")
	x.waitFor("word word")
	for n := range 3 {
		key := fmt.Sprint("key", n)
		x.typeText(key)
		x.waitFor(key)
		if f.sent.Load() == floodPieces {
			t.Fatalf("the flood was over before key %d was seen", n)
		}
	}
	t.Logf("%d pieces have left", f.sent.Load())
	f.enough.Store(f.sent.Load() + floodBatch)
	u.saves(`"state":"complete"`)
	var want strings.Builder
	for n := range int(f.sent.Load()) {
		want.WriteString(floodWord(n))
	}
	if !strings.Contains(u.sessionText(), `"content":"`+want.String()+`"`) {
		t.Errorf("the text of %d pieces is not as it was sent", f.sent.Load())
	}
	x.signal(syscall.SIGTERM)
	x.exits(143)
}

// BenchmarkFlood is the time from a key to the screen while a flood comes, and how
// much the program grows by it.
func BenchmarkFlood(b *testing.B) {
	program := built(b, groqchatSource)
	var waits []time.Duration
	most := 0
	for b.Loop() {
		u, f := floods(b)
		l := u.dials(program, "go on and on")
		l.shows("word word")
		before := l.resident()
		for n := 0; f.sent.Load() < floodPieces*9/10; n++ {
			key := fmt.Sprintf("k%03d", n%1000)
			began := time.Now()
			l.types(key)
			l.shows(key)
			waits = append(waits, time.Since(began))
			most = max(most, l.resident()-before)
			l.types("\x15")
		}
		l.cmd.Process.Signal(os.Kill)
		<-l.ended
	}
	slices.Sort(waits)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(waits[len(waits)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(most)/(1<<20), "MB-grown")
}
