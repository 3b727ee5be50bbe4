package groq_test

import (
	"strings"
	"testing"

	"groqchat/chat"
	"groqchat/chat/demo"
	"groqchat/chat/groq"
)

// onDemo is a client of a demo server that waits for nothing.
func onDemo(t *testing.T, o demo.Options) *groq.Client {
	t.Helper()
	o.Pace = -1
	s, err := demo.Start("127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return client(t, groq.Options{Key: key, BaseURL: s.URL()})
}

func TestDemo_AnswersEveryModelThatItLists(t *testing.T) {
	c := onDemo(t, demo.Options{Tier: "developer"})
	models, err := c.Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	chats := chat.Builtin().Merge(models).Chats()
	if len(chats) < 3 || chats[0].ID != chat.DefaultModel || chats[0].PriceIn != 0.15 {
		t.Fatalf("models to talk to: %+v", chats)
	}
	for _, m := range chats {
		for _, effort := range append(m.Efforts, "") {
			req := asking(m.ID)
			req.Params.ReasoningEffort = effort
			got := collect(t.Context(), c, req)
			if got.err != nil || got.text == "" || got.done.Finish != "stop" || got.done.Usage.CompletionTokens == 0 {
				t.Errorf("%s with effort %q: text %.40q, error %v", m.ID, effort, got.text, got.err)
			}
			if start := got.events[0].(chat.Started); start.Model != m.ID || start.RequestID == "" {
				t.Errorf("%s: started %+v", m.ID, start)
			}
			if q, ok := got.events[1].(chat.Quota); !ok || !q.Tokens.Known || !q.Requests.Known {
				t.Errorf("%s: second event %+v", m.ID, got.events[1])
			}
		}
	}
}

func TestDemo_TakesEveryParameter(t *testing.T) {
	zero, nucleus, seed := 0.0, 0.5, 7
	req := question()
	req.System = "be brief"
	req.Params = chat.Params{Temperature: &zero, TopP: &nucleus, Seed: &seed, Stop: []string{"###"}, MaxCompletionTokens: 600, ReasoningEffort: "low"}
	req.Params.ResponseFormat, req.Params.ServiceTier, req.Params.FrequencyPenalty, req.Params.PresencePenalty = "text", "on_demand", &nucleus, &nucleus
	if got := collect(t.Context(), onDemo(t, demo.Options{Tier: "off"}), req); got.err != nil || got.text == "" {
		t.Errorf("text %q, error %v", got.text, got.err)
	}
}

func TestDemo_ScenesEndAsTheySay(t *testing.T) {
	for scene, want := range map[string]struct {
		kind      chat.Kind
		reasoning bool
	}{
		"think": {reasoning: true}, "long": {}, "emoji": {}, "flood": {},
		"429": {kind: chat.RateLimited}, "401": {kind: chat.BadKey}, "500": {kind: chat.ServerFault}, "cut": {kind: chat.Cut},
	} {
		t.Run(scene, func(t *testing.T) {
			got := collect(t.Context(), onDemo(t, demo.Options{Tier: "free", Scene: scene}), question())
			if chat.KindOf(got.err) != want.kind || (want.kind == chat.Other) != (got.done != nil) {
				t.Errorf("done %+v, error %v", got.done, got.err)
			}
			if want.reasoning && got.reasoning == "" {
				t.Error("no reasoning")
			}
		})
	}
	if got := collect(t.Context(), onDemo(t, demo.Options{Scene: "error"}), question()); got.err == nil || got.done != nil || got.text == "" {
		t.Errorf("an error in the stream: text %q, done %v, error %v", got.text, got.done, got.err)
	}
}

func TestDemo_UnknownModelsAndKeysAreExplained(t *testing.T) {
	c := onDemo(t, demo.Options{})
	row{kind: chat.UnknownModel, says: "was shut down on 2026-08-16"}.check(t, collect(t.Context(), c, asking("llama-3.3-70b-versatile")))
	row{kind: chat.UnknownModel, says: "has no model made/up"}.check(t, collect(t.Context(), c, asking("made/up")))
	locked := onDemo(t, demo.Options{Key: "gsk_another"})
	row{kind: chat.BadKey, says: "refused the key"}.check(t, collect(t.Context(), locked, question()))
}

// A model whose longest answer is its whole window has room for no prompt, if
// that much is asked for.
func TestDemo_LeavesThePromptItsRoom(t *testing.T) {
	s, err := demo.Start("127.0.0.1:0", demo.Options{Tier: "developer", Pace: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := client(t, groq.Options{Key: key, BaseURL: s.URL(), MaxTokens: 4096})
	for _, words := range []int{1, 500, 1500} {
		req := asking("allam-2-7b")
		req.Messages[0].Content = strings.Repeat("word ", words)
		if got := collect(t.Context(), c, req); got.err != nil || got.text == "" {
			t.Errorf("%d words: text %.40q, error %v", words, got.text, got.err)
		}
	}
}
