package groq_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
	"groqchat/chat/groq"
)

// sent is the body and the headers of a request, as a server sees them.
type sent struct {
	body   map[string]any
	header http.Header
	path   string
}

// strict is a server which knows what Groq knows, and refuses all else.
func strict(t *testing.T, got *sent) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil || int64(len(raw)) != r.ContentLength {
			t.Errorf("read %d of %d bytes: %v", len(raw), r.ContentLength, err)
		}
		*got = sent{header: r.Header.Clone(), path: r.URL.Path}
		if err := json.Unmarshal(raw, &got.body); err != nil {
			t.Errorf("body %q: %v", raw, err)
		}
		known := "model messages max_completion_tokens temperature top_p stop seed stream stream_options reasoning_effort reasoning_format response_format service_tier frequency_penalty presence_penalty"
		onlyKnown(t, got.body, known)
		messages, _ := got.body["messages"].([]any)
		for _, m := range messages {
			onlyKnown(t, m.(map[string]any), "role content")
			if c := m.(map[string]any)["content"]; c == nil || c == "" {
				t.Errorf("empty message %v", m)
			}
		}
		sends("text/event-stream", wire(says("a"), finish, theEnd))(w, r)
	}
}

func onlyKnown(t *testing.T, object map[string]any, names string) {
	t.Helper()
	for name := range object {
		if !strings.Contains(" "+names+" ", " "+name+" ") {
			t.Errorf("property %q is unsupported", name)
		}
	}
}

// send asks a strict server.
func send(t *testing.T, req chat.Request) sent {
	t.Helper()
	var got sent
	if r := collect(t.Context(), server(t, strict(t, &got)), req); r.err != nil {
		t.Fatal(r.err)
	}
	return got
}

func TestRequest_SaysWhoAsksAndWhat(t *testing.T) {
	got := send(t, question())
	want := map[string]any{
		"model": chat.DefaultModel, "messages": []any{map[string]any{"role": "user", "content": "why?"}},
		"max_completion_tokens": 2048.0, "reasoning_effort": "medium",
		"stream": true, "stream_options": map[string]any{"include_usage": true},
	}
	if diff := cmp.Diff(want, got.body); diff != "" {
		t.Error(diff)
	}
	if got.path != "/openai/v1/chat/completions" {
		t.Errorf("path %s", got.path)
	}
	for name, value := range map[string]string{
		"Authorization": "Bearer " + key, "User-Agent": "groqchat/dev", "Accept": "text/event-stream", "Content-Type": "application/json",
	} {
		if got.header.Get(name) != value {
			t.Errorf("%s: %q, want %q", name, got.header.Get(name), value)
		}
	}
}

