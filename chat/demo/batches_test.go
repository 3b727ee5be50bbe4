package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// service is a server with the batch service, and a clock that can be moved.
type service struct {
	t    *testing.T
	base string
	now  atomic.Int64 // nanoseconds since epoch
}

func newService(t *testing.T) *service {
	s := &service{t: t}
	s.base = serve(t, Options{Tier: tierDeveloper, Now: func() time.Time { return epoch().Add(time.Duration(s.now.Load())) }})
	return s
}

// upload gives the id of a file that was sent.
func (s *service) upload(lines ...string) string {
	s.t.Helper()
	got := post(s.t, s.base+"/files", "batch.jsonl", strings.Join(lines, "\n"), "purpose", "batch")
	want := regexp.MustCompile(`^{"id":"file_[0-9a-z]{26}","object":"file","bytes":\d+,"created_at":\d+,"filename":"batch.jsonl","purpose":"batch"}\n$`)
	if got.status != http.StatusOK || !want.MatchString(got.body) {
		s.t.Fatalf("%d %s", got.status, got.body)
	}
	return s.field(got, "id")
}

func (s *service) field(r reply, name string) string {
	var all map[string]any
	if err := json.Unmarshal([]byte(r.body), &all); err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprint(all[name])
}

// begin makes a batch of lines and gives the address of it.
func (s *service) begin(lines ...string) (url string, first reply) {
	s.t.Helper()
	first = send(s.t, http.MethodPost, s.base+"/batches",
		fmt.Sprintf(`{"input_file_id":%q,"endpoint":"/v1/chat/completions","completion_window":"24h","metadata":null}`, s.upload(lines...)))
	return s.base + "/batches/" + s.field(first, "id"), first
}

// after moves the clock to a time since the beginning and looks at a batch.
func (s *service) after(d time.Duration, url string) reply {
	s.t.Helper()
	s.now.Store(int64(d))
	return send(s.t, http.MethodGet, url, "")
}

func asLine(id, model string) string {
	return fmt.Sprintf(`{"custom_id":%q,"method":"POST","url":"/v1/chat/completions","body":%s}`, id, ask(model, "hello"))
}

// TestBatch_GoesThroughItsStates: every key is there from the first answer on, and
// the files have a line for each request.
func TestBatch_GoesThroughItsStates(t *testing.T) {
	s := newService(t)
	url, first := s.begin(asLine("a", "openai/gpt-oss-20b"), asLine("b", "no-such-model"))
	ids := regexp.MustCompile(`(batch|file)_[0-9a-z]{26}`)
	want := `{"id":"batch_ID","object":"batch","endpoint":"/v1/chat/completions","errors":null,"input_file_id":"file_ID","completion_window":"24h",` +
		`"status":"validating","output_file_id":null,"error_file_id":null,"finalizing_at":null,"failed_at":null,"expired_at":null,"cancelled_at":null,` +
		`"request_counts":{"total":0,"completed":0,"failed":0},"metadata":null,"created_at":1795340100,"expires_at":1795426500,"cancelling_at":null,` +
		`"completed_at":null,"in_progress_at":null}` + "\n"
	if got := ids.ReplaceAllString(first.body, "${1}_ID"); got != want {
		t.Errorf("made:\n%s", got)
	}
	for _, c := range []struct {
		after  time.Duration
		status string
		counts string
	}{
		{0, "validating", `"total":0,"completed":0,"failed":0`},
		{validating, "in_progress", `"total":2,"completed":0,"failed":0`},
		{validating + eachLine, "in_progress", `"total":2,"completed":1,"failed":0`},
		{validating + 2*eachLine, "finalizing", `"total":2,"completed":1,"failed":1`},
		{validating + 2*eachLine + finalizing, "completed", `"total":2,"completed":1,"failed":1`},
	} {
		if got := s.after(c.after, url); s.field(got, "status") != c.status || !strings.Contains(got.body, c.counts) {
			t.Errorf("after %v: %s", c.after, got.body)
		}
	}
	done := send(t, http.MethodGet, url, "")
	out := send(t, http.MethodGet, s.base+"/files/"+s.field(done, "output_file_id")+"/content", "")
	if !regexp.MustCompile(`^{"id":"batch_req_out_[0-9a-z]{26}","custom_id":"a","response":{"status_code":200,"request_id":"req_[0-9a-z]{26}","body":{"id":"chatcmpl-.*"choices":.*}},"error":null}\n$`).MatchString(out.body) {
		t.Errorf("output %s", out.body)
	}
	bad := send(t, http.MethodGet, s.base+"/files/"+s.field(done, "error_file_id")+"/content", "")
	if !regexp.MustCompile(`^{"id":"batch_req_out_.*","custom_id":"b","response":{"status_code":404,.*"body":{"error":{"message":.*"code":"model_not_found"}}},"error":null}\n$`).MatchString(bad.body) {
		t.Errorf("errors %s", bad.body)
	}
	if all := send(t, http.MethodGet, s.base+"/batches", ""); !strings.HasPrefix(all.body, `{"object":"list","data":[{"id":"batch_`) {
		t.Errorf("list %s", all.body)
	}
}

