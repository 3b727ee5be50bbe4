package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	root = "/openai/v1"

	tierFree      = "free"
	tierDeveloper = "developer"
	tierOff       = "off"

	// maxBody is the size of a request that Groq's page gives for images.
	maxBody = 20 << 20
)

// Options are what the server can be told; the zero value is a free account at
// Groq's speed.
type Options struct {
	// Pace multiplies the speed of the models. 0 is 1; below 0 nothing is waited
	// for at all.
	Pace float64
	// Tier is the plan whose limits hold: free (the default), developer or off. Off
	// sends no rate headers.
	Tier string
	// Key is the only key that is accepted; "" accepts any but an empty one.
	Key string
	// Scene answers everything with one scene; "" chooses by the question.
	Scene string
	// Now is the clock of ids, created and the limits; nil is time.Now. Pacing
	// always follows the real clock.
	Now func() time.Time
	// Observe is told of each request after its answer ended, on the goroutine that
	// served it; nil is told nothing.
	Observe func(Exchange)
}

// Exchange is what became of one request.
type Exchange struct {
	Method, Path string
	Header       http.Header // of the request
	Body         []byte      // of the request
	Status       int         // 0: the client left before there was one
	Tokens       int         // generated, reasoning included
	Disconnected bool        // the client left before the end
}

// api is the server's side of a connection; it serves many at a time.
type api struct {
	opts    Options
	models  []model
	scene   Scene // of Options; without a name: by the question
	limiter *limiter
}

// Handler is the server for whoever has a listener of his own. Options that name no
// tier or no scene make it answer everything with 500 and the reason; Start
// refuses them.
func Handler(o Options) http.Handler {
	a, err := newAPI(o)
	if err != nil {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		})
	}
	return a
}

func newAPI(o Options) (*api, error) {
	if o.Pace == 0 {
		o.Pace = 1
	}
	if o.Tier == "" {
		o.Tier = tierFree
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	tiers := []string{tierFree, tierDeveloper, tierOff}
	if !slices.Contains(tiers, o.Tier) {
		return nil, fmt.Errorf("the demo has no tier %q; there are %s", o.Tier, strings.Join(tiers, ", "))
	}
	models := catalogue()
	a := &api{opts: o, models: models}
	if o.Scene != "" {
		scene, err := sceneNamed(o.Scene)
		if err != nil {
			return nil, err
		}
		a.scene = scene
	}
	if a.scene.drained != "" && o.Tier == tierOff {
		o.Tier = tierFree // a limit that is spent needs limits
	}
	a.limiter = newLimiter(o.Tier, models)
	return a, nil
}

// ServeHTTP answers one request: the key is looked at before everything else.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := newRequestID(a.opts.Now())
	record := &recorder{ResponseWriter: w, exchange: Exchange{Method: r.Method, Path: r.URL.Path, Header: r.Header}}
	if a.opts.Observe != nil {
		defer func() { a.opts.Observe(record.exchange) }()
	}
	w.Header().Set("X-Groq-Region", "fra")
	w.Header().Set("X-Request-Id", id)
	w.Header().Set("Vary", "Origin")
	if !a.authorized(r) {
		unauthorized().write(record)
		return
	}
	path, found := strings.CutPrefix(r.URL.Path, root)
	switch {
	case found && r.Method == http.MethodPost && path == "/chat/completions":
		a.chat(record, r, id)
	case found && r.Method == http.MethodGet && path == "/models":
		a.listModels(record)
	case found && r.Method == http.MethodGet && strings.HasPrefix(path, "/models/"):
		a.showModel(record, strings.TrimPrefix(path, "/models/"))
	default:
		unknownURL(r.Method, r.URL.Path).write(record)
	}
}

// authorized reports whether the request has a key that is good. In the scene that
// refuses keys none is.
func (a *api) authorized(r *http.Request) bool {
	key, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	key = strings.TrimSpace(key)
	if a.scene.badKey || !bearer || key == "" {
		return false
	}
	return a.opts.Key == "" || key == a.opts.Key
}

// chat answers POST /chat/completions.
func (a *api) chat(w *recorder, r *http.Request, id string) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	w.exchange.Body = body
	if err != nil {
		a.unreadable(w, err)
		return
	}
	g, req, fail := a.prepare(w, body)
	if fail != nil {
		fail.write(w)
		return
	}
	g.request = id
	s := &stream{w: w, now: a.opts.Now, gen: g, pacer: pacer{timing: g.timing}}
	if req.Stream {
		err = s.run(r.Context(), req.StreamOptions.IncludeUsage)
	} else {
		err = a.whole(r.Context(), s)
	}
	w.exchange.Tokens, w.exchange.Disconnected = s.sent, err != nil
	a.limiter.settle(g.model.id, s.sent, a.opts.Now())
}

// unreadable answers a body that is too long, or nothing if the client left.
func (a *api) unreadable(w *recorder, err error) {
	var long *http.MaxBytesError
	if !errors.As(err, &long) {
		w.exchange.Disconnected = true
		return
	}
	fail := invalid("Request Entity Too Large")
	fail.status, fail.Code = http.StatusRequestEntityTooLarge, "request_too_large"
	fail.write(w)
}

// prepare makes an answer of a body, or says why there is none: first what is
// wrong with the body, then the model, its parameters, the limits.
func (a *api) prepare(w http.ResponseWriter, body []byte) (*generation, *request, *failure) {
	req, fail := decode(body)
	if fail != nil {
		return nil, nil, fail
	}
	m, fail := a.model(req.Model)
	if fail != nil {
		return nil, nil, fail
	}
	defer func() { a.limiter.headers(w.Header(), m.id, a.opts.Now()) }()
	if fail := req.check(m, a.opts.Tier); fail != nil {
		return nil, nil, fail
	}
	if fail := a.admit(req, m); fail != nil {
		return nil, nil, fail
	}
	said := conversation{model: m.id, messages: req.messages}
	return generate(req, m, a.scene, said, a.opts.Pace), req, nil
}

// admit asks the scene and the limits.
func (a *api) admit(req *request, m model) *failure {
	if a.scene.refuse != nil {
		return a.scene.refuse(m)
	}
	d := demand{model: m.id, prompt: req.promptTokens(m), output: req.most(m)}
	a.limiter.drain(m.id, a.scene.drained, a.opts.Now())
	if fail := a.limiter.oversized(d, a.opts.Now()); fail != nil {
		return fail
	}
	if d.prompt+req.asked() > m.context {
		fail := invalid("Please reduce the length of the messages or completion.").about("messages")
		fail.Code = "context_length_exceeded"
		return fail
	}
	return a.limiter.admit(d, a.opts.Now())
}

// whole sends an answer that was not asked for as a stream, when it is finished.
func (a *api) whole(ctx context.Context, s *stream) error {
	if err := s.pacer.begin(ctx); err != nil {
		return err
	}
	for s.sent < s.gen.tokens() {
		if err := s.pacer.token(ctx); err != nil {
			return err
		}
		s.sent++
	}
	writeJSON(s.w, http.StatusOK, s.gen.completion(a.opts.Now()))
	return nil
}

// recorder remembers the status for Observe.
type recorder struct {
	http.ResponseWriter
	exchange Exchange
}

// WriteHeader remembers the status.
func (r *recorder) WriteHeader(status int) {
	r.exchange.Status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find what it needs.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
