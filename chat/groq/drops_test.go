package groq_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"groqchat/chat"
	"groqchat/chat/groq"
)

// drops is a network that fails a given number of times, in every way in turn:
// before the request, after the headers, or anywhere within the answer.
type drops struct {
	random *rand.Rand
	left   int
	body   string
}

func (d *drops) RoundTrip(r *http.Request) (*http.Response, error) {
	var body io.Reader = strings.NewReader(d.body)
	if d.left > 0 {
		d.left--
		if d.random.IntN(3) == 0 {
			return nil, errors.New("no route to host")
		}
		// A fault behind the finish reason does no harm.
		cut := d.random.IntN(strings.Index(d.body, `"finish_reason":"stop"`))
		body = io.MultiReader(strings.NewReader(d.body[:cut]), iotest.ErrReader(io.ErrUnexpectedEOF))
	}
	return &http.Response{
		StatusCode: http.StatusOK, ContentLength: -1, Request: r, Body: io.NopCloser(body),
		Header: http.Header{"Content-Type": {"text/event-stream"}},
	}, nil
}

// TestNetwork_DropsAHundredTimes: N22. In twenty answers the network goes a
// hundred times and comes back; each is asked for until it is whole. What is not
// is never taken for it, and no text is doubled.
func TestNetwork_DropsAHundredTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const full = "one two three four five six seven"
		var parts []string
		for _, word := range strings.SplitAfter(full, " ") {
			parts = append(parts, says(word))
		}
		network := &drops{random: rand.New(rand.NewPCG(1, 2)), body: wire(append(parts, finish, theEnd)...)}
		c := client(t, groq.Options{Key: key, BaseURL: "http://memory/v1", Transport: network})
		patient := chat.WithRetry(c, chat.Patience{})
		for n := range 20 {
			network.left = 5
			conv := chat.Conversation{Model: chat.DefaultModel}
			conv.Ask(fmt.Sprint("question ", n), nil, time.Now())
			for tries := 1; ; tries++ {
				state := apply(t, &conv, patient)
				text := conv.Messages[len(conv.Messages)-1].Content
				if !strings.HasPrefix(full, text) || state == chat.Complete && text != full {
					t.Fatalf("answer %d is %s with %q", n, state, text)
				}
				if state == chat.Complete {
					break
				}
				if tries > 6 {
					t.Fatalf("answer %d does not come", n)
				}
				if !conv.Again(time.Now()) {
					t.Fatal("it cannot be asked again")
				}
			}
			if network.left > 0 {
				t.Fatalf("answer %d was whole after %d drops of 5", n, 5-network.left)
			}
		}
	})
}

// apply asks and gives the state of the answer at its end.
func apply(t *testing.T, conv *chat.Conversation, s chat.Streamer) chat.State {
	t.Helper()
	for e, err := range s.Stream(t.Context(), conv.Request()) {
		if err != nil {
			e = chat.Broken{Err: err}
		}
		conv.Apply(e)
	}
	return conv.Messages[len(conv.Messages)-1].State
}

// TestClient_GivesTheKeyToItsServerAlone: S09, and P10: it names no tool.
func TestClient_GivesTheKeyToItsServerAlone(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	c := client(t, groq.Options{Key: key, BaseURL: "https://api.example/v1", Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.Method+" "+r.URL.String())
		if r.Header.Get("Authorization") != "Bearer "+key || r.Host != "api.example" {
			t.Errorf("%s has the host %q and the authorization %q", r.URL, r.Host, r.Header.Get("Authorization"))
		}
		for name, values := range r.Header {
			if name != "Authorization" && strings.Contains(strings.Join(values, " "), key) {
				t.Errorf("the key is in %s", name)
			}
		}
		if r.Body != nil {
			namesNoTool(t, r.Body)
		}
		return handler(sends("text/event-stream", whole())).RoundTrip(r)
	})})
	if got := collect(t.Context(), c, question()); got.err != nil {
		t.Error(got.err)
	}
	// What it answers is no list; who was asked for it is what counts.
	_, _ = c.Models(t.Context())
	if want := []string{"POST https://api.example/v1/chat/completions", "GET https://api.example/v1/models"}; !slices.Equal(asked, want) {
		t.Errorf("asked %q", asked)
	}
}

func namesNoTool(t *testing.T, body io.Reader) {
	t.Helper()
	var sent map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&sent); err != nil || len(sent["messages"]) == 0 {
		t.Fatalf("%v: %v", err, sent)
	}
	for _, name := range []string{"tools", "tool_choice", "functions", "function_call"} {
		if value, ok := sent[name]; ok {
			t.Errorf("it offers %s: %s", name, value)
		}
	}
}
