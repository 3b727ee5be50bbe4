package demo

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// form is a multipart body with a file and fields, name and value in turn.
func form(t *testing.T, name, content string, fields ...string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(part, content)
	}
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	return b.String(), w.FormDataContentType()
}

func post(t *testing.T, url, name, content string, fields ...string) reply {
	t.Helper()
	body, kind := form(t, name, content, fields...)
	return send(t, http.MethodPost, url, body, "Content-Type", kind)
}

// TestTranscription_HasGroqsBytes: the answers are those of the API, key by key.
func TestTranscription_HasGroqsBytes(t *testing.T) {
	base := serve(t, Options{Now: fixed(epoch())}) + "/audio/transcriptions"
	sound := strings.Repeat("x", 40_000) // two and a half seconds at a usual rate
	const text = " This is the demo, which cannot listen. It was sent a.mp3 with 2.5 seconds of sound."
	id := regexp.MustCompile(`req_[0-9a-z]{26}`)
	for _, c := range []struct {
		fields []string
		kind   string
		want   string
	}{
		{nil, "application/json", `{"text":"` + text + `","x_groq":{"id":"ID"}}` + "\n"},
		{[]string{"response_format", "text"}, "text/plain; charset=UTF-8", text},
		{
			[]string{"response_format", "verbose_json", "language", "de", "timestamp_granularities[]", "segment"},
			"application/json",
			`{"task":"transcribe","language":"de","duration":2.5,"text":"` + text + `","segments":[` +
				`{"id":0,"seek":0,"start":0,"end":1.09,"text":" This is the demo, which cannot listen.","tokens":[50365],"temperature":0,"avg_logprob":-0.29,"compression_ratio":0.78,"no_speech_prob":0.03},` +
				`{"id":1,"seek":0,"start":1.09,"end":2.5,"text":" It was sent a.mp3 with 2.5 seconds of sound.","tokens":[50366],"temperature":0,"avg_logprob":-0.29,"compression_ratio":0.78,"no_speech_prob":0.03}],` +
				`"x_groq":{"id":"ID"}}` + "\n",
		},
	} {
		got := post(t, base, "a.mp3", sound, append(c.fields, "model", "whisper-large-v3-turbo")...)
		if got.status != http.StatusOK || got.header.Get("Content-Type") != c.kind || id.ReplaceAllString(got.body, "ID") != c.want {
			t.Errorf("%v: %d, %s\n%s", c.fields, got.status, got.header.Get("Content-Type"), got.body)
		}
		if got.header.Get("X-Ratelimit-Limit-Requests") != "2000" || got.header.Get("X-Ratelimit-Limit-Tokens") != "" {
			t.Errorf("headers %v", got.header)
		}
	}
}

func TestTranscription_RefusesWhatGroqRefuses(t *testing.T) {
	base := serve(t, Options{}) + "/audio/transcriptions"
	const model = "whisper-large-v3"
	for _, c := range []struct {
		name, content string
		fields        []string
		status        int
		said          string
	}{
		{"a.txt", "x", []string{"model", model}, 400, `"file must be one of the following types: [flac mp3 mp4 mpeg mpga m4a ogg opus wav webm]","type":"invalid_request_error","code":"unsupported_audio_format"`},
		{"", "", []string{"model", model}, 400, "`file` or `url` must be provided"},
		{"a.wav", "x", []string{"model", model}, 400, "too short"},
		{"a.wav", strings.Repeat("x", 1000), []string{"model", "openai/gpt-oss-20b"}, 400, "transcription"},
		{"a.wav", strings.Repeat("x", 1000), nil, 404, "model_not_found"},
		{"a.wav", strings.Repeat("x", 1000), []string{"model", model, "response_format", "srt"}, 400, "response_format"},
		{"a.wav", strings.Repeat("x", 1000), []string{"model", model, "timestamp_granularities[]", "word"}, 400, "verbose_json"},
		{"a.wav", strings.Repeat("x", maxFreeSound+100<<10), []string{"model", model}, 413, "request_too_large"},
	} {
		got := post(t, base, c.name, c.content, c.fields...)
		if got.status != c.status || !strings.Contains(got.body, c.said) {
			t.Errorf("%s %v: %d %s", c.name, c.fields, got.status, got.body)
		}
	}
	if got := send(t, http.MethodPost, base, `{"model":"x"}`); got.status != 400 {
		t.Errorf("JSON: %d %s", got.status, got.body)
	}
}

func TestTranscription_HasLimitsOfItsOwn(t *testing.T) {
	base := serve(t, Options{Now: fixed(epoch())}) + "/audio/transcriptions"
	for n := range 21 {
		got := post(t, base, "a.wav", strings.Repeat("x", 1000), "model", "whisper-large-v3")
		if want := n == 20; (got.status == http.StatusTooManyRequests) != want {
			t.Fatalf("request %d: %d %s", n+1, got.status, got.body)
		}
	}
}
