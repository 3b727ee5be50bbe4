//go:build unix

package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// heard waits until the program in lines has said a text after what was heard
// before, and gives where that ends.
func (x *terminal) heard(from int, text string) int {
	x.t.Helper()
	end := 0
	x.until(text+" in the lines", func() bool {
		at := strings.Index(x.output.String()[from:], text)
		end = from + at + len(text)
		return at >= 0
	})
	return end
}

// tells types lines one after the other, each when the text before it was said.
func (x *terminal) tells(dialogue ...string) {
	x.t.Helper()
	at := 0
	for i := 0; i+1 < len(dialogue); i += 2 {
		at = x.heard(at, dialogue[i])
		x.write(dialogue[i+1])
	}
}

// isInWords checks that nothing came but lines.
func (x *terminal) isInWords() {
	x.t.Helper()
	for _, c := range x.raw() {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x2500 && c < 0x25a0 || c == 0x7f {
			x.t.Fatalf("%U was written:\n%q", c, x.raw())
		}
	}
}

// TestPlain_StoryOfASession: two questions, another model by its number, a stop,
// and the session again, with not one escape byte.
func TestPlain_StoryOfASession(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	x := u.opens("--plain", "--demo")
	x.tells("You: ", "Hello there\n", "Answering…", "", "Done, ", "", "You: ", "/model\n",
		"2. openai/gpt-oss-20b", "", "Number: ", "2\n", "Now talking to gpt-oss-20b.", "",
		"You: ", "something \\\n", "More: ", "long\n", "Answering…", "", ". ", "\x03", "Stopped, ", "", "/continue", "",
		"You: ", "\x03", "Press it again to quit.", "\x03")
	x.exits(0)
	x.isInWords()
	if !strings.Contains(x.raw(), " --demo --plain   ") {
		t.Errorf("it does not say how to come back:\n%s", x.raw())
	}
	if strings.Contains(x.raw(), "Not sent") {
		t.Errorf("what was asked is not in the conversation:\n%s", x.raw())
	}

	x = u.opens("--plain", "--demo", "-c")
	x.tells("Hello there”, 4 messages", "", "You: something \r\nlong", "", "gpt-oss-20b: ", "", "Stopped", "", "You: ", "\x04")
	x.exits(0)
	x.isInWords()
}

// TestPlain_DumbTerminal: it is the chat of a terminal that cannot place text, where
// several lines that are pasted are one question, and what was left is told.
func TestPlain_DumbTerminal(t *testing.T) {
	t.Parallel()
	u := newUser(t, "TERM=dumb")
	x := u.opens("--demo")
	x.tells("You: ", "first line\nsecond line\n", "first line second line", "", "Done", "", "You: ", "/thought\n", "What gpt-oss-120b thought:", "", "You: ", "/new\nafter it\n",
		"A new session.", "", "Done", "", "You: ", "/resume\n", "1. after it", "", "Number: ", "2\n",
		"first line\r\nsecond line", "", "You: ", "/nothing\n", "There is no /nothing", "", "You: ", "/quit\n")
	x.exits(0)
	x.isInWords()
	sessions, err := filepath.Glob(filepath.Join(u.home, "data", "groqchat", "sessions", "*.json"))
	if err != nil || len(sessions) != 2 {
		t.Errorf("sessions %v, error %v", sessions, err)
	}
}

// TestPlain_KeyIsNeverShown: neither while it is pasted nor later.
func TestPlain_KeyIsNeverShown(t *testing.T) {
	t.Parallel()
	const key = "gsk_neverToBeSeenOnTheTerminal1234"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+key {
			w.WriteHeader(http.StatusUnauthorized)
		}
		w.Write([]byte(`{"object":"list","data":[]}`))
	}))
	t.Cleanup(server.Close)
	u := newUser(t, "GROQ_BASE_URL="+server.URL)
	x := u.opens("--plain")
	x.tells("Key: ", "gsk_another_that_is_refused_0000\n", "refused", "", "Key: ", key+"\n", "The key works", "", "You: ", "/quit\n")
	x.exits(0)
	x.isInWords()
	if strings.Contains(x.raw(), "gsk_") {
		t.Errorf("a key was shown:\n%s", x.raw())
	}
	if kept, err := os.ReadFile(filepath.Join(u.home, "config", "groqchat", "key")); err != nil || !strings.Contains(string(kept), key) {
		t.Errorf("the key was not kept: %v", err)
	}
}

// TestPlain_EveryCommandIsWords: not one byte that moves the cursor or takes a
// character back, whatever is asked for, on a terminal that can do nothing else.
func TestPlain_EveryCommandIsWords(t *testing.T) {
	u := newUser(t, "TERM=dumb", "LANG=C", "EDITOR=true")
	x := u.opens("--demo")
	x.tells("You: ", "Hello there\n", "Done, ", "", "You: ", "/help\n", "/quit: quit", "")
	var all strings.Builder
	for line := range strings.Lines(x.raw()) {
		usage, _, told := strings.Cut(line, ": ")
		if name, _, _ := strings.Cut(usage, " "); told && strings.HasPrefix(name, "/") && name != "/quit" && name != "/temporary" {
			all.WriteString(name + "\n")
		}
	}
	if n := strings.Count(all.String(), "\n"); n < 40 {
		t.Fatalf("%d commands in the help", n)
	}
	at := len(x.raw())
	x.write(all.String() + "/nothing\n") // as if pasted: each is done as soon as it can be
	at = x.heard(at, "There is no /nothing")
	x.write("/quit\n")
	x.exits(0)
	x.isInWords()
	if ends := strings.Count(x.raw(), "\r") - strings.Count(x.raw(), "\r\n"); ends != 0 {
		t.Errorf("%d lines go back to their beginning:\n%q", ends, x.raw())
	}
	if !strings.Contains(x.raw()[at:], "--demo   ") {
		t.Errorf("it does not say how to come back:\n%s", x.raw()[at:])
	}
}

// TestPlain_TemporaryFromWithin: what was typed behind the command belongs to the
// chat that leaves nothing.
func TestPlain_TemporaryFromWithin(t *testing.T) {
	u := newUser(t)
	x := u.opens("--plain", "--demo")
	x.tells("You: ", "/temporary\na secret\n", "This is a temporary chat", "", "Answering…", "", "Done, ", "", "You: ", "/quit\n")
	x.exits(0)
	x.isInWords()
	sessions, err := filepath.Glob(filepath.Join(u.home, "data", "groqchat", "sessions", "*.json"))
	if err != nil || len(sessions) != 0 || strings.Contains(x.raw(), "groqchat -r") {
		t.Errorf("sessions %v, error %v:\n%s", sessions, err, x.raw())
	}
}
