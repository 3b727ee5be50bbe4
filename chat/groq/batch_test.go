package groq_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/chat/batch"
	"groqchat/chat/demo"
	"groqchat/chat/groq"
)

// TestJob_FromUploadToResults is a batch at the service, from end to end.
func TestJob_FromUploadToResults(t *testing.T) {
	c := onDemo(t, demo.Options{Tier: "developer"})
	req := question()
	req.Params.ReasoningEffort = "low"
	body, err := c.BatchBody(req)
	if err != nil || strings.Contains(string(body), "stream_options") || strings.Contains(string(body), `"stream":true`) || !strings.Contains(string(body), `"model":"`+req.Model) {
		t.Fatalf("body %s, %v", body, err)
	}
	line, err := batch.Item{ID: "a", Named: true}.RemoteLine(body)
	if err != nil {
		t.Fatal(err)
	}
	file, err := c.UploadBatch(t.Context(), "questions.jsonl", line)
	if err != nil || !strings.HasPrefix(file, "file_") {
		t.Fatalf("%q, %v", file, err)
	}
	made, err := c.CreateJob(t.Context(), file, "24h")
	if err != nil || made.ID == "" || made.Expires.Sub(made.Created) != 24*time.Hour {
		t.Fatalf("%+v, %v", made, err)
	}
	job, err := c.Job(t.Context(), made.ID)
	if err != nil || !job.Ended() || job.Completed != 1 || job.Total != 1 || job.Output == "" || job.Errors != "" {
		t.Fatalf("%+v, %v", job, err)
	}
	text, err := c.Content(t.Context(), job.Output)
	if err != nil {
		t.Fatal(err)
	}
	id, r, err := batch.ParseRemote(text)
	if err != nil || id != "a" || r.Error != nil || r.Answer == "" || r.Reasoning == "" || r.FinishReason != "stop" || r.Usage.Tokens() == 0 || r.Request == "" {
		t.Errorf("%s: %+v, %v", id, r, err)
	}
	if jobs, err := c.Jobs(t.Context()); err != nil || len(jobs) != 1 || jobs[0].ID != made.ID {
		t.Errorf("jobs %+v, %v", jobs, err)
	}
	if again, err := c.CancelJob(t.Context(), made.ID); err != nil || again.Status != "completed" {
		t.Errorf("cancelled after its end: %+v, %v", again, err)
	}
}

func TestJob_SaysWhatWentWrong(t *testing.T) {
	c := onDemo(t, demo.Options{Tier: "developer"})
	file, err := c.UploadBatch(t.Context(), "a.jsonl", []byte("{\n"))
	if err != nil {
		t.Fatal(err)
	}
	made, err := c.CreateJob(t.Context(), file, "24h")
	if err != nil {
		t.Fatal(err)
	}
	job, err := c.Job(t.Context(), made.ID)
	if err != nil || job.Status != "failed" || len(job.Problems) != 1 || !strings.HasPrefix(job.Problems[0], "line 1: ") {
		t.Errorf("%+v, %v", job, err)
	}
	if _, err := c.Job(t.Context(), "batch_none"); chat.KindOf(err) != chat.Refused || !strings.Contains(err.Error(), "no batch batch_none") {
		t.Errorf("no such batch: %v", err)
	}
	if _, err := c.CreateJob(t.Context(), file, "1h"); chat.KindOf(err) != chat.Refused {
		t.Errorf("a window of an hour: %v", err)
	}
	for name, h := range map[string]http.HandlerFunc{
		"a page": sends("text/html", "<html>"), "another object": sends("application/json", "{}"), "a list": sends("application/json", "[]"),
	} {
		if _, err := server(t, h).Job(t.Context(), "batch_a"); chat.KindOf(err) != chat.NotAnAPI {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTranscribe_SendsWhatIsAsked(t *testing.T) {
	var got map[string][]string
	var name string
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			t.Error(err)
			return
		}
		got, name = r.MultipartForm.Value, r.MultipartForm.File["file"][0].Filename
		sends("application/json", `{"text":" hi","language":"en","duration":1.5,"segments":[{"start":0.25,"end":1.5,"text":" hi"}],"words":[{"word":"hi","start":0.25,"end":0.5}]}`)(w, r)
	})
	said, err := c.Transcribe(t.Context(), chat.Speech{Name: "a.wav", Data: []byte("x"), Language: "en", Prompt: "names", Words: true})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(got)
	want := `{"language":["en"],"model":["whisper-large-v3-turbo"],"prompt":["names"],"response_format":["verbose_json"],"timestamp_granularities[]":["segment","word"]}`
	if string(text) != want || name != "a.wav" {
		t.Errorf("sent %s as %s", text, name)
	}
	if said.Text != "hi" || said.Duration != 1500*time.Millisecond || said.Segments[0].Start != 250*time.Millisecond || said.Words[0].Text != "hi" {
		t.Errorf("heard %+v", said)
	}
	if _, err := c.Transcribe(t.Context(), chat.Speech{Name: "a.wav", Data: []byte("x")}); err != nil || got["response_format"][0] != "json" || got["timestamp_granularities[]"] != nil {
		t.Errorf("plainly: %v, %v", got, err)
	}
}

func TestTranscribe_TellsErrorsAsOthersAre(t *testing.T) {
	c := onDemo(t, demo.Options{})
	if _, err := c.Transcribe(t.Context(), chat.Speech{Name: "a.txt", Data: []byte("x")}); chat.KindOf(err) != chat.Refused || !strings.Contains(err.Error(), "file must be one of") {
		t.Errorf("a text: %v", err)
	}
	page := server(t, sends("text/html", "<html>"))
	if _, err := page.Transcribe(t.Context(), chat.Speech{Name: "a.wav", Data: []byte("x")}); chat.KindOf(err) != chat.NotAnAPI {
		t.Errorf("a page: %v", err)
	}
	bad := groq.New(groq.Options{BaseURL: "nothing"})
	if _, err := bad.Transcribe(t.Context(), chat.Speech{}); chat.KindOf(err) != chat.BadConfiguration {
		t.Errorf("no address: %v", err)
	}
}
