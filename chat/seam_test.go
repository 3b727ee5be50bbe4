package chat

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// cutOff is a conversation whose answer ended too early.
func cutOff(text string) *Conversation {
	var c Conversation
	c.Ask("tell", nil, time.Unix(1, 0))
	c.Apply(Delta{Text: text})
	c.Apply(Done{Finish: "length", Usage: Usage{PromptTokens: 10, CompletionTokens: 5, ReasoningTokens: 2}, Timing: Timing{Total: time.Second, FirstToken: time.Millisecond}})
	return &c
}

func TestContinue_JoinsWithoutASeam(t *testing.T) {
	const long = "The scanner reads line by line, and it reuses its buffer, so that a line of text is only good until the next"
	for _, c := range []struct{ name, before, rest, want string }{
		{"the last words again", long, lastWords(long) + " call of Scan.", long + " call of Scan."},
		{"the last words after an introduction", long, "Sure:\n\n" + lastWords(long) + " call.", long + " call."},
		{"the last line again", "one\ntwo\nthree and a half", "three and a half, four", "one\ntwo\nthree and a half, four"},
		{"some of the last words again", long, "until the next call.", long + " call."},
		{"no word again", long, " call.", long + " call."},
		{"no word and no blank", long, "call.", long + " call."},
		{"blanks before the last words", long, "\n\n" + lastWords(long) + " call.", long + " call."},
		{"code goes on with its indentation", "```go\nfunc f() {\n", "\treturn\n}\n```", "```go\nfunc f() {\n\treturn\n}\n```"},
		{"a sentence that ended", "It ends here.", "A new one.", "It ends here. A new one."},
		{"a sign", "it is (so far", ") done", "it is (so far) done"},
		{"Chinese needs no blank", "我们今天学习", "编程语言", "我们今天学习编程语言"},
		{"an accident is no overlap", "aaa the", "the the", "aaa the the the"},
		{"nothing comes", long, "", long},
	} {
		for _, size := range []int{1, 7, 1000} {
			conv := cutOff(c.before)
			if !conv.Continue(time.Unix(2, 0)) {
				t.Fatalf("%s: cannot be continued", c.name)
			}
			for rest := c.rest; rest != ""; rest = rest[min(size, len(rest)):] {
				conv.Apply(Delta{Text: rest[:min(size, len(rest))]})
			}
			conv.Apply(Done{Finish: "stop"})
			if got := conv.Path()[1]; got.Content != c.want || got.State != Complete || got.FinishReason != "stop" {
				t.Errorf("%s, by %d: %q (%s)", c.name, size, got.Content, got.State)
			}
		}
	}
}

func TestContinue_ShowsTextSoonAndLosesNone(t *testing.T) {
	c := cutOff("It begins")
	c.Continue(time.Unix(2, 0))
	rest := strings.Repeat(" and goes on", 100)
	for i := range len(rest) {
		c.Apply(Delta{Text: rest[i : i+1]})
		if held := len("It begins") + i + 1 - len(c.Pending().Content); held > seamRoom {
			t.Fatalf("%d bytes are held back", held)
		}
	}
	c.Apply(Broken{Err: errors.New("cut")})
	if got := c.Path()[1]; got.Content != "It begins"+rest || got.State != Interrupted {
		t.Errorf("%s: %q", got.State, got.Content)
	}
}

func TestContinue_JoinsOnceEvenIfAllOfTheBeginningIsRepeated(t *testing.T) {
	before := strings.Repeat("all the same words ", 50) + "the end"
	c := cutOff(before)
	c.Continue(time.Unix(2, 0))
	c.Apply(Delta{Text: before[len(before)-seamRoom:]}) // as much as is looked at
	c.Apply(Delta{Text: "."})
	if got := c.Pending().Content; got != before+"." {
		t.Errorf("after the repetition %q", strings.TrimPrefix(got, before))
	}
}

// TestContinue_TellsNoSpeedOfWhatHasNoTime: an answer that broke off has tokens, but
// no server told how long they took; with the time of the rest alone they would seem
// to have come twice as fast.
func TestContinue_TellsNoSpeedOfWhatHasNoTime(t *testing.T) {
	c := Conversation{}
	c.Ask("q", nil, time.Unix(1, 0))
	c.Apply(Delta{Text: "It begins"})
	c.Apply(Broken{Err: errors.New("cut")})
	c.Continue(time.Unix(2, 0))
	c.Apply(Delta{Text: " and ends"})
	rest := Timing{Total: time.Second, FirstToken: time.Millisecond, Completion: time.Second, Queue: time.Millisecond}
	c.Apply(Done{Finish: "stop", Usage: Usage{PromptTokens: 20, CompletionTokens: 7}, Timing: rest})
	if got := c.Path()[1]; got.Usage.CompletionTokens != 8 || got.TokensPerSecond() != 0 || got.Timing != (Timing{Queue: time.Millisecond}) {
		t.Errorf("%+v %+v: %.0f tok/s", got.Usage, got.Timing, got.TokensPerSecond())
	}
}

