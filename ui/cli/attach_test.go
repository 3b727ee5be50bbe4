package cli

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat/attach"
)

func TestAttach_RefusesWhatCannotBeRead(t *testing.T) {
	for _, row := range []struct{ name, content, want string }{
		{"broken.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "damaged PNG"},
		{"program", "\x7fELF\x02\x01\x01\x00\x00", "not text but"},
		{"large.txt", strings.Repeat("x", attach.MaxText+1), "the limit is 2 MB"},
	} {
		path := filepath.Join(t.TempDir(), row.name)
		if err := os.WriteFile(path, []byte(row.content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := newApp(Build{}, nil, nil, os.Stderr).attach(t.Context(), []string{path})
		if err == nil || !strings.Contains(err.Error(), row.want) || codeOf(err) != exitUsage {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
		}
	}
}

func TestAttach_TakesTextAndPictures(t *testing.T) {
	dir := t.TempDir()
	text, picture := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.png")
	if err := os.WriteFile(text, []byte("\xef\xbb\xbfgrün\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(picture, pngOf(t, 30, 20), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := newApp(Build{}, nil, nil, os.Stderr).attach(t.Context(), []string{text, picture})
	if err != nil {
		t.Fatal(err)
	}
	if f := files[0]; f.Name != "a.txt" || f.Text != "grün\n" || f.Bytes != 9 {
		t.Errorf("got %+v", f)
	}
	if f := files[1]; f.Name != "b.png" || !f.IsImage() || f.Width != 30 || f.Height != 20 {
		t.Errorf("got %+v", f)
	}
}

func pngOf(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPrompt_ReadsAPipeAndRefusesBinaryInIt(t *testing.T) {
	for _, row := range []struct{ words, piped, want, err string }{
		{"why?", "", "why?", ""},
		{"why?", " \n", "why?", ""},
		{"", "because\n", "because\n", ""},
		{"why?", "because\n", "why?\n\n```\nbecause\n```", ""},
		{"why?", "a\x00b", "", "not a text file"},
		{"why?", strings.Repeat("x", attach.MaxText+1), "", "the limit is 2 MB"},
	} {
		got, _, err := (&app{stdin: piped(t, row.piped)}).prompt(t.Context(), row.words)
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

func TestPrompt_TakesAPictureFromAPipe(t *testing.T) {
	a := newApp(Build{}, piped(t, string(pngOf(t, 30, 20))), nil, os.Stderr)
	words, files, err := a.prompt(t.Context(), "what is it?")
	if err != nil || words != "what is it?" || len(files) != 1 || !files[0].IsImage() {
		t.Errorf("%q, %d files, %v", words, len(files), err)
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
