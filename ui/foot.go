package ui

import (
	"fmt"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// footRows is the line of figures below an answer that has ended.
func footRows(m chat.Message, p chat.Place, l look, width int) []string {
	if m.State == chat.Pending {
		return nil
	}
	var rows []string
	if m.Content != "" {
		rows = append(rows, "")
	}
	if m.State == chat.Interrupted || m.State == chat.Failed {
		why := m.Error
		if why == "" {
			why = "no more of it was saved"
		}
		for _, line := range wrapPlain("✗ "+sentence(why), width) {
			rows = append(rows, indent+l.styles.Danger.Render(line))
		}
	}
	if l.bare {
		return rows
	}
	parts := footParts(m)
	if p.Several() {
		parts[0] = placeText(p) + " " + parts[0]
	}
	return append(rows, indent+l.styles.Faint.Render(fit(parts, len(howEnded(m)), width)))
}

// footParts is model · cached · tokens · speed · first token · total · how it ended.
func footParts(m chat.Message) []string {
	parts := []string{safe.Ordered(safe.Line(chat.ShortModel(m.Model), 40))}
	if m.Cached {
		parts = append(parts, "cached")
	}
	if n := m.Usage.CompletionTokens; n > 0 {
		parts = append(parts, about(m.Usage)+plural(n, "token"))
	}
	if s := m.TokensPerSecond(); s > 0 {
		parts = append(parts, fmt.Sprintf("%.0f tok/s", s))
	}
	if d := m.Timing.FirstToken; d > 0 {
		parts = append(parts, "first token "+chat.Took(d))
	}
	if d := m.Timing.Total; d > 0 {
		parts = append(parts, chat.Took(d))
	}
	return append(parts, howEnded(m)...)
}

// about marks a count that no server told.
func about(u chat.Usage) string {
	if u.Estimated {
		return "about "
	}
	return ""
}

// howEnded says how an answer ended, if not as it should.
func howEnded(m chat.Message) []string {
	switch {
	case m.State == chat.Stopped:
		return []string{"stopped"}
	case m.State == chat.Interrupted:
		return []string{"interrupted"}
	case m.State == chat.Failed:
		return []string{"failed"}
	case m.FinishReason == "length" && m.Content == "":
		return []string{"cut off while thinking"}
	case m.FinishReason == "length":
		return []string{"cut off at the token limit"}
	case m.FinishReason == "content_filter":
		return []string{"withheld by a filter"}
	case m.FinishReason == "tool_calls", m.FinishReason == "function_call":
		return []string{"asks for a tool, there is none"}
	case m.FinishReason != "" && m.FinishReason != "stop":
		return []string{safe.Line(m.FinishReason, 20)}
	}
	return nil
}
