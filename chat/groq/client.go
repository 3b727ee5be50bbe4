package groq

import (
	"cmp"
	"context"
	"iter"
	"net/http"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"groqchat/chat"
)

const (
	defaultBaseURL = "https://api.groq.com/openai/v1"
	// On free keys requests have been seen to queue for half a minute.
	defaultHeaderTimeout = 60 * time.Second
	// Gaps between tokens are well under a second; keep-alives come within 30 s.
	defaultIdle = 45 * time.Second
)

// Options say which server to ask, and how. The zero value asks Groq without a key.
type Options struct {
	Key           string            // the bearer token; "" for servers without keys
	BaseURL       string            // as normalised by the configuration, without a query; "": Groq's
	Version       string            // of this program, for the User-Agent
	Transport     http.RoundTripper // nil: one of our own, with time limits and the proxy of the environment
	Idle          time.Duration     // the longest silence within a stream; 0: 45 s
	HeaderTimeout time.Duration     // the longest wait for an answer to begin; 0: 60 s
	Now           func() time.Time  // nil: time.Now
	Catalogue     chat.Catalogue    // what the models take; nil: chat.Builtin()
	MaxTokens     int               // the longest answer where the user says nothing; 0: what a free key may ask for
	Odd           func(what string) // hears of what is odd in an answer and does it no harm, for a log; nil: nobody
}

// Client asks one server. It is safe for concurrent use.
type Client struct {
	api       *openai.Client
	http      *http.Client
	server    server
	calm      *calm
	idle      time.Duration
	header    time.Duration
	now       func() time.Time
	catalogue chat.Catalogue
	maxTokens int
	odd       func(string)
}

// New makes a client. It does no I/O; a base URL or a key that cannot work is
// reported by the first request.
func New(o Options) *Client {
	c := &Client{
		server:    newServer(cmp.Or(strings.TrimRight(o.BaseURL, "/"), defaultBaseURL), o.Key),
		calm:      &calm{},
		idle:      cmp.Or(o.Idle, defaultIdle),
		header:    cmp.Or(o.HeaderTimeout, defaultHeaderTimeout),
		now:       o.Now,
		catalogue: o.Catalogue,
		maxTokens: o.MaxTokens,
		odd:       o.Odd,
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.odd == nil {
		c.odd = func(string) {}
	}
	if c.catalogue == nil {
		c.catalogue = chat.Builtin()
	}
	c.http = newHTTPClient(&transport{base: o.Transport, agent: "groqchat/" + cmp.Or(o.Version, "dev"), server: c.server, calm: c.calm, now: c.now})
	// DefaultConfig sets limits that a literal would leave at zero, which then
	// fails at every second chunk.
	config := openai.DefaultConfig(o.Key)
	config.BaseURL, config.HTTPClient = c.server.base, c.http
	c.api = openai.NewClientWithConfig(config)
	return c
}

// Close closes the idle connections. Streams under way are not disturbed.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Stream asks a model; see [chat.Streamer]. The answer ends with [chat.Done] only
// if the server gave a finish reason; a stream that ends before is an error of
// kind [chat.Cut]. A [chat.Quota] may also come before an error, as limits are
// told with refusals too. Once ctx is done, its cause is the error.
func (c *Client) Stream(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
	return func(yield func(chat.Event, error) bool) {
		left := false
		err := c.ask(ctx, req, func(e chat.Event) bool {
			if ctx.Err() != nil {
				return false
			}
			left = !yield(e, nil)
			return !left
		})
		switch {
		case left || err == nil:
		case ctx.Err() != nil:
			yield(nil, context.Cause(ctx))
		default:
			yield(nil, err)
		}
	}
}
