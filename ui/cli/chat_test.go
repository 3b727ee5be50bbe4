package cli

import (
	"strings"
	"testing"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
	"groqchat/ui"
)

func TestResumedSession_KeepsItsSettingsButForFlags(t *testing.T) {
	low, high := 0.1, 0.9
	saved := history.Session{Conversation: chat.Conversation{
		Model: "qwen/qwen3.8-27b", System: "Be brief.", Params: chat.Params{Temperature: &low, MaxCompletionTokens: 99},
	}}
	set := config.Loaded{Config: config.Default(), Sources: map[string]config.Source{
		"model": {Kind: config.FromFile}, "system": {Kind: config.FromFlag}, "temperature": {Kind: config.FromFlag},
	}}
	set.System, set.Params.Temperature = "Be long.", &high
	got := withFlags(saved, ui.Options{Config: set})
	if got.Model != "qwen/qwen3.8-27b" || got.System != "Be long." || *got.Params.Temperature != 0.9 || got.Params.MaxCompletionTokens != 99 {
		t.Errorf("got %+v", got.Conversation)
	}
	set.Sources["model"] = config.Source{Kind: config.FromFlag}
	if got := withFlags(saved, ui.Options{Config: set}); got.Model != set.Model {
		t.Errorf("the flag for the model was lost: %s", got.Model)
	}
}

// TestResumedSession_PersonaTakesTheOldOnesPlace: what that had set goes with it,
// what the user set stays.
func TestResumedSession_PersonaTakesTheOldOnesPlace(t *testing.T) {
	models := chat.Builtin()
	saved := history.Session{Conversation: chat.Conversation{Model: chat.DefaultModel, Params: chat.Params{MaxCompletionTokens: 99}}}
	saved.PutOn(chat.Worn{Persona: chat.Personas()[1]}.With("language", "Go"), models)
	set := config.Loaded{Config: config.Default(), Sources: map[string]config.Source{"persona": {Kind: config.FromFlag}}}
	got := withFlags(saved, ui.Options{Config: set, Persona: chat.Worn{Persona: chat.Personas()[2]}})
	if got.Persona != "fast" || got.Params.Temperature != nil || got.Params.ReasoningEffort != "low" || got.Params.MaxCompletionTokens != 99 {
		t.Errorf("got %+v", got.Conversation)
	}
	saved.Persona = "gone"
	if got := withFlags(saved, ui.Options{Config: set, Persona: chat.Worn{Persona: chat.Personas()[2]}}); got.Persona != "fast" {
		t.Errorf("beside one that is not there any more: %q", got.Persona)
	}
}

func TestHostName_IsSaidOnlyOfOtherServers(t *testing.T) {
	for url, want := range map[string]string{
		config.DefaultBaseURL: "", "http://127.0.0.1:8080/openai/v1": "127.0.0.1:8080", "https://llm.example/v1": "llm.example",
	} {
		if got := hostName(config.Loaded{Config: config.Config{BaseURL: url}}); got != want {
			t.Errorf("%s: got %q, want %q", url, got, want)
		}
	}
}

func TestNoKey_TellsOfServersThatNeedNone(t *testing.T) {
	groqs := config.Loaded{Config: config.Default()}
	if err := noKey(groqs); codeOf(err) != exitKey || !strings.Contains(hintOf(err), "console.groq.com") {
		t.Errorf("got %v, %q", err, hintOf(err))
	}
	groqs.BaseURL = "http://127.0.0.1:11434/v1"
	if err := noKey(groqs); codeOf(err) != exitKey || !strings.Contains(hintOf(err), "any word will do") {
		t.Errorf("got %v, %q", err, hintOf(err))
	}
}
