package cli

import (
	"path/filepath"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
)

// TestStore_AccountsForWhatWasLost at the server's price, and for no answer of the demo.
func TestStore_AccountsForWhatWasLost(t *testing.T) {
	for server, want := range map[string]int{"": 1, "127.0.0.1:8080": 1, demoName: 0} {
		dir := t.TempDir()
		set := config.Loaded{Config: config.Default()}
		set.Paths.Data, set.Paths.State = dir, filepath.Join(dir, "state")
		dies(t, dir, server)
		a := newApp(Build{}, nil, nil, nil)
		if _, err := a.store(t.Context(), set).Recover(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		got, err := history.OpenLedger(set.Paths.State).Since(time.Time{})
		if err != nil || len(got) != want {
			t.Fatalf("of %q: %+v, %v", server, got, err)
		}
		if want > 0 && (got[0].Server != server || (got[0].USD > 0) != (server == "") || got[0].CompletionTokens != 1) {
			t.Errorf("of %q: %+v", server, got[0])
		}
	}
}

// dies leaves an answer of a server under way in a data folder.
func dies(t *testing.T, dir, server string) {
	t.Helper()
	store := history.Open(dir)
	conv := chat.Conversation{ID: history.NewID(time.Now()), Model: chat.DefaultModel}
	conv.Ask("why?", nil, time.Now())
	rev, err := store.Save(conv)
	if err != nil {
		t.Fatal(err)
	}
	conv.Rev = rev
	j, err := store.Journal(conv, server)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Record(chat.Started{RequestID: "req_1"}, chat.Delta{Text: "Because"}); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	store.ReleaseAll()
}
