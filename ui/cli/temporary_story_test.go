//go:build unix

package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat/demo"
)

// TestStory_ATemporaryChatInPlaceOfThisOne: what was said before is kept, and
// nothing of what is said after.
func TestStory_ATemporaryChatInPlaceOfThisOne(t *testing.T) {
	t.Parallel()
	u := withServer(t, demo.Options{Pace: -1, Scene: "short"})
	x := u.opens()
	x.waitFor(placeholder)
	x.ask("about apples")
	x.press("f2")
	x.waitFor("Now talking to gpt-oss-20b")
	x.resize(40, 16)
	x.typeText("/temporary")
	x.press("enter")
	x.waitGone("about apples")
	x.waitFor(placeholder)
	x.waitScreen("a status that says so", func(screen string) bool {
		status := screen[strings.LastIndex(screen, "\n")+1:]
		return strings.Contains(status, "gpt-oss-20b") && strings.Contains(status, "temporary")
	})
	x.resize(80, 24)
	x.ask("about pears")
	x.typeText("/temporary")
	x.press("enter")
	x.waitFor("This is a temporary chat already.")
	x.press("ctrl+d")
	x.exits(0)

	if got := u.sessionText(); !strings.Contains(got, "about apples") {
		t.Error("the first session is not saved")
	}
	err := filepath.WalkDir(u.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), "pears") {
			t.Errorf("%s holds what was said in the temporary chat", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ledger, err := os.ReadFile(filepath.Join(u.home, "state", "groqchat", "usage.jsonl"))
	if err != nil || strings.Count(string(ledger), "\n") != 1 {
		t.Errorf("the ledger holds %q, %v", ledger, err)
	}
}
