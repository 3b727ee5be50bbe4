package chat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// tries is a streamer whose answers are given: each a list of events and an error.
type tries struct {
	answers []try
	at      []time.Duration // when each was asked, from the beginning
	began   time.Time
}

type try struct {
	events []Event
	err    error
}

func (s *tries) Stream(context.Context, Request) iter.Seq2[Event, error] {
	a := s.answers[min(len(s.at), len(s.answers)-1)]
	s.at = append(s.at, time.Since(s.began))
	return func(yield func(Event, error) bool) {
		for _, e := range a.events {
			if !yield(e, nil) {
				return
			}
		}
		if a.err != nil {
			yield(nil, a.err)
		}
	}
}

func whole() try { return try{events: []Event{Started{}, Delta{Text: "yes"}, Done{Finish: "stop"}}} }

func refusal(kind Kind, wait time.Duration) try {
	return try{err: &Error{Kind: kind, Message: "no", RetryAfter: wait, Status: 500}}
}

// outcome is what came out: the names of the events, and the error.
func outcome(ctx context.Context, s Streamer) (names []string, err error) {
	for e, failure := range s.Stream(ctx, Request{}) {
		if failure != nil {
			return names, failure
		}
		names = append(names, fmt.Sprintf("%T", e)[len("chat."):])
	}
	return names, nil
}

func TestWithRetry_Table(t *testing.T) {
	second := time.Second
	answered := []string{"Started", "Delta", "Done"}
	waited := func(n int) []string { return append(slices.Repeat([]string{"Waiting"}, n), answered...) }
	for _, c := range []struct {
		name  string
		tries []try
		want  []string
		fails Kind // 0: no error
		at    []time.Duration
	}{
		{"an answer is passed on", []try{whole()}, answered, 0, []time.Duration{0}},
		{"a limit of a minute is waited for exactly", []try{refusal(RateLimited, 7*second+657*time.Millisecond), whole()}, waited(1), 0, []time.Duration{0, 7*second + 657*time.Millisecond}},
		{"a limit without a time is tried soon", []try{refusal(RateLimited, 0), whole()}, waited(1), 0, []time.Duration{0, second / 2}},
		{"a wait that is too long is told", []try{refusal(RateLimited, 61*second)}, nil, RateLimited, []time.Duration{0}},
		{"a daily limit is told", []try{refusal(QuotaSpent, second)}, nil, QuotaSpent, []time.Duration{0}},
		{"too large is told", []try{refusal(TooLarge, second)}, nil, TooLarge, []time.Duration{0}},
		{"a fault passes", []try{refusal(ServerFault, 0), refusal(Unreachable, 0), whole()}, waited(2), 0, []time.Duration{0, second / 2, 3 * second / 2}},
		{"a fault is told after the third try", []try{refusal(ServerFault, 0)}, []string{"Waiting", "Waiting"}, ServerFault, []time.Duration{0, second / 2, 3 * second / 2}},
		{"a fault with a time waits for it", []try{refusal(ServerFault, 3*second), whole()}, waited(1), 0, []time.Duration{0, 3 * second}},
		{"a wrong key is told", []try{refusal(BadKey, 0)}, nil, BadKey, []time.Duration{0}},
		{"a refusal is told", []try{refusal(Refused, 0)}, nil, Refused, []time.Duration{0}},
		{"a server may ask for more", []try{{err: &Error{Kind: Refused, Retry: TryAgain}}, whole()}, waited(1), 0, []time.Duration{0, second / 2}},
		{"a server may ask for no more", []try{{err: &Error{Kind: ServerFault, Retry: GiveUp}}}, nil, ServerFault, []time.Duration{0}},
		{"our own patience is enough", []try{{err: &Error{Kind: TimedOut}}}, nil, TimedOut, []time.Duration{0}},
		{"a mishap gets one more try", []try{{err: &Error{Kind: Refused, Code: "json_validate_failed"}}}, []string{"Waiting"}, Refused, []time.Duration{0, second / 2}},
		{"nothing after text", []try{{events: []Event{Started{}, Delta{Text: "a"}}, err: &Error{Kind: ServerFault}}}, []string{"Started", "Delta"}, ServerFault, []time.Duration{0}},
		{"nothing after reasoning", []try{{events: []Event{Reasoning{Text: "a"}}, err: &Error{Kind: Cut}}}, []string{"Reasoning"}, Cut, []time.Duration{0}},
		{"a strange error is told", []try{{err: errors.New("odd")}}, nil, Other, []time.Duration{0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &tries{answers: c.tries, began: time.Now()}
				got, err := outcome(t.Context(), WithRetry(s, Patience{MaxWait: time.Minute}))
				if !slices.Equal(got, c.want) || KindOf(err) != c.fails || c.fails != 0 && err == nil {
					t.Errorf("got %v, %v", got, err)
				}
				if !slices.Equal(s.at, c.at) {
					t.Errorf("asked at %v, want %v", s.at, c.at)
				}
			})
		})
	}
}

