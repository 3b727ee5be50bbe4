//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What must not get into the description of a crash.
const (
	secretKey      = "gsk_canaryKey1234567890"
	secretQuestion = "canary question"
	secretPanic    = "canary value of the panic"
)

// breaks runs the program until an answer is under way, and then lets a function
// of it fail.
func breaks(t *testing.T, fault, where string, args ...string) (*user, *terminal) {
	t.Helper()
	u, _ := streaming(t, false)
	when := filepath.Join(u.home, "now")
	u.env = append(u.env, "GROQ_API_KEY="+secretKey, "FAULT="+fault, "FAULT_WHERE="+where, "FAULT_WHEN="+when)
	x := u.starts("groqchat-faulty", append(args, "--debug", filepath.Join(u.home, "debug.log"), secretQuestion)...)
	x.waitFor("that nobody looks at")
	if err := os.WriteFile(when, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return u, x
}

// TestCrash_GivesTheTerminalBackAndSaves wherever the defect is: in the event
// loop, in a command, in the goroutine of an answer.
func TestCrash_GivesTheTerminalBackAndSaves(t *testing.T) {
	for place, where := range map[string]string{
		"filter":  "ui.(*Model).admit",
		"update":  "ui.(*Model).refresh",
		"command": "waitForEvents",
		"answer":  "cli.(*streamLog).note",
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			u, x := breaks(t, secretPanic, where)
			x.exits(1)
			u.keptInterrupted("that nobody looks at")
			file := u.crashFile()
			told := strings.Join(strings.Fields(x.raw()[strings.LastIndex(x.raw(), "groqchat:"):]), " ")
			if !strings.Contains(told, "the session is saved") || !strings.Contains(strings.ReplaceAll(told, " ", ""), filepath.Base(file)) {
				t.Errorf("it says %q", told)
			}
			describes(t, file, where)
			for _, secret := range []string{secretPanic, secretKey} {
				if strings.Contains(x.raw(), secret) {
					t.Errorf("the terminal was shown %q", secret)
				}
			}
		})
	}
}

// crashFile is the one description of a crash that the user has.
func (u *user) crashFile() string {
	u.t.Helper()
	files, err := filepath.Glob(filepath.Join(u.home, "state", "groqchat", "crash-*"))
	if err != nil || len(files) != 1 {
		u.t.Fatalf("want one crash file, found %v, %v", files, err)
	}
	return files[0]
}

// describes checks that a crash file is of use, and of no use to a thief.
func describes(t *testing.T, file, where string) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the crash file has mode %v", info.Mode())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{where, "1.2.3", "go1.", "TERM=xterm-256color", "goroutine "} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the crash file lacks %q", want)
		}
	}
	for _, secret := range []string{"canary", "nobody looks at", "0x", secretKey} {
		if strings.Contains(strings.ReplaceAll(string(text), " +0x", " +"), secret) {
			t.Errorf("the crash file has %q:\n%s", secret, text)
		}
	}
}

// TestCrash_OfATemporaryChatLeavesNothing on disk, as it promises.
func TestCrash_OfATemporaryChatLeavesNothing(t *testing.T) {
	t.Parallel()
	u, x := breaks(t, secretPanic, "ui.(*Model).refresh", "--temporary")
	x.exits(1)
	for _, folder := range []string{"data", "state"} {
		filepath.WalkDir(filepath.Join(u.home, folder), func(path string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				t.Errorf("it left %s", path)
			}
			return nil
		})
	}
}

// TestHang_TheEventLoopDoesNotEnd: a signal ends the program all the same, and
// what had come is saved.
func TestHang_TheEventLoopDoesNotEnd(t *testing.T) {
	t.Parallel()
	u, x := breaks(t, "hang", "ui.(*Model).refresh")
	u.finds(filepath.Join(u.home, "now.hangs"), "")
	x.signal(syscall.SIGTERM)
	x.exits(143)
	u.keptInterrupted("that nobody looks at")
}
