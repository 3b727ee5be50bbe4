package chat

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Conversation is a tree of messages with a head. The zero value is an empty
// conversation. It is not safe for concurrent use; [Conversation.Clone] makes a
// copy that another goroutine may read.
type Conversation struct {
	ID               string
	Rev              int // grows with each save
	Title            string
	Created, Updated time.Time
	Model            string
	Persona          string
	System           string
	Params           Params
	Pinned           bool
	Tags             []string
	Head             string // the leaf that is shown, "" when nothing is
	Since            string // the first message that is still sent, "" for all
	Messages         []Message
	Extra            Extra

	answer  *answer           // the text of the answer under way
	past    past              // the steps that can be taken back
	seen    map[string]string // by message, which of those below it was shown last
	retired int               // the highest number in an id of what was deleted
}

// answer gathers the text of the answer under way, so that a delta costs its own
// length and not that of the answer.
type answer struct {
	content, reasoning strings.Builder
	model              string // that is asked for it, "" for that of the conversation
	seam               *seam  // joins the rest to what there was; nil for a new answer, or when it is joined
	goesOn             bool   // there is a beginning, which took usage and timing
	usage              Usage
	timing             Timing
	count              meter
}

// add adds text to the content, at a seam as soon as it can be joined; end says
// that no more comes.
func (a *answer) add(text string, end bool) string {
	if a.seam != nil {
		var done bool
		if text, done = a.seam.join(text, end); done {
			a.seam = nil
		}
	}
	a.content.WriteString(text)
	return a.content.String()
}

// Ask appends the user's message and an answer under way to the head, and makes
// the answer the head. Dead attempts at the same words are replaced by it.
func (c *Conversation) Ask(text string, attachments []Attachment, now time.Time) {
	c.mark(StepAsk)
	c.ask(text, attachments, now)
}

func (c *Conversation) ask(text string, attachments []Attachment, now time.Time) {
	c.dropDeadTwin(text)
	if c.Title == "" || c.Head == "" && c.namedAfterRoot() {
		c.Title = TitleFrom(text)
	}
	if c.Created.IsZero() {
		c.Created = now
	}
	user := Message{
		ID: c.newID(), Parent: c.Head, Role: User, State: Complete,
		Created: now, Content: text, Attachments: attachments,
	}
	c.Messages = append(c.Messages, user)
	c.reply(user.ID, c.Model, now)
}

// Request is what to send for the answer under way: the path before it, from
// Since on, without answers that have nothing to send. An answer that is gone on
// with is sent too, and a word that asks for its rest.
func (c *Conversation) Request() Request {
	path, params := c.Path(), c.Params
	sent, summary, summing := summarising(path)
	if summing {
		params = params.forSummary()
	} else {
		sent, summary = compacted(path)
	}
	if at := slices.IndexFunc(sent, func(m Message) bool { return m.ID == c.Since }); at > 0 {
		sent = sent[at:]
	}
	sent = slices.DeleteFunc(sent, func(m Message) bool { return m.Role == Assistant && m.Content == "" })
	if n := len(sent); n > 0 && sent[n-1].ID == c.Head && sent[n-1].Role == Assistant && sent[n-1].State == Pending {
		sent = append(sent, continuation(sent[n-1].Content))
	}
	req := Request{Model: c.Model, System: withSummary(c.System, summary), Params: params, Messages: sent}
	if m := c.Pending(); m != nil {
		req.Model = cmp.Or(c.answer.model, c.Model)
		req.Another = c.otherAnswer(m) != ""
	}
	return req
}

// namedAfterRoot reports whether the title was made of a first question; another
// first question then gives another title.
func (c *Conversation) namedAfterRoot() bool {
	return slices.ContainsFunc(c.Messages, func(m Message) bool {
		return m.Parent == "" && m.Role == User && TitleFrom(m.Content) == c.Title
	})
}

// Apply is the only reducer: what an event does to the answer under way. Without
// one it does nothing.
func (c *Conversation) Apply(event Event) {
	m := c.Pending()
	if m == nil {
		return
	}
	switch e := event.(type) {
	case Started:
		m.Model, m.RequestID = cmp.Or(e.Model, m.Model), e.RequestID
	case Delta:
		c.answer.count.text.add(e.Text)
		m.Content = c.answer.add(e.Text, false)
	case Reasoning:
		c.answer.count.thought.add(e.Text)
		c.answer.reasoning.WriteString(e.Text)
		m.Reasoning = c.answer.reasoning.String()
	case Quota, Waiting:
		// A limit belongs to the model, and a wait to the turn, not to the conversation.
	case Done:
		m.Content = c.answer.add("", true)
		m.State, m.FinishReason = Complete, e.Finish
		m.Usage, m.Timing = e.Usage.after(c.answer.usage), c.answer.times(e.Timing)
		m.Cached = e.Cached
	case Halted:
		m.Content = c.answer.add("", true)
		m.State, m.Timing = Stopped, c.answer.times(e.Timing)
		m.Usage = c.answer.count.usage(nil).after(c.answer.usage)
	case Broken:
		m.Content = c.answer.add("", true)
		m.State, m.Error, m.Timing = brokenState(*m), oneLine(e.Err.Error()), c.answer.times(e.Timing)
		m.Usage = c.answer.count.usage(e.Err).after(c.answer.usage)
	}
	if m.State != Pending {
		c.answer = nil
	}
}

