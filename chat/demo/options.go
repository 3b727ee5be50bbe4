package demo

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	tierFree      = "free"
	tierDeveloper = "developer"
	tierOff       = "off"
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
	// Observe is told of each request when it is over, on the goroutine that served
	// it; nil is told nothing.
	Observe func(Exchange)
}

// Exchange is what became of one request.
type Exchange struct {
	Method, Path string
	Header       http.Header // of the request
	Body         []byte      // of the request
	Status       int         // 0: the client left before there was one
	Tokens       int         // generated, reasoning included
	Disconnected bool        // the client left, or the server was closed, before the end
}

// completed fills in the defaults, or says what is wrong.
func (o Options) completed() (Options, error) {
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
		return o, fmt.Errorf("the demo has no tier %q; there are %s", o.Tier, strings.Join(tiers, ", "))
	}
	return o, nil
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
