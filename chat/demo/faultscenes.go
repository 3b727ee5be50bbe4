package demo

import (
	"net/http"
	"time"
)

// faultScenes is the rows of the table that fail, each in a way of its own. They
// are chosen out of band only, never by what a question says.
func faultScenes() []Scene {
	return []Scene{
		{Name: "slow", Help: "five seconds before the first token", stall: 5 * time.Second},
		{Name: "slow-headers", Help: "two minutes before the answer begins", late: 2 * time.Minute},
		{Name: "429", Help: "the limit of tokens per minute is spent", drained: "tpm"},
		{Name: "429-tpd", Help: "the limit of tokens per day is spent", drained: "tpd"},
		{Name: "429-rpm", Help: "the limit of requests per minute is spent", drained: "rpm"},
		{Name: "429-rpd", Help: "the limit of requests per day is spent", drained: "rpd"},
		{Name: "413", Help: "every request is larger than a minute's budget", refuse: requestTooLarge},
		{Name: "401", Help: "every key is refused", badKey: true},
		{Name: "403", Help: "the edge refuses the client", page: edgeRefusal},
		{Name: "498", Help: "the flex tier has no room", refuse: flexFull},
		{Name: "500", Help: "the server fails", refuse: func(model) *failure { return internalError() }},
		{Name: "502", Help: "the edge finds no server", page: badGateway},
		{Name: "503", Help: "the model is over capacity", refuse: overCapacity},
		{Name: "portal", Help: "a network that wants a login answers instead", page: portal},
		{Name: "redirect", Help: "every request is sent elsewhere", page: elsewhere},
		{Name: "cut", Help: "the stream ends in the middle, without a reason", fault: cut},
		{Name: "cut-line", Help: "the connection breaks within a line", fault: cutLine},
		{Name: "no-done", Help: "the stream ends without its end mark", fault: noDone},
		{Name: "error", Help: "an error within the stream", fault: broken},
		{Name: "plain-error", Help: "an error within the stream, without its event", fault: brokenPlainly},
		{Name: "x-groq-error", Help: "the last chunk says that the answer was stopped", fault: stoppedEarly},
		{Name: "stall", Help: "the stream falls silent in the middle", fault: silent},
		{Name: "malformed", Help: "one chunk cannot be read", fault: malformed},
		{Name: "long-line", Help: "one chunk of two megabytes", fault: longLine},
		{Name: "endless-line", Help: "a line that does not end", fault: endlessLine},
		{Name: "comments", Help: "comments and keep-alive lines between the chunks", fault: commented},
		{Name: "crlf", Help: "lines end as on Windows", crlf: true},
		{Name: "gzip", Help: "the stream is compressed", gzip: true},
		{Name: "json", Help: "one object instead of a stream", unstreamed: true},
	}
}

func requestTooLarge(m model) *failure {
	return &failure{
		status: http.StatusRequestEntityTooLarge, wait: 42 * time.Second, Type: "tokens", Code: "rate_limit_exceeded",
		Message: "Request too large for model `" + m.id + "` in organization `" + organisation + "` service tier `on_demand` on " +
			"tokens per minute (TPM): Limit 8000, Requested 13532, please reduce your message size and try again." + upgrade,
	}
}

func flexFull(model) *failure {
	return &failure{
		status: 498, Message: "`flex` tier capacity exceeded, please try again later", Type: "internal_server_error", Code: "capacity_exceeded",
	}
}

func overCapacity(m model) *failure {
	return &failure{
		status: http.StatusServiceUnavailable, Type: "internal_server_error",
		Message: m.id + " is currently over capacity. Please try again and back off exponentially. " +
			"Visit https://groqstatus.com to see if there is an active incident.",
	}
}

// edgeRefusal is what Groq's edge says to some clients: a text, no JSON.
func edgeRefusal(w http.ResponseWriter, _ *http.Request) {
	plainPage(w, "text/plain; charset=UTF-8", http.StatusForbidden, "error code: 1010")
}

func badGateway(w http.ResponseWriter, _ *http.Request) {
	plainPage(w, "text/html; charset=UTF-8", http.StatusBadGateway,
		"<html>\n<head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad Gateway</h1></center></body>\n</html>\n")
}

// portal answers as the page of a network does that wants a login.
func portal(w http.ResponseWriter, _ *http.Request) {
	plainPage(w, "text/html", http.StatusOK, "<!DOCTYPE html>\n<html><body><h1>Welcome to our network</h1><a href=\"/login\">Log in</a></body></html>\n")
}

func elsewhere(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "http://127.0.0.1:9/elsewhere", http.StatusTemporaryRedirect)
}

func plainPage(w http.ResponseWriter, kind string, status int, text string) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	// An error of writing is the client's going away.
	_, _ = w.Write([]byte(text))
}
