package ui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

const twoBlocks = "Words that are long enough to be wrapped in a window of eighty columns, and then some more of them.\n\n" +
	"```acme\nfunc main() {\n\tx := 1\n}\n```\n\nThen\n\n```zeta\nls\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"

// copied is what the clipboard's tool was given last.
type copied struct {
	text string
	err  error
}

// copier is a screen with a conversation whose clipboard is a tool.
func copier(t *testing.T) (*screen, *copied) {
	t.Helper()
	got := &copied{}
	o := options(t, answer(twoBlocks))
	o.Clipboard = func(text string) (string, error) {
		got.text = text
		return "a tool", got.err
	}
	s := open(t, o)
	s.write("a question")
	s.press("enter")
	s.settle()
	return s, got
}

// commands runs a slash command to its end.
func (s *screen) commands(line string) {
	s.t.Helper()
	s.m.composer.setText(line)
	s.press("enter")
	s.settled()
}

// settled takes messages until nothing is left but a notice's timer.
func (s *screen) settled() {
	s.t.Helper()
	generation := s.m.notice.generation
	s.until("a notice", func() bool { return s.m.notice.generation != generation || s.pending == 0 })
}

func TestCopy_TakesTheSourceAndSaysHow(t *testing.T) {
	for line, want := range map[string]struct{ text, said string }{
		"/copy":         {strings.TrimRight(twoBlocks, "\n"), "Copied the answer, 189 characters (a tool)."},
		"/copy 1":       {strings.TrimRight(twoBlocks, "\n"), "Copied the answer"},
		"/copy table":   {"| a | b |\n|---|---|\n| 1 | 2 |\n", "Copied the last table, 3 lines (a tool)."},
		"/code 1":       {"func main() {\n\tx := 1\n}\n", "Copied code block 1, 3 lines (a tool)."},
		"/code 2":       {"ls\n", "Copied code block 2, 1 line (a tool)."},
		"/copy 2":       {"", "There are no more answers than 1."},
		"/copy tabel":   {"", "did you mean /copy table? A number counts answers"},
		"/code 3":       {"", "The last code has 2 blocks, numbered from 1."},
		"/code 0 a.txt": {"", "numbered from 1."},
	} {
		t.Run(line, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s, got := copier(t)
				s.m.composer.setText(line)
				s.press("enter")
				if want.text != "" {
					s.settled()
				}
				s.shows(want.said)
				if got.text != want.text {
					t.Errorf("copied %q", got.text)
				}
			})
		})
	}
}

func TestCopy_AllIsTheConversation(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := copier(t)
		s.commands("/copy all")
		if !strings.Contains(got.text, "> a question") || !strings.Contains(got.text, "\tx := 1") {
			t.Errorf("copied %q", got.text)
		}
	})
}

// TestCopy_OfSeveralBlocksOneIsChosen from a list.
func TestCopy_OfSeveralBlocksOneIsChosen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := copier(t)
		s.m.composer.setText("/code")
		s.press("enter")
		s.shows("Copy a code block", "1 func main() {", "2 ls")
		s.press("down", "enter")
		s.settled()
		if got.text != "ls\n" {
			t.Errorf("copied %q", got.text)
		}
	})
}

func TestCopy_SavesABlockToAFileOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := copier(t)
		path := filepath.Join(t.TempDir(), "main.go")
		s.commands("/code 1 " + path)
		if text, err := os.ReadFile(path); string(text) != "func main() {\n\tx := 1\n}\n" {
			t.Errorf("the file holds %q, %v", text, err)
		}
		s.commands("/code 2 " + path)
		s.shows("The code is not saved")
		if text, _ := os.ReadFile(path); strings.Contains(string(text), "ls") {
			t.Error("a file that existed was written over")
		}
	})
}

// TestCopy_IsWhatWasSeen: what an answer hides would act where it is pasted.
func TestCopy_IsWhatWasSeen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		got := &copied{}
		o := options(t, answer("```zeta\nls\x1b[201~\u202e\n```\n"))
		o.Clipboard = func(text string) (string, error) { got.text = text; return "a tool", nil }
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		s.commands("/code")
		if got.text != "ls␛[201~▫\n" {
			t.Errorf("copied %q", got.text)
		}
	})
}

// TestCopy_WithoutAToolTheTerminalIsTold, and through a multiplexer the one
// around it.
func TestCopy_WithoutAToolTheTerminalIsTold(t *testing.T) {
	plain := ansi.SetSystemClipboard("ls\n")
	for name, want := range map[string]struct {
		env  string
		told string
	}{
		"bare":   {"TERM=xterm", plain},
		"tmux":   {"TMUX=/tmp/tmux-1/default,1,0", plain + "\x1bPtmux;" + strings.ReplaceAll(plain, "\x1b", "\x1b\x1b") + "\x1b\\"},
		"screen": {"STY=1.pts", "\x1bP" + plain + "\x1b\\"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s, got := copier(t)
				got.err = errors.New("no display")
				s.m.opts.Env = []string{want.env}
				s.commands("/code 2")
				s.settle()
				if s.clipped != want.told {
					t.Errorf("the terminal is told %q", s.clipped)
				}
			})
		})
	}
}

// TestCopy_TheLastResortIsAFile that nobody else can read.
func TestCopy_TheLastResortIsAFile(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	bubble(t, func(t *testing.T) {
		s, got := copier(t)
		got.err = errors.New("no display")
		s.m.opts.Env = []string{"TERM=linux"}
		s.commands("/code 2")
		s.shows("Copied code block 2, 1 line to the file")
		files, _ := filepath.Glob(filepath.Join(folder, "groqchat-*"))
		if len(files) != 1 {
			t.Fatalf("the folder holds %v", files)
		}
		text, _ := os.ReadFile(files[0])
		if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 || string(text) != "ls\n" {
			t.Errorf("the file holds %q, %v, %v", text, info.Mode(), err)
		}
	})
}

func TestCopy_OfNothingSaysSo(t *testing.T) {
	s := open(t, options(t, answer("x")))
	for line, said := range map[string]string{
		"/copy": "There is no answer to copy yet.", "/copy all": "There is nothing to copy yet.",
		"/copy table": "There is no table in this conversation.", "/code": "There is no code in this conversation.",
	} {
		s.m.composer.setText(line)
		s.press("enter")
		s.shows(said)
	}
	if _, codes := s.m.lastCodes(); codes != nil {
		t.Error("there is code")
	}
}
