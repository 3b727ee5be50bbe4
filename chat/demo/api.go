package demo

import (
	"context"
	"net/http"
	"strings"
	"time"
)

const root = "/openai/v1"

// api is the server's side of the protocol; it serves many requests at a time.
type api struct {
	opts    Options
	models  []model
	stage   stage // what is played; without a name: by the question
	limiter *limiter
	store   store
}

// Handler is the server for whoever has a listener of his own. Options that name a
// tier or a scene which does not exist make it answer everything with 500 and the
// reason; Start refuses them.
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
	o, err := o.completed()
	if err != nil {
		return nil, err
	}
	a := &api{opts: o, models: catalogue()}
	if o.Scene != "" {
		scene, err := sceneNamed(o.Scene)
		if err != nil {
			return nil, err
		}
		a.stage.set(scene)
	}
	tier := o.Tier
	if a.stage.now().drained != "" && tier == tierOff {
		tier = tierFree // a limit that is spent needs limits
	}
	a.limiter = newLimiter(tier, a.models)
	return a, nil
}

// call is one request on its way. All that is said of the time of its coming is
// said of the same moment.
type call struct {
	*api
	w   *recorder
	r   *http.Request
	id  string // req_…
	now time.Time

	scene Scene // that this request gets
}

// ServeHTTP answers one request.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := a.opts.Now()
	c := &call{api: a, r: r, id: newRequestID(now), now: now, scene: a.stage.now()}
	c.w = &recorder{ResponseWriter: w, exchange: Exchange{Method: r.Method, Path: r.URL.Path, Header: r.Header}}
	if a.opts.Observe != nil {
		defer func() { a.opts.Observe(c.w.exchange) }()
	}
	w.Header().Set("X-Groq-Region", "fra")
	w.Header().Set("X-Request-Id", c.id)
	w.Header().Set("Vary", "Origin")
	if fail := c.route(r.Context()); fail != nil {
		fail.write(c.w)
	}
}

// route looks at the key before everything else, the address included.
func (c *call) route(ctx context.Context) *failure {
	if c.r.URL.Path == controlPath {
		return c.control()
	}
	if c.scene.page != nil {
		c.scene.page(c.w, c.r)
		return nil
	}
	if !c.authorized() {
		return unauthorized()
	}
	path, found := strings.CutPrefix(c.r.URL.Path, root)
	id, isModel := strings.CutPrefix(path, "/models/")
	switch {
	case found && c.r.Method == http.MethodPost && path == "/chat/completions":
		return c.chat(ctx)
	case found && c.r.Method == http.MethodPost && path == "/audio/transcriptions":
		return c.transcribe()
	case found && c.r.Method == http.MethodGet && path == "/models":
		return c.listModels()
	case found && c.r.Method == http.MethodGet && isModel:
		return c.showModel(id)
	}
	if fail, ok := c.service(path, found); ok {
		return fail
	}
	return unknownURL(c.r.Method, c.r.URL.Path)
}

// service answers what belongs to the batch service; ok is false for what does not.
func (c *call) service(path string, found bool) (fail *failure, ok bool) {
	under := func(folder string) (rest string, ok bool) {
		rest, ok = strings.CutPrefix(path, folder)
		return rest, found && ok && (rest == "" || rest[0] == '/')
	}
	if rest, ok := under("/files"); ok {
		return c.routeFiles(rest)
	}
	if rest, ok := under("/batches"); ok {
		return c.routeBatches(rest)
	}
	return nil, false
}

// authorized reports whether the request has a key that is good. In the scene that
// refuses keys none is.
func (c *call) authorized() bool {
	key, bearer := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	key = strings.TrimSpace(key)
	if c.scene.badKey || !bearer || key == "" {
		return false
	}
	return c.opts.Key == "" || key == c.opts.Key
}
