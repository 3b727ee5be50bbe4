package history

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"groqchat/chat"
)

func TestSaveAndLoad_AreTheIdentity(t *testing.T) {
	t.Parallel()
	s := Open(t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		conv := anyConversation(t)
		conv.ID = NewID(noon())
		rev, err := s.Save(conv)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Load(conv.ID)
		if err != nil {
			t.Fatal(err)
		}
		conv.Rev++
		if diff := cmp.Diff(conv, got.Conversation, same()); diff != "" || rev != conv.Rev || got.ReadOnly != "" {
			t.Fatalf("revision %d, read-only %q:\n%s", rev, got.ReadOnly, diff)
		}
	})
}

// The list tells from the head what the whole file tells.
func TestList_AgreesWithLoad(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := Open(t.TempDir())
		conv := anyConversation(r)
		conv.ID = idOne
		if _, err := s.Save(conv); err != nil {
			r.Fatal(err)
		}
		list, err := s.List(t.Context())
		if err != nil {
			r.Fatal(err)
		}
		want := []Summary{{
			ID: idOne, Title: conv.Title, Model: conv.Model, Created: conv.Created, Updated: conv.Updated,
			Count: len(conv.Messages), Pinned: conv.Pinned, Tags: conv.Tags,
		}}
		if diff := cmp.Diff(want, list.Summaries, same()); diff != "" || len(list.Problems) > 0 {
			r.Fatal(diff, list.Problems)
		}
	})
}

func anyConversation(t *rapid.T) chat.Conversation {
	text := anyText()
	conv := chat.Conversation{
		Rev: rapid.IntRange(0, 1<<40).Draw(t, "rev"), Title: text.Draw(t, "title"), Created: anyTime(t), Updated: anyTime(t),
		Model: text.Draw(t, "model"), Persona: text.Draw(t, "persona"), System: text.Draw(t, "system"),
		Pinned: rapid.Bool().Draw(t, "pinned"), Tags: rapid.SliceOfN(text, 0, 3).Draw(t, "tags"), Extra: anyExtra(t),
	}
	conv.Params.MaxCompletionTokens = rapid.IntRange(0, 1<<30).Draw(t, "max tokens")
	if rapid.Bool().Draw(t, "warm") {
		f := rapid.Float64Range(0, 2).Draw(t, "temperature")
		conv.Params.Temperature = &f
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "messages") {
		conv.Messages = append(conv.Messages, anyMessage(t, i))
	}
	if n := len(conv.Messages); n > 0 {
		conv.Head = conv.Messages[rapid.IntRange(0, n-1).Draw(t, "head")].ID
	}
	return conv
}

func anyMessage(t *rapid.T, i int) chat.Message {
	text := anyText()
	m := chat.Message{ID: fmt.Sprint("m", i), Kept: text.Draw(t, "kept"), Role: chat.User, State: chat.Complete, Created: anyTime(t), Content: text.Draw(t, "content"), Extra: anyExtra(t)}
	if p := rapid.IntRange(-1, i-1).Draw(t, "parent"); p >= 0 {
		m.Parent = fmt.Sprint("m", p)
	}
	if rapid.Bool().Draw(t, "question") {
		if rapid.Bool().Draw(t, "attached") {
			m.Attachments = []chat.Attachment{{
				Name: text.Draw(t, "name"), Type: "x", Bytes: rapid.Int64Min(0).Draw(t, "bytes"),
				Text: text.Draw(t, "text"), Data: rapid.SliceOf(rapid.Byte()).Draw(t, "data"),
			}}
		}
		return m
	}
	m.Role, m.Model, m.Reasoning, m.RequestID = chat.Assistant, text.Draw(t, "model"), text.Draw(t, "reasoning"), text.Draw(t, "request")
	m.FinishReason, m.Error = text.Draw(t, "finish"), text.Draw(t, "error")
	m.State = rapid.SampledFrom([]chat.State{chat.Complete, chat.Interrupted, chat.Stopped, chat.Failed}).Draw(t, "state")
	tokens := rapid.IntRange(0, 1<<40)
	m.Cached = rapid.Bool().Draw(t, "kept")
	m.Usage = chat.Usage{PromptTokens: tokens.Draw(t, "in"), CompletionTokens: tokens.Draw(t, "out"), CachedTokens: tokens.Draw(t, "cached"), ReasoningTokens: tokens.Draw(t, "thought")}
	// To the nanosecond, as far as a float of milliseconds goes: some fifty days.
	span := rapid.Int64Range(0, int64(30*24*time.Hour))
	m.Timing = chat.Timing{
		Queue: time.Duration(span.Draw(t, "queue")), Prompt: time.Duration(span.Draw(t, "prompt")), Completion: time.Duration(span.Draw(t, "completion")),
		FirstToken: time.Duration(span.Draw(t, "first")), Thinking: time.Duration(span.Draw(t, "thinking")), Total: time.Duration(span.Draw(t, "total")),
	}
	return m
}

// anyText has the runes that break formats among others.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("\"\\\n\r\t\x00\x1b\u2028\ufffd\U0001f600<>&{}[]:,m"))),
		rapid.Just(`","messages":[`))
}

func anyTime(t *rapid.T) time.Time {
	if rapid.IntRange(0, 9).Draw(t, "unknown time") == 0 {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-1<<30, 1<<33).Draw(t, "seconds"), rapid.Int64Range(0, 999999999).Draw(t, "nanoseconds")).UTC()
}

func anyExtra(t *rapid.T) chat.Extra {
	extra := chat.Extra{}
	for i := range rapid.IntRange(0, 3).Draw(t, "unknown fields") {
		value := map[string]any{"messages": []any{anyText().Draw(t, "value"), nil, i}, anyText().Draw(t, "inner name"): true}
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		extra["x"+anyText().Draw(t, "name")] = text
	}
	return extra
}
