package history

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"groqchat/chat"
)

// gptConversation is an element of ChatGPT's conversations.json: a tree of nodes
// by name, some of which bear a message.
type gptConversation struct {
	ID             string             `json:"id"`
	ConversationID string             `json:"conversation_id"`
	Title          string             `json:"title"`
	Created        seconds            `json:"create_time"`
	Updated        seconds            `json:"update_time"`
	Mapping        map[string]gptNode `json:"mapping"`
	Current        string             `json:"current_node"`
}

type gptNode struct {
	Parent  string      `json:"parent"`
	Message *gptMessage `json:"message"`
}

type gptMessage struct {
	Author struct {
		Role string `json:"role"`
	} `json:"author"`
	Created   seconds    `json:"create_time"`
	Content   gptContent `json:"content"`
	Status    string     `json:"status"`
	Recipient string     `json:"recipient"` // "all", or a tool
	Metadata  struct {
		Model  string `json:"model_slug"`
		Hidden bool   `json:"is_visually_hidden_from_conversation"`
	} `json:"metadata"`
}

type gptContent struct {
	Type     string            `json:"content_type"`
	Parts    []json.RawMessage `json:"parts"` // texts, and objects for what is none
	Text     string            `json:"text"`
	Thoughts []struct {
		Summary string `json:"summary"`
		Content string `json:"content"`
	} `json:"thoughts"`
}

// readChatGPT reads a conversation of ChatGPT's export. What the service kept for
// itself, hidden messages and what its tools said to one another, is left out.
func readChatGPT(raw []byte) (found, error) {
	var c gptConversation
	if err := lenient(raw, &c); err != nil {
		return found{}, err
	}
	f := found{from: "chatgpt", id: cmp.Or(c.ConversationID, c.ID)}
	f.conv = chat.Conversation{Title: c.Title, Created: c.Created.time(), Updated: c.Updated.time()}
	nodes := make([]node, 0, len(c.Mapping))
	tools, files := 0, 0
	for _, id := range slices.Sorted(maps.Keys(c.Mapping)) { // in an order that is always the same
		n := c.Mapping[id]
		one := node{id: id, parent: n.Parent}
		if n.Message != nil {
			text, missing := n.Message.Content.text()
			switch forPeople := n.Message.forPeople(); {
			case forPeople && strings.TrimSpace(text) != "":
				one.keep, one.msg = true, n.Message.message(text, c.thoughts(n))
				files += missing
			case forPeople:
				files += missing
			case n.Message.isTool():
				tools++
			}
			one.msg.Created = n.Message.Created.time()
		}
		nodes = append(nodes, one)
	}
	f.conv.Messages, f.conv.Head = plant(nodes, c.Current)
	f.leave(tools, "a message of a tool was left out", "messages of tools were left out")
	f.leave(files, "a file or image is not part of the export", "files or images are not part of the export")
	return f, nil
}

// forPeople tells what was said from what keeps the service going.
func (m *gptMessage) forPeople() bool {
	said := m.Author.Role == string(chat.User) || m.Author.Role == string(chat.Assistant)
	aside := m.Content.Type == "user_editable_context" || m.Content.Type == "model_editable_context" ||
		m.Content.Type == "thoughts" || m.Content.Type == "reasoning_recap"
	return said && !aside && !m.Metadata.Hidden && (m.Recipient == "" || m.Recipient == "all")
}

func (m *gptMessage) isTool() bool {
	return m.Author.Role == "tool" || m.Author.Role == string(chat.Assistant) && m.Recipient != "" && m.Recipient != "all"
}

func (m *gptMessage) message(text, thoughts string) chat.Message {
	one := chat.Message{Role: chat.Role(m.Author.Role), Content: text, State: chat.Complete}
	if one.Role == chat.Assistant {
		one.Model, one.Reasoning = m.Metadata.Model, thoughts
		if m.Status == "in_progress" {
			one.State = chat.Interrupted
		}
	}
	return one
}

// text is what a content says, and how many things in it are no text.
func (c gptContent) text() (text string, missing int) {
	var parts []string
	for _, raw := range c.Parts {
		var object struct {
			Text string `json:"text"`
		}
		var s string
		switch {
		case json.Unmarshal(raw, &s) == nil:
			parts = append(parts, s)
		case json.Unmarshal(raw, &object) == nil && object.Text != "":
			parts = append(parts, object.Text)
		default:
			missing++
		}
	}
	if c.Text != "" {
		parts = append(parts, c.Text)
	}
	return strings.Join(parts, "\n\n"), missing
}

// thoughts is the reasoning that stands in the few nodes before an answer.
func (c *gptConversation) thoughts(n gptNode) string {
	const near = 4
	for range near {
		above, ok := c.Mapping[n.Parent]
		if !ok || above.Message == nil || above.Message.forPeople() {
			return ""
		}
		var parts []string
		for _, t := range above.Message.Content.Thoughts {
			parts = append(parts, cmp.Or(t.Content, t.Summary))
		}
		if len(parts) > 0 {
			return strings.Join(parts, "\n\n")
		}
		n = above
	}
	return ""
}
