package groq

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"groqchat/chat"
)

// tooLarge begins the refusal of a request that no waiting helps.
const tooLarge = "Request too large"

// parseExceeded reads which limit the text of a refusal names, nil if none.
func parseExceeded(text string) *chat.Exceeded {
	m := regexp.MustCompile(`on (tokens|requests|input tokens|output tokens|audio seconds) per (minute|day|hour) ` +
		`\((\w+)\): Limit (\d+)(?:, Used (\d+))?, Requested (\d+)`).FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	x := chat.Exceeded{Unit: m[1], Per: m[2], Final: strings.Contains(text, tooLarge)}
	for _, n := range []struct {
		to   *int
		text string
	}{{&x.Limit, m[4]}, {&x.Used, m[5]}, {&x.Requested, m[6]}} {
		// "Used" may be absent; a number too large for an int is none.
		*n.to, _ = strconv.Atoi(n.text)
	}
	return &x
}

// parseWait finds "try again in 1m26.4s", also with a space in it.
func parseWait(text string) time.Duration {
	m := regexp.MustCompile(`try again in ((?:\d+(?:\.\d+)?(?:ms|h|m|s)\s*)+)`).FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	return span(m[1])
}

// kindOfLimit tells waiting from changing something.
func kindOfLimit(x *chat.Exceeded) chat.Kind {
	if x.Final || x.Per == "day" {
		return chat.QuotaSpent
	}
	return chat.RateLimited
}

// limitSentence says it for people.
func limitSentence(x *chat.Exceeded, model string) string {
	if x.Final && x.Unit == "output tokens" {
		return fmt.Sprintf("%s may write %s tokens per %s with this key, and the request asks for up to %s",
			model, chat.Count(x.Limit), x.Per, chat.Count(x.Requested))
	}
	if x.Final {
		return fmt.Sprintf("the request needs %s %s, but the limit for %s is %s per %s", chat.Count(x.Requested), x.Unit, model, chat.Count(x.Limit), x.Per)
	}
	return fmt.Sprintf("the limit of %s %s per %s for %s is reached", chat.Count(x.Limit), x.Unit, x.Per, model)
}
