package chat

import (
	"strings"
	"testing"
)

func TestCheapest_IsOneThatCanBeUsed(t *testing.T) {
	m, ok := Builtin().Cheapest()
	if !ok || m.ID != "openai/gpt-oss-20b" {
		t.Errorf("%v is the cheapest", m.ID)
	}
	if m, ok := (Catalogue{{ID: "a", Chat: true}, {ID: "b", PriceIn: 1}, {ID: "c", Chat: true, PriceIn: 1, Status: Retired}}).Cheapest(); ok {
		t.Errorf("%v has no price, or answers no chats", m.ID)
	}
}

func TestTitleRequest_IsShortWhateverWasSaid(t *testing.T) {
	m, _ := Builtin().Cheapest()
	req := TitleRequest(m, strings.Repeat("ä", 5000), strings.Repeat("b", 5000))
	if n := len([]rune(req.Messages[0].Content)); n > 2600 || n < 2400 || !strings.Contains(req.Messages[0].Content, "ä\n\nAnswer:\nb") {
		t.Errorf("it has %d runes", n)
	}
	if req.Model != m.ID || req.Params.ReasoningEffort != "low" || req.Params.MaxCompletionTokens == 0 {
		t.Errorf("%+v", req)
	}
	if plain := TitleRequest(ModelInfo{ID: "plain"}, "q", "a"); plain.Params.ReasoningEffort != "" {
		t.Errorf("effort %q for a model that takes none", plain.Params.ReasoningEffort)
	}
}

func TestTitleOf_TakesAwayWhatModelsPutAround(t *testing.T) {
	for reply, want := range map[string]string{
		"Binary search in Go":                 "Binary search in Go",
		"\n\n**Binary search in Go.**\nmore":  "Binary search in Go",
		`Title: "Binary search"`:              "Binary search",
		"„Bäume“":                             "Bäume",
		"Go: the good parts":                  "Go: the good parts",
		" \n ":                                "",
		"\"\"":                                "",
		strings.Repeat("very long words ", 9): "very long words very long words very long words very long…",
	} {
		if got := TitleOf(reply); got != want {
			t.Errorf("%q becomes %q", reply, got)
		}
	}
}
