//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestStory_Voice: what is said is in the input, to be changed or sent; without a
// recorder the user is told what to install.
func TestStory_Voice(t *testing.T) {
	u := newUser(t)
	bin := t.TempDir()
	ready := filepath.Join(bin, "ready")
	script := "#!/bin/sh\nfor file; do :; done\ntrap 'head -c 32000 /dev/zero > \"$file\"; exit 0' INT\n: > " + ready + "\nwhile :; do sleep 0.02; done\n"
	if err := os.WriteFile(filepath.Join(bin, "arecord"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	// On other systems it is called so.
	if err := os.Link(filepath.Join(bin, "arecord"), filepath.Join(bin, "rec")); err != nil {
		t.Fatal(err)
	}
	u.env = append(u.env, "PATH="+bin+":"+os.Getenv("PATH"), "TMPDIR="+t.TempDir())
	x := u.opens("--demo")
	x.waitFor(placeholder)
	x.typeText("/voice")
	x.press("enter")
	x.waitFor("● Recording")
	deadline := time.After(patience)
	for {
		if _, err := os.Stat(ready); err == nil {
			break
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			t.Fatal("the recorder did not begin")
		}
	}
	x.press("enter")
	x.waitFor("This is the demo, which cannot listen.")
	x.press("ctrl+u")
	x.press("ctrl+d")
	x.exits(0)

	u.env = append(u.env, "PATH="+t.TempDir())
	x = u.opens("--demo")
	x.waitFor(placeholder)
	x.typeText("/voice")
	x.press("enter")
	x.waitFor("No program that records was found")
	x.press("ctrl+d")
	x.exits(0)
}