func TestContinue_SumsWhatBothPartsTook(t *testing.T) {
	c := cutOff("It begins")
	c.Continue(time.Unix(2, 0))
	c.Apply(Done{Finish: "stop", Usage: Usage{PromptTokens: 20, CompletionTokens: 7, ReasoningTokens: 1}, Timing: Timing{Total: 2 * time.Second, FirstToken: time.Minute}})
	got := c.Path()[1]
	if got.Usage != (Usage{PromptTokens: 20, CompletionTokens: 12, ReasoningTokens: 3}) || got.Timing != (Timing{Total: 3 * time.Second, FirstToken: time.Millisecond}) {
		t.Errorf("%+v %+v", got.Usage, got.Timing)
	}
}

func TestContinue_CountsTheBeginningThatNobodyCounted(t *testing.T) {
	rest := Usage{PromptTokens: 20, CompletionTokens: 7}
	for _, c := range []struct {
		name string
		end  Event // of the beginning; nil: the process was killed
		want Usage
	}{
		{"stopped", Halted{}, Usage{PromptTokens: 20, CompletionTokens: 10, ReasoningTokens: 1, Estimated: true}},
		{"broken off", Broken{Err: &Error{Kind: Cut}}, Usage{PromptTokens: 20, CompletionTokens: 10, ReasoningTokens: 1, Estimated: true}},
		{"stopped by the server, which says what it took", Broken{Err: &Error{Usage: Usage{PromptTokens: 9, CompletionTokens: 5}}}, Usage{PromptTokens: 20, CompletionTokens: 12}},
		{"killed", nil, Usage{PromptTokens: 20, CompletionTokens: 11, ReasoningTokens: 1, Estimated: true}},
	} {
		var conv Conversation
		conv.Ask("tell", nil, time.Unix(1, 0))
		for _, e := range []Event{Reasoning{Text: "hm"}, Delta{Text: "It begins"}, Delta{Text: " so"}} {
			conv.Apply(e)
		}
		if c.end != nil {
			conv.Apply(c.end)
		} else {
			conv = Conversation{Messages: conv.Messages, Head: conv.Head}
			conv.Messages[1].State = Interrupted
		}
		conv.Continue(time.Unix(2, 0))
		conv.Apply(Delta{Text: " and ends."})
		conv.Apply(Done{Finish: "stop", Usage: rest})
		if got := conv.Path()[1]; got.Usage != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got.Usage, c.want)
		}
	}
}

func TestContinue_StoppedAgainKeepsWhatIsKnown(t *testing.T) {
	c := cutOff("It begins")
	c.Continue(time.Unix(2, 0))
	c.Apply(Delta{Text: " and"})
	c.Apply(Halted{})
	if got := c.Path()[1].Usage; got != (Usage{PromptTokens: 10, CompletionTokens: 6, ReasoningTokens: 2, Estimated: true}) {
		t.Errorf("%+v", got)
	}
}

func TestContinue_AsksWithTheAnswerSoFar(t *testing.T) {
	c := cutOff("It begins with these words")
	c.Continue(time.Unix(2, 0))
	req := c.Request()
	n := len(req.Messages)
	if n != 3 || req.Messages[1].Content != "It begins with these words" || req.Messages[2].Role != User || !strings.Contains(req.Messages[2].Content, "these words") {
		t.Errorf("asks with %+v", req.Messages)
	}
	if len(c.Messages) != 2 {
		t.Errorf("the conversation has %d messages", len(c.Messages))
	}
}

func TestContinue_OnlyWhatEndedTooEarly(t *testing.T) {
	whole := cutOff("all")
	whole.Messages[1].FinishReason = "stop"
	empty := cutOff("")
	under := cutOff("x")
	under.Continue(time.Unix(2, 0))
	for name, c := range map[string]*Conversation{"an empty conversation": {}, "a whole answer": whole, "an answer without text": empty, "an answer under way": under} {
		if c.CanContinue() || c.Continue(time.Unix(2, 0)) {
			t.Errorf("%s can be continued", name)
		}
	}
	for _, state := range []State{Interrupted, Stopped, Failed} {
		c := cutOff("x")
		c.Messages[1].State = state
		if !c.CanContinue() {
			t.Errorf("a %s one cannot be continued", state)
		}
	}
}

func FuzzJoined(f *testing.F) {
	f.Add("one two three", "three four")
	f.Add("", "x")
	f.Add("日本語", "語")
	f.Add("0"+strings.Repeat("\xa5", 2*seamWords), "0")
	f.Fuzz(func(t *testing.T, before, rest string) {
		got := joined(before, rest)
		if !strings.HasSuffix(rest, strings.TrimPrefix(got, " ")) && got != " "+rest {
			t.Errorf("%q to %q gives %q", before, rest, got)
		}
	})
}
