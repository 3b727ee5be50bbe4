package history

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

func TestModelCache_KeepsEverythingOfAModel(t *testing.T) {
	c := OpenModelCache(filepath.Join(t.TempDir(), "cache"))
	if _, _, err := c.Load(); !errors.Is(err, ErrNone) {
		t.Errorf("at first the error is %v", err)
	}
	want := append(chat.Builtin(), chat.ModelInfo{ID: "all", Speed: 1, Images: true, ShutDown: "2026-01-01", Replacement: "x", Efforts: []string{"low"}, DefaultEffort: "low"})
	at := time.Date(2026, 11, 22, 14, 0, 0, 5, time.FixedZone("", 7200))
	if err := c.Save(want, at); err != nil {
		t.Fatal(err)
	}
	got, fetched, err := c.Load()
	if diff := cmp.Diff([]chat.ModelInfo(want), got, same()); diff != "" || err != nil || !fetched.Equal(at) {
		t.Error(diff, err, fetched)
	}
}

func TestModelCache_MendsABrokenFile(t *testing.T) {
	c := OpenModelCache(t.TempDir())
	for _, text := range []string{"", "[]", `{"version":1,"models":5}`, `{"version":2,"models":[]}`, "\x00"} {
		if err := os.WriteFile(filepath.Join(c.dir, modelsName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := c.Load(); err == nil || errors.Is(err, ErrNone) {
			t.Errorf("%q gives %v", text, err)
		}
	}
	if err := c.Save(nil, noon()); err != nil {
		t.Fatal(err)
	}
	if got, _, err := c.Load(); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}
