//go:build unix

package cli_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"groqchat/chat/demo"
)

// mounts puts a file system of 1 MB where the user's sessions go.
func (u *user) mounts(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(u.home, "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no file system can be mounted here: %v, %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// TestStory_TheDiskIsReadOnly: D06. It starts, lists and reads; one can chat, is
// told that nothing is saved, and who leaves all the same has not failed.
func TestStory_TheDiskIsReadOnly(t *testing.T) {
	t.Parallel()
	u := withServer(t, demo.Options{})
	dir := u.mounts(t)
	x := u.opens("hello, old friend")
	x.waitFor(figures)
	x.press("ctrl+d")
	x.exits(0)
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot be made read-only: %v, %s", err, out)
	}
	if got := u.runs(0, "sessions", "list"); !strings.Contains(got, "hello, old friend") {
		t.Errorf("the list is %q", got)
	}
	u.runs(0, "sessions", "show", "old friend")
	u.runs(0, "sessions", "search", "old")
	u.runs(0, "sessions", "doctor")
	u.runs(0, "ask", "hello there")
	x = u.opens("-c")
	x.waitFor("▌ hello, old friend")
	x.savesNothing("read-only")
}

// TestStory_NoFolderCanBeMade is the same where there never was a folder.
func TestStory_NoFolderCanBeMade(t *testing.T) {
	for name, make := range map[string]func(home string) string{
		"a file":  func(home string) string { return filepath.Join(home, "file") },
		"in /dev": func(string) string { return "/dev/null/groqchat" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := withServer(t, demo.Options{})
			dir := make(u.home)
			if err := os.WriteFile(filepath.Join(u.home, "file"), []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			u.runs(0, "ask", "--data-dir", dir, "hello there")
			x := u.opens("--data-dir", dir)
			x.waitFor(placeholder)
			x.savesNothing("is a file")
			if text, err := os.ReadFile(filepath.Join(u.home, "file")); string(text) != "mine" {
				t.Errorf("the file holds %q, %v", text, err)
			}
		})
	}
}

// savesNothing asks something, reads why it is not saved, and leaves without it.
func (x *terminal) savesNothing(why string) {
	x.t.Helper()
	x.ask("hello there")
	x.says("cannot be saved", why, "The chat goes on in memory")
	x.press("ctrl+d")
	x.waitFor("Quit without it")
	<-time.After(time.Second) // before that nobody can have read it
	x.press("3")
	x.exits(0)
}

// says waits for texts on the screen, however they are wrapped.
func (x *terminal) says(texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		x.waitScreen(text, func(screen string) bool {
			return strings.Contains(strings.Join(strings.Fields(screen), " "), text)
		})
	}
}

// TestStory_TheDiskIsFull: D05. The turn stays on the screen, the file as it was;
// when there is room again, all is saved without a word of the user.
func TestStory_TheDiskIsFull(t *testing.T) {
	if testing.Short() {
		t.Skip("a save is tried again after five seconds")
	}
	t.Parallel()
	u := withServer(t, demo.Options{})
	dir := u.mounts(t)
	x := u.opens()
	x.waitFor(placeholder)
	x.ask("hello there")
	u.saves(`"state":"complete"`)
	before, ballast := u.sessionText(), filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); err == nil {
		t.Fatal("the disk took more than it has")
	}
	x.ask("which model are you?")
	x.says("the disk is full. The chat goes on in memory")
	if after := u.sessionText(); after != before {
		t.Errorf("the file was\n%s\nand is\n%s", before, after)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	x.waitFor("The session is saved again.")
	if got := u.sessionText(); strings.Count(got, `"state":"complete"`) != 2 {
		t.Errorf("saved is\n%s", got)
	}
	x.press("ctrl+d")
	x.exits(0)
}

// TestStory_TwoProcessesOneSession: D16. The second reads, says who has it, and
// goes on in a copy; the first does not notice.
func TestStory_TwoProcessesOneSession(t *testing.T) {
	t.Parallel()
	u := withServer(t, demo.Options{})
	u.cols, u.rows = 100, 40
	first := u.opens()
	first.waitFor(placeholder)
	first.ask("hello there")
	u.saves(`"state":"complete"`)
	second := u.opens("-c")
	second.waitFor("▌ hello there")
	second.waitFor("(process " + strconv.Itoa(first.cmd.Process.Pid) + ")")
	second.typeText("/fork")
	second.press("enter")
	second.waitGone("(process ")
	second.ask("thanks from the second")
	first.ask("thanks from the first")
	for _, x := range []*terminal{first, second} {
		x.press("ctrl+d")
		x.exits(0)
	}
	saved := u.wholeSessions()
	if strings.Count(saved, "thanks from the first") != 1 || strings.Count(saved, "thanks from the second") != 1 || strings.Count(saved, `"content":"hello there"`) != 2 {
		t.Errorf("saved is\n%s", saved)
	}
}

// TestKill_OfATemporaryChatLeavesNothing: P01, whether it is killed or left.
func TestKill_OfATemporaryChatLeavesNothing(t *testing.T) {
	t.Parallel()
	u, asked, left := watched(t, "half of an answer")
	u.following()
	x := u.opens("kept")
	await(t, asked, "the question")
	x.waitFor("half of an answer")
	x.press("esc")
	await(t, left, "that it was stopped")
	u.saves(`"state":"stopped"`)
	x.press("ctrl+d")
	x.exits(0)
	before := u.files()
	for _, end := range []func(x *terminal){
		(*terminal).kill,
		func(x *terminal) { x.signal(syscall.SIGTERM); x.exits(143) },
		func(x *terminal) { x.press("ctrl+u", "ctrl+d"); x.exits(0) },
	} {
		x := u.opens("--temporary", "a secret")
		await(t, asked, "the question")
		x.waitFor("half of an answer")
		x.typeText("a secret draft")
		x.waitFor("a secret draft")
		end(x)
		await(t, left, "the end of the program")
		if after := u.files(); after != before {
			t.Errorf("on disk was\n%s\nand is\n%s", before, after)
		}
	}
}

// files is all that the user has on disk, with content and times.
func (u *user) files() string {
	u.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(u.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(&b, "%s %s %q\n", path, info.ModTime(), text)
		return err
	})
	if err != nil {
		u.t.Fatal(err)
	}
	return b.String()
}

// TestKill_WhatWasTypedComesBack: D28, as soon as it is on disk.
func TestKill_WhatWasTypedComesBack(t *testing.T) {
	t.Parallel()
	u := withServer(t, demo.Options{})
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("half a question")
	u.finds(filepath.Join(u.home, "data", "groqchat", "drafts", "*.txt"), "half a question")
	x.kill()
	x = u.opens()
	x.waitFor("❯ half a question")
}
