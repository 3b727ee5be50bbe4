package demo

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

const day = 24 * time.Hour

// The rows are the live observations that the arithmetic was derived from.
func TestBucket_ResetsAsWasSeen(t *testing.T) {
	tests := []struct {
		size   int
		window time.Duration
		used   int
		after  time.Duration
		want   string
	}{
		{1000, day, 1, 0, "1m26.4s"},
		{14_400, day, 1, 0, "6s"},
		{500_000, day, 1, 0, "172ms"},
		{8000, time.Minute, 86, 0, "645ms"},
		{8000, time.Minute, 86, time.Millisecond, "644ms"}, // as it was seen: a moment later
		{6000, time.Minute, 37, 0, "370ms"},
		{250_000, time.Minute, 99, 0, "23ms"},
		{8000, time.Minute, 0, 0, "0s"},
	}
	for _, tt := range tests {
		b := bucket{size: tt.size, window: tt.window}
		b.spend(tt.used, epoch())
		if got := b.used(epoch()); got != tt.used {
			t.Errorf("%d of %d: used = %d", tt.used, tt.size, got)
		}
		if got := b.reset(epoch().Add(tt.after)).Truncate(time.Millisecond).String(); got != tt.want {
			t.Errorf("%d of %d: reset = %s, want %s", tt.used, tt.size, got, tt.want)
		}
	}
}

func TestBucket_WaitsAsWasSeen(t *testing.T) {
	tests := []struct {
		size           int
		window         time.Duration
		used, asked    int
		wait, retrying string
	}{
		{8000, time.Minute, 6670, 5883, "34.1475s", "35"},
		{8000, time.Minute, 7421, 1600, "7.6575s", "8"},
		{200_000, day, 197_494, 4035, "11m0.528s", "661"},
		{100_000, day, 99_996, 484, "6m54.72s", "415"},
		{200_000, day, 199_754, 2679, "17m31.056s", "1052"},
		{200_000, day, 199_120, 2980, "15m7.2s", "908"},
		{30, time.Minute, 30, 1, "2s", "2"},
		{1000, day, 1000, 1, "1m26.4s", "87"},
		{6000, time.Minute, 6000 - 5774, 12_089, "1m3.15s", "64"}, // a 413
		{8000, time.Minute, 0, 10_494, "18.705s", "19"},           // a 413
		{8000, time.Minute, 0, 13_532, "41.49s", "42"},            // a 413
	}
	for _, tt := range tests {
		b := bucket{size: tt.size, window: tt.window}
		b.spend(tt.used, epoch())
		wait := b.wait(tt.asked, epoch())
		header := recordedFailure(&failure{status: http.StatusTooManyRequests, wait: wait})
		if wait.String() != tt.wait || header != tt.retrying {
			t.Errorf("%d used, %d asked of %d: wait %s, retry-after %s; want %s, %s",
				tt.used, tt.asked, tt.size, wait, header, tt.wait, tt.retrying)
		}
	}
}

// recordedFailure is the retry-after that a failure is sent with.
func recordedFailure(f *failure) string {
	w := &sink{}
	f.write(w)
	return w.Header().Get("Retry-After")
}

// sink is a ResponseWriter that keeps the headers only.
type sink struct{ header http.Header }

func (s *sink) Header() http.Header {
	if s.header == nil {
		s.header = http.Header{}
	}
	return s.header
}

func (s *sink) Write(p []byte) (int, error) { return len(p), nil }

func (s *sink) WriteHeader(int) {}

func TestBucket_WaitIsExactlyEnough(t *testing.T) {
	for _, size := range []int{1, 7, 30, 999, 7000, 8000, 250_000, 500_000} {
		for _, window := range []time.Duration{time.Minute, day} {
			b := bucket{size: size, window: window}
			for range 3 { // several spendings add up their rounding
				b.spend(size/3, epoch())
			}
			asked := size/2 + 1
			wait := b.wait(asked, epoch())
			if got := b.wait(asked, epoch().Add(wait)); got != 0 {
				t.Errorf("size %d: after waiting %s there are %s more", size, wait, got)
			}
			if wait > 0 && b.wait(asked, epoch().Add(wait-window/time.Duration(size))) == 0 {
				t.Errorf("size %d: one token's time less would have been enough", size)
			}
		}
	}
}

