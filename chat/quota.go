package chat

import "time"

// Limit is one rate limit as of At: a bucket of Limit that holds Remaining and
// is full again after Reset. It refills continuously. Known is false when the
// server said nothing.
type Limit struct {
	Known            bool
	Limit, Remaining int
	Reset            time.Duration
	At               time.Time
}

// Left is the estimate of what remains at now, counting the refill.
func (l Limit) Left(now time.Time) int {
	if !l.Known || l.Remaining >= l.Limit {
		return l.Remaining
	}
	passed := now.Sub(l.At)
	switch {
	case passed <= 0:
		return l.Remaining
	case passed >= l.Reset:
		return l.Limit
	}
	gained := float64(l.Limit-l.Remaining) * float64(passed) / float64(l.Reset)
	return l.Remaining + int(gained)
}

// RoomIn is how long after now the bucket holds n: 0 if it does, or if it never
// will or that is not known.
func (l Limit) RoomIn(n int, now time.Time) time.Duration {
	if !l.Known || n > l.Limit || l.Remaining >= n {
		return 0
	}
	gain := float64(n-l.Remaining) / float64(l.Limit-l.Remaining)
	return max(0, time.Duration(gain*float64(l.Reset))-now.Sub(l.At))
}

// Spend takes n out of a bucket that is full again after window if it is empty:
// the headers that come with an answer cannot count the answer yet.
func (l Limit) Spend(n int, window time.Duration, now time.Time) Limit {
	if !l.Known || l.Limit <= 0 {
		return l
	}
	l.Remaining, l.At = max(0, l.Left(now)-n), now
	l.Reset = time.Duration(float64(window) * float64(l.Limit-l.Remaining) / float64(l.Limit))
	return l
}

// FullIn is how long after now the bucket is full again.
func (l Limit) FullIn(now time.Time) time.Duration {
	if !l.Known {
		return 0
	}
	return max(0, l.Reset-now.Sub(l.At))
}

// Quota is an event: what the rate-limit headers of one answer said of a model.
// On Groq requests are counted per day and tokens per minute, per organisation
// and model.
type Quota struct {
	Model            string
	Requests, Tokens Limit
}

// Known reports whether the server sent any limit.
func (q Quota) Known() bool { return q.Requests.Known || q.Tokens.Known }
