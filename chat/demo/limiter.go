package demo

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	organisation = "org_01kx0f2m6c"
	upgrade      = " Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing"
	readMore     = " Visit https://console.groq.com/docs/rate-limits for more information."
)

// limiter keeps the buckets of every model; models do not share any. Its time is
// given with each call.
type limiter struct {
	suffix string // what refusals end with: paying customers are not told to upgrade

	mu     sync.Mutex
	models map[string]*buckets
}

type buckets struct{ rpm, rpd, tpm, tpd, itpm, otpm bucket }

// demand is what a request asks for, in tokens.
type demand struct {
	model  string
	prompt int
	output int // the most that the answer may take
}

// newLimiter makes the limiter of a tier; nil is a limiter that limits nothing.
func newLimiter(tier string, models []model) *limiter {
	if tier == tierOff {
		return nil
	}
	l := &limiter{suffix: upgrade, models: map[string]*buckets{}}
	if tier == tierDeveloper {
		l.suffix = readMore
	}
	for _, m := range models {
		of := m.free
		if tier == tierDeveloper {
			of = m.paid
		}
		l.models[m.id] = newBuckets(of)
	}
	return l
}

func newBuckets(of limits) *buckets {
	const day = 24 * time.Hour
	return &buckets{
		rpm: bucket{size: of.rpm, window: time.Minute}, rpd: bucket{size: of.rpd, window: day},
		tpm: bucket{size: of.tpm, window: time.Minute}, tpd: bucket{size: of.tpd, window: day},
		itpm: bucket{size: of.itpm, window: time.Minute}, otpm: bucket{size: of.otpm, window: time.Minute},
	}
}

// gate is one limit that a request has to pass.
type gate struct {
	bucket *bucket
	kind   string // as Groq calls it in its messages
	unit   string // the type of the error
	asked  int
}

// tokenGates is in the order in which Groq is assumed to check them: the prompt
// and the most that the answer may take count together, as was observed, and
// apart where a model has such limits.
func (b *buckets) tokenGates(d demand) []gate {
	return []gate{
		{&b.tpm, "tokens per minute (TPM)", "tokens", d.prompt + d.output},
		{&b.tpd, "tokens per day (TPD)", "tokens", d.prompt + d.output},
		{&b.itpm, "input tokens per minute (ITPM)", "tokens", d.prompt},
		{&b.otpm, "output tokens per minute (OTPM)", "tokens", d.output},
	}
}

func (b *buckets) requestGates() []gate {
	return []gate{
		{&b.rpm, "requests per minute (RPM)", "requests", 1},
		{&b.rpd, "requests per day (RPD)", "requests", 1},
	}
}

// oversized refuses what would not fit into an untouched bucket: no waiting helps.
func (l *limiter) oversized(d demand, now time.Time) *failure {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.models[d.model]
	for _, g := range b.tokenGates(d) {
		if g.bucket.size > 0 && g.asked > g.bucket.size {
			for _, r := range b.requestGates() {
				r.bucket.spend(r.asked, now)
			}
			return l.tooLarge(d.model, g, g.bucket == &b.otpm, now)
		}
	}
	return nil
}

// admit lets a request pass and takes its prompt out of the buckets, or refuses
// it. A request that is refused for its tokens still counts as one; one that is
// refused for the number of requests does not, or nobody who knocks would ever
// get in.
func (l *limiter) admit(d demand, now time.Time) *failure {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.models[d.model]
	if fail := l.pass(d.model, b.requestGates(), now); fail != nil {
		return fail
	}
	for _, g := range b.requestGates() {
		g.bucket.spend(g.asked, now)
	}
	if fail := l.pass(d.model, b.tokenGates(d), now); fail != nil {
		return fail
	}
	for _, spent := range []*bucket{&b.tpm, &b.tpd, &b.itpm} {
		spent.spend(d.prompt, now)
	}
	return nil
}

func (l *limiter) pass(model string, gates []gate, now time.Time) *failure {
	for _, g := range gates {
		if wait := g.bucket.wait(g.asked, now); wait > 0 {
			return l.reached(model, g, wait, now)
		}
	}
	return nil
}

// settle takes out what the answer really took.
func (l *limiter) settle(model string, output int, now time.Time) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.models[model]
	for _, spent := range []*bucket{&b.tpm, &b.tpd, &b.otpm} {
		spent.spend(output, now)
	}
}

// drain spends all of one limit, by its short name; "" spends nothing.
func (l *limiter) drain(model, kind string, now time.Time) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.models[model]
	named := map[string]*bucket{
		"rpm": &b.rpm, "rpd": &b.rpd, "tpm": &b.tpm, "tpd": &b.tpd, "itpm": &b.itpm, "otpm": &b.otpm,
	}
	if of := named[kind]; of != nil {
		of.spend(of.remaining(now), now)
	}
}

// headers tells of the requests of the day and the tokens of the minute; the other
// limits have no headers.
func (l *limiter) headers(h http.Header, model string, now time.Time) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.models[model]
	for name, of := range map[string]*bucket{"Requests": &b.rpd, "Tokens": &b.tpm} {
		if of.size == 0 {
			continue
		}
		h.Set("X-Ratelimit-Limit-"+name, strconv.Itoa(of.size))
		h.Set("X-Ratelimit-Remaining-"+name, strconv.Itoa(of.remaining(now)))
		h.Set("X-Ratelimit-Reset-"+name, of.reset(now).Truncate(time.Millisecond).String())
	}
}

// reached is a 429 that passes by itself.
func (l *limiter) reached(model string, g gate, wait time.Duration, now time.Time) *failure {
	return &failure{
		status: http.StatusTooManyRequests, wait: wait, Type: g.unit, Code: "rate_limit_exceeded",
		Message: fmt.Sprintf("Rate limit reached for model `%s` in organization `%s` service tier `on_demand` on %s: "+
			"Limit %d, Used %d, Requested %d. Please try again in %s.%s",
			model, organisation, g.kind, g.bucket.size, g.bucket.used(now), g.asked, wait, l.suffix),
	}
}

// tooLarge is final: 413, or 429 where the output alone is too much. It carries a
// retry-after all the same, as Groq's does.
func (l *limiter) tooLarge(model string, g gate, output bool, now time.Time) *failure {
	status, advice := http.StatusRequestEntityTooLarge, ", please reduce your message size and try again."+l.suffix
	if output {
		status = http.StatusTooManyRequests
		advice = ". The request's expected output tokens exceed the enforced limit; " +
			"reduce max_tokens (or the request's expected output) and try again."
	}
	return &failure{
		status: status, wait: g.bucket.wait(g.asked, now), Type: g.unit, Code: "rate_limit_exceeded",
		Message: fmt.Sprintf("Request too large for model `%s` in organization `%s` service tier `on_demand` on %s: "+
			"Limit %d, Requested %d%s", model, organisation, g.kind, g.bucket.size, g.asked, advice),
	}
}
