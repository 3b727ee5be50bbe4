package groq

import (
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

func benchRequest() chat.Request {
	return chat.Request{Model: "m", Messages: []chat.Message{{Role: chat.User, Content: "q"}}}
}

func TestParseExceeded_ReadsEveryKindOfLimit(t *testing.T) {
	const before = "Rate limit reached for model `m` in organization `o` service tier `on_demand` on "
	type told struct {
		limit chat.Exceeded
		wait  time.Duration
	}
	for text, want := range map[string]told{
		before + "tokens per minute (TPM): Limit 8000, Used 6670, Requested 5883. Please try again in 34.1475s. Need more tokens?": {
			chat.Exceeded{Unit: "tokens", Per: "minute", Limit: 8000, Used: 6670, Requested: 5883}, 34147500 * time.Microsecond,
		},
		before + "tokens per day (TPD): Limit 200000, Used 197494, Requested 4035. Please try again in 11m0.528s. Visit": {
			chat.Exceeded{Unit: "tokens", Per: "day", Limit: 200000, Used: 197494, Requested: 4035}, 11*time.Minute + 528*time.Millisecond,
		},
		before + "requests per minute (RPM): Limit 30, Used 30, Requested 1. Please try again in 2s.": {
			chat.Exceeded{Unit: "requests", Per: "minute", Limit: 30, Used: 30, Requested: 1}, 2 * time.Second,
		},
		before + "audio seconds per hour (ASH): Limit 7200, Used 7200, Requested 60. Please try again in 6m 11.52s.": {
			chat.Exceeded{Unit: "audio seconds", Per: "hour", Limit: 7200, Used: 7200, Requested: 60}, 371520 * time.Millisecond,
		},
		before + "input tokens per minute (ITPM): Limit 7000, Used 7000, Requested 1. Please try again in 577.5ms.": {
			chat.Exceeded{Unit: "input tokens", Per: "minute", Limit: 7000, Used: 7000, Requested: 1}, 577500 * time.Microsecond,
		},
		before + "output tokens per minute (OTPM): Limit 1000, Used 1000, Requested 12. Please try again in 720ms.": {
			chat.Exceeded{Unit: "output tokens", Per: "minute", Limit: 1000, Used: 1000, Requested: 12}, 720 * time.Millisecond,
		},
		before + "tokens per day (TPD): Limit 200000, Used 200000, Requested 12. Please try again in 1h2m3s": {
			chat.Exceeded{Unit: "tokens", Per: "day", Limit: 200000, Used: 200000, Requested: 12}, time.Hour + 2*time.Minute + 3*time.Second,
		},
		"Request too large for model `m` on output tokens per minute (OTPM): Limit 1000, Requested 2048. The request's": {
			chat.Exceeded{Unit: "output tokens", Per: "minute", Limit: 1000, Requested: 2048, Final: true}, 0,
		},
	} {
		if diff := cmp.Diff(&want.limit, parseExceeded(text)); diff != "" || parseWait(text) != want.wait {
			t.Errorf("%s: wait %v, %s", text, parseWait(text), diff)
		}
	}
	if x := parseExceeded("slow down"); x != nil {
		t.Errorf("read %+v", x)
	}
}

func FuzzLimitText(f *testing.F) {
	for _, s := range []string{
		"", "try again in", "try again in 1h2m3.5s", "try again in 6m 11.52s", "try again in ...s", "try again in 99999999999999h",
		"on tokens per minute (TPM): Limit 8000, Used 1, Requested 2. Please try again in 7.6s", "on tokens per day (TPD): Limit 99999999999999999999, Requested 1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x, wait := parseExceeded(s), parseWait(s)
		if wait < 0 || wait > maxWait {
			t.Errorf("wait %v", wait)
		}
		if x != nil && (x.Limit < 0 || x.Used < 0 || x.Requested < 0 || limitSentence(x, "m") == "") {
			t.Errorf("limit %+v", x)
		}
	})
}

