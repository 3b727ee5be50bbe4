package chat

import (
	"slices"
	"strings"
	"time"
)

// A summary is an exchange of the tree: a question that groqchat wrote, whose Kept
// is the first message that is still sent as it is, and the model's answer. Once
// that is whole it is sent in the place of what stands before Kept. The messages
// themselves stay, and to show another head takes the summary back.

// summaryWish asks for a summary.
const summaryWish = "Summarise our conversation up to here for yourself: it will stand in the place of these messages. " +
	"Keep what matters for going on: what I want, what was decided and why, names, figures, code and files that are still needed, " +
	"and what is open. Leave out greetings, detours and what was replaced later. Write notes, not a story, in the language of the conversation."

// summaryMost is the longest summary, tokens.
const summaryMost = 2048

// IsSummary reports whether a message belongs to a summary.
func (m Message) IsSummary() bool { return m.Kept != "" }

// whole reports whether an answer is a summary that can stand for what it is of.
func (m Message) whole() bool {
	return m.State == Complete && m.FinishReason != "length" && strings.TrimSpace(m.Content) != ""
}

// Compact begins a summary of what would be sent now but for the newest turns, at
// most keep of them, by a model. It reports false, and changes nothing, if there is
// no older turn or an answer is under way.
func (c *Conversation) Compact(keep int, model string, now time.Time) bool {
	sent := c.Request().Messages
	var turns []string
	for _, m := range sent {
		if m.Role == User {
			turns = append(turns, m.ID)
		}
	}
	keep = min(keep, len(turns)-1)
	if c.answer != nil || keep < 1 {
		return false
	}
	c.keepSeen()
	c.mark(StepCompact)
	wish := Message{
		ID: c.newID(), Parent: c.Head, Role: User, State: Complete, Created: now,
		Content: summaryWish, Kept: turns[len(turns)-keep],
	}
	c.Messages = append(c.Messages, wish)
	c.reply(wish.ID, model, now)
	return true
}

// compacted is what is sent of a path: the messages since the newest whole summary,
// without what was said to get one, and that summary.
func compacted(path []Message) (sent []Message, summary string) {
	from, sent := "", path
	for i := len(path) - 2; i >= 0 && summary == ""; i-- {
		if path[i].IsSummary() && path[i].Role == User && path[i+1].whole() {
			from, summary = path[i].Kept, path[i+1].Content
		}
	}
	if at := slices.IndexFunc(path, func(m Message) bool { return m.ID == from }); summary != "" && at > 0 {
		sent = path[at:]
	}
	summaries := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(sent), func(m Message) bool {
		// An answer whose own mark a crash has lost is known by its question.
		summaries[m.ID] = m.IsSummary() && m.Role == User
		return m.IsSummary() || summaries[m.Parent]
	}), summary
}

// summarising is what is sent for the summary under way, ok is false if there is
// none: what it is of, and the wish for it.
func summarising(path []Message) (sent []Message, summary string, ok bool) {
	n := len(path)
	if n < 2 || path[n-1].State != Pending || !path[n-2].IsSummary() {
		return nil, "", false
	}
	sent, summary = compacted(path[:n-2])
	if at := slices.IndexFunc(sent, func(m Message) bool { return m.ID == path[n-2].Kept }); at > 0 {
		sent = sent[:at]
	}
	return append(sent, path[n-2], path[n-1]), summary, true
}

// withSummary puts a summary behind the system prompt.
func withSummary(system, summary string) string {
	if summary == "" {
		return system
	}
	return strings.TrimLeft(system+"\n\nSummary of the conversation before the messages below:\n\n"+summary, "\n")
}

// forSummary is the parameters that a summary is asked with: those that shape the
// answers for the user do not shape it.
func (p Params) forSummary() Params {
	return Params{ReasoningEffort: "low", MaxCompletionTokens: summaryMost, ServiceTier: p.ServiceTier}
}

// ByPrice is the models that answer chats, the cheapest first; those of no known
// price come last.
func (c Catalogue) ByPrice() []ModelInfo {
	all := slices.Clone(c.Chats())
	cost := func(m ModelInfo) float64 {
		if m.PriceIn+m.PriceOut == 0 {
			return 1e9
		}
		return 4*m.PriceIn + m.PriceOut // a summary reads more than it writes
	}
	slices.SortStableFunc(all, func(a, b ModelInfo) int {
		switch {
		case cost(a) < cost(b):
			return -1
		case cost(a) > cost(b):
			return 1
		}
		return 0
	})
	return all
}
