package history

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

func TestTranscript_IsPlainMarkdown(t *testing.T) {
	conv := rich()
	conv.Title = "Binary\n search\tin Go"
	conv.Messages = append(conv.Messages,
		chat.Message{ID: "m4", Parent: "m2", Role: chat.User, Content: "\n# Show code\n\n    indented  \n"},
		chat.Message{ID: "m5", Parent: "m4", Role: chat.Assistant, Model: "openai/gpt-oss-20b", State: chat.Interrupted, Error: "the stream\nbroke.", Content: "Here:\n\n````go\nfunc f() {\n```\n"},
		chat.Message{ID: "m6", Parent: "m5", Role: "tool", Content: "42"},
		chat.Message{ID: "m7", Parent: "m6", Role: chat.Assistant, Model: "openai/gpt-oss-20b", State: chat.Stopped, Content: "So it"},
		chat.Message{ID: "m8", Parent: "m7", Role: chat.User, Content: "Go on"},
		chat.Message{ID: "m9", Parent: "m8", Role: chat.Assistant, State: chat.Failed, Error: "no connection"},
	)
	conv.Head = "m9"
	var b strings.Builder
	if err := Transcript(&b, &conv); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "transcript.md")
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(contentOf(t, path), b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestTranscript_OfNothingIsATitle(t *testing.T) {
	var b strings.Builder
	if err := Transcript(&b, &chat.Conversation{}); err != nil || b.String() != "# Untitled\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
}

func TestTranscript_ReportsAFailingWriter(t *testing.T) {
	conv := rich()
	if err := Transcript(failing{}, &conv); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error is %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestOpenFence_FindsWhatIsLeftOpen(t *testing.T) {
	cases := []struct{ text, want string }{
		{"plain", ""},
		{"```go\nx\n```", ""},
		{"```go\nx", "```"},
		{"~~~\n```\n", "~~~"},
		{"````\n```\n", "````"},
		{"```\nx\n````", ""},
		{"``` a `b` ```", ""},
		{"```\n``` go", "```"},
		{"- x\n  ```\n  y\n  ```", ""},
	}
	for _, c := range cases {
		if got := openFence(c.text); got != c.want {
			t.Errorf("%q leaves %q open, want %q", c.text, got, c.want)
		}
	}
}

func TestTranscript_ShowsAQuestionThatWasNotAnswered(t *testing.T) {
	conv := short(idOne, "x")
	conv.Head = ""
	conv.Messages[1].Content, conv.Messages[1].State, conv.Messages[1].Error = "", chat.Failed, "Groq refused the key"
	var b strings.Builder
	if err := Transcript(&b, &conv); err != nil {
		t.Fatal(err)
	}
	want := "\n> Is <b> & </b> \"bold\"?\n> Say so.\n\n*This question was not answered: Groq refused the key.*\n"
	if !strings.HasSuffix(b.String(), want) {
		t.Errorf("got %s", b.String())
	}
}
