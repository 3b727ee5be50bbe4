package demo

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestLimiter_SaysWhatWasSeen: the thirteen live observations of the wire facts, each
// by what the limiter says: six in the headers of an answer, five in refusals that
// pass, two in refusals that do not.
func TestLimiter_SaysWhatWasSeen(t *testing.T) {
	for _, seen := range []struct {
		name  string
		of    limits
		kind  string // which limit is used
		used  int
		asked int           // by a request that is refused, 0: an answer
		later time.Duration // after the use, of the answer's headers
		reset string        // in the headers
		wait  string        // in the refusal, "" where it does not tell
		retry string
	}{
		{name: "1 of 1,000 requests a day", of: limits{rpd: 1000}, kind: "requests", used: 1, reset: "1m26.4s"},
		{name: "1 of 14,400 requests a day", of: limits{rpd: 14_400}, kind: "requests", used: 1, reset: "6s"},
		{name: "1 of 500,000 requests a day", of: limits{rpd: 500_000}, kind: "requests", used: 1, reset: "172ms"},
		{name: "86 of 8,000 tokens, a moment later", of: limits{tpm: 8000}, kind: "tokens", used: 86, later: time.Millisecond, reset: "644ms"},
		{name: "37 of 6,000 tokens", of: limits{tpm: 6000}, kind: "tokens", used: 37, reset: "370ms"},
		{name: "99 of 250,000 tokens", of: limits{tpm: 250_000}, kind: "tokens", used: 99, reset: "23ms"},
		{name: "5,883 more than 6,670 of 8,000 a minute", of: limits{tpm: 8000}, used: 6670, asked: 5883, wait: "34.1475s", retry: "35"},
		{name: "4,035 more than 197,494 of 200,000 a day", of: limits{tpd: 200_000}, used: 197_494, asked: 4035, wait: "11m0.528s", retry: "661"},
		{name: "484 more than 99,996 of 100,000 a day", of: limits{tpd: 100_000}, used: 99_996, asked: 484, wait: "6m54.72s", retry: "415"},
		{name: "2,679 more than 199,754 of 200,000 a day", of: limits{tpd: 200_000}, used: 199_754, asked: 2679, wait: "17m31.056s", retry: "1052"},
		{name: "the 31st request of a minute", of: limits{rpm: 30}, used: 30, asked: 1, wait: "2s", retry: "2"},
		{name: "12,089 tokens where 5,774 of 6,000 are left", of: limits{tpm: 6000}, used: 6000 - 5774, asked: 12_089, retry: "64"},
		{name: "10,494 tokens where 8,000 are all", of: limits{tpm: 8000}, asked: 10_494, retry: "19"},
	} {
		t.Run(seen.name, func(t *testing.T) {
			l := &limiter{models: map[string]*buckets{"m": newBuckets(seen.of)}}
			b := l.models["m"]
			for _, used := range []*bucket{&b.rpm, &b.rpd, &b.tpm, &b.tpd} {
				used.spend(seen.used, epoch())
			}
			if seen.asked == 0 {
				h := http.Header{}
				l.headers(h, "m", epoch().Add(seen.later))
				if got := h.Get("X-Ratelimit-Reset-" + seen.kind); got != seen.reset {
					t.Errorf("the header says %q, want %q", got, seen.reset)
				}
				return
			}
			d := demand{model: "m", prompt: seen.asked}
			fail := l.oversized(d, epoch())
			if (fail != nil) != (seen.wait == "") {
				t.Fatalf("refused for good: %+v", fail)
			}
			if fail == nil {
				fail = l.admit(d, epoch())
			}
			if fail == nil || recordedFailure(fail) != seen.retry || seen.wait != "" && !strings.Contains(fail.Message, " Please try again in "+seen.wait+".") {
				t.Errorf("refused with %+v, want a wait of %s, in the header %s", fail, seen.wait, seen.retry)
			}
		})
	}
}