func TestBucket_IsNeverFullerThanFull(t *testing.T) {
	b := bucket{size: 100, window: time.Minute}
	b.spend(10, epoch())
	later := epoch().Add(time.Hour)
	if got := b.remaining(later); got != 100 {
		t.Errorf("remaining = %d after an hour", got)
	}
	b.spend(150, later)
	if got := b.remaining(later); got != 0 {
		t.Errorf("remaining = %d after too much was spent", got)
	}
}

// limited runs a server whose clock stands still until it is moved.
func limited(t *testing.T, tier string) (string, *clock) {
	t.Helper()
	c := &clock{now: epoch()}
	return serve(t, Options{Pace: -1, Tier: tier, Now: c.Now}), c
}

func rates(h http.Header) map[string]string {
	out := map[string]string{}
	for _, kind := range []string{"limit", "remaining", "reset"} {
		for _, of := range []string{"requests", "tokens"} {
			if v := h.Get("x-ratelimit-" + kind + "-" + of); v != "" {
				out[kind+"-"+of] = v
			}
		}
	}
	return out
}

func TestHeaders_AreThoseOfTheTier(t *testing.T) {
	// The prompt costs 60 for the template, 3 for the message, 1 for "hi".
	tests := []struct {
		tier, model string
		want        map[string]string
	}{
		{tierFree, big, map[string]string{
			"limit-requests": "1000", "remaining-requests": "999", "reset-requests": "1m26.4s",
			"limit-tokens": "8000", "remaining-tokens": "7936", "reset-tokens": "480ms",
		}},
		{tierDeveloper, "openai/gpt-oss-20b", map[string]string{
			"limit-requests": "500000", "remaining-requests": "499999", "reset-requests": "172ms",
			"limit-tokens": "250000", "remaining-tokens": "249936", "reset-tokens": "15ms",
		}},
		{tierOff, big, map[string]string{}},
	}
	for _, tt := range tests {
		t.Run(tt.tier, func(t *testing.T) {
			base, _ := limited(t, tt.tier)
			r := chat(t, base, with(tt.model, `"max_tokens":100,"stream":true`))
			if diff := cmp.Diff(tt.want, rates(r.header)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeaders_AreNotOnTheList(t *testing.T) {
	base, _ := limited(t, tierFree)
	if got := rates(send(t, http.MethodGet, base+"/models", "").header); len(got) > 0 {
		t.Errorf("GET /models carries %v", got)
	}
}

func TestLimiter_TakesWhatTheAnswerReallyTook(t *testing.T) {
	base, _ := limited(t, tierFree)
	first := streamed(t, base, big, "hi", `"max_tokens":2000`)
	r := chat(t, base, with(big, `"max_tokens":100`))
	left, err := strconv.Atoi(r.header.Get("x-ratelimit-remaining-tokens"))
	if want := 8000 - first.usage.TotalTokens - 64; err != nil || left != want {
		t.Errorf("remaining %d, want %d", left, want)
	}
}

func TestLimiter_KeepsModelsApart(t *testing.T) {
	base, _ := limited(t, tierFree)
	chat(t, base, with(big, `"max_tokens":100`))
	r := chat(t, base, with("openai/gpt-oss-20b", `"max_tokens":100`))
	if got := r.header.Get("x-ratelimit-remaining-requests"); got != "999" {
		t.Errorf("the other model has %s requests left", got)
	}
}

func refusedFor(t *testing.T, r reply, status int, retry, kind, message string) {
	t.Helper()
	var got envelope
	if err := json.Unmarshal([]byte(r.body), &got); err != nil || got.Error == nil {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if r.status != status || r.header.Get("Retry-After") != retry || got.Error.Type != kind || got.Error.Code != "rate_limit_exceeded" {
		t.Errorf("got %d, retry-after %q, %+v", r.status, r.header.Get("Retry-After"), got.Error)
	}
	if diff := cmp.Diff(message, got.Error.Message); diff != "" {
		t.Error(diff)
	}
}

func TestLimiter_RefusesTooManyTokensUntilTheWaitIsOver(t *testing.T) {
	base, c := limited(t, tierFree)
	chat(t, base, ask(big, strings.Repeat("word", 6000), `"max_tokens":1`)) // 6063 in, 1 out
	body := with(big, `"max_tokens":3000`)                                  // 3064
	const text = "Rate limit reached for model `openai/gpt-oss-120b` in organization `org_01kx0f2m6c` service tier `on_demand` on tokens per minute (TPM): " +
		"Limit 8000, Used 6064, Requested 3064. Please try again in 8.46s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing"
	r := chat(t, base, body)
	refusedFor(t, r, http.StatusTooManyRequests, "9", "tokens", text)
	if got := r.header.Get("x-ratelimit-remaining-tokens"); got != "1936" {
		t.Errorf("a refusal has %q tokens left in its headers", got)
	}
	c.advance(8460*time.Millisecond - time.Millisecond)
	if r := chat(t, base, body); r.status != http.StatusTooManyRequests {
		t.Errorf("a millisecond too early: %d", r.status)
	}
	c.advance(time.Millisecond)
	if r := chat(t, base, body); r.status != http.StatusOK {
		t.Errorf("after the wait: %d %s", r.status, r.body)
	}
}

func TestLimiter_RefusesTooManyRequests(t *testing.T) {
	base, _ := limited(t, tierFree)
	for range 30 {
		chat(t, base, with(big, `"max_tokens":1`))
	}
	r := chat(t, base, with(big, `"max_tokens":1`))
	refusedFor(t, r, http.StatusTooManyRequests, "2", "requests",
		"Rate limit reached for model `openai/gpt-oss-120b` in organization `org_01kx0f2m6c` service tier `on_demand` on requests per minute (RPM): "+
			"Limit 30, Used 30, Requested 1. Please try again in 2s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing")
	if got := r.header.Get("x-ratelimit-remaining-requests"); got != "970" {
		t.Errorf("a refused request was counted: %s left", got)
	}
}

func TestLimiter_RefusesForTheDay(t *testing.T) {
	for kind, tt := range map[string]struct{ retry, unit, message string }{
		"rpd": {"87", "requests", "requests per day (RPD): Limit 1000, Used 1000, Requested 1. Please try again in 1m26.4s."},
		"tpd": {"71", "tokens", "tokens per day (TPD): Limit 200000, Used 200000, Requested 164. Please try again in 1m10.848s."},
	} {
		l := newLimiter(tierFree, catalogue())
		l.drain(big, kind, epoch())
		fail := l.admit(demand{big, 64, 100}, epoch())
		if fail == nil || fail.Type != tt.unit || !strings.Contains(fail.Message, " on "+tt.message) || recordedFailure(fail) != tt.retry {
			t.Errorf("%s: %+v", kind, fail)
		}
	}
}

func TestLimiter_RefusesForGoodWhatNeverFits(t *testing.T) {
	base, _ := limited(t, tierFree)
	const who = "Request too large for model `%` in organization `org_01kx0f2m6c` service tier `on_demand` on "
	r := chat(t, base, with(big, `"max_tokens":13468`))
	refusedFor(t, r, http.StatusRequestEntityTooLarge, "42", "tokens", strings.ReplaceAll(who, "%", big)+
		"tokens per minute (TPM): Limit 8000, Requested 13532, please reduce your message size and try again. "+
		"Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing")
	r = chat(t, base, with(qwen, `"max_tokens":2048`))
	refusedFor(t, r, http.StatusTooManyRequests, "63", "tokens", strings.ReplaceAll(who, "%", qwen)+
		"output tokens per minute (OTPM): Limit 1000, Requested 2048. The request's expected output tokens exceed the enforced limit; "+
		"reduce max_tokens (or the request's expected output) and try again.")
}

func TestLimiter_ReservesTheModelsMostIfNoneIsAsked(t *testing.T) {
	base, _ := limited(t, tierFree)
	if r := chat(t, base, ask(qwen, "hi")); r.status != http.StatusRequestEntityTooLarge || !strings.Contains(r.body, "Requested 16388") {
		t.Errorf("got %d %s", r.status, r.body)
	}
}

func TestLimiter_DoesNotTellPayingCustomersToUpgrade(t *testing.T) {
	base, _ := limited(t, tierDeveloper)
	r := chat(t, base, ask(big, strings.Repeat("word", 250_000), `"max_tokens":1`))
	if r.status != http.StatusRequestEntityTooLarge || strings.Contains(r.body, "Upgrade") || !strings.Contains(r.body, "docs/rate-limits") {
		t.Errorf("got %d %s", r.status, r.body)
	}
}
