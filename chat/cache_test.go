package chat_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"groqchat/chat"
)

// kept is a cache in memory.
type kept struct {
	answers map[string]chat.Message
	full    error
}

func (k *kept) Get(key string) (chat.Message, bool) {
	m, ok := k.answers[key]
	return m, ok
}

func (k *kept) Put(key string, answer chat.Message) error {
	if k.full == nil {
		k.answers[key] = answer
	}
	return k.full
}

// says is a model that gives these events, and counts how often it is asked.
func says(asked *int, events ...chat.Event) chat.Streamer {
	return chat.StreamFunc(func(context.Context, chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			*asked++
			for _, e := range events {
				if !yield(e, nil) {
					return
				}
			}
		}
	})
}

func ended(finish string) chat.Event {
	return chat.Done{Finish: finish, Usage: chat.Usage{PromptTokens: 9, CompletionTokens: 3}, Timing: chat.Timing{Total: time.Second}}
}

func question(text string) chat.Request {
	return chat.Request{Model: "m", Messages: []chat.Message{{ID: "m1", Role: chat.User, Content: text}}}
}

// read drains a stream, up to an event on which stop is true.
func read(s chat.Streamer, req chat.Request, stop func(chat.Event) bool) []chat.Event {
	var all []chat.Event
	for e, err := range s.Stream(context.Background(), req) {
		if err != nil {
			e = chat.Broken{Err: err}
		}
		all = append(all, e)
		if stop != nil && stop(e) {
			break
		}
	}
	return all
}

func TestCache_GivesAnAnswerAgain(t *testing.T) {
	asked := 0
	model := says(&asked, chat.Started{Model: "m-1", RequestID: "r"}, chat.Reasoning{Text: "hm"}, chat.Delta{Text: "fo"}, chat.Delta{Text: "ur"}, ended("stop"))
	k := &kept{answers: map[string]chat.Message{}}
	s := chat.WithCache(model, k, "", func(err error) { t.Error(err) })
	// The chat stops reading at Done.
	read(s, question("2+2"), func(e chat.Event) bool { _, done := e.(chat.Done); return done })
	want := []chat.Event{
		chat.Started{Model: "m-1"},
		chat.Reasoning{Text: "hm"},
		chat.Delta{Text: "four"},
		chat.Done{Finish: "stop", Usage: chat.Usage{PromptTokens: 9, CompletionTokens: 3}, Cached: true},
	}
	if got := read(s, question("2+2"), nil); asked != 1 || !slices.Equal(got, want) {
		t.Errorf("asked %d times, got %v, want %v", asked, got, want)
	}
	if d := (chat.Done{Usage: chat.Usage{CompletionTokens: 3}, Cached: true}); d.Spent() != 0 {
		t.Errorf("a cached answer spent %d tokens", d.Spent())
	}
	again := question("2+2")
	if again.Another = true; len(read(s, again, nil)) == 0 || asked != 2 {
		t.Errorf("another answer was wanted, and the model asked %d times", asked)
	}
}

func TestCache_KeepsOnlyWhatIsWhole(t *testing.T) {
	for name, events := range map[string][]chat.Event{
		"cut at the limit": {chat.Delta{Text: "fo"}, ended("length")},
		"without an end":   {chat.Delta{Text: "fo"}},
		"empty":            {ended("stop")},
		"thoughts alone":   {chat.Reasoning{Text: "hm"}, ended("stop")},
		"calls a tool":     {chat.Delta{Text: "fo"}, ended("tool_calls")},
	} {
		asked, k := 0, &kept{answers: map[string]chat.Message{}}
		s := chat.WithCache(says(&asked, events...), k, "", func(err error) { t.Error(err) })
		read(s, question("2+2"), nil)
		if len(k.answers) > 0 {
			t.Errorf("%s: %v was kept", name, k.answers)
		}
	}
	stopped, k := 0, &kept{answers: map[string]chat.Message{}}
	s := chat.WithCache(says(&stopped, chat.Delta{Text: "fo"}, ended("stop")), k, "", nil)
	read(s, question("2+2"), func(chat.Event) bool { return true })
	if len(k.answers) > 0 {
		t.Errorf("stopped by the reader: %v was kept", k.answers)
	}
}

func TestCache_TellsWhatItCannotKeep(t *testing.T) {
	full, asked := errors.New("full"), 0
	var told error
	s := chat.WithCache(says(&asked, chat.Delta{Text: "a"}, ended("stop")), &kept{full: full}, "", func(err error) { told = err })
	if got := read(s, question("q"), nil); len(got) != 2 || !errors.Is(told, full) {
		t.Errorf("got %v, told %v", got, told)
	}
}

// TestKey_DependsOnAllThatIsAsked and on nothing else.
func TestKey_DependsOnAllThatIsAsked(t *testing.T) {
	base := question("q")
	same := question("q")
	same.Messages[0].ID, same.Messages[0].Created, same.Another = "m7", time.Unix(1, 0), true
	same.Messages[0].Attachments = []chat.Attachment{} // none
	if base.Key("") != same.Key("") {
		t.Error("the key depends on what is not asked")
	}
	changes := map[string]func(*chat.Request){
		"model":    func(r *chat.Request) { r.Model = "n" },
		"system":   func(r *chat.Request) { r.System = "s" },
		"text":     func(r *chat.Request) { r.Messages[0].Content = "p" },
		"role":     func(r *chat.Request) { r.Messages[0].Role = chat.Assistant },
		"messages": func(r *chat.Request) { r.Messages = append(r.Messages, r.Messages[0]) },
		"file":     func(r *chat.Request) { r.Messages[0].Attachments = []chat.Attachment{{Name: "a", Data: []byte("x")}} },
		"its data": func(r *chat.Request) { r.Messages[0].Attachments = []chat.Attachment{{Name: "a", Data: []byte("y")}} },
		"schema":   func(r *chat.Request) { r.Schema = []byte(`{}`) },
		"longest":  func(r *chat.Request) { r.Longest = 9 },
	}
	for _, p := range chat.Parameters() {
		changes[p.Name] = func(r *chat.Request) {
			value := "1"
			if p.Choices != nil {
				value = p.Choices[0]
			}
			if err := p.Set(&r.Params, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	seen := map[string]string{base.Key(""): "nothing", base.Key("other.example"): "server"}
	for name, change := range changes {
		r := question("q")
		change(&r)
		if was := seen[r.Key("")]; was != "" {
			t.Errorf("the key is the same for another %s and another %s", name, was)
		}
		seen[r.Key("")] = name
	}
	if len(seen) != len(changes)+2 {
		t.Errorf("%d keys for %d requests", len(seen), len(changes)+2)
	}
}

// TestConversation_WantsAnotherAnswer when there is one already, and not when there
// was only an attempt.
func TestConversation_WantsAnotherAnswer(t *testing.T) {
	now := time.Unix(1, 0)
	c := chat.Conversation{Model: "m"}
	c.Ask("q", nil, now)
	if c.Request().Another {
		t.Error("a first answer is another one")
	}
	c.Apply(chat.Broken{Err: errors.New("cut")})
	c.Again(now)
	if c.Request().Another {
		t.Error("an answer after a failure is another one")
	}
	c.Apply(chat.Delta{Text: "a"})
	c.Apply(chat.Done{Finish: "stop", Cached: true})
	if m := c.Path()[1]; !m.Cached {
		t.Errorf("%+v is not marked", m)
	}
	c.Again(now)
	if !c.Request().Another {
		t.Error("a second answer is no other one")
	}
}
