//go:build unix

package cli_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"groqchat/chat/demo"
)

// What the stories look for on the screen.
const (
	placeholder = "Ask anything"
	figures     = "first token" // in the foot of an answer that has ended
)

// withServer makes a user who has a key for a demo server of the test.
func withServer(t testing.TB, o demo.Options) *user {
	t.Helper()
	o.Tier = "off"
	server, err := demo.Start("127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL())
}

// ask types a question and waits for the whole answer.
func (x *terminal) ask(question string) {
	x.t.Helper()
	x.typeText(question)
	x.waitFor("❯ " + question)
	x.press("enter")
	x.waitFor("▌ " + question)
	x.waitScreen("a whole answer", func(screen string) bool {
		_, after, _ := strings.Cut(screen, "▌ "+question)
		return strings.Contains(after, figures)
	})
}

// TestStory_FromFirstRunToResume is the main job from end to end: no key, one key
// press to the demo, an answer, another model, the end, and all of it back again.
func TestStory_FromFirstRunToResume(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	x := u.opens()
	x.waitFor("Welcome to groqchat")
	x.press("enter")
	x.waitFor(placeholder)
	x.waitFor("gpt-oss-120b")

	x.ask("hello there")
	x.press("f2")
	x.waitFor("Now talking to gpt-oss-20b")
	x.ask("which model are you?")
	x.waitFor("gpt-oss-20b · ")

	x.press("ctrl+o")
	x.waitFor("Models")
	x.typeText("qwen")
	x.waitScreen("a list of that family alone", func(screen string) bool {
		_, list, _ := strings.Cut(screen, "Models")
		return strings.Contains(list, "qwen/") && !strings.Contains(list, "openai/")
	})
	x.press("enter")
	x.waitFor("Now talking to qwen")
	x.press("ctrl+d")
	x.exits(0)

	x = u.opens("-c", "--demo")
	x.waitFor("hello there")
	x.waitFor("which model are you?")
	x.waitFor("gpt-oss-20b · ")
	x.ask("thanks")
	x.press("ctrl+d")
	x.exits(0)
	if got := u.sessionText(); strings.Count(got, `"role":"user"`) != 3 {
		t.Errorf("the session does not hold three questions:\n%s", got)
	}
}

// sessionText is the one session file that the user has.
func (u *user) sessionText() string {
	u.t.Helper()
	files, err := filepath.Glob(filepath.Join(u.home, "data", "groqchat", "sessions", "*.json"))
	if err != nil || len(files) != 1 {
		u.t.Fatalf("want one session file, found %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		u.t.Fatal(err)
	}
	return string(text)
}

// holding answers a question with text and then with nothing, until the test
// ends; without a text nothing comes at all. Asked tells that a question arrived.
func holding(t *testing.T, text string) (u *user, asked <-chan struct{}) {
	t.Helper()
	u, asked, _ = watched(t, text)
	return u, asked
}

// watched is the same, and left tells that a connection was given up.
func watched(t *testing.T, text string) (u *user, asked, left <-chan struct{}) {
	t.Helper()
	arrived, gone, ended := make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			io.Copy(io.Discard, r.Body) // else the end of the connection is not seen
			arrived <- struct{}{}
		}
		w.Header().Set("Content-Type", "text/event-stream")
		if text != "" {
			io.WriteString(w, `data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"`+text+`"},"finish_reason":null}]}`+"\n\n")
			http.NewResponseController(w).Flush()
		}
		select {
		case <-r.Context().Done():
			if r.Method == http.MethodPost {
				gone <- struct{}{}
			}
		case <-ended:
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(ended) })
	return newUser(t, "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL+"/openai/v1"), arrived, gone
}

// TestStory_KilledProgramLosesNoQuestion: the question is on disk before the
// request leaves.
func TestStory_KilledProgramLosesNoQuestion(t *testing.T) {
	t.Parallel()
	u, asked := holding(t, "")
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("is this kept?")
	x.press("enter")
	select {
	case <-asked:
	case <-time.After(patience):
		t.Fatalf("no request came\n%s", x)
	}
	x.kill()

	x = u.opens("-c")
	x.waitFor("is this kept?")
}

// TestStory_CtrlCStopsThenClearsThenQuits is the ladder of ctrl+c.
func TestStory_CtrlCStopsThenClearsThenQuits(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "the first words")
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("go on forever")
	x.press("enter")
	x.waitFor("the first words")
	x.press("ctrl+c")
	x.waitFor("stopped")
	x.typeText("never mind")
	x.waitFor("never mind")
	x.press("ctrl+c")
	x.waitFor("Cleared")
	x.press("up")
	x.waitFor("❯ never mind")
	x.press("ctrl+c")
	x.waitFor(placeholder)
	x.press("ctrl+c")
	x.waitFor("again to quit")
	x.press("ctrl+c")
	x.exits(0)
}

