package demo

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// maxBody is the size of a request that Groq's page gives for images, bodyTimeout
// how long one may take to come.
const (
	maxBody     = 20 << 20
	bodyTimeout = time.Minute
)

// chat answers POST /chat/completions: first it says what is wrong with the body,
// then with the model, its parameters, the limits.
func (c *call) chat(ctx context.Context) *failure {
	body, fail := c.body()
	if fail != nil || c.w.exchange.Disconnected {
		return fail
	}
	req, fail := decode(body)
	if fail != nil {
		return fail
	}
	m, fail := c.model(req.Model)
	if fail != nil {
		return fail
	}
	fail = c.admit(req, m)
	c.limiter.headers(c.w.Header(), m.id, c.now)
	if fail != nil {
		return fail
	}
	c.answer(ctx, req, c.generate(req, m))
	return nil
}

// body reads the request. A client that leaves while sending it gets no answer.
//
// The time for it is set here and not as the server's ReadTimeout, which would go
// on to end every stream that is longer.
func (c *call) body() ([]byte, *failure) {
	clock := http.NewResponseController(c.w)
	// A writer without a connection, as tests have, has no deadlines either.
	_ = clock.SetReadDeadline(time.Now().Add(bodyTimeout))
	defer func() { _ = clock.SetReadDeadline(time.Time{}) }()
	body, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, maxBody))
	c.w.exchange.Body = body
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return nil, tooLarge()
	case err != nil:
		c.w.exchange.Disconnected = true
	}
	return body, nil
}

// admit asks the model, the scene and the limits whether the request may run.
func (c *call) admit(req *request, m model) *failure {
	if fail := req.check(m, c.opts.Tier); fail != nil {
		return fail
	}
	if c.scene.refuse != nil {
		return c.scene.refuse(m)
	}
	c.limiter.drain(m.id, c.scene.drained, c.now)
	d := demand{model: m.id, prompt: req.promptTokens(m), output: req.most(m)}
	if fail := c.limiter.oversized(d, c.now); fail != nil {
		return fail
	}
	if d.prompt+req.asked() > m.context {
		fail := invalid("Please reduce the length of the messages or completion.").about("messages")
		fail.Code = "context_length_exceeded"
		return fail
	}
	return c.limiter.admit(d, c.now)
}

// generate has the scene, or the question, decide what is said.
func (c *call) generate(req *request, m model) *generation {
	said := conversation{model: m.id, messages: req.messages}
	g := newGeneration(req, m)
	g.request, g.scene = c.id, c.scene
	fitting, bound := req.fitting()
	switch {
	case bound:
		g.write(req, fitting)
	case c.scene.write != nil:
		g.write(req, c.scene.write(said))
	case m.verdict != "":
		g.write(req, answer{text: m.verdict})
	default:
		g.write(req, said.answer())
	}
	pace := c.opts.Pace
	if c.scene.unpaced {
		pace = -1
	}
	g.timing = newTiming(m, g.prompt, g.seed, pace)
	return g
}

// answer sends what was generated and takes what was sent out of the limits: what
// a client that left did not wait for costs nothing.
func (c *call) answer(ctx context.Context, req *request, g *generation) {
	s := &stream{w: c.w, now: c.opts.Now, gen: g, pacer: pacer{timing: g.timing}}
	var err error
	if req.Stream && !c.scene.unstreamed {
		err = s.run(ctx, req.StreamOptions.IncludeUsage)
	} else {
		err = s.whole(ctx)
	}
	c.w.exchange.Tokens, c.w.exchange.Disconnected = s.sent, err != nil
	c.limiter.settle(g.model.id, s.sent, c.opts.Now())
}
