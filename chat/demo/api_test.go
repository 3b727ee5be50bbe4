package demo

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAuth_ComesBeforeEverything(t *testing.T) {
	base := serve(t, Options{Pace: -1, Key: key})
	const want = `{"error":{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}}` + "\n"
	for _, auth := range []string{"", "Bearer", "Bearer ", "Bearer gsk_other", "Basic " + key, key} {
		for _, path := range []string{"/chat/completions", "/models", "/nowhere"} {
			r := send(t, http.MethodPost, base+path, "{", "Authorization", auth)
			if r.status != http.StatusUnauthorized || r.body != want {
				t.Errorf("%q on %s: %d %s", auth, path, r.status, r.body)
			}
			if r.header.Get("X-Groq-Region") == "" || stable(r.header.Get("X-Request-Id")) != "REQUEST" || len(rates(r.header)) > 0 {
				t.Errorf("%q on %s: headers %v", auth, path, r.header)
			}
		}
	}
	if r := send(t, http.MethodGet, base+"/models", ""); r.status != http.StatusOK {
		t.Errorf("the right key gets %d", r.status)
	}
}

func TestAuth_TakesAnyKeyIfNoneIsSet(t *testing.T) {
	base := serve(t, Options{Pace: -1})
	if r := send(t, http.MethodGet, base+"/models", "", "Authorization", "Bearer whatever"); r.status != http.StatusOK {
		t.Errorf("got %d", r.status)
	}
}

func TestRoutes_NameWhatTheyDoNotKnow(t *testing.T) {
	base := serve(t, Options{Pace: -1})
	host := strings.TrimSuffix(base, root)
	for _, tt := range []struct{ method, path string }{
		{http.MethodPost, "/openai/v1/chat/completion"},
		{http.MethodGet, "/openai/v1/chat/completions"},
		{http.MethodPost, "/openai/v1/models"},
		{http.MethodPost, "/openai/v1/openai/v1/chat/completions"},
		{http.MethodPost, "/openai/v1//chat/completions"},
		{http.MethodPost, "/chat/completions"},
		{http.MethodGet, "/openai/v1"},
		{http.MethodGet, "/"},
	} {
		r := send(t, tt.method, host+tt.path, "")
		want := `{"error":{"message":"Unknown request URL: ` + tt.method + " " + tt.path + `. Please check the URL for typos, ` +
			`or see the docs at https://console.groq.com/docs/","type":"invalid_request_error","code":"unknown_url"}}` + "\n"
		if r.status != http.StatusNotFound || r.body != want {
			t.Errorf("%s %s: %d %s", tt.method, tt.path, r.status, r.body)
		}
	}
}

func TestModels_AreListedWithAllThatGroqTells(t *testing.T) {
	r := send(t, http.MethodGet, serve(t, Options{Pace: -1})+"/models", "")
	rows := []string{
		`{"id":"openai/gpt-oss-120b","object":"model","created":1754408224,"owned_by":"OpenAI","active":true,` +
			`"context_window":131072,"public_apps":null,"max_completion_tokens":65536,` +
			`"name":"GPT OSS 120B","input_modalities":["text"],"output_modalities":["text"],` +
			`"supported_features":["tools","json_mode","structured_outputs","reasoning"],` +
			`"pricing":{"prompt":"0.00000015","completion":"0.0000006","image":"0","request":"0","input_cache_read":"0.000000075"}}`,
		`{"id":"qwen/qwen3.8-27b","object":"model","created":1786984846,"owned_by":"Alibaba Cloud","active":true,` +
			`"context_window":131072,"max_completion_tokens":16384,"name":"Qwen/Qwen3.8-27B",` +
			`"input_modalities":["text","image"],"output_modalities":["text"],"supported_features":["tools","json_mode","reasoning"],` +
			`"pricing":{"prompt":"0.0000008","completion":"0.000004"}}`,
		`{"id":"whisper-large-v3-turbo","object":"model","created":1728413088,"owned_by":"OpenAI","active":true,` +
			`"context_window":448,"max_completion_tokens":448,"name":"Whisper Large V3 Turbo",` +
			`"input_modalities":["audio"],"output_modalities":["transcription"],"supported_features":null,"pricing":null}`,
	}
	for _, row := range rows {
		if !strings.Contains(r.body, row) {
			t.Errorf("not in the list: %s", row)
		}
	}
	var list struct {
		Object string
		Data   []struct {
			ID     string
			Active bool
		}
	}
	if err := json.Unmarshal([]byte(r.body), &list); err != nil || list.Object != "list" || len(list.Data) != 11 {
		t.Errorf("%v, %d models of %q", err, len(list.Data), list.Object)
	}
}

func TestModels_AreShownOneByOne(t *testing.T) {
	base := serve(t, Options{Pace: -1})
	for _, id := range []string{"openai/gpt-oss-20b", "openai%2Fgpt-oss-20b"} {
		r := send(t, http.MethodGet, base+"/models/"+id, "")
		if r.status != http.StatusOK || !strings.HasPrefix(r.body, `{"id":"openai/gpt-oss-20b","object":"model"`) {
			t.Errorf("%s: %d %s", id, r.status, r.body)
		}
	}
	if r := send(t, http.MethodGet, base+"/models/nobody/knows", ""); r.status != http.StatusNotFound || !strings.Contains(r.body, "model_not_found") {
		t.Errorf("got %d %s", r.status, r.body)
	}
}

func TestModels_ThatAreGoneSayHow(t *testing.T) {
	base := serve(t, Options{Pace: -1})
	refused(t, base, http.StatusNotFound, []refusal{
		{
			name: "retired lately", body: with("llama-3.3-70b-versatile", `"n":1`), code: "model_not_found",
			message: "The model `llama-3.3-70b-versatile` does not exist or you do not have access to it.",
		},
		{
			name: "never was", body: with("gpt-9", `"n":1`), code: "model_not_found",
			message: "The model `gpt-9` does not exist or you do not have access to it.",
		},
	})
	refused(t, base, http.StatusBadRequest, []refusal{{
		name: "retired long ago", body: with("gemma2-9b-it", `"n":1`), code: "model_decommissioned",
		message: "The model `gemma2-9b-it` has been decommissioned and is no longer supported. Please refer to " +
			"https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
	}})
}

func TestHandler_ObservesEachRequest(t *testing.T) {
	seen := make(chan Exchange, 2)
	base := serve(t, Options{Pace: -1, Tier: tierOff, Observe: func(e Exchange) { seen <- e }})
	body := with(big, `"max_tokens":25`)
	chat(t, base, body)
	got := <-seen
	if got.Header.Get("Authorization") != "Bearer "+key {
		t.Errorf("headers %v", got.Header)
	}
	got.Header = nil
	want := Exchange{
		Method: http.MethodPost, Path: root + "/chat/completions", Body: []byte(body), Status: http.StatusOK, Tokens: 25,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	chat(t, base, "{")
	if got := <-seen; got.Status != http.StatusBadRequest || got.Tokens != 0 || got.Disconnected {
		t.Errorf("got %+v", got)
	}
}

func TestHandler_SaysWhatIsWrongWithItsOptions(t *testing.T) {
	for want, o := range map[string]Options{
		`no scene "bogus"`: {Scene: "bogus"},
		`no tier "gold"`:   {Tier: "gold"},
	} {
		r := send(t, http.MethodGet, serve(t, o)+"/models", "")
		if r.status != http.StatusInternalServerError || !strings.Contains(r.body, want) {
			t.Errorf("got %d %s", r.status, r.body)
		}
		if _, err := Start("127.0.0.1:0", o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Start: %v", err)
		}
	}
}