func TestAdvice_IsTheServersOwnWord(t *testing.T) {
	for value, want := range map[string]chat.Advice{"": chat.NoAdvice, "true": chat.TryAgain, "False": chat.GiveUp, "maybe": chat.NoAdvice} {
		h := http.Header{}
		h.Set("x-should-retry", value)
		if got := advice(h); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

func TestRetryAfter_ReadsSecondsMillisecondsAndDates(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "8": 8 * time.Second, "0.5": 500 * time.Millisecond, "0": 0, "-1": 0, "garbage": 0, "NaN": 0, "Inf": maxWait, "-Inf": 0, "1e9": maxWait, "1e300": maxWait,
		now.Add(time.Minute).Format(http.TimeFormat):      time.Minute,
		now.Add(-24 * time.Hour).Format(http.TimeFormat):  0,
		now.Add(1000 * time.Hour).Format(http.TimeFormat): maxWait,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
	if got := retryAfter(http.Header{"Retry-After-Ms": {"250"}, "Retry-After": {"9"}}, now); got != 250*time.Millisecond {
		t.Errorf("milliseconds: %v", got)
	}
}

// N23: a date means the same by a clock that is a day off.
func TestRetryAfter_DoesNotDependOnOurClock(t *testing.T) {
	sent := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, skew := range []time.Duration{-24 * time.Hour, -time.Second, 0, time.Second, 24 * time.Hour} {
		for wait, want := range map[time.Duration]time.Duration{30 * time.Second: 30 * time.Second, 0: 0, -time.Minute: 0} {
			h := http.Header{"Date": {sent.Format(http.TimeFormat)}, "Retry-After": {sent.Add(wait).Format(http.TimeFormat)}}
			if got := retryAfter(h, sent.Add(skew)); got != want {
				t.Errorf("%v off, %v asked for: %v", skew, wait, got)
			}
		}
	}
}

func TestSpan_ReadsEveryFormOfDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"1m26.4s": 86400 * time.Millisecond, "6s": 6 * time.Second, "644ms": 644 * time.Millisecond, "2m59.56s": 179560 * time.Millisecond,
		"24h0m0s": maxWait, "48h": maxWait, "6m 11.52s": 371520 * time.Millisecond, " 7.66s ": 7660 * time.Millisecond, "12": 12 * time.Second,
		"": 0, "1d": 0, "-5s": 0, "NaN": 0, "9999999999999h": 0,
	} {
		if got := span(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestQuota_IsKnownOnlyIfAllOfALimitIsThere(t *testing.T) {
	at := time.Unix(1, 0)
	header := func(limit, remaining, reset string) http.Header {
		h := http.Header{}
		h.Set("x-ratelimit-limit-tokens", limit)
		h.Set("x-ratelimit-remaining-tokens", remaining)
		h.Set("x-ratelimit-reset-tokens", reset)
		return h
	}
	for _, tc := range []struct {
		h    http.Header
		want chat.Limit
	}{
		{header("8000", "7914", "644ms"), chat.Limit{Known: true, Limit: 8000, Remaining: 7914, Reset: 644 * time.Millisecond, At: at}},
		{header("8000", "9000", ""), chat.Limit{Known: true, Limit: 8000, Remaining: 8000, At: at}},
		{header("8000", "-5", "1m"), chat.Limit{Known: true, Limit: 8000, Reset: time.Minute, At: at}},
		{header("8000", "", "1m"), chat.Limit{}},
		{header("", "1", "1m"), chat.Limit{}},
		{header("many", "1", "1m"), chat.Limit{}},
		{nil, chat.Limit{}},
	} {
		want := chat.Quota{Model: "m", Tokens: tc.want}
		if diff := cmp.Diff(want, quota(tc.h, "m", at)); diff != "" {
			t.Errorf("%v: %s", tc.h, diff)
		}
	}
}

func TestSeconds_ReadsOnlyWhatCanBeATime(t *testing.T) {
	for f, want := range map[float64]time.Duration{
		0.066672213: 66672213, 0: 0, -1: 0, math.Inf(1): 0, 1e300: 0, 1.5: 1500 * time.Millisecond,
	} {
		if got := seconds(f); got != want {
			t.Errorf("%v: %v, want %v", f, got, want)
		}
	}
	if got := seconds(math.NaN()); got != 0 {
		t.Errorf("not a number: %v", got)
	}
}

func TestServer_QuotesLittleOfWhatAServerSays(t *testing.T) {
	s := newServer("https://user:pa55@api.example:8443/v1?key=zzz", "short")
	for text, want := range map[string]string{
		"It broke. ":                           "It broke",
		"a\n\tb":                               "a b",
		"short words":                          "short words", // a key this short would garble them
		"gsk_" + strings.Repeat("a", 30) + "!": "gsk_***!",
		strings.Repeat("é", 400):               strings.Repeat("é", maxQuote) + "…",
	} {
		if got := s.quote(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if s.place() != "https://api.example:8443/v1" || s.host() != "api.example:8443" {
		t.Errorf("place %s, host %s", s.place(), s.host())
	}
}