func TestBatch_CanBeCancelled(t *testing.T) {
	s := newService(t)
	url, _ := s.begin(asLine("a", "openai/gpt-oss-20b"), asLine("b", "openai/gpt-oss-20b"), asLine("c", "openai/gpt-oss-20b"))
	s.after(validating+eachLine, url)
	got := send(t, http.MethodPost, url+"/cancel", "")
	if s.field(got, "status") != "cancelled" || s.field(got, "output_file_id") == "<nil>" {
		t.Errorf("cancelled: %s", got.body)
	}
	if later := s.after(time.Hour, url); later.body != got.body {
		t.Errorf("an hour later: %s", later.body)
	}
}

func TestBatch_SaysWhatIsWrongWithTheFile(t *testing.T) {
	s := newService(t)
	url, _ := s.begin(asLine("a", "x"), "{", asLine("a", "x"), `{"custom_id":"d"}`)
	got := s.after(validating, url)
	if s.field(got, "status") != "failed" || s.field(got, "output_file_id") != "<nil>" {
		t.Errorf("%s", got.body)
	}
	for _, n := range []string{`"line":2`, `"line":3`, `"line":4`} {
		if !strings.Contains(got.body, n) {
			t.Errorf("%s is not in %s", n, got.body)
		}
	}
}

func TestService_RefusesWhatIsNotThere(t *testing.T) {
	s := newService(t)
	file := s.upload(asLine("a", "x"))
	create := func(file, endpoint, window string) string {
		return fmt.Sprintf(`{"input_file_id":%q,"endpoint":%q,"completion_window":%q}`, file, endpoint, window)
	}
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{http.MethodGet, "/files/" + file, "", 200},
		{http.MethodGet, "/files/file_none", "", 404},
		{http.MethodGet, "/files/file_none/content", "", 404},
		{http.MethodDelete, "/files/file_none", "", 404},
		{http.MethodGet, "/batches/batch_none", "", 404},
		{http.MethodPost, "/batches/batch_none/cancel", "", 404},
		{http.MethodPut, "/batches", "", 404},
		{http.MethodGet, "/filesystem", "", 404},
		{http.MethodPost, "/batches", create("file_none", batchEndpoint, "24h"), 404},
		{http.MethodPost, "/batches", create(file, "/v1/embeddings", "24h"), 400},
		{http.MethodPost, "/batches", create(file, batchEndpoint, "1h"), 400},
		{http.MethodPost, "/batches", create(file, batchEndpoint, "8d"), 400},
		{http.MethodPost, "/batches", create(file, batchEndpoint, "7d"), 200},
		{http.MethodPost, "/batches", "{", 400},
		{http.MethodDelete, "/files/" + file, "", 200},
		{http.MethodGet, "/files/" + file, "", 404},
	} {
		if got := send(t, c.method, s.base+c.path, c.body); got.status != c.status {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, got.status, got.body)
		}
	}
	free := serve(t, Options{})
	if got := post(t, free+"/files", "a.jsonl", "{}", "purpose", "batch"); got.status != http.StatusForbidden {
		t.Errorf("a free key: %d %s", got.status, got.body)
	}
}
