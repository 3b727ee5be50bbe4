//go:build unix

package ui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// recorders puts programs on the PATH, and nothing else of the kind is found.
func recorders(t *testing.T, programs map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, script := range programs {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, tool := range []string{"sh", "sleep", "head"} {
		for _, from := range []string{"/bin/", "/usr/bin/"} {
			if _, err := os.Stat(from + tool); err == nil {
				_ = os.Symlink(from+tool, filepath.Join(dir, tool)) // the first one stays
			}
		}
	}
	t.Setenv("PATH", dir)
	t.Setenv("TMPDIR", dir)
}

// records writes sound when it is asked to end, and a mark when it can be.
const records = `for file; do :; done
trap 'head -c 4000 /dev/zero > "$file"; exit 0' INT
: > "$file.ready"
while :; do sleep 0.02; done
`

// ready waits until such a program can be asked to end.
func (r *recording) ready(t *testing.T) {
	t.Helper()
	deadline := time.After(time.Minute)
	for {
		if _, err := os.Stat(r.path + ".ready"); err == nil {
			return
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			t.Fatal("the recorder did not begin")
		}
	}
}

func TestRecorder_EndsWithItsSound(t *testing.T) {
	recorders(t, map[string]string{"rec": records})
	rec, next, err := record(t.Context(), recorderTools("linux"), 0)
	if err != nil || rec.tool.program != "rec" || next != 2 {
		t.Fatalf("%+v, %d, %v", rec, next, err)
	}
	if info, err := os.Stat(rec.path); err != nil || info.Mode().Perm() != 0o600 || filepath.Ext(rec.path) != ".wav" {
		t.Errorf("%s: %v, %v", rec.path, info, err)
	}
	rec.ready(t)
	rec.stop()
	rec.wait()
	rec.stop() // does no harm
	sound, err := rec.sound()
	if err != nil || len(sound) != 4000 {
		t.Errorf("%d bytes, %v", len(sound), err)
	}
	rec.forget()
	if _, err := os.Stat(rec.path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is there still: %v", err)
	}
}

func TestRecorder_SaysWhyThereIsNothing(t *testing.T) {
	recorders(t, map[string]string{"arecord": "echo >&2; echo 'no soundcards found' >&2; exit 1\n"})
	rec, next, err := record(t.Context(), recorderTools("linux"), 0)
	if err != nil {
		t.Fatal(err)
	}
	rec.wait()
	if _, err := rec.sound(); err == nil || err.Error() != "arecord recorded nothing: no soundcards found" {
		t.Errorf("said %v", err)
	}
	rec.forget()
	if _, _, err := record(t.Context(), recorderTools("linux"), next); !errors.Is(err, errNoRecorder) {
		t.Errorf("after the last one: %v", err)
	}
}

func TestRecorders_AreToldWhatWhisperWants(t *testing.T) {
	for _, system := range []string{"linux", "darwin", "windows", "freebsd"} {
		for _, tool := range recorderTools(system) {
			if !strings.Contains(strings.Join(tool.args, " "), "16000") {
				t.Errorf("%s on %s: %q", tool.program, system, tool.args)
			}
		}
	}
}