// TestStory_EscBeforeTheFirstTokenGivesThePromptBack: what was asked is not lost,
// and can be asked better.
func TestStory_EscBeforeTheFirstTokenGivesThePromptBack(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "")
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("a qestion")
	x.press("enter")
	x.waitFor("▌ a qestion")
	x.press("esc")
	x.waitFor("❯ a qestion")
	x.waitGone("▌ a qestion")
	x.press("ctrl+u")
	x.waitFor(placeholder)
	x.press("ctrl+d")
	x.exits(0)
}

// TestStory_TextIsWrappedAnewByResize: nothing is lost on the way down and up.
func TestStory_TextIsWrappedAnewByResize(t *testing.T) {
	t.Parallel()
	const question = "name the seven words of this line please"
	u := withServer(t, demo.Options{Pace: -1, Scene: "short"})
	x := u.opens()
	x.waitFor(placeholder)
	x.ask(question)
	x.typeText("half a thought")
	x.waitFor("❯ half a thought")
	for _, size := range [][2]int{{40, 12}, {20, 6}, {120, 40}, {80, 24}} {
		x.resize(size[0], size[1])
		x.waitFor("half a thought")
		x.until("the status line at the bottom", func() bool {
			rows := strings.Split(x.text(), "\n")
			return strings.Contains(rows[len(rows)-1], "gpt-oss-120b")
		})
	}
	x.waitFor(question)
	x.press("ctrl+u", "ctrl+d")
	x.exits(0)
}

// TestStory_TinyTerminalSaysHowLargeItMustBe: and keeps what was typed.
func TestStory_TinyTerminalSaysHowLargeItMustBe(t *testing.T) {
	t.Parallel()
	u := withServer(t, demo.Options{Pace: -1})
	u.cols, u.rows = 10, 3
	x := u.opens()
	x.waitFor("needs 20×6")
	x.resize(60, 10)
	x.waitFor(placeholder)
	x.typeText("do not lose me")
	x.waitFor("do not lose me")
	x.resize(10, 3)
	x.waitGone("lose")
	x.resize(60, 10)
	x.waitFor("❯ do not lose me")
	x.resize(19, 8)
	x.waitFor("20×6")
	x.press("ctrl+c", "ctrl+c", "ctrl+c")
	x.exits(0)
}

// TestStory_PasteKeepsItsLines: a paste is text, not keys; its enter sends nothing.
func TestStory_PasteKeepsItsLines(t *testing.T) {
	t.Parallel()
	u := withServer(t, demo.Options{Pace: -1, Scene: "short"})
	x := u.opens()
	x.waitFor(placeholder)
	x.paste("first line\nsecond line")
	x.waitFor("❯ first line\n  second line")
	x.press("ctrl+j")
	x.typeText("third line")
	x.waitFor("second line\n  third line")
	x.press("enter")
	x.waitFor("▌ first line\n▌ second line\n▌ third line")
	x.waitFor(figures)
	x.press("ctrl+d")
	x.exits(0)
}

// TestStory_ColoursFollowTheGround: the terminal is asked for its background.
func TestStory_ColoursFollowTheGround(t *testing.T) {
	t.Parallel()
	colours := map[bool][]string{}
	for _, light := range []bool{false, true} {
		u := withServer(t, demo.Options{Pace: -1, Scene: "short"})
		u.light = light
		x := u.opens()
		x.waitFor(placeholder)
		x.ask("hello")
		x.press("ctrl+d")
		x.exits(0)
		colours[light] = slices.Compact(slices.Sorted(slices.Values(regexp.MustCompile(`38;2;[0-9;]+`).FindAllString(x.raw(), -1))))
	}
	if len(colours[false]) == 0 || slices.Equal(colours[false], colours[true]) {
		t.Errorf("on a dark ground %q, on a light one %q", colours[false], colours[true])
	}
}

