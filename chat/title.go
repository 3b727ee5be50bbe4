package chat

import (
	"cmp"
	"slices"
	"strings"
)

// Cheapest is the model that answers chats for the least money, of those whose
// price is known; ok is false where none is.
func (c Catalogue) Cheapest() (m ModelInfo, ok bool) {
	priced := slices.DeleteFunc(c.Chats(), func(m ModelInfo) bool { return m.PriceIn+m.PriceOut <= 0 })
	if len(priced) == 0 {
		return ModelInfo{}, false
	}
	return slices.MinFunc(priced, func(a, b ModelInfo) int { return cmp.Compare(a.PriceIn+a.PriceOut, b.PriceIn+b.PriceOut) }), true
}

// The bounds of a request for a title: runes of each text that go along, and
// tokens of the answer, of which a model that reasons needs most before it.
const (
	titleContext = 1200
	titleTokens  = 300
)

// TitleRequest asks a model for the title of a conversation, by the beginnings of
// its first question and answer.
func TitleRequest(m ModelInfo, question, reply string) Request {
	req := Request{
		Model: m.ID,
		System: "You name conversations. Reply with nothing but a title of two to six words, in the language of the question, " +
			"without quotation marks and without a full stop. Do not answer the question.",
		Messages: []Message{{Role: User, Content: "Question:\n" + beginning(question) + "\n\nAnswer:\n" + beginning(reply)}},
		Params:   Params{MaxCompletionTokens: titleTokens},
	}
	if len(m.Efforts) > 0 {
		req.Params.ReasoningEffort = m.Efforts[0]
	}
	return req
}

func beginning(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), titleContext)])
}

// TitleOf is the title in a model's reply: its first line without what models like
// to put around one, "" where nothing is left.
func TitleOf(reply string) string {
	title := TitleFrom(reply)
	if label, rest, ok := strings.Cut(title, ":"); ok && strings.EqualFold(strings.Trim(label, "*# "), "title") {
		title = rest
	}
	return strings.TrimRight(strings.Trim(title, "\"'`“”„‘’«»*_# "), ". ")
}
