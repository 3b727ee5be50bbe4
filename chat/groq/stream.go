package groq

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"groqchat/chat"
)

// errLeft ends an answer whose events nobody wants any more.
var errLeft = errors.New("nobody wants more events")

// maxMalformed is how many parts of an answer may be unreadable. One is skipped:
// proxies are known to damage one. A second one shows that the rest is no better.
const maxMalformed = 1

// answer is one answer under way.
type answer struct {
	client *Client
	model  string // that was asked
	ex     *exchange
	emit   func(chat.Event) bool
	began  time.Time

	started   bool
	id        string // of its pieces, "" until one has any
	renamed   bool   // a piece had another id
	thinks    thinkSplitter
	thought   time.Time // when the thinking began
	malformed int
	finish    string
	usage     chat.Usage
	timing    chat.Timing
}

// ask tells one answer as events. The error is a [*chat.Error], the cause of ctx,
// or errLeft once emit gave false.
func (c *Client) ask(ctx context.Context, req chat.Request, emit func(chat.Event) bool) error {
	if ctx.Err() != nil {
		return errLeft
	}
	if err := c.server.check(); err != nil {
		return err
	}
	body, extra, err := c.wire(&req)
	if err != nil {
		return err
	}
	inner, ex, end := c.exchange(ctx, req.Model)
	defer end()
	ex.stream, ex.extra = true, extra
	a := &answer{client: c, model: req.Model, ex: ex, emit: emit, began: c.now()}
	stream, err := c.api.CreateChatCompletionStream(inner, body)
	if err != nil {
		return a.refused(c.failure(ctx, inner, err, req.Model))
	}
	defer stream.Close()
	defer a.release()
	return a.withUsage(a.read(ctx, inner, stream))
}

// withUsage adds to an error what the server had counted by then.
func (a *answer) withUsage(err error) error {
	var told *chat.Error
	if errors.As(err, &told) {
		told.Usage = a.usage
	}
	return err
}

// exchange prepares one request: its context, what it carries, and what ends it.
func (c *Client) exchange(ctx context.Context, model string) (context.Context, *exchange, func()) {
	inner, cancel := context.WithCancelCause(ctx)
	ex := &exchange{model: model, dog: &watchdog{giveUp: cancel}, headerTimeout: c.header, idle: c.idle}
	end := func() {
		ex.dog.rest()
		cancel(nil)
	}
	return withExchange(inner, ex), ex, end
}

// refused tells the limits that came with a refusal, and gives the refusal.
func (a *answer) refused(err error) error {
	if q := quota(a.ex.header, a.model, a.client.now()); q.Known() && !a.emit(q) {
		return errLeft
	}
	return err
}

// read tells what comes until the stream ends.
func (a *answer) read(ctx, inner context.Context, stream *openai.ChatCompletionStream) error {
	for {
		raw, err := stream.RecvRaw()
		if err != nil {
			return a.end(ctx, inner, err)
		}
		if err := a.tell(raw); err != nil {
			return err
		}
	}
}

// tell turns one chunk into events.
func (a *answer) tell(raw []byte) error {
	c, err := decodeChunk(raw)
	if err != nil {
		if a.malformed++; a.malformed > maxMalformed {
			return chat.Errorf(chat.Cut, "the answer broke off: parts of what %s sent cannot be read", a.client.server.host())
		}
		a.client.odd("a part of the answer cannot be read and is left out")
		return nil
	}
	if u := c.latest(); u != nil {
		a.note(*u)
	}
	a.identify(c.ID)
	if f, ok := c.fault(); ok {
		return a.client.server.fault(f, chat.Error{Model: a.model, RequestID: a.requestID(c)})
	}
	if !a.start(c) {
		return errLeft
	}
	for _, ch := range c.Choices {
		if !a.text(ch) {
			return errLeft
		}
	}
	return nil
}

