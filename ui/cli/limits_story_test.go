//go:build unix

package cli_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

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
	t.Parallel()
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
	t.Parallel()
	u, play := stage(t, demo.Options{Tier: "off"})
	u.following()
	x := u.opens("-m", "llama-3.3-70b-versatile")
	x.waitFor(placeholder)
	x.typeText("who is there?")
	x.press("enter")
	x.waitFor("No such model")
	<-time.After(time.Second) // before that nobody can have read it
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
