package batch

import "time"

// Progress is how far a run is.
type Progress struct {
	Total    int // items of this run
	Answered int
	Cached   int // of the answers: nothing was asked for them
	Failed   int
	Cut      int // of the answers: they reached the longest that was allowed
	Retried  int // tries that failed and were put back
	Running  int
	Tokens   int
	USD      float64
	Began    time.Time
	Waiting  time.Time // until then the limits let nothing through; zero: they do
	Stopping bool      // only what is under way is waited for
	Status   string    // of a job elsewhere

	recent []time.Time // when the last results came
}

// Finished is the items that have a result.
func (p Progress) Finished() int { return p.Answered + p.Failed }

// Count takes a result in.
func (p *Progress) Count(r Result, now time.Time) {
	if r.Error != nil {
		p.Failed++
	} else {
		p.Answered++
	}
	if r.FinishReason == "length" {
		p.Cut++
	}
	if r.Cached { // it took nothing, and says nothing of how fast the others come
		p.Cached++
		return
	}
	p.Tokens += r.Usage.Tokens()
	p.USD += r.USD
	for len(p.recent) > 0 && now.Sub(p.recent[0]) > sight {
		p.recent = p.recent[1:]
	}
	p.recent = append(p.recent, now)
}

// sight is how far back the rate looks: the limits refill within a minute.
const sight = time.Minute

// Rate is how many items a minute are finished now, 0 if that cannot be told.
func (p Progress) Rate(now time.Time) float64 {
	n := 0
	for _, at := range p.recent {
		if now.Sub(at) <= sight {
			n++
		}
	}
	span := min(sight, now.Sub(p.Began))
	if n == 0 || span < time.Second {
		return 0
	}
	return float64(n) / span.Minutes()
}

// Left is how long the rest takes at the present rate; ok is false where that
// cannot be told.
func (p Progress) Left(now time.Time) (d time.Duration, ok bool) {
	rate := p.Rate(now)
	if rate == 0 {
		return 0, false
	}
	return time.Duration(float64(p.Total-p.Finished()) / rate * float64(time.Minute)), true
}

func (u *run) tell() {
	if u.Tell != nil {
		u.Tell(u.Progress)
	}
}
