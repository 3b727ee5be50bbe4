package history

import (
	"cmp"
	"strings"

	"groqchat/chat"
)

// claudeConversation is an element of Claude's conversations.json.
type claudeConversation struct {
	ID       string          `json:"uuid"`
	Title    string          `json:"name"`
	Created  instant         `json:"created_at"`
	Updated  instant         `json:"updated_at"`
	Messages []claudeMessage `json:"chat_messages"`
}

type claudeMessage struct {
	ID      string  `json:"uuid"`
	Parent  string  `json:"parent_message_uuid"`
	Sender  string  `json:"sender"`
	Created instant `json:"created_at"`
	Text    string  `json:"text"`
	Content []struct {
		Type     string `json:"type"`
		Text     string `json:"text"`
		Thinking string `json:"thinking"`
	} `json:"content"`
	Attachments []struct {
		Name string `json:"file_name"`
		Type string `json:"file_type"`
		Size int64  `json:"file_size"`
		Text string `json:"extracted_content"`
	} `json:"attachments"`
	Files []struct{} `json:"files"`
}

// readClaude reads a conversation of Claude's export.
func readClaude(raw []byte) (found, error) {
	var c claudeConversation
	if err := lenient(raw, &c); err != nil {
		return found{}, err
	}
	f := found{from: "claude", id: c.ID}
	f.conv = chat.Conversation{Title: c.Title, Created: c.Created.Time, Updated: c.Updated.Time}
	nodes := make([]node, 0, len(c.Messages))
	last, files, tools := "", 0, 0
	for i := range c.Messages {
		m := &c.Messages[i]
		msg, asides := m.message()
		files, tools = files+len(m.Files), tools+asides
		// Exports without parents are in the order of what was said.
		one := node{id: cmp.Or(m.ID, "after "+last), parent: cmp.Or(m.Parent, last), keep: !msg.Empty(), msg: msg}
		nodes = append(nodes, one)
		last = one.id
	}
	f.conv.Messages, f.conv.Head = plant(nodes, last)
	f.leave(tools, "a call of a tool was left out", "calls of tools were left out")
	f.leave(files, "a file is not part of the export", "files are not part of the export")
	return f, nil
}

// message is the message as ours, and how many of its parts are for tools.
func (m *claudeMessage) message() (msg chat.Message, asides int) {
	var text, thoughts []string
	for _, part := range m.Content {
		switch {
		case part.Type == "text" || part.Type == "":
			text = append(text, part.Text)
		case part.Type == "thinking":
			thoughts = append(thoughts, part.Thinking)
		default:
			asides++
		}
	}
	msg = chat.Message{
		Role: chat.User, State: chat.Complete, Created: m.Created.Time,
		Content: cmp.Or(strings.Join(text, "\n\n"), m.Text),
	}
	if m.Sender != "human" {
		msg.Role, msg.Reasoning = chat.Assistant, strings.Join(thoughts, "\n\n")
	}
	for _, a := range m.Attachments {
		msg.Attachments = append(msg.Attachments, chat.Attachment{
			Name: a.Name, Type: cmp.Or(a.Type, "text/plain"), Bytes: a.Size, Text: a.Text,
		})
	}
	return msg, asides
}
