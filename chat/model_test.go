package chat_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

func TestBuiltin_EveryReplacementIsAlive(t *testing.T) {
	all := chat.Builtin()
	seen := map[string]bool{}
	for _, m := range all {
		if seen[m.ID] {
			t.Errorf("%s is listed twice", m.ID)
		}
		seen[m.ID] = true
		if m.Status != chat.Retired {
			continue
		}
		if r := all.Find(m.Replacement); r.Status == chat.Retired || r.Status == chat.Unlisted || m.ShutDown == "" {
			t.Errorf("%s: replacement %q is %q, shut down %q", m.ID, m.Replacement, r.Status, m.ShutDown)
		}
	}
	for _, id := range []string{
		"llama-3.3-70b-versatile", "llama-3.1-70b-versatile", "llama-3.1-8b-instant",
		"mixtral-8x7b-32768", "gemma2-9b-it", "deepseek-r1-distill-llama-70b",
	} {
		if all.Find(id).Status != chat.Retired {
			t.Errorf("%s is not marked retired", id)
		}
	}
	if all.Find(chat.DefaultModel).Status != chat.Production {
		t.Error("the default model is not in production")
	}
}

func TestCatalogue_MergePutsTheLiveListFirst(t *testing.T) {
	live := []chat.ModelInfo{
		{ID: "new/model", Chat: true, Context: 4096},
		{ID: "llama-3.1-8b-instant", Chat: true},
		{ID: chat.DefaultModel, Chat: true, Context: 1000},
	}
	got := chat.Builtin().Merge(live)
	if got[0].ID != chat.DefaultModel || got[0].Context != 1000 || got[0].Speed != 500 || len(got[0].Efforts) != 3 {
		t.Errorf("first = %+v: want the live window, the known speed and efforts", got[0])
	}
	if m := got.Find("llama-3.1-8b-instant"); m.Status == chat.Retired {
		t.Error("a model that the server has is marked retired")
	}
	if m := got.Find("gemma2-9b-it"); m.Status != chat.Retired {
		t.Error("what is known of a retired model was lost")
	}
	if m := got.Find("openai/gpt-oss-20b"); m.Status != chat.Unlisted {
		t.Errorf("a model that the server does not list is %q", m.Status)
	}
	if diff := cmp.Diff(chat.Builtin(), chat.Builtin().Merge(nil)); diff != "" {
		t.Errorf("an empty list changed the catalogue: %s", diff)
	}
}

func TestCatalogue_AnUnknownIDMayBeUsed(t *testing.T) {
	m := chat.Builtin().Find("somebody/else")
	if m.ID != "somebody/else" || !m.Chat || m.Short() != "else" {
		t.Errorf("%+v", m)
	}
}

func TestModelInfo_EffortIsSnappedToWhatTheModelTakes(t *testing.T) {
	all := chat.Builtin()
	for _, tc := range []struct{ model, want, got string }{
		{"openai/gpt-oss-20b", "", "medium"},
		{"openai/gpt-oss-20b", "high", "high"},
		{"openai/gpt-oss-20b", "none", "medium"},
		{"qwen/qwen3.8-27b", "", "none"},
		{"somebody/else", "high", ""},
	} {
		if got := all.Find(tc.model).Effort(tc.want); got != tc.got {
			t.Errorf("%s wants %q: got %q, want %q", tc.model, tc.want, got, tc.got)
		}
	}
}

func TestLimit_RefillsContinuously(t *testing.T) {
	l := chat.Limit{Known: true, Limit: 8000, Remaining: 2000, Reset: 45 * time.Second, At: noon()}
	for after, want := range map[time.Duration]int{
		-time.Second: 2000, 0: 2000, 15 * time.Second: 4000, 45 * time.Second: 8000, time.Hour: 8000,
	} {
		if got := l.Left(noon().Add(after)); got != want {
			t.Errorf("after %v: %d left, want %d", after, got, want)
		}
	}
	if got := l.FullIn(noon().Add(15 * time.Second)); got != 30*time.Second {
		t.Errorf("full in %v", got)
	}
	if got := l.FullIn(noon().Add(time.Hour)); got != 0 {
		t.Errorf("full in %v", got)
	}
}

// events is a streamer that yields what it is given.
func events(err error, all ...chat.Event) chat.StreamFunc {
	return func(context.Context, chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			for _, e := range all {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, err)
			}
		}
	}
}

func TestAsk_WritesTheTextAndGivesTheAnswer(t *testing.T) {
	var out strings.Builder
	s := events(nil, chat.Reasoning{Text: "hm"}, chat.Delta{Text: "a"}, chat.Delta{Text: "b"}, chat.Done{Finish: "stop"})
	m, err := chat.Ask(t.Context(), s, chat.Request{Model: "m"}, &out)
	if err != nil || out.String() != "ab" || m.Content != "ab" || m.Reasoning != "hm" || m.State != chat.Complete {
		t.Errorf("wrote %q, answer %+v, error %v", out.String(), m, err)
	}
}

func TestAsk_KeepsWhatCameBeforeAnError(t *testing.T) {
	var out strings.Builder
	fault := chat.Errorf(chat.Cut, "gone")
	m, err := chat.Ask(t.Context(), events(fault, chat.Delta{Text: "half"}), chat.Request{}, &out)
	if !errors.Is(err, fault) || out.String() != "half" || m.State != chat.Interrupted {
		t.Errorf("wrote %q, state %s, error %v", out.String(), m.State, err)
	}
	_, err = chat.Ask(t.Context(), events(nil, chat.Delta{Text: "half"}), chat.Request{}, &out)
	if chat.KindOf(err) != chat.Cut {
		t.Errorf("a stream without an end gave %v", err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAsk_EndsWithTheWritersError(t *testing.T) {
	_, err := chat.Ask(t.Context(), events(nil, chat.Delta{Text: "a"}, chat.Done{}), chat.Request{}, fullDisk{})
	if err == nil || err.Error() != "disk full" {
		t.Errorf("got %v", err)
	}
}

func TestError_EveryKindHasAdvice(t *testing.T) {
	for kind := chat.NoKey; kind <= chat.BadConfiguration; kind++ {
		if chat.Hint(&chat.Error{Kind: kind}) == "" {
			t.Errorf("kind %d has no hint", kind)
		}
	}
	wrapped := fmt.Errorf("asking: %w", chat.Errorf(chat.BadKey, "refused: %w", context.Canceled))
	if chat.KindOf(wrapped) != chat.BadKey || !errors.Is(wrapped, context.Canceled) {
		t.Errorf("kind %d of %v", chat.KindOf(wrapped), wrapped)
	}
	if chat.Hint(errors.New("else")) != "" {
		t.Error("advice for an unknown error")
	}
}
