package history

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"groqchat/chat"
)

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	if task := os.Getenv(childTask); task != "" {
		os.Exit(runChild(task))
	}
	flag.Parse()
	os.Exit(inMemory(m.Run))
}

// onDisk keeps the folders of tests on the disk, as for a soak.
const onDisk = "GROQCHAT_TEST_ON_DISK"

// inMemory runs tests with their folders in memory, where the system has room for
// them there: the loops over every operation and byte wait for a disk thousands of
// times, and what they prove is told by the order of the operations. Benchmarks
// are about the disk, and stay on it.
func inMemory(run func() int) int {
	const shared, room = "/dev/shm", 2 << 30
	if os.Getenv(onDisk) != "" || flag.Lookup("test.bench").Value.String() != "" || free(shared) < room {
		return run()
	}
	dir, err := os.MkdirTemp(shared, "groqchat-tests-")
	if err != nil {
		return run()
	}
	defer os.RemoveAll(dir)
	if err := os.Setenv("TMPDIR", dir); err != nil {
		return 1
	}
	return run()
}

const (
	idOne = "01KX3M8Q7VFZ2S0B9R4TYH6NCE"
	idTwo = "01KX3M8Q7VFZ2S0B9R4TYH6NCF"
)

// noon is the time of most sessions in tests.
func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// short is a session of one question and its answer.
func short(id, title string) chat.Conversation {
	return chat.Conversation{
		ID: id, Title: title, Created: noon(), Updated: noon().Add(time.Minute), Model: chat.DefaultModel, Head: "m2",
		Messages: []chat.Message{
			{ID: "m1", Role: chat.User, Created: noon(), Content: "Is <b> & </b> \"bold\"?\nSay so.", State: chat.Complete},
			{
				ID: "m2", Parent: "m1", Role: chat.Assistant, Created: noon(), Model: chat.DefaultModel, Content: "Yes.",
				FinishReason: "stop", State: chat.Complete, Usage: chat.Usage{PromptTokens: 12, CompletionTokens: 2},
			},
		},
	}
}

// rich is a session with everything that the format has.
func rich() chat.Conversation {
	warm, seed := 0.2, -7
	conv := short(idOne, "Binary search in Go")
	conv.Rev, conv.Persona, conv.System = 16, "gopher", "Be brief.\nUse Go."
	conv.Params = chat.Params{Temperature: &warm, MaxCompletionTokens: 2048, Seed: &seed, Stop: []string{"END"}, ReasoningEffort: "low"}
	conv.Pinned, conv.Tags = true, []string{"go", "über"}
	conv.Extra = chat.Extra{"x_colour": json.RawMessage(`{"a":[1e400,null]}`)}
	conv.Messages[0].Attachments = []chat.Attachment{
		{Name: "a.go", Type: "text/x-go", Bytes: 12, Text: "package main"},
		{Name: "dot.png", Type: "image/png", Bytes: 3, Data: []byte{0x89, 'P', 'N'}},
	}
	conv.Messages[1].Reasoning = "Think 😀 first.\u2028Then."
	conv.Messages[1].RequestID = "req_01"
	conv.Messages[1].Usage = chat.Usage{PromptTokens: 91, CompletionTokens: 24, CachedTokens: 64, ReasoningTokens: 14}
	conv.Messages[1].Timing = chat.Timing{
		Queue: 41900 * time.Microsecond, Prompt: 3900 * time.Microsecond, Completion: 50400 * time.Microsecond,
		FirstToken: 210 * time.Millisecond, Total: 260123456 * time.Nanosecond,
	}
	conv.Messages[1].Extra = chat.Extra{"x_stars": json.RawMessage("5")}
	other := conv.Messages[1]
	other.ID, other.State, other.Error, other.FinishReason = "m3", chat.Interrupted, "the connection broke", ""
	other.Extra, other.Usage = nil, chat.Usage{}
	conv.Messages = append(conv.Messages, other)
	return conv
}

// same is how conversations compare: what is empty equals what is nil.
func same() cmp.Options {
	return cmp.Options{cmpopts.IgnoreUnexported(chat.Conversation{}), cmpopts.EquateEmpty()}
}

func mustSave(t *testing.T, s *Store, conv chat.Conversation) int {
	t.Helper()
	rev, err := s.Save(conv)
	if err != nil {
		t.Fatal(err)
	}
	return rev
}

func mustLoad(t *testing.T, s *Store, id string) Session {
	t.Helper()
	session, err := s.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// place puts a file among the sessions as another program would.
func place(t *testing.T, s *Store, name, text string) string {
	t.Helper()
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// textOf is a conversation as it would stand in a file.
func textOf(t *testing.T, conv chat.Conversation) string {
	t.Helper()
	text, err := encode(conv, conv.Rev)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
