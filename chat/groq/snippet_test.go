package groq_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
	"groqchat/chat/demo"
	"groqchat/chat/groq"
)

// overheard starts the demo server behind a door that keeps the last body.
func overheard(t *testing.T) (base string, last func() []byte) {
	t.Helper()
	s, err := demo.Start("127.0.0.1:0", demo.Options{Tier: "off", Pace: -1, Key: "gsk_snippet"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	at, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	var body []byte
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: at.Scheme, Host: at.Host})
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(door.Close)
	return door.URL + at.Path, func() []byte { return body }
}

// sdk is where the module groq-sdk of npm is, which no test installs.
func sdk(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("GROQCHAT_NODE_MODULES"); dir != "" {
		return dir
	}
	out, err := exec.Command("npm", "root", "-g").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || !exists(filepath.Join(dir, "groq-sdk")) {
		t.Skip("npm's groq-sdk is not here; GROQCHAT_NODE_MODULES names a folder that has it")
	}
	return dir
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestSnippets_RunAgainstAServer(t *testing.T) {
	base, last := overheard(t)
	warm, seed := 0.7, 7
	conv := chat.Conversation{Model: "openai/gpt-oss-20b", System: "It's \"quoted\" $HOME `id`\n\\"}
	conv.Params = chat.Params{Temperature: &warm, Seed: &seed, Stop: []string{"'", "###\n"}, ReasoningEffort: "low", MaxCompletionTokens: 600}
	conv.Ask("What is 'a' in \"b\"?\n\u202e👩‍👩‍👧\tEND_OF_JSON", []chat.Attachment{{Name: "a.go", Text: "x := `$(id)` // \u2028"}}, conv.Created)
	body, err := groq.New(groq.Options{}).Body(conv.Request())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range chat.SnippetLanguages() {
		t.Run(l.Name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "ask."+l.Ending)
			cmd := program(t, l.Name, dir, path)
			text, err := l.Write(body, base)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd.Env = append(os.Environ(), "GROQ_API_KEY=gsk_snippet", "NO_PROXY=127.0.0.1", "PYTHONIOENCODING=utf-8")
			out, err := cmd.CombinedOutput()
			if err != nil || len(bytes.TrimSpace(out)) == 0 {
				t.Fatalf("%v: %s\n%s", err, out, text)
			}
			if diff := cmp.Diff(decoded(t, body), decoded(t, last())); diff != "" {
				t.Errorf("the server was asked something else: %s", diff)
			}
		})
	}
}

// program is what runs a snippet, or a reason to skip it.
func program(t *testing.T, language, dir, path string) *exec.Cmd {
	t.Helper()
	tools := map[string]string{"curl": "curl", "python": "python3", "javascript": "node", "go": "go"}
	if _, err := exec.LookPath(tools[language]); err != nil {
		t.Skipf("%s is not here", tools[language])
	}
	switch language {
	case "curl":
		return exec.Command("sh", path)
	case "python":
		if exec.Command("python3", "-c", "import groq").Run() != nil {
			t.Skip("Python's groq is not here")
		}
		return exec.Command("python3", path)
	case "javascript":
		// A module is looked for beside the program alone.
		if err := os.Symlink(sdk(t), filepath.Join(dir, "node_modules")); err != nil {
			t.Skip(err)
		}
		return exec.Command("node", path)
	}
	return exec.Command("go", "run", path)
}

// decoded is a body without what makes it a stream.
func decoded(t *testing.T, body []byte) (v map[string]any) {
	t.Helper()
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	delete(v, "stream")
	delete(v, "stream_options")
	return v
}

// P02: what can be looked at before is what the server gets, pictures and parameters
// included.
func TestBody_IsWhatIsSent(t *testing.T) {
	warm, seed := 0.25, -7
	params := chat.Params{
		Temperature: &warm, TopP: &warm, Seed: &seed, Stop: []string{"\u2028", "END"}, MaxCompletionTokens: 700, ReasoningEffort: "none",
		ResponseFormat: "json_object", ServiceTier: "flex", FrequencyPenalty: &warm, PresencePenalty: &warm,
	}
	talk := []chat.Message{
		{Role: chat.User, Content: "these", Attachments: []chat.Attachment{
			{Name: "x.png", Type: "image/png", Data: []byte{1, 2, 3}}, {Name: "a.go", Text: "package a"},
		}},
		{Role: chat.Assistant, Content: "<b> & \"b\"", Reasoning: "hm"},
		{Role: chat.User, Content: "and?"},
	}
	for _, req := range []chat.Request{
		question(),
		{Model: "qwen/qwen3.8-27b", System: "be brief", Params: params, Messages: talk},
		{Model: chat.DefaultModel, Params: params, Messages: talk, Longest: 100},
	} {
		got, err := groq.New(groq.Options{}).Body(req)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(decoded(t, got), decoded(t, marshal(t, send(t, req).body))); diff != "" {
			t.Errorf("%s: %s", req.Model, diff)
		}
		if images := strings.Count(string(got), "data:image/png;base64,AQID"); (images == 1) != (req.Model == "qwen/qwen3.8-27b") {
			t.Errorf("%s: %d pictures", req.Model, images)
		}
	}
	if _, err := groq.New(groq.Options{}).Body(chat.Request{}); err == nil {
		t.Error("an empty request has a body")
	}
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
