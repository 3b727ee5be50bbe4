package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLogFile_IsCapped: S08. However much is written, two files hold the newest
// records, whole, and nobody else can read them.
func TestLogFile_IsCapped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "debug.log")
	const record, most = "0123456789\n", 100
	write := func(n int) {
		l := &logFile{path: path, most: most}
		if err := l.open(); err != nil {
			t.Fatal(err)
		}
		for range n {
			if _, err := l.Write([]byte(record)); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []int{5, 7, 100} { // a second process goes on with the file
		write(n)
		for _, name := range []string{path, path + ".1"} {
			text, err := os.ReadFile(name)
			if err != nil && (name == path || n != 5) {
				t.Fatal(err)
			}
			if len(text) > most || strings.Trim(strings.ReplaceAll(string(text), record, ""), "") != "" {
				t.Errorf("%s has %d bytes: %q", name, len(text), text)
			}
			if info, err := os.Stat(name); err == nil && info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v", name, info.Mode())
			}
		}
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 2 {
		t.Errorf("%v, %v", files, err)
	}
}

// A record that is longer than the file may be stands alone, and is not lost.
func TestLogFile_TakesALongRecord(t *testing.T) {
	l := &logFile{path: filepath.Join(t.TempDir(), "debug.log"), most: 10}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	long := strings.Repeat("x", 50)
	for range 2 {
		if _, err := l.Write([]byte(long)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{l.path, l.path + ".1"} {
		if text, err := os.ReadFile(name); err != nil || string(text) != long {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}
