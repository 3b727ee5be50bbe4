package groq

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"groqchat/chat"
)

// quota reads the rate-limit headers. On Groq "requests" are those of a day and
// "tokens" those of a minute; the other limits have no header.
func quota(h http.Header, model string, now time.Time) chat.Quota {
	return chat.Quota{Model: model, Requests: limitOf(h, "requests", now), Tokens: limitOf(h, "tokens", now)}
}

func limitOf(h http.Header, what string, now time.Time) chat.Limit {
	limit, err := strconv.Atoi(h.Get("X-Ratelimit-Limit-" + what))
	remaining, err2 := strconv.Atoi(h.Get("X-Ratelimit-Remaining-" + what))
	if err != nil || err2 != nil || limit <= 0 {
		return chat.Limit{}
	}
	return chat.Limit{
		Known: true, Limit: limit, Remaining: max(0, min(remaining, limit)),
		Reset: span(h.Get("X-Ratelimit-Reset-" + what)), At: now,
	}
}

// maxWait bounds what a server can make us wait or show: no limit of Groq takes
// longer than a day to refill.
const maxWait = 24 * time.Hour

// span reads a duration as Groq writes it: 1m26.4s, 577.5ms, 6m 11.52s, or a
// number of seconds as others do. What is not one is 0.
func span(text string) time.Duration {
	text = strings.ReplaceAll(strings.TrimSpace(text), " ", "")
	d, err := time.ParseDuration(text)
	if err != nil {
		f, _ := strconv.ParseFloat(text, 64)
		d = waitOf(f, time.Second)
	}
	return max(0, min(d, maxWait))
}

func waitOf(n float64, unit time.Duration) time.Duration {
	if math.IsNaN(n) || n <= 0 {
		return 0
	}
	return time.Duration(min(n*float64(unit), float64(maxWait)))
}

// retryAfter is how long the server asks to wait, 0 if it does not: in
// milliseconds, in seconds, or as a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil {
		return waitOf(ms, time.Millisecond)
	}
	text := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(text, 64); err == nil {
		return waitOf(s, time.Second)
	}
	if at, err := http.ParseTime(text); err == nil {
		if sent, err := http.ParseTime(h.Get("Date")); err == nil {
			now = sent // by the clock that set the date: ours may be days off
		}
		return max(0, min(at.Sub(now), maxWait))
	}
	return 0
}

// advice is the server's own word on trying again; Groq's clients obey it.
func advice(h http.Header) chat.Advice {
	switch strings.ToLower(h.Get("X-Should-Retry")) {
	case "true":
		return chat.TryAgain
	case "false":
		return chat.GiveUp
	}
	return chat.NoAdvice
}

// requestID is how Groq's support finds a request.
func requestID(h http.Header) string { return h.Get("X-Request-Id") }
