package ui

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// talk is a chat in lines, whose lines are read from a pipe as from a terminal.
type talk struct {
	*screen
	typed *os.File
	from  int // where what is looked for next begins
}

// inLines begins one of so many columns, 0 for not known.
func inLines(t *testing.T, o Options, columns int) *talk {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	o.Plain, o.Typed, o.Input, o.Columns = true, true, r, columns
	if o.Config.Clipboard == "auto" {
		o.Clipboard = func(string) (string, error) { return "a test", nil }
	}
	ctx, end := context.WithCancel(t.Context())
	s := &screen{t: t, m: newModel(ctx, o), msgs: make(chan tea.Msg), done: make(chan struct{})}
	x := &talk{screen: s, typed: w}
	t.Cleanup(func() { end(); w.Close(); s.drain() })
	s.run(s.m.Init())
	return x
}

// said is all that was said so far.
func (x *talk) said() string { return x.m.lines.text.String() }

// hears waits until the texts were said, one after the other.
func (x *talk) hears(texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		for !strings.Contains(x.said()[x.from:], text) {
			if x.quit {
				x.t.Fatalf("it ended before it said %q:\n%s", text, x.said())
			}
			x.hurry()
		}
		x.from += strings.Index(x.said()[x.from:], text) + len(text)
	}
}

// hurry takes the next message; a wait without any is a hang.
func (x *talk) hurry() {
	x.t.Helper()
	select {
	case msg := <-x.msgs:
		x.pending--
		x.feed(msg)
	case <-time.After(time.Minute):
		x.t.Fatalf("nothing comes any more:\n%s", x.said())
	}
}

// types types a line.
func (x *talk) types(line string) {
	x.t.Helper()
	if _, err := x.typed.WriteString(line + "\n"); err != nil {
		x.t.Fatal(err)
	}
}

// lacksSaid fails the test if a text was said.
func (x *talk) lacksSaid(texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		if strings.Contains(x.said(), text) {
			x.t.Errorf("%q was said:\n%s", text, x.said())
		}
	}
}

func TestLines_AnAnswerInWords(t *testing.T) {
	x := inLines(t, options(t, answer("Forty-two.")), 0)
	x.hears("groqchat in lines, talking to gpt-oss-120b, effort medium.", "You: ")
	x.types("What is it?")
	x.hears("Answering…\n", "Forty-two.\n", "Done, 24 tokens in 0.2 seconds.\n", "You: ")
	x.types("/status")
	x.hears("Talking to gpt-oss-120b, effort medium.", "“What is it?” has 2 messages.", "Left: 1,000 of 1,000 requests a day.", "You: ")
}

// TestLines_MessagesByNumber: what keys do to the chosen message.
func TestLines_MessagesByNumber(t *testing.T) {
	script := answer("first answer")
	script.next = []string{"second answer"}
	x := inLines(t, options(t, script), 0)
	x.hears("You: ")
	x.types("one")
	x.hears("Done", "You: ")
	x.types("two")
	x.hears("second answer", "Done", "You: ")
	x.types("/read 3")
	x.hears("gpt-oss-120b: first answer\n", "You: ")
	x.types("/read 5")
	x.hears("numbers 1 to 4", "You: ")
	x.types("/delete")
	x.hears("1. answer: second answer, just now", "4. you: one", "Number: ")
	x.types("2")
	x.hears("Deleted, with 1 message after it; /undo brings it back.", "last exchange", "You: one", "You: ")
	x.types("/undo")
	x.hears("Taken back", "You: ")
	x.types("/fork 2")
	x.hears("This is a copy", "Not sent:\ntwo\n", "An empty line sends it")
	x.types("")
	x.hears("Answering…", "Done")
}

// TestLines_ABrokenAnswer is told once, and the way on is no error.
func TestLines_ABrokenAnswer(t *testing.T) {
	cut := &script{events: []chat.Event{chat.Started{}, chat.Delta{Text: "half of"}}, err: chat.Errorf(chat.Cut, "the connection broke")}
	x := inLines(t, options(t, cut), 0)
	x.hears("You: ")
	x.types("a question")
	x.hears("half of\n", "Broken off: the connection broke", "\n/continue goes on with it", "You: ")
	x.lacksSaid("Error: ")
}

// TestLines_KeepsWhatWasNotSent: a command in between takes nothing away, and what
// was told is not told again.
func TestLines_KeepsWhatWasNotSent(t *testing.T) {
	x := inLines(t, options(t, &script{err: chat.Errorf(chat.Refused, "no")}), 0)
	x.hears("You: ")
	x.types("a question")
	x.hears("Error: ", "Not sent:\na question\n", "You: ")
	x.types("/status")
	x.hears("Talking to", "You: ")
	x.types("/nonsense")
	x.hears("There is no /nonsense", "You: ")
	if n := strings.Count(x.said(), "Not sent"); n != 1 {
		t.Errorf("it was told %d times:\n%s", n, x.said())
	}
	x.types("")
	x.hears("Answering…", "Not sent:\na question\n")
}

func TestLines_CommandsWhileAnAnswerComes(t *testing.T) {
	s := answer("begun ")
	s.events, s.open = s.events[:3], true
	x := inLines(t, options(t, s), 0)
	x.hears("You: ")
	x.types("go")
	x.hears("begun")
	x.types("/stop")
	x.hears("Stopped, about 1 token. What came is kept.", "/continue goes on with it, /retry tries again.", "You: ")
	x.types("/stop")
	x.hears("No answer is under way.", "You: ")
	x.types("/model next")
	x.hears("Now talking to gpt-oss-20b.")
	x.types("/model previous")
	x.hears("Now talking to gpt-oss-120b.")
	x.types("/recall g")
	x.hears("1. go\n", "Number: ")
	x.lacksSaid("1. /model")
	x.types("1")
	x.hears("Not sent:\ngo\n")
}