func TestRequest_SendsTheParametersThatAreSet(t *testing.T) {
	zero, nucleus, seed := 0.0, 0.9, -42
	req := question()
	req.System = "be brief"
	req.Params = chat.Params{
		Temperature: &zero, TopP: &nucleus, Seed: &seed, Stop: []string{"END", "###"}, MaxCompletionTokens: 4000, ReasoningEffort: "low",
		ResponseFormat: "json_object", ServiceTier: "flex", FrequencyPenalty: &zero, PresencePenalty: &nucleus,
	}
	got := send(t, req).body
	for name, want := range map[string]any{
		"temperature": 0.0, "top_p": 0.9, "seed": -42.0, "stop": []any{"END", "###"}, "max_completion_tokens": 4000.0, "reasoning_effort": "low",
		"response_format": map[string]any{"type": "json_object"}, "service_tier": "flex", "frequency_penalty": 0.0, "presence_penalty": 0.9,
	} {
		if diff := cmp.Diff(want, got[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if first := got["messages"].([]any)[0]; !cmp.Equal(first, any(map[string]any{"role": "system", "content": "be brief"})) {
		t.Errorf("first message %v", first)
	}
}

func TestRequest_TakesExactValuesToTheWire(t *testing.T) {
	for _, v := range []float64{0, 1e-8, 0.1, 0.7, 1, 1.9999, 2} {
		req := question()
		req.Params = chat.Params{Temperature: &v, TopP: &v}
		if got := send(t, req).body; got["temperature"] != v || got["top_p"] != v {
			t.Errorf("temperature %v and top_p %v, want %v", got["temperature"], got["top_p"], v)
		}
	}
}

func TestRequest_FitsTheModel(t *testing.T) {
	for name, tc := range map[string]struct {
		model  string
		params chat.Params
		effort any
		format any
		tokens float64
	}{
		"gpt-oss by default":              {chat.DefaultModel, chat.Params{}, "medium", nil, 2048},
		"an effort that it takes":         {chat.DefaultModel, chat.Params{ReasoningEffort: "high"}, "high", nil, 2048},
		"an effort that it does not":      {chat.DefaultModel, chat.Params{ReasoningEffort: "none"}, "medium", nil, 2048},
		"too little to think":             {chat.DefaultModel, chat.Params{MaxCompletionTokens: 10}, "medium", nil, 512},
		"more than it can write":          {chat.DefaultModel, chat.Params{MaxCompletionTokens: 1 << 20}, "medium", nil, 65536},
		"qwen by default":                 {"qwen/qwen3.8-27b", chat.Params{}, "none", nil, 1000},
		"qwen without thinking":           {"qwen/qwen3.8-27b", chat.Params{MaxCompletionTokens: 10}, "none", nil, 10},
		"qwen thinking":                   {"qwen/qwen3.8-27b", chat.Params{ReasoningEffort: "high", MaxCompletionTokens: 10}, "high", "parsed", 512},
		"qwen's window":                   {"qwen/qwen3.8-27b", chat.Params{MaxCompletionTokens: 20000}, "none", nil, 16384},
		"a model that nobody knows":       {"somebody/else", chat.Params{ReasoningEffort: "high", MaxCompletionTokens: 10}, nil, nil, 10},
		"a name with a rule in go-openai": {"o1-mini", chat.Params{}, nil, nil, 2048},
	} {
		t.Run(name, func(t *testing.T) {
			req := asking(tc.model)
			req.Params = tc.params
			got := send(t, req).body
			if got["model"] != tc.model || got["reasoning_effort"] != tc.effort || got["reasoning_format"] != tc.format || got["max_completion_tokens"] != tc.tokens {
				t.Errorf("sent model %v, effort %v, format %v, tokens %v", got["model"], got["reasoning_effort"], got["reasoning_format"], got["max_completion_tokens"])
			}
		})
	}
}

// The answer and its prompt share a window.
func TestRequest_LeavesThePromptItsRoom(t *testing.T) {
	var got sent
	c := client(t, groq.Options{Key: key, BaseURL: "http://memory/v1", Transport: handler(strict(t, &got)), Catalogue: chat.Catalogue{
		{ID: "small", Chat: true, Context: 4096, MaxOutput: 4096},
		{ID: "tiny", Chat: true, Context: 16, MaxOutput: 16},
	}, MaxTokens: 4096})
	for model, fits := range map[string]func(prompt, answer int) bool{
		"small": func(prompt, answer int) bool { return prompt+answer <= 4096 && answer > 3000 },
		"tiny":  func(_, answer int) bool { return answer == 1 },
	} {
		req := asking(model)
		if r := collect(t.Context(), c, req); r.err != nil {
			t.Fatal(r.err)
		}
		answer, _ := got.body["max_completion_tokens"].(float64)
		if !fits(req.PromptTokens(chat.ModelInfo{}), int(answer)) {
			t.Errorf("%s: asked for an answer of %v tokens", model, answer)
		}
	}
}

func TestRequest_AppliesNoRulesOfOpenAIToItsIDs(t *testing.T) {
	warm, half := 1.5, 0.5
	for _, model := range []string{"o1", "o3-mini", "o4-x", "gpt-5", "gpt-5-nano", "gpt-6-sol", "davinci-002", "gpt-3.5-turbo-instruct", `we"ird\id`} {
		req := asking(model)
		req.Params = chat.Params{Temperature: &warm, TopP: &half}
		if got := send(t, req).body; got["model"] != model || got["temperature"] != warm || got["top_p"] != half {
			t.Errorf("%s: sent %v with temperature %v and top_p %v", model, got["model"], got["temperature"], got["top_p"])
		}
	}
}

func TestRequest_FollowsTheCatalogueItIsGiven(t *testing.T) {
	var got sent
	c := client(t, groq.Options{
		Version: "1.2.3", BaseURL: "http://memory/v1", Transport: handler(strict(t, &got)),
		Catalogue: chat.Catalogue{{ID: "m", MaxOutput: 300, Efforts: []string{"low"}, DefaultEffort: "low"}},
	})
	if r := collect(t.Context(), c, asking("m")); r.err != nil {
		t.Fatal(r.err)
	}
	if got.body["max_completion_tokens"] != 300.0 || got.body["reasoning_effort"] != "low" {
		t.Errorf("sent %v", got.body)
	}
	if got.header.Get("User-Agent") != "groqchat/1.2.3" || got.header.Get("Authorization") != "" {
		t.Errorf("agent %q, authorization %q; want none without a key", got.header.Get("User-Agent"), got.header.Get("Authorization"))
	}
}

func TestRequest_LeavesOutWhatHasNothingToSend(t *testing.T) {
	req := chat.Request{Model: chat.DefaultModel, System: " \n", Messages: []chat.Message{
		{Role: chat.User, Content: "one"},
		{Role: chat.Assistant, Content: "", Reasoning: "thought, and never said"},
		{Role: chat.User, Content: " \n\t"},
		{Role: chat.User, Attachments: []chat.Attachment{{Name: "photo.png", Type: "image/png", Data: []byte{1}}}},
		{Role: chat.Assistant, Content: "answer", Reasoning: "hidden"},
		{Role: chat.User, Content: "two"},
	}}
	want := []any{
		map[string]any{"role": "user", "content": "one"},
		map[string]any{"role": "assistant", "content": "answer"},
		map[string]any{"role": "user", "content": "two"},
	}
	if diff := cmp.Diff(want, send(t, req).body["messages"]); diff != "" {
		t.Error(diff)
	}
}

func TestRequest_OfNothingIsRefusedHere(t *testing.T) {
	c := server(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for name, req := range map[string]chat.Request{
		"no message":    {Model: "m", System: "be brief"},
		"empty message": {Model: "m", Messages: []chat.Message{{Role: chat.User, Content: "  "}}},
	} {
		t.Run(name, func(t *testing.T) {
			row{kind: chat.Refused, says: "nothing to send"}.check(t, collect(t.Context(), c, req))
		})
	}
}

func TestRequest_PutsTextFilesIntoFences(t *testing.T) {
	req := chat.Request{Model: "m", Messages: []chat.Message{{
		Role: chat.User, Content: "explain", Attachments: []chat.Attachment{
			{Name: "a.go", Type: "text/x-go", Text: "package a\n"},
			{Name: "notes\n.md", Text: "```\ncode\n```"},
			{Name: "empty.txt"},
		},
	}}}
	want := "File: a.go (text/x-go)\n```go\npackage a\n```\n\nFile: notes .md\n````md\n```\ncode\n```\n````\n\nexplain"
	got := send(t, req).body["messages"].([]any)[0].(map[string]any)["content"]
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestRequest_SendsImagesOnlyToModelsThatSee(t *testing.T) {
	image := func(b byte) chat.Attachment {
		return chat.Attachment{Name: "x.png", Type: "image/png", Data: []byte{b, b, b}}
	}
	part := func(data string) any {
		return map[string]any{"type": "image_url", "image_url": map[string]any{"url": "data:image/png;base64," + data}}
	}
	messages := []chat.Message{
		{Role: chat.User, Content: "these", Attachments: []chat.Attachment{image(0), image(0)}},
		{Role: chat.User, Attachments: []chat.Attachment{image(1), {Name: "x.pdf", Type: "application/pdf", Data: []byte{9}}}},
		{Role: chat.User, Content: "and this", Attachments: []chat.Attachment{image(2)}},
	}
	got := send(t, chat.Request{Model: "qwen/qwen3.8-27b", Messages: messages}).body["messages"]
	want := []any{
		map[string]any{"role": "user", "content": []any{map[string]any{"type": "text", "text": "Picture that is not shown to you: x.png\n\nthese"}, part("AAAA")}},
		map[string]any{"role": "user", "content": []any{part("AQEB")}},
		map[string]any{"role": "user", "content": []any{map[string]any{"type": "text", "text": "and this"}, part("AgIC")}},
	}
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Errorf("the newest three: %s", diff)
	}
	got = send(t, chat.Request{Model: chat.DefaultModel, Messages: messages}).body["messages"]
	unseen := "Picture that is not shown to you: x.png\n\n"
	want = []any{
		map[string]any{"role": "user", "content": unseen + unseen + "these"},
		map[string]any{"role": "user", "content": unseen + "and this"},
	}
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Errorf("none: %s", diff)
	}
}
