package groq

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"groqchat/chat"
)

// exceeded is what the text of a refusal says of the limit that was hit. Limits
// other than tokens a minute and requests a day are told nowhere else.
type exceeded struct {
	what      string // tokens, requests, input tokens, output tokens, audio seconds
	per       string // minute, hour, day
	limit     int
	used      int
	requested int
	wait      time.Duration // until the same request would pass, 0 if not said
	final     bool          // one request that is larger than the limit never passes
}

// tooLarge begins the refusal of a request that no waiting helps.
const tooLarge = "Request too large"

// parseExceeded reads such a text; ok is false when it is none.
func parseExceeded(text string) (x exceeded, ok bool) {
	m := regexp.MustCompile(`on (tokens|requests|input tokens|output tokens|audio seconds) per (minute|day|hour) ` +
		`\((\w+)\): Limit (\d+)(?:, Used (\d+))?, Requested (\d+)`).FindStringSubmatch(text)
	if m == nil {
		return exceeded{}, false
	}
	x = exceeded{what: m[1], per: m[2], wait: parseWait(text), final: strings.Contains(text, tooLarge)}
	for _, n := range []struct {
		to   *int
		text string
	}{{&x.limit, m[4]}, {&x.used, m[5]}, {&x.requested, m[6]}} {
		// "Used" may be absent; a number too large for an int is none.
		*n.to, _ = strconv.Atoi(n.text)
	}
	return x, true
}

// parseWait finds "try again in 1m26.4s", also with a space in it.
func parseWait(text string) time.Duration {
	m := regexp.MustCompile(`try again in ((?:\d+h)?\s*(?:\d+m)?\s*(?:[\d.]+m?s)?)`).FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	return span(m[1])
}

// kind tells waiting from changing something.
func (x exceeded) kind() chat.Kind {
	if x.final || x.per == "day" {
		return chat.QuotaSpent
	}
	return chat.RateLimited
}

// sentence says it for people.
func (x exceeded) sentence(model string, wait time.Duration) string {
	if x.final && x.what == "output tokens" {
		return fmt.Sprintf("%s may write %d tokens per %s with this key, and the request asks for up to %d; set max_completion_tokens to %d or less",
			model, x.limit, x.per, x.requested, x.limit)
	}
	if x.final {
		return fmt.Sprintf("the request needs %d %s, but the limit for %s is %d per %s", x.requested, x.what, model, x.limit, x.per)
	}
	text := fmt.Sprintf("the limit of %d %s per %s for %s is reached", x.limit, x.what, x.per, model)
	if wait > 0 {
		text += "; it has room again in " + rounded(wait).String()
	}
	return text
}

// rounded is a wait for people, never too short.
func rounded(d time.Duration) time.Duration {
	unit := time.Second
	if d < 10*time.Second {
		unit = 100 * time.Millisecond
	}
	return (d + unit - 1).Truncate(unit)
}