// identify notes the first id that is another than that of the pieces before. All are
// told as they come: what belongs together, the connection says.
func (a *answer) identify(id string) {
	if a.id != "" && id != "" && id != a.id && !a.renamed {
		s := a.client.server
		a.renamed = true
		a.client.odd("the id of the answer changed from " + s.quote(a.id) + " to " + s.quote(id))
	}
	a.id = cmp.Or(id, a.id)
}

// start tells once that the answer began, and with which limits.
func (a *answer) start(c chunk) bool {
	if a.started {
		return true
	}
	a.started = true
	a.client.calm.begin() // from now on: the first piece is shown as soon as it is there
	if !a.emit(chat.Started{Model: cmp.Or(c.Model, a.model), RequestID: a.requestID(c)}) {
		return false
	}
	q := quota(a.ex.header, a.model, a.client.now())
	return !q.Known() || a.emit(q)
}

// release lets connections be read at once again.
func (a *answer) release() {
	if a.started {
		a.client.calm.end()
	}
}

func (a *answer) requestID(c chunk) string {
	return a.client.server.quote(cmp.Or(c.XGroq.ID, requestID(a.ex.header)))
}

// text tells a choice's text. Only the first choice is asked for.
func (a *answer) text(ch choice) bool {
	if ch.Index != 0 {
		return true
	}
	reasoning := cmp.Or(ch.Delta.Reasoning, ch.Delta.ReasoningContent, ch.Message.Reasoning, ch.Message.ReasoningContent)
	content := cmp.Or(ch.Delta.said(), ch.Message.said())
	if a.timing.FirstToken == 0 && (reasoning != "" || content != "") {
		a.timing.FirstToken = a.client.now().Sub(a.began)
	}
	thinking, said := a.thinks.split(content)
	if !a.told(reasoning+thinking, said) {
		return false
	}
	a.finish = cmp.Or(ch.FinishReason, a.finish)
	a.ex.finished = a.finish != ""
	return true
}

// told tells what was thought and said, and keeps how long the thinking took.
func (a *answer) told(thinking, said string) bool {
	if thinking != "" {
		if a.thought.IsZero() {
			a.thought = a.client.now()
		}
		if !a.emit(chat.Reasoning{Text: thinking}) {
			return false
		}
	}
	if said == "" {
		return true
	}
	if !a.thought.IsZero() && a.timing.Thinking == 0 {
		a.timing.Thinking = a.client.now().Sub(a.thought)
	}
	return a.emit(chat.Delta{Text: said})
}

// note keeps the server's figures, which come more than once.
func (a *answer) note(u usage) {
	a.usage = u.tokens()
	a.timing.Queue, a.timing.Prompt, a.timing.Completion = seconds(u.QueueTime), seconds(u.PromptTime), seconds(u.CompletionTime)
}

// end tells how the stream ended: complete if a finish reason was seen, whatever
// befell the connection afterwards.
func (a *answer) end(ctx, inner context.Context, err error) error {
	if !a.told(a.thinks.end()) {
		return errLeft
	}
	if a.finish == "" {
		return a.client.cut(ctx, inner, err, a.model)
	}
	a.timing.Total = a.client.now().Sub(a.began)
	if !a.emit(chat.Done{Finish: a.finish, Usage: a.usage, Timing: a.timing}) {
		return errLeft
	}
	return nil
}

// cut is the error for a stream that ended too early with err.
func (c *Client) cut(ctx, inner context.Context, err error, model string) error {
	var told *chat.Error
	switch {
	case errors.Is(err, io.EOF):
		told = chat.Errorf(chat.Cut, "%s ended the answer before it was complete", c.server.host())
	case inner.Err() != nil || errors.As(err, &told):
		return c.failure(ctx, inner, err, model)
	default:
		told = chat.Errorf(chat.Cut, "the connection to %s broke before the answer was complete: %w", c.server.host(), err)
		told.Message = "the connection to " + c.server.host() + " broke before the answer was complete"
	}
	told.Model = model
	return told
}
