//go:build unix

package cli_test

import (
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat/demo"
)

// stage is a demo server whose scene can be changed while it runs.
func stage(t *testing.T, o demo.Options) (u *user, play func(scene string)) {
	t.Helper()
	o.Pace = -1
	server, err := demo.Start("127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	play = func(scene string) {
		t.Helper()
		url := strings.TrimSuffix(server.URL(), "/openai/v1") + "/demo/scene"
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader(scene))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("the scene %s cannot be played: %v, %v", scene, resp, err)
		}
		resp.Body.Close()
	}
	return newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL()), play
}

// TestStory_ALimitIsWaitedForOnTheScreen: the count-down is seen, another model
// gets the question at once.
func TestStory_ALimitIsWaitedForOnTheScreen(t *testing.T) {
	u, play := stage(t, demo.Options{Tier: "free"})
	x := u.opens()
	x.waitFor(placeholder)
	play("429")
	x.typeText("is there room?")
	x.press("enter")
	x.waitFor("tokens per minute")
	x.waitFor("sending in")
	play("short")
	x.press("f2")
	x.waitFor("gpt-oss-20b · ")
	x.waitFor(figures)
	x.press("ctrl+d")
	x.exits(0)
}

// TestStory_FaultsAreExplainedAndTriedAgain: the server comes back, the stream
// that broke is gone on with, and the model that is gone has a successor.
func TestStory_FaultsAreExplainedAndTriedAgain(t *testing.T) {
	u, play := stage(t, demo.Options{Tier: "off"})
	u.following()
	x := u.opens("-m", "llama-3.3-70b-versatile")
	x.waitFor(placeholder)
	x.typeText("who is there?")
	x.press("enter")
	x.waitFor("No such model")
	x.press("enter")
	x.waitFor("gpt-oss-120b · ")
	x.waitFor(figures)

	play("503")
	x.typeText("and now?")
	x.press("enter")
	x.waitFor("over capacity")
	play("cut")
	x.waitFor("interrupted")
	x.waitFor("goes on with it")
	play("short")
	x.press("f6")
	x.waitGone("interrupted")
	x.waitFor("context")
	x.press("ctrl+d")
	x.exits(0)
	if got := u.sessionText(); strings.Count(got, `"role":"user"`) != 2 {
		t.Errorf("the session does not hold the questions:\n%s", got)
	}
}

// TestStory_TheKeyIsNowhere: everything that the program writes and prints in its
// life, its errors too, is searched for the key.
func TestStory_TheKeyIsNowhere(t *testing.T) {
	const key = "gsk_canary" + "0a1b2c3d4e5f6a7b8c9d"
	u, play := stage(t, demo.Options{Tier: "off", Key: key})
	u.env = append(u.env, "GROQ_API_KEY="+key)
	var said strings.Builder
	debug := filepath.Join(u.home, "debug.log")
	x := u.opens("--debug", debug)
	x.waitFor(placeholder)
	if line, err := os.ReadFile("/proc/self/cmdline"); err == nil && strings.Contains(string(line), key) {
		t.Error("the key is on a command line")
	}
	x.ask("hello")
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
	x.press("ctrl+d")
	x.exits(0)
	said.WriteString(x.raw())

	said.WriteString(u.saysEverything(debug, key))
	if strings.Contains(said.String(), key) {
		t.Error("the key was printed")
	}
	if found := u.filesWith(key); len(found) > 0 {
		t.Errorf("the key is in %v", found)
	}
	if found := u.filesWith("hello"); len(found) == 0 {
		t.Error("the search finds nothing at all")
	}
}

// saysEverything runs every command that could print a key, and some that fail.
func (u *user) saysEverything(debug, key string) string {
	u.t.Helper()
	var said strings.Builder
	for _, args := range [][]string{
		{"ask", "--debug", debug, "hello"},
		{"ask", "--base-url", "http://user:" + key + "@127.0.0.1:9/v1", "hello"},
		{"config", "show"},
		{"models"},
		{"models", "--json"},
		{"sessions", "list"},
		{"sessions", "show", "hello"},
		{"usage", "--json"},
		{"--nonsense"},
	} {
		path, err := exec.LookPath("groqchat")
		if err != nil {
			u.t.Fatal(err)
		}
		cmd := exec.Command(path, args...)
		cmd.Env, cmd.Dir = u.environ(), u.home
		// Several of them fail, as they should.
		out, _ := cmd.CombinedOutput()
		said.Write(out)
	}
	return said.String()
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
