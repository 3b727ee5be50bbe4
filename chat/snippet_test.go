package chat

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// hostile is texts that break careless quoting.
func hostile() []string {
	return []string{
		"", "'", `"`, `\`, "`", "$HOME", "$(id)", "`id`", "a\nEND_OF_JSON\nid", "END_OF_JSON", "'''\n\"\"\"", "\\'", "${x}", "%s %d", "\\u0041", "\\n",
		"\x00\x01\x1b[2J\x7f", "a\r\nb\rc\td", "\u2028\u2029\u0085", "\u202e\u2066abc\u2069", "\ufeff", "👩‍👩‍👧 𝔘 日本語", "</script><!--", "*/ //", "#{x} {{y}}", "!history", "~", "\a\b\f\v",
		"\U000e0001\U0010fffd", "a\\", "trailing\n\n", "\xff invalid",
	}
}

// bodyOf is a body of a request in which a text stands wherever one can.
func bodyOf(t testing.TB, texts ...string) []byte {
	t.Helper()
	var messages []map[string]any
	for _, text := range texts {
		messages = append(messages, map[string]any{"role": "user", "content": text})
	}
	body, err := json.Marshal(map[string]any{
		"model": texts[0], "messages": messages, "temperature": 1e-8, "seed": 1 << 53, "stop": texts, "stream": true, "stream_options": map[string]any{"include_usage": true},
		"response_format": map[string]any{"type": "text"}, "logprobs": false, "user": nil, "tools": []any{}, "logit_bias": map[string]any{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// sent is what a body says without the stream.
func sent(t testing.TB, body []byte) (v map[string]any) {
	t.Helper()
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	delete(v, "stream")
	delete(v, "stream_options")
	return v
}

func write(t testing.TB, language string, body []byte) string {
	t.Helper()
	l, ok := FindSnippetLanguage(language)
	if !ok {
		t.Fatalf("no %s", language)
	}
	text, err := l.Write(body, "https://api.groq.com/openai/v1")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSnippet_GoHoldsTheSameRequest(t *testing.T) {
	check := func(t testing.TB, body []byte) {
		f, err := parser.ParseFile(token.NewFileSet(), "x.go", write(t, "go", body), 0)
		if err != nil {
			t.Fatal(err)
		}
		literal := f.Decls[1].(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value
		got, err := strconv.Unquote(literal)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sent(t, body), sent(t, []byte(got))); diff != "" {
			t.Fatal(diff)
		}
	}
	check(t, bodyOf(t, hostile()...))
	rapid.Check(t, func(r *rapid.T) { check(t, bodyOf(t, rapid.SliceOfN(rapid.String(), 1, 5).Draw(r, "texts")...)) })
}

// TestSnippet_ScriptsHoldTheSameRequest lets each language itself read many
// programs whose client only says what it was given.
func TestSnippet_ScriptsHoldTheSameRequest(t *testing.T) {
	some := rapid.SliceOfN(rapid.String(), 40, 60)
	bodies := [][]byte{bodyOf(t, hostile()...), bodyOf(t, some.Example(1)...), bodyOf(t, some.Example(2)...)}
	for _, tc := range []struct {
		tool     string
		language string
		run      func(dir, program string) *exec.Cmd
	}{
		{"sh", "curl", func(_, program string) *exec.Cmd {
			return exec.Command("sh", "-c", "curl() { cat; }\n"+program)
		}},
		{"python3", "python", func(dir, program string) *exec.Cmd {
			// A client that prints what it was asked.
			fake := "import json\nclass Groq:\n  def __init__(self, api_key): self.chat = self.completions = self\n" +
				"  def create(self, **a):\n    print(json.dumps(a)); raise SystemExit\n"
			_ = os.WriteFile(filepath.Join(dir, "groq.py"), []byte(fake), 0o600)
			cmd := exec.Command("python3", "-")
			cmd.Dir, cmd.Stdin = dir, strings.NewReader("import sys; sys.path.insert(0, '.')\n"+program)
			return cmd
		}},
		{"node", "javascript", func(dir, program string) *exec.Cmd {
			fake := "class Groq { chat = { completions: { create(a) { console.log(JSON.stringify(a)); process.exit() } } } }\n"
			_, program, _ = strings.Cut(program, "import ")
			_, program, _ = strings.Cut(program, "\n")
			path := filepath.Join(dir, "x.mjs")
			_ = os.WriteFile(path, []byte(fake+program), 0o600)
			return exec.Command("node", path)
		}},
	} {
		t.Run(tc.language, func(t *testing.T) {
			if _, err := exec.LookPath(tc.tool); err != nil {
				t.Skipf("%s is not here", tc.tool)
			}
			dir := t.TempDir()
			for _, body := range bodies {
				cmd := tc.run(dir, write(t, tc.language, body))
				cmd.Env = append(os.Environ(), "GROQ_API_KEY=k", "PYTHONIOENCODING=utf-8")
				out, err := cmd.Output()
				if err != nil {
					t.Fatalf("%v: %s", err, body)
				}
				if diff := cmp.Diff(sent(t, body), sent(t, out)); diff != "" {
					t.Fatalf("%s: %s", body, diff)
				}
			}
		})
	}
}

func TestSnippet_NamesOtherServersAndTheirClients(t *testing.T) {
	for _, tc := range []struct{ language, base, want, lacks string }{
		{"python", "https://api.groq.com/openai/v1", "from groq import Groq", "base_url"},
		{"js", "https://api.groq.com/openai/v1/", `from "groq-sdk"`, "baseURL"},
		{"py", "http://127.0.0.1:80/openai/v1", `Groq(api_key=os.environ["GROQ_API_KEY"], base_url="http://127.0.0.1:80")`, "openai"},
		{"js", "http://127.0.0.1:80/openai/v1", `baseURL: "http://127.0.0.1:80" }`, "openai"},
		{"python", "https://llm.example/v1", `OpenAI(api_key=os.environ["GROQ_API_KEY"], base_url="https://llm.example/v1")`, "Groq("},
		{"javascript", "https://llm.example/v1", `new OpenAI({ apiKey: process.env.GROQ_API_KEY, baseURL: "https://llm.example/v1" })`, "groq-sdk"},
		{"curl", "https://llm.example/it's/v1", `'https://llm.example/it'\''s/v1/chat/completions'`, "groq.com"},
		{"go", "https://llm.example/v1", `"https://llm.example/v1/chat/completions"`, "groq.com"},
	} {
		l, _ := FindSnippetLanguage(tc.language)
		text, err := l.Write(bodyOf(t, "hi"), tc.base)
		if err != nil || !strings.Contains(text, tc.want) || strings.Contains(text, tc.lacks) {
			t.Errorf("%s for %s, %v:\n%s", tc.language, tc.base, err, text)
		}
	}
	if _, ok := FindSnippetLanguage("cobol"); ok {
		t.Error("COBOL was found")
	}
	if _, err := SnippetLanguages()[0].Write([]byte("nonsense"), "x"); err == nil {
		t.Error("nonsense was written")
	}
}
