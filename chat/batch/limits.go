package batch

import (
	"time"

	"groqchat/chat"
)

// What no header tells, from Groq's page of limits (October 2026): how many
// requests a minute go with how many a day, and two more limits of one model on
// free keys.

const day = 24 * time.Hour

// perMinute is the requests of a minute where so many are allowed in a day.
func perMinute(ofDay int) int {
	switch {
	case ofDay <= 100:
		return 10
	case ofDay <= 14_400:
		return 30
	case ofDay <= 100_000:
		return 100
	}
	return 1000
}

// burst is the share of a minute's requests that may leave at once. What else
// was asked with the same key in the last minute is not known.
const burst = 3

// freeTokens is the most tokens of a minute that a free key has for a chat.
const freeTokens = 8000

// splitLimits is the limits of a minute on prompts and on answers apart, 0 for
// none.
func splitLimits(model string, tokens int) (prompts, answers int) {
	if model == "qwen/qwen3.8-27b" && tokens <= freeTokens {
		return 7000, 1000
	}
	return 0, 0
}

// windowOf is the time in which a limit refills as a whole, told by how long it
// takes to refill what is used: a minute or a day. usual is the answer where
// nothing is used.
func windowOf(l chat.Limit, usual time.Duration) time.Duration {
	used := l.Limit - l.Remaining
	if used <= 0 || l.Reset <= 0 {
		return usual
	}
	const atMost = 10 * time.Minute // for a minute: the reset is rounded
	if time.Duration(float64(l.Reset)*float64(l.Limit)/float64(used)) < atMost {
		return time.Minute
	}
	return day
}
