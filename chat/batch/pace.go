package batch

import (
	"errors"
	"sync"
	"time"

	"groqchat/chat"
)

// Pace lets requests through as fast as the limits of their models allow. It is
// safe for concurrent use.
//
// The first request to a model goes alone: its headers tell the limits. From then
// on each sets aside what its answer may take at the most, until it is known what
// it took. The newest headers are believed, less what may have been spent since
// the request left that brought them.
type Pace struct {
	now     func() time.Time
	known   chat.Catalogue
	longest func(chat.Request) int

	mu    sync.Mutex
	lanes map[string]*lane
}

// NewPace makes a pace for models that known describes; longest is the most
// tokens that a request lets its answer have.
func NewPace(known chat.Catalogue, longest func(chat.Request) int, now func() time.Time) *Pace {
	return &Pace{now: now, known: known, longest: longest, lanes: map[string]*lane{}}
}

// lane is what is known of the limits of one model.
type lane struct {
	model    chat.ModelInfo
	learned  bool      // the first request told the limits, or that there are none
	until    time.Time // nothing leaves before
	running  int
	asideIn  float64 // tokens of prompts that the server may not have counted
	asideOut float64 // tokens that answers under way may take
	guesses  chat.Calibration

	minute, day              bucket // of requests
	tokens, prompts, answers bucket // of a minute
	seen                     time.Time
	spent                    []spending
}

// spending is tokens that were found to be spent at a moment.
type spending struct {
	at     time.Time
	tokens float64
}

// Ticket is the leave of one request. Its methods are called in the order of
// what happens.
type Ticket struct {
	Longest int // the longest answer that the limits have room for

	pace     *Pace
	lane     *lane
	guess    int // of the prompt, uncorrected
	prompt   float64
	answer   float64
	sent     time.Time
	admitted bool // the server has counted the prompt
}

// Enter gives a request leave, or says how long it has to wait at least; then it
// has to ask again, also when an answer ends before.
func (p *Pace) Enter(req chat.Request) (*Ticket, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, l := p.now(), p.lane(req.Model)
	t := &Ticket{pace: p, lane: l, guess: req.PromptTokens(l.model), sent: now}
	t.size(l, p.longest(req))
	if wait := l.wait(t, now); wait > 0 {
		return nil, wait
	}
	l.running++
	l.asideIn += t.prompt
	l.asideOut += t.answer
	l.minute.spend(1, now)
	l.day.spend(1, now)
	return t, 0
}

// size estimates what the request takes. A guess must not be short; an answer
// that would not fit into a minute is asked to be shorter.
func (t *Ticket) size(l *lane, longest int) {
	const margin, leastAnswer = 32, 512
	guess := l.guesses.Scale(t.guess)
	prompt := guess + guess/8 + margin
	for _, whole := range []float64{l.tokens.size, l.prompts.size + l.answers.size} {
		if whole > 0 {
			longest = min(longest, max(leastAnswer, int(whole)-prompt))
		}
	}
	t.Longest, t.prompt, t.answer = longest, float64(prompt), float64(longest)
}

func (p *Pace) lane(model string) *lane {
	l := p.lanes[model]
	if l == nil {
		l = &lane{model: p.known.Find(model)}
		p.lanes[model] = l
	}
	return l
}

// wait is how long the request has to wait at least, 0 if it may leave.
func (l *lane) wait(t *Ticket, now time.Time) time.Duration {
	if l.until.After(now) {
		return l.until.Sub(now)
	}
	if !l.learned && l.running > 0 {
		return forever
	}
	return max(
		l.minute.wait(1, 0, now), l.day.wait(1, 0, now),
		l.tokens.wait(t.prompt+t.answer, l.asideIn+l.asideOut, now),
		l.prompts.wait(t.prompt, l.asideIn, now), l.answers.wait(t.answer, l.asideOut, now),
	)
}

