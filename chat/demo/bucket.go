package demo

import (
	"math/bits"
	"time"
)

// limits is what a plan allows for one model; 0 means that there is no such limit.
type limits struct {
	rpm, rpd   int // requests per minute, per day
	tpm, tpd   int // tokens per minute, per day
	itpm, otpm int // input and output tokens per minute
}

// bucket is a token bucket of a limit's size that refills evenly over a window.
// It is kept as the moment at which it will be full again, so that refilling
// needs no arithmetic and its headers come out exactly as Groq's. Size 0 is a
// bucket that never refuses.
type bucket struct {
	size   int
	window time.Duration
	fullAt time.Time
}

// reset is how long it takes until the bucket is full.
func (b *bucket) reset(now time.Time) time.Duration { return max(0, b.fullAt.Sub(now)) }

// used is what was taken and has not refilled yet. It is rounded up: the times of
// spending were rounded down, and so whole numbers come back whole.
func (b *bucket) used(now time.Time) int {
	if b.size == 0 {
		return 0
	}
	return int(mulDivUp(int64(b.reset(now)), int64(b.size), int64(b.window)))
}

// remaining is what is left; it is never negative, though an answer may have
// spent more than there was.
func (b *bucket) remaining(now time.Time) int { return max(0, b.size-b.used(now)) }

// spend takes n out of the bucket.
func (b *bucket) spend(n int, now time.Time) {
	if b.size == 0 || n <= 0 {
		return
	}
	if b.fullAt.Before(now) {
		b.fullAt = now
	}
	b.fullAt = b.fullAt.Add(time.Duration(mulDiv(int64(n), int64(b.window), int64(b.size))))
}

// wait is how long until n fit: (used + n - size) * window / size, or 0 if they
// fit now. It is rounded up by less than a nanosecond, so that waiting for it is
// always enough.
func (b *bucket) wait(n int, now time.Time) time.Duration {
	missing := b.used(now) + n - b.size
	if b.size == 0 || missing <= 0 {
		return 0
	}
	return time.Duration(mulDivUp(int64(missing), int64(b.window), int64(b.size)))
}

// mulDiv is a*b/c through 128 bits, for a day of nanoseconds times a limit passes
// 64. None is negative, c is not 0 and the result fits: callers divide by what
// they multiplied with, roughly.
func mulDiv(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	if high >= uint64(c) {
		return 1<<63 - 1
	}
	quotient, _ := bits.Div64(high, low, uint64(c))
	return int64(min(quotient, 1<<63-1))
}

// mulDivUp is mulDiv rounded up.
func mulDivUp(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	low, carry := bits.Add64(low, uint64(c)-1, 0)
	high += carry
	if high >= uint64(c) {
		return 1<<63 - 1
	}
	quotient, _ := bits.Div64(high, low, uint64(c))
	return int64(min(quotient, 1<<63-1))
}
