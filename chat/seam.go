package chat

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// An answer that was cut off can be gone on with. Models are not told to write
// on after their own text in a way that they all heed; so the model is asked to
// begin with the last words of the text, and where these words end in what it
// sends, the new text begins. That also tells whether a blank stands between.

const (
	// seamWords is how much of the end the model is shown, and asked to repeat.
	seamWords = 60
	// seamRoom is how much of what comes is looked at for these words before it
	// is shown: a tenth of a second of text.
	seamRoom = 400
	// leastOverlap is how many characters must agree to be no accident.
	leastOverlap = 6
)

// CanContinue reports whether the head is an answer that ended too early.
func (c *Conversation) CanContinue() bool {
	m := c.message(c.Head)
	if m == nil || m.Role != Assistant || m.Content == "" || c.answer != nil {
		return false
	}
	switch m.State {
	case Interrupted, Stopped, Failed:
		return true
	case Complete:
		return m.FinishReason == "length"
	default:
		return false
	}
}

// Continue makes the head an answer under way again, which grows from its end.
// It reports false, and changes nothing, if the head cannot be continued.
func (c *Conversation) Continue(now time.Time) bool {
	if !c.CanContinue() {
		return false
	}
	m := c.message(c.Head)
	c.answer = goOn(m)
	m.State, m.FinishReason, m.Error = Pending, "", ""
	c.Updated = now
	return true
}

// goOn is the text of an answer that grows from the end of m.
func goOn(m *Message) *answer {
	a := &answer{seam: &seam{before: m.Content}, goesOn: true, usage: m.Usage, timing: m.Timing}
	if m.Usage == (Usage{}) { // it is of a process that ended too early
		a.usage = textUsage(m.Content, m.Reasoning)
	}
	a.content.WriteString(m.Content)
	a.reasoning.WriteString(m.Reasoning)
	return a
}

// Replay is the answer m as events make it: a new one, or one with a text that is
// gone on with.
func Replay(m Message, events []Event) Message {
	m.State, m.FinishReason, m.Error = Pending, "", ""
	c := Conversation{Head: m.ID, Messages: []Message{m}, answer: &answer{}}
	if m.Content != "" {
		c.answer = goOn(&m)
	}
	for _, e := range events {
		c.Apply(e)
	}
	return c.Messages[0]
}

// after adds the usage of an answer's beginning to that of its rest. The prompt
// of the rest holds that of the beginning.
func (u Usage) after(begin Usage) Usage {
	if u.PromptTokens == 0 {
		u.PromptTokens, u.CachedTokens = begin.PromptTokens, begin.CachedTokens
	}
	u.CompletionTokens += begin.CompletionTokens
	u.ReasoningTokens += begin.ReasoningTokens
	u.Estimated = u.Estimated || begin.Estimated
	return u
}

// times is the times of the whole answer, of which the last part took t.
func (a *answer) times(t Timing) Timing {
	if a.goesOn {
		return t.after(a.timing)
	}
	return t
}

// after adds the times of an answer's beginning to those of its rest. What is known
// of one part only is no time of the whole: its tokens would seem to come faster.
func (t Timing) after(begin Timing) Timing {
	if begin.Total == 0 {
		return Timing{Queue: t.Queue, Prompt: t.Prompt, Thinking: t.Thinking + begin.Thinking}
	}
	t.Queue += begin.Queue
	t.Prompt += begin.Prompt
	if t.Completion > 0 && begin.Completion > 0 {
		t.Completion += begin.Completion
	} else {
		t.Completion = 0
	}
	t.Total += begin.Total
	t.Thinking += begin.Thinking
	if begin.FirstToken > 0 {
		t.FirstToken = begin.FirstToken
	}
	return t
}

// continuation asks for the rest of a text.
func continuation(text string) Message {
	return Message{Role: User, Content: "Your last message was cut off. Go on with it exactly where it stopped. " +
		"Begin with its last words, which are:\n\n" + lastWords(text) + "\n\n" +
		"and write on from there as if nothing had happened: no introduction, no comment, nothing of it again, " +
		"and no new opening of a code block that is still open."}
}

// lastWords is the end of a text, from the beginning of a word if it has one.
func lastWords(text string) string {
	if len(text) <= seamWords {
		return text
	}
	end := text[len(text)-seamWords:]
	for i := 1; i < utf8.UTFMax && !utf8.RuneStart(end[0]); i++ { // bytes that are no text have no start
		end = end[1:]
	}
	if i := strings.IndexFunc(end, unicode.IsSpace); i >= 0 && i < len(end)/2 {
		return strings.TrimLeftFunc(end[i:], unicode.IsSpace)
	}
	return end
}

// seam joins the rest of an answer to its beginning.
type seam struct {
	before string
	held   strings.Builder // what came and is not joined yet
}

// join takes what came, and gives what can be added once that can be told; at the
// end all of it is.
func (s *seam) join(text string, end bool) (rest string, done bool) {
	s.held.WriteString(text)
	if !end && s.held.Len() < seamRoom {
		return "", false
	}
	return joined(s.before, s.held.String()), true
}

// joined is the part of rest that goes on where before ends.
func joined(before, rest string) string {
	words := lastWords(before)
	head := rest[:min(len(rest), seamRoom)]
	if i := strings.Index(head, words); i >= 0 && len(words) >= leastOverlap {
		return rest[i+len(words):]
	}
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if n := overlap(before, trimmed); n > 0 {
		return trimmed[n:]
	}
	if wordEnds(before) && wordBegins(rest) {
		return " " + rest
	}
	return rest
}

// overlap is how much rest repeats of the end of before, in bytes.
func overlap(before, rest string) int {
	for n := min(len(before), len(rest), seamRoom); n >= leastOverlap; n-- {
		if strings.HasSuffix(before, rest[:n]) {
			return n
		}
	}
	return 0
}

// wordEnds and wordBegins tell two words that would run together. A text that
// was cut within a word cannot be told from that; a blank too many is the
// smaller evil there.
func wordEnds(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(",.;:!?", r)
}

func wordBegins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && r < 0x2e80 || unicode.IsDigit(r)
}