// Told takes the limits in that came with the answer, or with a refusal.
func (t *Ticket) Told(q chat.Quota) {
	t.pace.mu.Lock()
	defer t.pace.mu.Unlock()
	l, now := t.lane, t.pace.now()
	if q.Tokens.Known {
		l.takeTokens(q, t.sent, now)
	}
	if q.Requests.Known {
		l.takeRequests(q.Requests, now)
	}
	l.learned = true
	t.admit(l, now)
}

// takeTokens believes the newest headers.
func (l *lane) takeTokens(q chat.Quota, sent, now time.Time) {
	if l.tokens.size == 0 {
		prompts, answers := splitLimits(l.model.ID, q.Tokens.Limit)
		l.prompts = newBucket(prompts, time.Minute, float64(prompts), now)
		l.answers = newBucket(answers, time.Minute, float64(answers), now)
	}
	if sent.Before(l.seen) {
		return
	}
	l.seen = sent
	left := float64(q.Tokens.Remaining)
	for _, s := range l.spent {
		if !s.at.Before(sent) {
			left -= s.tokens
		}
	}
	l.tokens = newBucket(q.Tokens.Limit, windowOf(q.Tokens, time.Minute), left, now)
}

// takeRequests reads the requests of the day, from which those of the minute
// follow; some servers tell those of the minute.
func (l *lane) takeRequests(q chat.Limit, now time.Time) {
	if windowOf(q, day) == time.Minute {
		l.minute = newBucket(q.Limit, time.Minute, float64(q.Remaining-l.running), now)
		return
	}
	l.day = newBucket(q.Limit, day, float64(q.Remaining-l.running), now)
	if l.minute.size == 0 {
		n := perMinute(q.Limit)
		l.minute = newBucket(n, time.Minute, float64(n/burst), now)
		l.minute.size = float64(n / burst)
		l.minute.window = time.Minute * time.Duration(n/burst) / time.Duration(n)
	}
}

// admit notes that the server has counted the prompt.
func (t *Ticket) admit(l *lane, now time.Time) {
	if t.admitted {
		return
	}
	t.admitted = true
	l.asideIn -= t.prompt
	l.prompts.spend(t.prompt, now)
	l.note(t.prompt, now)
}

// note remembers what headers of requests that left before cannot have counted.
func (l *lane) note(tokens float64, now time.Time) {
	const most = 4096 // far more than can be under way
	if len(l.spent) == most {
		l.spent = append(l.spent[:0], l.spent[most/2:]...)
	}
	l.spent = append(l.spent, spending{now, tokens})
}

// End takes in what the answer took, and why it failed if it did.
func (t *Ticket) End(u chat.Usage, failure error) {
	t.pace.mu.Lock()
	defer t.pace.mu.Unlock()
	l, now := t.lane, t.pace.now()
	l.learned = true
	l.running--
	if !t.admitted {
		l.asideIn -= t.prompt
		if failure == nil { // a server without headers
			l.prompts.spend(t.prompt, now)
		}
	}
	l.asideOut -= t.answer
	took := float64(u.CompletionTokens)
	l.tokens.spend(took, now)
	l.answers.spend(took, now)
	l.note(took, now)
	if failure == nil {
		l.guesses.Learn(t.guess, u.PromptTokens)
	}
	if l.running == 0 {
		l.asideIn, l.asideOut = 0, 0 // without what rounding left
	}
	l.refused(failure, now)
}

// refused learns from a limit that was hit all the same: others may use the key.
func (l *lane) refused(failure error, now time.Time) {
	var e *chat.Error
	if !errors.As(failure, &e) || e.Kind != chat.RateLimited {
		return
	}
	if wait := now.Add(e.RetryAfter); wait.After(l.until) {
		l.until = wait
	}
	x := e.Limit
	if x == nil || x.Per != "minute" {
		return
	}
	told := newBucket(x.Limit, time.Minute, float64(x.Limit-x.Used), now)
	switch x.Unit {
	case "requests":
		l.minute = told
	case "input tokens":
		l.prompts = told
	case "output tokens":
		l.answers = told
	}
}

// Until is when the next request to a model may leave after a refusal; it is in
// the past if none stands in the way.
func (p *Pace) Until(model string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lane(model).until
}