func TestWithRetry_SpreadsItsTries(t *testing.T) {
	p := Patience{Random: func() float64 { return 1 }}
	for try, want := range []int64{375, 750, 1500, 3000, 6000, 6000, 6000} {
		if got := p.backoff(try + 1); got.Milliseconds() != want {
			t.Errorf("try %d waits %v, want %d ms", try+1, got, want)
		}
	}
}

func TestWithRetry_WaitsAreToldAndCanBeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cause := errors.New("stopped")
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		s := &tries{answers: []try{refusal(RateLimited, 30*time.Second)}, began: time.Now()}
		var got Waiting
		for e, err := range WithRetry(s, Patience{MaxWait: time.Minute}).Stream(ctx, Request{}) {
			if err != nil {
				if !errors.Is(err, cause) {
					t.Errorf("ended with %v", err)
				}
				break
			}
			got = e.(Waiting)
			time.AfterFunc(2*time.Second, func() { cancel(cause) })
		}
		if got.Try != 2 || got.Until.Sub(s.began) != 30*time.Second || KindOf(got.Cause) != RateLimited {
			t.Errorf("told %+v", got)
		}
		if d := time.Since(s.began); d != 2*time.Second {
			t.Errorf("left after %v", d)
		}
	})
}

func TestWithRetry_NobodyListens(t *testing.T) {
	for _, at := range []int{0, 1} {
		s := &tries{answers: []try{{events: []Event{Started{}}, err: &Error{Kind: ServerFault}}}, began: time.Now()}
		n := 0
		for range WithRetry(s, Patience{}).Stream(t.Context(), Request{}) {
			if n++; n > at {
				break
			}
		}
		if len(s.at) != 1 {
			t.Errorf("asked %d times after %d events", len(s.at), n)
		}
	}
}

func TestAfter_WaitsAndThenAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &tries{answers: []try{whole()}, began: time.Now()}
		got, err := outcome(t.Context(), After(s, 9*time.Second, time.Now))
		if want := []string{"Waiting", "Started", "Delta", "Done"}; err != nil || !slices.Equal(got, want) || s.at[0] != 9*time.Second {
			t.Errorf("got %v, %v at %v", got, err, s.at)
		}
		if got, err := outcome(t.Context(), After(s, 0, time.Now)); err != nil || got[0] != "Started" {
			t.Errorf("without a wait %v, %v", got, err)
		}
	})
}

func TestLimit_SaysWhenThereIsRoom(t *testing.T) {
	at := time.Unix(1000, 0)
	l := Limit{Known: true, Limit: 8000, Remaining: 2000, Reset: 45 * time.Second, At: at}
	for _, c := range []struct {
		n    int
		now  time.Time
		want time.Duration
	}{
		{2000, at, 0},
		{4000, at, 15 * time.Second},
		{8000, at, 45 * time.Second},
		{4000, at.Add(5 * time.Second), 10 * time.Second},
		{4000, at.Add(time.Minute), 0},
		{8001, at, 0},
	} {
		if got := l.RoomIn(c.n, c.now); got != c.want {
			t.Errorf("%d after %v: %v, want %v", c.n, c.now.Sub(at), got, c.want)
		}
	}
	spent := l.Spend(3000, time.Minute, at.Add(15*time.Second)) // 4000 were there again
	if want := (Limit{Known: true, Limit: 8000, Remaining: 1000, Reset: 52500 * time.Millisecond, At: at.Add(15 * time.Second)}); spent != want {
		t.Errorf("after an answer %+v, want %+v", spent, want)
	}
	if got := (Limit{}).Spend(5, time.Minute, at); got != (Limit{}) {
		t.Errorf("an unknown one is %+v", got)
	}
	if got := (Limit{}).RoomIn(1, at); got != 0 {
		t.Errorf("unknown: %v", got)
	}
}
