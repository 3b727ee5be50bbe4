package groq_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// catalogue is a list as Groq sends it.
const catalogue = `{"object":"list","data":[
 {"id":"openai/gpt-oss-120b","object":"model","created":1754408224,"owned_by":"OpenAI","active":true,
  "context_window":131072,"public_apps":null,"max_completion_tokens":65536,
  "name":"GPT OSS 120B","input_modalities":["text"],"output_modalities":["text"],
  "supported_features":["tools","json_mode","structured_outputs","reasoning"],
  "pricing":{"prompt":"0.00000015","completion":"0.0000006","image":"0","request":"0","input_cache_read":"0.000000075"}},
 {"id":"qwen/qwen3.8-27b","owned_by":"Alibaba Cloud","active":true,"context_window":131072,"max_completion_tokens":16384,
  "name":"Qwen/Qwen3.8-27B","input_modalities":["text","image"],"output_modalities":["text"],"pricing":{"prompt":"0.0000008","completion":0.000004}},
 {"id":"whisper-large-v3-turbo","owned_by":"OpenAI","active":true,"context_window":448,"max_completion_tokens":448,
  "name":"Whisper Large V3 Turbo","input_modalities":["audio"],"output_modalities":["transcription"],"supported_features":null,"pricing":null},
 {"id":"asleep","active":false},
 {"id":"odd","context_window":"large","owned_by":"Nobody"},
 {"id":""}, 7,
 {"id":"openai/gpt-oss-safeguard-20b","output_modalities":["text"]},
 {"id":"meta-llama/llama-prompt-guard-2-22m"},
 {"id":"canopylabs/orpheus-v1-english"},
 {"id":"playai-tts"},
 {"id":"nomic-embed-text"},
 {"id":"allam-2-7b","owned_by":"SDAIA"}]}`

func TestModels_TellsWhatTheServerTells(t *testing.T) {
	var header http.Header
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		header = r.Header.Clone()
		if r.Method != http.MethodGet || r.URL.Path != "/openai/v1/models" {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		sends("application/json", catalogue)(w, r)
	})
	got, err := c.Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []chat.ModelInfo{
		{ID: "openai/gpt-oss-120b", Name: "GPT OSS 120B", Owner: "OpenAI", Context: 131072, MaxOutput: 65536, PriceIn: 0.15, PriceCached: 0.075, PriceOut: 0.6, Chat: true},
		{ID: "qwen/qwen3.8-27b", Name: "Qwen/Qwen3.8-27B", Owner: "Alibaba Cloud", Context: 131072, MaxOutput: 16384, PriceIn: 0.8, PriceOut: 4, Images: true, Chat: true},
		{ID: "whisper-large-v3-turbo", Name: "Whisper Large V3 Turbo", Owner: "OpenAI", Context: 448, MaxOutput: 448},
		{ID: "asleep"},
		{ID: "odd", Owner: "Nobody", Chat: true},
		{ID: "openai/gpt-oss-safeguard-20b"},
		{ID: "meta-llama/llama-prompt-guard-2-22m"},
		{ID: "canopylabs/orpheus-v1-english"},
		{ID: "playai-tts"},
		{ID: "nomic-embed-text"},
		{ID: "allam-2-7b", Owner: "SDAIA", Chat: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if header.Get("Authorization") != "Bearer "+key || header.Get("User-Agent") != "groqchat/dev" {
		t.Errorf("headers %v", header)
	}
}

func TestModels_ReadsTheRecording(t *testing.T) {
	for _, r := range recordings(t, "application/json") {
		if r.name != "gomodel.models" {
			continue
		}
		models, err := server(t, sends(r.contentType, r.body)).Models(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		found := chat.Catalogue(models)
		if kimi := found.Find("moonshotai/kimi-k2-instruct-0905"); len(found) != strings.Count(r.body, `"id"`) || kimi.Context != 262144 || kimi.Owner != "Moonshot AI" || !kimi.Chat {
			t.Errorf("%d models, %+v", len(found), kimi)
		}
		if whisper := found.Find("whisper-large-v3"); whisper.Chat {
			t.Errorf("%+v is no model to talk to", whisper)
		}
	}
}

func TestModels_SayWhatWentWrong(t *testing.T) {
	for name, tc := range map[string]struct {
		h   http.HandlerFunc
		row row
	}{
		"wrong key":    {refuses(401, said("Invalid API Key", "invalid_api_key")), row{kind: chat.BadKey, says: "refused the key"}},
		"a page":       {sends("text/html", "<html><title>Login</title></html>"), row{kind: chat.NotAnAPI, says: "“Login”"}},
		"other JSON":   {sends("application/json", `{"hello":1}`), row{kind: chat.NotAnAPI, says: "no list of models"}},
		"broken JSON":  {sends("application/json", catalogue[:500]), row{kind: chat.NotAnAPI, says: "not JSON"}},
		"an error":     {sends("application/json", `{"error":{"message":"boom"}}`), row{kind: chat.ServerFault, says: "boom"}},
		"without end":  {endless(`{"data":[`, strings.Repeat(" ", 1<<20)), row{kind: chat.NotAnAPI, says: "without end"}},
		"wrong path":   {refuses(404, "404 page not found"), row{kind: chat.NotAnAPI, says: "Check the base URL"}},
		"nothing":      {refuses(204, ""), row{kind: chat.NotAnAPI, says: "not JSON"}},
		"cut response": {refuses(200, "{", "Content-Length", "100"), row{kind: chat.Unreachable, says: "closed the connection"}},
	} {
		t.Run(name, func(t *testing.T) {
			models, err := server(t, tc.h).Models(t.Context())
			tc.row.check(t, result{err: err})
			if models != nil {
				t.Errorf("models %v with an error", models)
			}
		})
	}
}

func TestModels_StopWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	c := server(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "{")
		w.(http.Flusher).Flush()
		cancel(errStop)
		<-r.Context().Done()
	})
	var wrapped *chat.Error
	if _, err := c.Models(ctx); !errors.Is(err, errStop) || errors.As(err, &wrapped) {
		t.Errorf("error %v, of the network %v; want the cause alone", err, wrapped)
	}
}
