package history

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// TestAttachments_SurviveSavingExportAndImport: texts and pictures, with their
// types and sizes.
func TestAttachments_SurviveSavingExportAndImport(t *testing.T) {
	files := []chat.Attachment{
		{Name: "a.go", Type: "text/x-go", Bytes: 10, Text: "package a\n"},
		{Name: "b.pdf", Type: "application/pdf", Bytes: 9000, Text: "its text"},
		{Name: "c.png", Type: "image/png", Bytes: 4, Width: 640, Height: 480, Data: []byte("\x89PNG")},
	}
	conv := chat.Conversation{ID: NewID(time.Unix(1, 0)), Model: "m"}
	conv.Ask("what is in these?", files, time.Unix(1, 0).UTC())
	conv.Apply(chat.Delta{Text: "things"})
	conv.Apply(chat.Done{Finish: "stop"})
	store := Open(t.TempDir())
	if _, err := store.Save(conv); err != nil {
		t.Fatal(err)
	}
	loaded, err := store.Load(conv.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(files, loaded.Path()[0].Attachments); diff != "" {
		t.Errorf("loaded: %s", diff)
	}
	var exported bytes.Buffer
	if err := ExportJSON(&exported, conv); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(exported.String(), `"width":640,"height":480,"data":"iVBORw=="`) {
		t.Errorf("exported %s", exported.String())
	}
	path := filepath.Join(t.TempDir(), "export.json")
	if err := os.WriteFile(path, exported.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	other := Open(t.TempDir())
	if _, err := other.Import(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	last, _, err := other.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(files, last.Path()[0].Attachments); diff != "" {
		t.Errorf("imported: %s", diff)
	}
}
