package chat

import (
	"cmp"
	"time"
)

// Again is how long to wait before a request that failed is sent again, when so
// many tries were made; again is false if another one is of no use.
func (p Patience) Again(failure error, tries int) (wait time.Duration, again bool) {
	p.Tries = cmp.Or(p.Tries, usualTries)
	if p.Random == nil {
		p.Random = func() float64 { return 0 }
	}
	return p.wait(failure, tries)
}