// TestLines_TemporaryTakesWhatWasTyped into the chat that comes.
func TestLines_TemporaryTakesWhatWasTyped(t *testing.T) {
	x := inLines(t, options(t, answer("x")), 0)
	x.hears("You: ")
	x.types("/temporary\nfor the next")
	for !x.quit {
		x.hurry()
	}
	done := x.m.result()
	if !done.Temporary || !slices.Equal(done.Ahead, []string{"for the next"}) {
		t.Fatalf("%+v", done)
	}
	o := options(t, answer("heard"))
	o.Store, o.Ahead = nil, done.Ahead
	x = inLines(t, o, 0)
	x.hears("This is a temporary chat: nothing of it is kept on the disk.\n", "Answering…", "heard", "Done")
	x.lacksSaid("groqchat in lines")
}

func TestLines_AWaitIsToldNowAndThen(t *testing.T) {
	x := inLines(t, options(t, &script{open: true}), 0)
	x.hears("You: ")
	x.types("go")
	x.hears("Answering…")
	m := x.m
	for _, c := range []struct {
		after time.Duration
		said  string
	}{
		{patienceTime - time.Second, ""}, {time.Second, "Still waiting, for 30 seconds.\n"}, {time.Second, ""}, {patienceTime, "Still waiting, for 61 seconds.\n"},
	} {
		from := len(x.said())
		m.clock = m.turn.began.Add(m.clock.Sub(m.turn.began).Truncate(time.Second) + c.after)
		m.lines.tellAnswer(m)
		if got := x.said()[from:]; got != c.said {
			t.Errorf("after %v: %q", c.after, got)
		}
	}
}

// TestLines_EveryCommandInWords: none draws, moves or shows what only an eye reads.
func TestLines_EveryCommandInWords(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("PATH", "")
	x := inLines(t, options(t, answer("An *answer*.\n\n```go\nx\n```\n")), 0)
	x.hears("You: ")
	x.types("q")
	x.hears("Done", "You: ")
	for _, c := range x.m.commands {
		if slices.Contains([]string{"quit", "temporary", "editor"}, c.name) { // they end the chat, or hold it
			continue
		}
		x.run(x.m.obey("/" + c.name))
		x.m.refresh()
		x.run(x.m.leaveOverlay())
		x.m.refresh()
		for x.m.turn.live || x.m.lines.leaving {
			x.hurry()
		}
	}
	x.types("/status")
	x.hears("Talking to", "You: ")
	for _, r := range x.said() {
		if r < ' ' && r != '\n' || r >= 0x2190 && r < 0x2800 || r == 0x7f || strings.ContainsRune("·›‹", r) {
			t.Errorf("%U is said:\n%s", r, x.said())
			return
		}
	}
	x.lacksSaid("(no key", "; .", "ctrl+p")
}

func TestMargin_BreaksBetweenWords(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns int
		pieces  []string
		want    string
	}{
		{"not known", 0, []string{"one two three four five six seven"}, "one two three four five six seven"},
		{"too narrow to be one", 10, []string{"one two three four"}, "one two three four"},
		{"words", 21, []string{"one two three four five six\nseven\n"}, "one two three four\nfive six\nseven\n"},
		{"in pieces", 21, []string{"one two ", "three ", "four ", "five ", "six\n"}, "one two three four \nfive six\n"},
		{"as wide as there is room", 21, []string{"12345678901234567890 ", "1\n"}, "12345678901234567890\n1\n"},
		{"a word that is wider", 21, []string{"a 1234567890123456789012345 b\n"}, "a\n1234567890123456789012345\nb\n"},
		{"wide letters", 21, []string{"你好你好 你好你好 你好\n"}, "你好你好 你好你好\n你好\n"},
		{"code", 21, []string{"```\n", "  ", "one two three four five six\n", "  ", "```\n", "one two three four five\n"}, "```\n  one two three four five six\n  ```\none two three four\nfive\n"},
		{"blanks at the beginning", 21, []string{"    one two three four five\n"}, "    one two three\nfour five\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, got := margin{columns: c.columns}, ""
			for _, p := range c.pieces {
				got += g.broken(p, 100)
			}
			if got != c.want {
				t.Errorf("got\n%q, want\n%q", got, c.want)
			}
		})
	}
}

func TestSpoken_WordsForSigns(t *testing.T) {
	for text, want := range map[string]string{
		"a · b":              "a, b",
		"Wait 16 s and send": "Wait 16 seconds and send",
		"in 1 min 1.5 s":     "in 1 minute 1.5 seconds",
		"2 h, 10 s3":         "2 hours, 10 s3",
		"✗ no":               "no",
	} {
		if got := spoken(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"│ ├ ▌ ‹1/2› hi": "you: variant 1 of 2: hi", "· x": "answer: x", "Title › a line": "Title: a line"} {
		if got := spokenRow(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, c := range [][3]string{{"when", "1 min", "1 minute ago"}, {"when", "now", "just now"}, {"tok/s", "~500", "about 500 tokens a second"}, {"$ in", "0.15", "0.15 dollars in"}, {"messages", "1", "1 message"}} {
		if got := spokenColumn(c[0], c[1]); got != c[2] {
			t.Errorf("%v: %q", c, got)
		}
	}
}
