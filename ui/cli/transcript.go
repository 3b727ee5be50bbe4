package cli

import (
	"fmt"
	"strings"

	"groqchat/chat"
)

// transcript is the shown branch of a conversation as Markdown.
func transcript(c chat.Conversation) string {
	var b strings.Builder
	path := c.Path()
	fmt.Fprintf(&b, "# %s\n\n", orUntitled(c.Title))
	fmt.Fprintf(&b, "*%s · %s · %d messages*\n", c.Model, c.Created.Local().Format("2006-01-02 15:04"), len(path))
	if c.System != "" {
		fmt.Fprintf(&b, "\n## System\n\n%s\n", strings.TrimSpace(c.System))
	}
	for _, m := range path {
		fmt.Fprintf(&b, "\n## %s\n\n", speaker(m))
		for _, f := range m.Attachments {
			fmt.Fprintf(&b, "Attached: %s (%d bytes)\n\n", f.Name, f.Bytes)
		}
		if text := strings.TrimSpace(m.Content); text != "" {
			fmt.Fprintf(&b, "%s\n", text)
		}
		if how := ending(m); how != "" {
			fmt.Fprintf(&b, "\n*%s*\n", how)
		}
	}
	return b.String()
}

func orUntitled(title string) string {
	if title == "" {
		return "Untitled"
	}
	return strings.Join(strings.Fields(title), " ")
}

// speaker is who said a message: you, or the model that answered.
func speaker(m chat.Message) string {
	if m.Role == chat.User {
		return "You"
	}
	if m.Model == "" {
		return "Answer"
	}
	return chat.ShortModel(m.Model)
}

// ending says how an answer ended, if not well.
func ending(m chat.Message) string {
	switch m.State {
	case chat.Interrupted:
		return "The answer was interrupted."
	case chat.Stopped:
		return "The answer was stopped."
	case chat.Failed:
		return strings.TrimSpace("The answer failed. " + m.Error)
	case chat.Pending, chat.Complete:
	}
	if m.FinishReason == "length" {
		return "The answer reached the longest that was allowed."
	}
	return ""
}
