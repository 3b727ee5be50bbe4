package groq

import (
	"fmt"
	"net/http"
	"strings"

	"groqchat/chat"
)

// hint is what to do next about what a server refused, "" where the kind says it.
func (s server) hint(f fault, e chat.Error) string {
	switch e.Kind {
	case chat.RateLimited, chat.QuotaSpent:
		return limitHint(e)
	case chat.Forbidden:
		return s.forbiddenHint(f)
	case chat.NotAnAPI:
		return s.placeHint(e)
	case chat.Unreachable:
		return proxyLogin
	default:
		return ""
	}
}

// proxyLogin is what to do about a proxy that wants one.
const proxyLogin = "Put user and password into HTTPS_PROXY."

// limitHint says when there is room again, or what would fit.
func limitHint(e chat.Error) string {
	switch x := e.Limit; {
	case x != nil && x.Final && x.Unit == "output tokens":
		return fmt.Sprintf("Set max_completion_tokens to %s or less, or switch the model.", chat.Count(x.Limit))
	case x != nil && x.Final:
		return "Make the request smaller, or switch the model."
	case e.RetryAfter > 0:
		return "There is room again in " + chat.Wait(e.RetryAfter) + "; another model has limits of its own."
	}
	return ""
}

// forbiddenHint is the server's own advice where it gives any.
func (s server) forbiddenHint(f fault) string {
	if strings.Contains(f.message, edgeRefusal) {
		return "Try without the proxy or VPN."
	}
	if _, advice := parted(f.message); advice != "" {
		return s.quote(advice) + "."
	}
	return ""
}

func (s server) placeHint(e chat.Error) string {
	switch {
	case e.Status == http.StatusNetworkAuthenticationRequired:
		return "Log in to the network, and try again."
	case e.Status == http.StatusNotFound && strings.Trim(s.url.Path, "/") == "":
		return fmt.Sprintf("Most servers have it under /v1 or /openai/v1: try %s/v1 as the base URL.", s.place())
	}
	return "Check the base URL for typing errors."
}

// parted takes the advice out of what a server says. Ours stands behind it, and
// one is enough; much of theirs is for programs.
func parted(text string) (fact, advice string) {
	text, _, _ = strings.Cut(text, ", please ")
	var facts, advices []string
	for _, sentence := range strings.SplitAfter(text, ". ") {
		to := &facts
		for _, begin := range []string{"Please ", "Visit ", "See ", "Need more "} {
			if strings.HasPrefix(sentence, begin) {
				to = &advices
			}
		}
		*to = append(*to, sentence)
	}
	return strings.TrimSpace(strings.Join(facts, "")), strings.TrimSpace(strings.Join(advices, ""))
}
