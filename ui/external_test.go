//go:build unix

package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// edits gives a prompt to an editor that is a script.
func edits(t *testing.T, prompt, script string) editedMsg {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { null.Close() })
	path := filepath.Join(t.TempDir(), "an editor")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	e := &written{
		ctx: context.Background(), text: prompt, files: [2]*os.File{null, null},
		env: []string{"EDITOR=false", "VISUAL='" + path + "' --wait", "PATH=" + os.Getenv("PATH")},
	}
	return e.result(e.run()).(editedMsg)
}

func TestEditor_GivesBackWhatWasWritten(t *testing.T) {
	for name, c := range map[string]struct{ prompt, script, want string }{
		"the last line is ended":    {"one", `echo two >> "$2"`, "onetwo"},
		"it was ended before":       {"one\n", `echo two >> "$2"`, "one\ntwo\n"},
		"the option is an argument": {"", `printf %s "$1" > "$2"`, "--wait"},
		"as Windows writes":         {"", `printf 'a\r\nb\r\n' > "$2"`, "a\nb"},
		"not as text":               {"", `printf 'a\377b' > "$2"`, "a\ufffdb"},
		"unchanged":                 {"one\ntwo", "", "one\ntwo"},
		"emptied":                   {"one", `: > "$2"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Setenv("TMPDIR", dir)
			got := edits(t, c.prompt, c.script)
			if got.err != nil || got.text != c.want {
				t.Errorf("it holds %q, %v", got.text, got.err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "groqchat-*")); left != nil {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestEditor_ThatFailsLosesNothing: neither what was there nor what it wrote.
func TestEditor_ThatFailsLosesNothing(t *testing.T) {
	got := edits(t, "one", `echo more >> "$2"; exit 3`)
	text, err := os.ReadFile(got.path)
	if got.err == nil || string(text) != "onemore\n" {
		t.Fatalf("the file holds %q, %v; the error is %v", text, err, got.err)
	}
	if info, err := os.Stat(got.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	s := open(t, options(t, answer("x")))
	s.write("one")
	s.feed(got)
	s.shows("The editor failed (exit status 3): your text is as it was", "❯ one")
}

func TestEditor_PutsTheTextIntoTheInput(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("one")
	s.feed(editedMsg{text: "one\nand two"})
	s.shows("❯ one\n  and two")
	s.press("ctrl+_")
	if got := s.m.composer.text(); got != "one" {
		t.Errorf("undo brings back %q", got)
	}
}