// TestStory_KeyIsPastedOnce: a key with a slip is refused with the reason, the
// right one is kept for the next start, and none of it is ever on the screen.
func TestStory_KeyIsPastedOnce(t *testing.T) {
	t.Parallel()
	const key = "gsk_a1b2c3d4e5f6g7h8"
	u := withServer(t, demo.Options{Pace: -1, Scene: "short", Key: key})
	u.env = slices.DeleteFunc(u.env, func(s string) bool { return strings.HasPrefix(s, "GROQ_API_KEY=") })
	x := u.opens()
	x.waitFor("Welcome to groqchat")
	x.paste("gsk_a1b2 c3d4e5f6g7h8")
	x.waitFor("••••")
	x.press("enter")
	x.waitFor("✗")
	x.press("ctrl+u")
	x.paste("gsk_zzzzzzzzzzzzzzzz")
	x.press("enter")
	x.waitFor("refused the key")
	x.press("ctrl+u")
	x.paste(key)
	x.press("enter")
	x.waitFor("The key works")
	x.ask("hello")
	x.press("ctrl+d")
	x.exits(0)
	if strings.Contains(x.raw(), "a1b2") {
		t.Error("the key was on the screen")
	}

	x = u.opens()
	x.waitFor(placeholder)
	x.ask("hello again")
	x.press("ctrl+d")
	x.exits(0)
}

// TestStory_SessionsAreFoundAgain: a new one, and back to the first by its title.
func TestStory_SessionsAreFoundAgain(t *testing.T) {
	t.Parallel()
	u := withServer(t, demo.Options{Pace: -1, Scene: "short"})
	x := u.opens()
	x.waitFor(placeholder)
	x.ask("about apples")
	x.press("ctrl+n")
	x.waitGone("▌ about apples")
	x.ask("about bears")
	x.press("ctrl+s")
	x.waitFor("Sessions")
	x.waitFor("about apples")
	x.typeText("apple")
	x.waitScreen("one session", func(screen string) bool {
		_, list, _ := strings.Cut(screen, "Sessions")
		return strings.Contains(list, "apples") && !strings.Contains(list, "bears")
	})
	x.press("enter")
	x.waitFor("▌ about apples")
	x.waitGone("bears")
	x.press("ctrl+d")
	x.exits(0)
}

// TestStory_ScrollsWhileItStreams: looking back is not disturbed by what comes.
func TestStory_ScrollsWhileItStreams(t *testing.T) {
	t.Parallel()
	var lines []string
	for n := range 60 {
		lines = append(lines, "row "+strconv.Itoa(n))
	}
	u, _ := holding(t, strings.Join(lines, `\n\n`))
	u.following()
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("count")
	x.press("enter")
	x.waitFor("row 59")
	x.press("pgup")
	x.waitGone("row 59")
	x.waitFor("more lines")
	x.press("ctrl+home")
	x.waitFor("▌ count")
	x.press("ctrl+end")
	x.waitFor("row 59")
	x.press("esc")
	x.waitFor("stopped")
	x.press("ctrl+d")
	x.exits(0)
}

// TestStory_NobodyAnswers: a sentence says what to do, and the question is back.
func TestStory_NobodyAnswers(t *testing.T) {
	u := withServer(t, demo.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	u.env = append(u.env, "GROQ_BASE_URL=http://"+l.Addr().String()+"/openai/v1")
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("is anybody there?")
	x.press("enter")
	x.waitFor("✗")
	x.waitFor("❯ is anybody there?")
	x.press("ctrl+u", "ctrl+d")
	x.exits(0)
}

// TestStory_SuspendAndGoOn: ctrl+z gives the shell its terminal back, fg the chat.
func TestStory_SuspendAndGoOn(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("this machine has no bash, whose job control this needs")
	}
	u := withServer(t, demo.Options{Pace: -1, Scene: "short"})
	x := u.starts(shell, "--norc", "--noediting")
	prompts := func(n int) func(string) bool {
		return func(screen string) bool { return strings.Count(screen, "ready$") == n }
	}
	x.waitScreen("a prompt", prompts(1))
	x.typeText("groqchat\r")
	x.waitFor(placeholder)
	x.ask("hello")
	x.press("ctrl+z")
	x.waitScreen("a second prompt", prompts(2))
	x.typeText("fg\r")
	x.waitFor("▌ hello")
	x.press("ctrl+d")
	x.waitScreen("a third prompt", prompts(3))
	x.typeText("exit 7\r")
	x.exits(7)
}

// TestStory_SignalsEndItInOrder: the terminal is given back, the code says why.
func TestStory_SignalsEndItInOrder(t *testing.T) {
	t.Parallel()
	for signal, code := range map[os.Signal]int{os.Interrupt: 130, terminate(): 143} {
		u, _ := holding(t, "some words")
		x := u.opens()
		x.waitFor(placeholder)
		x.typeText("go on")
		x.press("enter")
		x.waitFor("some words")
		if err := x.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		x.exits(code)
	}
}
