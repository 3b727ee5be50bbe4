package batch

import "time"

// bucket is one limit as it is thought to stand at the server: it holds so much
// and refills evenly.
type bucket struct {
	size   float64 // 0: there is no such limit
	window time.Duration
	left   float64
	at     time.Time // of left
}

func newBucket(size int, window time.Duration, left float64, now time.Time) bucket {
	return bucket{float64(size), window, min(left, float64(size)), now}
}

// refill brings left up to a moment.
func (b *bucket) refill(now time.Time) {
	if passed := now.Sub(b.at); passed > 0 {
		b.left = min(b.size, b.left+b.size*float64(passed)/float64(b.window))
		b.at = now
	}
}

// spend takes n out. What is not there is owed.
func (b *bucket) spend(n float64, now time.Time) {
	if b.size > 0 {
		b.refill(now)
		b.left -= n
	}
}

// forever is the wait for something that no time brings: an answer must end first.
const forever = time.Hour

// wait is how long until n are there beside what is set aside; what is larger
// than the bucket waits until it is full.
func (b *bucket) wait(n, aside float64, now time.Time) time.Duration {
	if b.size == 0 {
		return 0
	}
	b.refill(now)
	need := min(n, b.size) + aside
	switch {
	case need <= b.left:
		return 0
	case need > b.size:
		return forever
	}
	return time.Duration((need-b.left)/b.size*float64(b.window)) + time.Millisecond
}
