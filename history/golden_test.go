package history

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// goldens is every session in testdata/v1. These files are never changed once
// they were released: they are what is on people's disks.
func goldens() map[string]chat.Conversation {
	empty := chat.Conversation{ID: idTwo, Created: noon(), Updated: noon(), Model: chat.DefaultModel}
	stopped := short(idTwo, "Ends of answers")
	stopped.Messages[1].State, stopped.Messages[1].FinishReason = chat.Stopped, ""
	stopped.Messages = append(stopped.Messages,
		chat.Message{ID: "m3", Parent: "m2", Role: chat.User, Created: noon().Add(1500 * time.Millisecond), Content: "Again", State: chat.Complete},
		chat.Message{ID: "m4", Parent: "m3", Role: chat.Assistant, Created: noon(), State: chat.Failed, Error: "no connection to api.groq.com"},
	)
	stopped.Head = "m4"
	retracted := short(idTwo, "Nothing shown")
	retracted.Head = ""
	cool := 0.1
	asked := short(idTwo, "Parameters of answers")
	asked.Messages[1].Params = &chat.Params{Temperature: &cool, Stop: []string{"END"}, ReasoningEffort: "high"}
	return map[string]chat.Conversation{"rich": rich(), "empty": empty, "stopped": stopped, "retracted": retracted, "params": asked}
}

func TestFormat_IsWhatItWasByteForByte(t *testing.T) {
	for name, conv := range goldens() {
		path := filepath.Join("testdata", "v1", name+".json")
		text := textOf(t, conv)
		if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(contentOf(t, path), text); diff != "" {
			t.Errorf("%s is written differently:\n%s", name, diff)
		}
	}
}

func TestFormat_ReadsEveryFileOfTheFirstVersion(t *testing.T) {
	for name, want := range goldens() {
		s := Open(t.TempDir())
		place(t, s, want.ID+".json", contentOf(t, filepath.Join("testdata", "v1", name+".json")))
		got := mustLoad(t, s, want.ID)
		if diff := cmp.Diff(want, got.Conversation, same()); diff != "" || got.ReadOnly != "" {
			t.Errorf("%s is read differently (read-only: %q):\n%s", name, got.ReadOnly, diff)
		}
	}
}

// by-hand.json is in another order, indented, with CRLF line ends, without what
// may be missing, and with fields of other programs.
func TestFormat_ReadsAFileWrittenByHand(t *testing.T) {
	s := Open(t.TempDir())
	place(t, s, idTwo+".json", contentOf(t, filepath.Join("testdata", "v1", "by-hand.json")))
	got := mustLoad(t, s, idTwo)
	if got.ReadOnly != "" || got.Title != "By hand" || got.Head != "b" || len(got.Path()) != 2 {
		t.Fatalf("got %+v", got)
	}
	if a := got.Messages[1]; a.State != chat.Interrupted || a.Content != "answer" || !a.Created.Equal(noon()) {
		t.Errorf("the answer is %+v", a)
	}
	list, err := s.List(t.Context())
	if err != nil || len(list.Summaries) != 1 || list.Summaries[0].Title != "By hand" || list.Summaries[0].Count != 2 {
		t.Errorf("the list is %+v, %v", list, err)
	}
	mustSave(t, s, got.Conversation)
	again := mustLoad(t, s, idTwo)
	if string(again.Extra["ours"]) != `{"deep":[1,2]}` || string(again.Messages[0].Extra["Content"]) != `"not ours"` {
		t.Errorf("kept: %s and %s", again.Extra, again.Messages[0].Extra)
	}
}
