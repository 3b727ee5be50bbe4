package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree makes files in a folder of its own and goes there.
func tree(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// listed reports whether the list for the present word is open.
func (s *screen) listed() bool { return s.m.completes() && !s.m.completion.late }

func TestWalk_LeavesOutWhatIsIgnoredAndHidden(t *testing.T) {
	tree(t, map[string]string{
		".gitignore": "*.log\n/build/\n", "main.go": "", "x.log": "", "build/out": "", "deep/build/kept": "", "deep/.gitignore": "secret*\n",
		"deep/secret.txt": "", "deep/y.log": "", "secret.txt": "", ".hidden/a": "", ".env": "", ".git/config": "",
	})
	got := walkFiles(t.Context(), ".", false, true)
	if want := []string{"deep/", "main.go", "secret.txt", "deep/build/", "deep/build/kept"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	got = walkFiles(t.Context(), ".", true, true)
	if !slices.Contains(got, ".env") || !slices.Contains(got, ".hidden/a") || slices.Contains(got, ".git/config") {
		t.Errorf("with hidden ones: %q", got)
	}
}

func TestComplete_AttachesTheFileThatIsChosen(t *testing.T) {
	tree(t, map[string]string{"main.go": "package main\n", "docs/manual.md": "# Manual\n", "data/x.csv": "1,2\n"})
	o := options(t, answer("x"))
	s := open(t, o)
	s.write("explain @man")
	s.until("the list is there", s.listed)
	s.shows("▸ docs/manual.md")
	s.press("enter")
	s.until("it is attached", func() bool { return len(s.m.files) == 1 })
	if got := s.m.composer.text(); got != "explain docs/manual.md " || s.m.files[0].Name != "manual.md" {
		t.Errorf("the composer holds %q and %+v", got, s.m.files)
	}
	s.lacks("▸")
}

// TestComplete_GoesOnInAFolderWhoseNameHasBlanks, and signs of every kind.
func TestComplete_GoesOnInAFolderWhoseNameHasBlanks(t *testing.T) {
	folder := "my files 👩‍👩‍👧‍👦 it's עברית 日本語"
	tree(t, map[string]string{folder + "/notes of mine.md": "# Notes\n", "other.md": ""})
	s := open(t, options(t, answer("x")))
	s.write("explain @files")
	s.until("the folder is there", s.listed)
	s.press("tab")
	s.until("the file is there", func() bool { return s.listed() && slices.Contains(s.m.completion.hits, folder+"/notes of mine.md") })
	if got := s.m.fileWord().path; got != folder+"/" {
		t.Errorf("the word names %q", got)
	}
	s.write("not")
	s.until("it is the first", func() bool { return s.listed() && strings.HasSuffix(s.m.completion.hits[0], "mine.md") })
	s.press("enter")
	s.until("it is attached", func() bool { return len(s.m.files) == 1 })
	if got := s.m.composer.text(); got != "explain "+folder+"/notes of mine.md " {
		t.Errorf("the composer holds %q", got)
	}
}

func TestComplete_IsForWordsWithAtAlone(t *testing.T) {
	tree(t, map[string]string{"main.go": "package main\n", "sub/a.go": "x"})
	s := open(t, options(t, answer("x")))
	s.write("me@main")
	if s.m.completion.word.text != "" {
		t.Errorf("an address opens the list for %q", s.m.completion.word.text)
	}
	s.write(" @")
	s.until("the list is there", s.listed)
	s.shows("main.go", "sub/")
	s.press("esc")
	if s.m.completes() {
		t.Error("esc leaves the list open")
	}
	s.write("sub")
	s.until("the list is there", s.listed)
	s.press("tab")
	s.until("the folder is listed", func() bool { return s.m.completes() && strings.Contains(s.text(), "▸ sub/") })
	if got := s.m.composer.text(); got != "me@main @sub/" {
		t.Errorf("the composer holds %q", got)
	}
}

// TestComplete_PathsOfCommands: what is ignored is not offered, blanks are kept, and
// a file that is to be made is not taken for one that there is.
func TestComplete_PathsOfCommands(t *testing.T) {
	tree(t, map[string]string{".gitignore": "*.log\n", "my notes.txt": "x", "main.go": "package main\n", "notes.log": "x", "docs/old.md": "x"})
	s := open(t, options(t, answer("x")))
	s.write("/attach no")
	s.until("the list is there", s.listed)
	s.shows("▸ my notes.txt")
	s.lacks("notes.log")
	s.press("enter")
	s.write("mai")
	s.until("the list is there", s.listed)
	s.press("tab")
	if got := s.m.composer.text(); got != `/attach my\ notes.txt main.go ` {
		t.Fatalf("the composer holds %q", got)
	}
	s.press("enter")
	s.until("they are attached", func() bool { return len(s.m.files) == 2 })

	s.write("/export markdown dcs")
	s.until("the list is there", s.listed)
	s.press("enter")
	s.shows("There is nothing to export yet")
	s.write("/export markdown do")
	s.until("the list is there", s.listed)
	s.shows("▸ docs/")
	s.press("tab")
	if got := s.m.composer.text(); got != "/export markdown docs/" {
		t.Errorf("the composer holds %q", got)
	}
}

func TestLastPath_EndsAtABlankThatParts(t *testing.T) {
	for text, want := range map[string]string{"": "", "a b": "b", "a ": "", `a\ b`: `a\ b`, `x 'a b`: `'a b`, `'a b' c`: "c", `"a \" b" c\ d`: `c\ d`} {
		if got := lastPath(text); got != want {
			t.Errorf("of %q: %q, want %q", text, got, want)
		}
	}
	for _, path := range []string{"my notes.txt", `a'b"c\d`, "plain"} {
		if got := splitPaths("x " + quotePath(path)); len(got) != 2 || got[1] != path {
			t.Errorf("%q is read as %q", path, got)
		}
	}
}
