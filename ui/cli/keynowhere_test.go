//go:build unix

package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"groqchat/chat/demo"
	"groqchat/ui"
)

// canaryKey is a key that the user never types, and that must be nowhere.
const canaryKey = "gsk_canary" + "0a1b2c3d4e5f6a7b8c9d"

// TestStory_TheKeyIsNowhere: everything that the program writes and prints in its
// life, its errors and its end by a defect too, is searched for the key.
func TestStory_TheKeyIsNowhere(t *testing.T) {
	t.Parallel()
	u, play := stage(t, demo.Options{Tier: "off", Key: canaryKey})
	when := filepath.Join(u.home, "now")
	u.env = append(u.env, "GROQ_API_KEY="+canaryKey, "FAULT=panic "+canaryKey, "FAULT_WHERE=ui.(*Model).admit", "FAULT_WHEN="+when)
	debug := filepath.Join(u.home, "debug.log")

	x := u.opens("--debug", debug)
	x.waitFor(placeholder)
	x.hidesItsKey()
	x.ask("hello")
	x.fails(play)
	x.writesFiles()
	said := x.raw()

	// A defect, with a draft in the composer and the key in the value of the panic.
	y := u.starts("groqchat-faulty", "-c", "--debug", debug)
	y.waitFor("❯")
	y.typeText("a draft of the second")
	y.waitFor("a draft of the second")
	if err := os.WriteFile(when, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	y.typeText("!")
	y.exits(1)
	said += y.raw() + u.saysEverything(debug)
	if strings.Contains(said, canaryKey) {
		t.Error("the key was printed")
	}
	u.wroteAll(t)
	if found := u.filesWith(canaryKey); len(found) > 0 {
		t.Errorf("the key is in %v", found)
	}
}

// hidesItsKey looks at the line that ps shows.
func (x *terminal) hidesItsKey() {
	x.t.Helper()
	if runtime.GOOS != "linux" {
		return
	}
	line, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(x.cmd.Process.Pid), "cmdline"))
	if err != nil || !strings.Contains(string(line), "groqchat") {
		x.t.Errorf("%q, %v is not the program's command line", line, err)
	}
	if strings.Contains(string(line), canaryKey) {
		x.t.Error("the key is on the command line")
	}
}

// fails lets the server refuse and break off in ways that could show the key.
func (x *terminal) fails(play func(scene string)) {
	x.t.Helper()
	for _, fault := range []struct{ scene, says string }{
		{"403", "before looking at the key"}, {"error", "Parsing failed"}, {"portal", "answered with a web page"}, {"401", "The key was refused"},
	} {
		play(fault.scene)
		x.press("ctrl+u")
		x.typeText("once more " + fault.scene)
		x.press("enter")
		x.waitFor(fault.says)
	}
	play("short")
	x.press("esc")
	x.waitFor("❯ once more 401")
	x.press("ctrl+u")
	x.waitFor(placeholder)
}

// writesFiles lets the program write what it can: snippets and exports, in every
// language and format, and a draft, with which it ends.
func (x *terminal) writesFiles() {
	x.t.Helper()
	write := func(command, file string) {
		x.typeText(command + " " + file)
		x.press("enter")
		x.waitScreen("the file's name in the notice", func(screen string) bool {
			return strings.Contains(screen, file) && strings.Contains(screen, placeholder)
		})
	}
	for _, language := range []string{"curl", "python", "javascript", "go"} {
		write("/snippet "+language, "snippet-"+language+".txt")
	}
	for _, format := range ui.ExportNames() {
		write("/export "+format, "export-"+format+".txt")
	}
	x.typeText("a draft of the first")
	x.waitFor("❯ a draft of the first")
	x.signal(syscall.SIGTERM)
	x.exits(143)
}

// saysEverything runs every command that could print a key, and some that fail,
// as they should.
func (u *user) saysEverything(debug string) string {
	u.t.Helper()
	var said strings.Builder
	for _, c := range []struct {
		code int
		args []string
	}{
		{0, []string{"ask", "--debug", debug, "hello"}},
		{2, []string{"ask", "--base-url", "http://user:" + canaryKey + "@127.0.0.1:9/v1", "hello"}},
		{2, []string{"ask", "--api-key", canaryKey, "hello"}},
		{0, []string{"config", "show"}},
		{0, []string{"config", "show", "--json"}},
		{0, []string{"models"}},
		{0, []string{"models", "--json"}},
		{0, []string{"sessions", "list"}},
		{0, []string{"sessions", "show", "hello"}},
		{0, []string{"sessions", "export", "--all", "-F", "json", "-o", filepath.Join(u.home, "all.json")}},
		{0, []string{"sessions", "doctor"}},
		{0, []string{"usage", "--json"}},
		{2, []string{"--nonsense"}},
	} {
		said.WriteString(u.runs(c.code, c.args...))
	}
	return said.String()
}

// wroteAll checks that there is one of everything to search, and that the search
// finds what is there.
func (u *user) wroteAll(t *testing.T) {
	t.Helper()
	for _, pattern := range []string{
		"data/groqchat/sessions/*.json", "data/groqchat/drafts/*", "state/groqchat/usage.jsonl", "state/groqchat/crash-*", "state/groqchat/prompts*",
		"cache/groqchat/*", "debug.log", "snippet-*.txt", "export-*.txt", "all.json",
	} {
		found, err := filepath.Glob(filepath.Join(u.home, pattern))
		if err != nil || len(found) == 0 {
			t.Errorf("nothing was written to %s: %v", pattern, err)
		}
	}
	for _, text := range []string{"hello", "a draft of the first", "once more", "GROQ_API_KEY"} {
		if len(u.filesWith(text)) == 0 {
			t.Errorf("the search finds nothing of %q", text)
		}
	}
}

// filesWith is the files of the user that hold a text.
func (u *user) filesWith(text string) []string {
	u.t.Helper()
	var found []string
	err := filepath.WalkDir(u.home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		if strings.Contains(string(raw), text) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		u.t.Fatal(err)
	}
	return found
}
