package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAttach_RefusesWhatIsNoText(t *testing.T) {
	for _, row := range []struct{ name, content, want string }{
		{"picture.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is an image"},
		{"program", "\x7fELF\x02\x01\x01\x00\x00", "is not a text file"},
		{"latin1.txt", "gr\xfcn", "is not text in UTF-8"},
		{"large.txt", strings.Repeat("x", maxText+1), "the limit is 2 MB"},
	} {
		path := filepath.Join(t.TempDir(), row.name)
		if err := os.WriteFile(path, []byte(row.content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := attach([]string{path})
		if err == nil || !strings.Contains(err.Error(), row.want) || codeOf(err) != exitUsage {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
		}
	}
}

func TestAttach_TakesTextWithoutItsByteOrderMark(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("\xef\xbb\xbfgrün\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := attach([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	if f := files[0]; f.Name != "a.txt" || f.Text != "grün\n" || f.Bytes != 9 {
		t.Errorf("got %+v", f)
	}
}

func TestPrompt_ReadsAPipeAndRefusesBinaryInIt(t *testing.T) {
	for _, row := range []struct{ words, piped, want, err string }{
		{"why?", "", "why?", ""},
		{"why?", " \n", "why?", ""},
		{"", "because\n", "because\n", ""},
		{"why?", "because\n", "why?\n\n```\nbecause\n```", ""},
		{"why?", "a\x00b", "", "stdin is not a text file"},
		{"why?", strings.Repeat("x", maxText+1), "", "more than 2 MB"},
	} {
		got, err := (&app{stdin: piped(t, row.piped)}).prompt(t.Context(), row.words)
		if row.err != "" {
			if err == nil || !strings.Contains(err.Error(), row.err) {
				t.Errorf("%.20q: got %v, want %q", row.piped, err, row.err)
			}
			continue
		}
		if err != nil || got != row.want {
			t.Errorf("%q, %q: got %q, %v; want %q", row.words, row.piped, got, err, row.want)
		}
	}
}

// piped is a file that is no terminal and holds text.
func piped(t *testing.T, text string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}