// Pending is the answer under way, nil if there is none.
func (c *Conversation) Pending() *Message {
	if c.answer == nil {
		return nil
	}
	return c.message(c.Head)
}

// Retract takes an ended answer without text, and the question before it, out of
// the path, and gives the question back. The branch stays in the tree.
// What was shown before it was asked is shown again. ok is false when the head is
// not such an answer, or when the question has another one, which is shown then.
func (c *Conversation) Retract() (question Message, ok bool) {
	m := c.message(c.Head)
	if m == nil || m.Role != Assistant || m.State == Pending || m.State == Complete || !m.Empty() {
		return Message{}, false
	}
	user := c.message(m.Parent)
	if user == nil || user.Role != User {
		return Message{}, false
	}
	named, other := c.titled(), c.otherAnswer(m)
	if c.Head = other; other == "" {
		c.Head = user.Parent
	}
	if before, known := c.past.forget(m.ID); known && c.has(before) {
		c.Head = before
	}
	c.retitle(named)
	return *user, other == ""
}

// otherAnswer is the newest answer with text to the same question, "" if there is none.
func (c *Conversation) otherAnswer(m *Message) string {
	for _, other := range slices.Backward(c.Messages) {
		if other.Parent == m.Parent && other.Role == Assistant && other.ID != m.ID && !other.Empty() {
			return other.ID
		}
	}
	return ""
}

// Path is the messages from the root to the head.
func (c *Conversation) Path() []Message {
	var back []int // indexes from the head to the root: messages are large, and copied once
	at := len(c.Messages)
	for id := c.Head; id != "" && len(back) <= len(c.Messages); {
		if at = c.before(at, id); at < 0 {
			break
		}
		back = append(back, at)
		id = c.Messages[at].Parent
	}
	path := make([]Message, len(back))
	for i, at := range back {
		path[len(path)-1-i] = c.Messages[at]
	}
	return path
}

// Clone is a copy that shares no memory that will change. No step of it can be
// taken back.
func (c *Conversation) Clone() Conversation {
	d := *c
	d.Messages, d.Tags, d.answer = slices.Clone(c.Messages), slices.Clone(c.Tags), nil
	d.past, d.seen = past{}, nil
	return d
}

// message finds a message by id, newest first: the head is nearly always asked for.
func (c *Conversation) message(id string) *Message {
	if at := c.before(len(c.Messages), id); at >= 0 {
		return &c.Messages[at]
	}
	return nil
}

// before is the index of a message by id, sought from at downwards, since a
// parent nearly always stands just before its child, and then in the rest.
func (c *Conversation) before(at int, id string) int {
	for i := at - 1; i >= 0; i-- {
		if c.Messages[i].ID == id {
			return i
		}
	}
	for i := at; i < len(c.Messages); i++ {
		if c.Messages[i].ID == id {
			return i
		}
	}
	return -1
}

// NextID is the id that a question gets which is asked next. It depends on its
// text, since a dead attempt at the same words gives its id back.
func (c *Conversation) NextID(text string) string {
	after := Conversation{Head: c.Head, Messages: c.Messages, retired: c.retired}
	after.dropDeadTwin(text)
	return after.newID()
}

// FreeID is an id that no message has.
func (c *Conversation) FreeID() string { return c.newID() }

// newID is "m" and a number that no message has, and none had that can come back:
// one more than the highest.
func (c *Conversation) newID() string {
	high := c.retired
	for i := range c.Messages {
		high = max(high, idNumber(c.Messages[i].ID))
	}
	return "m" + strconv.Itoa(high+1)
}

// dropDeadTwin removes the last exchange if it was an attempt at the same words
// at the same place which brought nothing: trying again should not pile up.
func (c *Conversation) dropDeadTwin(text string) {
	n := len(c.Messages)
	if n < 2 {
		return
	}
	user, reply := c.Messages[n-2], c.Messages[n-1]
	if user.Content == text && user.Parent == c.Head && reply.Parent == user.ID && reply.Empty() && len(user.Attachments) == 0 {
		c.Messages = c.Messages[:n-2]
	}
}

// brokenState tells an answer that began from one that never did.
func brokenState(m Message) State {
	if m.Empty() {
		return Failed
	}
	return Interrupted
}

// titleLength is the longest title that is made from a question, in runes.
const titleLength = 60

// TitleFrom makes a title of a question: its first line with words, cut between
// words where it is long.
func TitleFrom(text string) string {
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if utf8.RuneCountInString(line) <= titleLength {
			return line
		}
		cut := string([]rune(line)[:titleLength])
		if i := strings.LastIndexByte(cut, ' '); i > titleLength/2 {
			cut = cut[:i]
		}
		return cut + "…"
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
