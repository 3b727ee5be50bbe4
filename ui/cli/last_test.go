package cli

import (
	"os"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui"
)

// Whoever goes on with the last session is told when a newer one cannot be read.
func TestLast_SaysWhatItPassesOver(t *testing.T) {
	dir := t.TempDir()
	store := history.Open(dir)
	defer store.ReleaseAll()
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	good, bad := history.NewID(at), history.NewID(at.Add(time.Hour))
	conv := chat.Conversation{ID: good, Title: "whole", Created: at, Updated: at}
	conv.Ask("q", nil, at)
	if _, err := store.Save(conv); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(store.Path(bad), []byte(`{"version":1,`), 0o600); err != nil {
		t.Fatal(err)
	}
	future := time.Now().Add(time.Hour)
	if err := os.Chtimes(store.Path(bad), future, future); err != nil {
		t.Fatal(err)
	}
	a := newApp(Build{}, nil, nil, nil)
	into := ui.Options{Store: store}
	s, err := a.last(t.Context(), &into)
	if err != nil || s.ID != good {
		t.Fatalf("%s, %v", s.ID, err)
	}
	if w := into.Config.Warnings; len(w) != 1 || !strings.Contains(w[0].Text, bad) || !strings.Contains(w[0].Text, "cannot be read: it ends in the middle") {
		t.Errorf("the warnings are %v", w)
	}
}
