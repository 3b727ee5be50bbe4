package history_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/history"
)

func oursOnly(line []byte) error {
	if !strings.HasPrefix(string(line), `{"id":`) {
		return errors.New("it is no result")
	}
	return nil
}

func TestResults_TakesAwayWhatACrashCutOff(t *testing.T) {
	const whole = `{"id":"a"}` + "\n"
	for _, c := range []struct{ name, before, after string }{
		{"nothing", "", ""},
		{"whole lines", whole + whole, whole + whole},
		{"torn line", whole + `{"id":"b","ans`, whole},
		{"torn character", whole + "{\"id\":\"\xe2\x82", whole},
		{"torn first line", `{"i`, ""},
		{"line without its end", whole + `{"id":"b"}`, whole + `{"id":"b"}` + "\n"},
		{"empty lines", whole + "\n" + whole, whole + "\n" + whole},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "results.jsonl")
			if err := os.WriteFile(path, []byte(c.before), 0o600); err != nil {
				t.Fatal(err)
			}
			r, lines, err := history.OpenResults(path, oursOnly)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Append([]byte(`{"id":"z"}` + "\n")); err != nil {
				t.Fatal(err)
			}
			r.Close()
			got, _ := os.ReadFile(path)
			if want := c.after + `{"id":"z"}` + "\n"; string(got) != want {
				t.Errorf("the file is %q, want %q", got, want)
			}
			if want := strings.Count(c.after, `{"id"`); len(lines) != want {
				t.Errorf("%d lines, want %d", len(lines), want)
			}
		})
	}
}

func TestResults_LeavesOtherFilesAlone(t *testing.T) {
	for name, text := range map[string]string{
		"notes": "dear diary\n", "one torn line": "dear diary", "JSON": `{"other":1}` + "\n", "a number": "12",
	} {
		path := filepath.Join(t.TempDir(), "notes")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := history.OpenResults(path, oursOnly); err == nil {
			t.Errorf("%s were taken for results", name)
		}
		if got, _ := os.ReadFile(path); string(got) != text {
			t.Errorf("%s became %q", name, got)
		}
	}
	if _, _, err := history.OpenResults(t.TempDir(), oursOnly); err == nil {
		t.Error("a folder was taken for results")
	}
}

func TestResults_HasOneWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "results.jsonl")
	r, _, err := history.OpenResults(path, oursOnly)
	if err != nil {
		t.Fatal(err)
	}
	var held *history.Held
	if _, _, err := history.OpenResults(path, oursOnly); !errors.As(err, &held) || held.PID != os.Getpid() {
		t.Errorf("a second one got %v", err)
	}
	if err := r.Replace([][]byte{[]byte(`{"id":"b"}`), []byte(`{"id":"a"}`)}); err != nil {
		t.Fatal(err)
	}
	r.Close()
	again, lines, err := history.OpenResults(path, oursOnly)
	if err != nil || len(lines) != 2 || string(lines[0]) != `{"id":"b"}` {
		t.Fatalf("%q, %v", lines, err)
	}
	again.Close()
	if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
		t.Errorf("something was left beside it: %v", names)
	}
}
