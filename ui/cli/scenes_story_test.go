//go:build unix

package cli_test

import (
	"cmp"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"groqchat/chat/demo"
)

// ending is what one scene comes to on the screen.
type ending struct {
	says string // in the sentence about it, however it is wrapped
	then string // where the question and what came of the answer are now

	tries int // that the server counts at least and at most; 0: one at most
}

// Where they can be.
const (
	whole   = "the answer is whole"
	partial = "what came is kept, and two keys go on"
	back    = "the question is in the input again"
	waits   = "it is counted down"
	chooses = "something is offered"
	wantKey = "a key is asked for"
)

// endings is what becomes of a question in every scene that is not as usual.
func endings() map[string]ending {
	return map[string]ending{
		"slow-headers": {"did not begin to answer within 1 s", back, 0},
		"429":          {"limit of 8,000 tokens per minute", waits, 0},
		"429-rpm":      {"limit of 30 requests per minute", waits, 0},
		"429-tpd":      {"limit of 200,000 tokens per day", chooses, 0},
		"429-rpd":      {"limit of 1,000 requests per day", chooses, 0},
		"413":          {"needs 13,532 tokens, but the limit", back, 0},
		"401":          {"refused the key", wantKey, 0},
		"403":          {"refused the connection before looking at the key, perhaps because of a proxy or VPN", back, 0},
		"498":          {"flex tier at capacity", back, 3},
		"500":          {"has a fault (500 Internal Server Error). Try again", back, 3},
		"502":          {"has a fault (502 Bad Gateway). Try again", back, 3},
		"503":          {"is currently over capacity. Try again", back, 3},
		"portal":       {"answered with a web page. Check GROQ_BASE_URL, and whether the network wants a login.", back, 0},
		"redirect":     {"sends us elsewhere (to 127.0.0.1:9), which was not followed", back, 0},
		"endless-line": {"a line of more than 8 MB, so the answer was stopped", back, 3},
		"cut":          {"ended the answer before it was complete", partial, 0},
		"cut-line":     {"broke before the answer was complete", partial, 0},
		"error":        {"Parsing failed", partial, 0},
		"plain-error":  {"Parsing failed", partial, 0},
		"x-groq-error": {"has a fault: over capacity", partial, 0},
		"stall":        {"went silent in the middle of the answer, for 1 s", partial, 0},
	}
}

// TestScenes_OnTheScreen: every scene of the demo server, by the real client, in the
// real program, in a terminal: what happened is said in a plain sentence, the
// question and what came of its answer are kept, and the program ends when asked to.
func TestScenes_OnTheScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program some forty times")
	}
	known := endings()
	for _, scene := range demo.Scenes() {
		end, odd := known[scene.Name]
		if !odd {
			end = ending{then: whole}
		}
		delete(known, scene.Name)
		t.Run(scene.Name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			u, _ := stage(t, demo.Options{Tier: "free", Scene: scene.Name, Observe: func(e demo.Exchange) {
				if e.Method == http.MethodPost {
					asked.Add(1)
				}
			}})
			u.following()
			if scene.Name == "stall" || scene.Name == "slow-headers" { // the others may be as slow as the machine
				u.env = append(u.env, "GROQCHAT_IDLE_TIMEOUT=1s", "GROQCHAT_HEADER_TIMEOUT=1s")
			}
			x := u.opens()
			x.waitFor(placeholder)
			x.typeText(puzzled)
			x.waitFor("❯ " + puzzled)
			x.press("enter")
			x.waitSaid(end.says)
			x.comesTo(end.then)
			x.isPlain()
			if n := int(asked.Load()); n > cmp.Or(end.tries, 1) || n < end.tries-1 { // the last is told of when it is over
				t.Errorf("the server was asked %d times", n)
			}
			if end.then == whole || end.then == partial {
				x.press("ctrl+d")
				x.exits(0)
				u.keptAnswer(end.then)
				return
			}
			x.signal(syscall.SIGTERM)
			x.exits(143)
			u.finds(filepath.Join(u.home, "data", "groqchat", "drafts", "*.txt"), puzzled)
			if saved := u.wholeSessions(); strings.Contains(saved, `"state":"complete"`) || strings.Contains(saved, "<html") {
				t.Errorf("something is stored as an answer:\n%s", saved)
			}
		})
	}
	for name := range known {
		t.Errorf("there is no scene %s", name)
	}
}

// puzzled is the question of every scene.
const puzzled = "what is this good for?"

// waitSaid waits for words, wherever the screen breaks the line between them.
func (x *terminal) waitSaid(words string) {
	x.t.Helper()
	x.waitScreen(words, func(screen string) bool {
		return strings.Contains(strings.Join(strings.Fields(screen), " "), words)
	})
}

// comesTo waits for the end of a question, and leaves nothing but the chat on the
// screen.
func (x *terminal) comesTo(end string) {
	x.t.Helper()
	switch end {
	case whole:
		x.waitFor("tok/s · ") // the foot of an answer that has ended, also at its token limit
	case partial:
		x.waitFor("interrupted")
		x.waitSaid("goes on with it")
		x.waitSaid("tries again")
	case waits:
		x.waitFor("sending in")
		x.press("esc")
		x.waitFor("❯ " + puzzled)
	case chooses:
		x.waitFor("▸ 1 Send it to")
		x.press("esc")
		x.waitFor("❯ " + puzzled)
	case wantKey:
		x.waitFor("paste another key")
		x.press("esc")
		x.waitFor("❯ " + puzzled)
	case back:
		x.waitFor("❯ " + puzzled)
	}
}

// keptAnswer checks that the only session has the question, and what came of its
// answer as what it is.
func (u *user) keptAnswer(end string) {
	u.t.Helper()
	got, state := u.sessionText(), `"state":"complete"`
	if end == partial {
		state = `"state":"interrupted"`
	}
	if strings.Count(got, `"content":"`+puzzled) != 1 || !strings.Contains(got, state) || strings.Count(got, `"role":"assistant","content":""`) > 0 {
		u.t.Errorf("the session does not say that %s:\n%.2000s", end, got)
	}
}

// isPlain checks that nothing of the wire or of the program's inside is shown.
func (x *terminal) isPlain() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	screen := x.text()
	for _, odd := range []string{`{"`, "gsk_", "panic:", "goroutine 1 ", ": EOF", "<html", "%!", "context canceled"} {
		if strings.Contains(screen, odd) {
			x.t.Errorf("the screen shows %q\n%s", odd, screen)
		}
	}
}
