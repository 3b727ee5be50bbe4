package history

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"groqchat/chat"
)

// apiConversation is a conversation in the form of the API, as requests, data
// for training and other programs have it.
type apiConversation struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Model    string       `json:"model"`
	Created  seconds      `json:"created"`
	System   string       `json:"system"`
	Messages []apiMessage `json:"messages"`
}

type apiMessage struct {
	Role             string          `json:"role"`
	Content          json.RawMessage `json:"content"` // a text, or parts
	Reasoning        string          `json:"reasoning"`
	ReasoningContent string          `json:"reasoning_content"`
	ToolCalls        []struct{}      `json:"tool_calls"`
}

// readMessages reads a conversation in the form of the API. Its system prompt
// becomes that of the session.
func readMessages(raw []byte) (found, error) {
	var c apiConversation
	if err := lenient(raw, &c); err != nil {
		return found{}, err
	}
	f := found{from: "messages", id: c.ID}
	f.conv = chat.Conversation{Title: c.Title, Created: c.Created.time(), System: c.System}
	tools, files, unknown := 0, 0, 0
	for _, m := range c.Messages {
		text, missing := m.text()
		files += missing
		tools += len(m.ToolCalls)
		switch m.Role {
		case "system", "developer":
			f.conv.System = strings.TrimSpace(f.conv.System + "\n\n" + text)
		case "user", "assistant":
			f.say(m, text, c.Model)
		case "tool", "function":
			tools++
		default:
			unknown++
		}
	}
	f.leave(tools, "a call of a tool was left out", "calls of tools were left out")
	f.leave(files, "a part that is no text was left out", "parts that are no text were left out")
	f.leave(unknown, "a message of an unknown role was left out", "messages of unknown roles were left out")
	return f, nil
}

// say adds a message to the one path.
func (f *found) say(m apiMessage, text, model string) {
	msg := chat.Message{
		ID: "m" + strconv.Itoa(len(f.conv.Messages)+1), Parent: f.conv.Head, Role: chat.Role(m.Role),
		Content: text, State: chat.Complete, Created: f.conv.Created,
	}
	if msg.Role == chat.Assistant {
		msg.Model, msg.Reasoning = model, cmp.Or(m.Reasoning, m.ReasoningContent)
	}
	if msg.Empty() {
		return
	}
	f.conv.Messages, f.conv.Head = append(f.conv.Messages, msg), msg.ID
}

// text is what a message says, and how many of its parts are no text.
func (m apiMessage) text() (text string, missing int) {
	if json.Unmarshal(m.Content, &text) == nil {
		return text, 0
	}
	var parts []struct {
		Text *string `json:"text"`
	}
	// What is neither a text nor parts says nothing.
	_ = lenient(m.Content, &parts)
	var texts []string
	for _, part := range parts {
		if part.Text == nil {
			missing++
			continue
		}
		texts = append(texts, *part.Text)
	}
	return strings.Join(texts, "\n\n"), missing
}
