package groq_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/chat/demo"
	"groqchat/chat/groq"
)

// impatient is a client of a demo server that fails in one way, and has little
// time for silence where that is what fails.
func impatient(t *testing.T, scene string) *groq.Client {
	t.Helper()
	s, err := demo.Start("127.0.0.1:0", demo.Options{Pace: -1, Scene: scene})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	o := groq.Options{Key: key, BaseURL: s.URL()}
	switch scene { // the others may be as slow as the machine
	case "stall":
		o.Idle = 2 * time.Second
	case "slow-headers":
		o.HeaderTimeout = 2 * time.Second
	}
	return client(t, o)
}

// faults is what the client makes of every scene that fails: kind 0 means that
// the answer is whole all the same.
func faults() map[string]struct {
	kind    chat.Kind
	says    string
	partial bool // text had come
} {
	type fault = struct {
		kind    chat.Kind
		says    string
		partial bool
	}
	return map[string]fault{
		"slow-headers": {chat.TimedOut, "2 s", false},
		"429":          {chat.RateLimited, "limit of 8,000 tokens per minute", false},
		"429-tpd":      {chat.QuotaSpent, "limit of 200,000 tokens per day", false},
		"429-rpm":      {chat.RateLimited, "limit of 30 requests per minute", false},
		"429-rpd":      {chat.QuotaSpent, "limit of 1,000 requests per day", false},
		"413":          {chat.TooLarge, "13,532 tokens", false},
		"401":          {chat.BadKey, "refused the key", false},
		"403":          {chat.Forbidden, "before looking at the key", false},
		"498":          {chat.ServerFault, "498 flex tier at capacity", false},
		"500":          {chat.ServerFault, "500", false},
		"502":          {chat.ServerFault, "502", false},
		"503":          {chat.ServerFault, "over capacity", false},
		"portal":       {chat.NotAnAPI, "", false},
		"redirect":     {chat.NotAnAPI, "not followed", false},
		"cut":          {chat.Cut, "before it was complete", true},
		"cut-line":     {chat.Cut, "broke before the answer was complete", true},
		"error":        {chat.Refused, "Parsing failed", true},
		"plain-error":  {chat.Refused, "Parsing failed", true},
		"x-groq-error": {chat.ServerFault, "over capacity", true},
		"stall":        {chat.TimedOut, "2 s", true},
		"endless-line": {chat.Cut, "8 MB", false},
		"no-done":      {}, "malformed": {}, "long-line": {}, "comments": {}, "crlf": {}, "gzip": {}, "json": {},
	}
}

func TestFaults_EachEndsInAPlainSentenceWithTheTextKept(t *testing.T) {
	usual := []string{"slow", "flood", "think", "table", "lists", "code", "emoji", "math", "long", "go", "model", "short", "other", "vision", "files", "tour"}
	for _, scene := range demo.Scenes() {
		want, fails := faults()[scene.Name]
		if !fails {
			if !slices.Contains(usual, scene.Name) {
				t.Errorf("nothing is said of the scene %s", scene.Name)
			}
			continue
		}
		t.Run(scene.Name, func(t *testing.T) {
			t.Parallel()
			got := collect(t.Context(), impatient(t, scene.Name), question())
			if want.kind == chat.Other {
				if got.err != nil || got.done == nil || got.text == "" {
					t.Errorf("text %.40q, done %v, error %v", got.text, got.done, got.err)
				}
				return
			}
			if got.done != nil || chat.KindOf(got.err) != want.kind || !strings.Contains(got.err.Error(), want.says) {
				t.Errorf("done %v, kind %v, error %v", got.done, chat.KindOf(got.err), got.err)
			}
			if (got.text+got.reasoning != "") != want.partial {
				t.Errorf("text %.40q", got.text)
			}
			var told *chat.Error
			if errors.As(got.err, &told) && (told.Usage.CompletionTokens > 0) != (scene.Name == "x-groq-error") {
				t.Errorf("the server's count is %+v", told.Usage)
			}
			if got.err != nil && (strings.Contains(got.err.Error(), key) || strings.ContainsAny(got.err.Error(), "\n\x1b{")) {
				t.Errorf("not a plain sentence: %q", got.err)
			}
		})
	}
}
