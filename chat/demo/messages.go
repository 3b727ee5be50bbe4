package demo

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// message is one turn of the conversation that was sent.
type message struct {
	role     string
	text     string // the text parts, joined
	pictures []picture
}

// rawMessage is a message before its content is looked at.
type rawMessage struct {
	Role      string            `json:"role"`
	Content   json.RawMessage   `json:"content"`
	ToolCalls []json.RawMessage `json:"tool_calls"`
}

// part is one element of a content that is a list.
type part struct {
	Type     string          `json:"type"`
	Text     string          `json:"text"`
	ImageURL json.RawMessage `json:"image_url"`
}

// allowed is the properties of a message of a role, nil for an unknown role.
func allowed(role string) []string {
	switch role {
	case "system", "developer", "user":
		return []string{"role", "content"}
	case "assistant":
		return []string{"role", "content", "tool_calls", "reasoning", "function_call"}
	case "tool":
		return []string{"role", "content", "tool_call_id"}
	case "function":
		return []string{"role", "content", "name"}
	}
	return nil
}

func (r *request) decodeMessages() *failure {
	if len(r.Messages) == 0 {
		return invalid("'messages' : minimum number of items is 1")
	}
	for i, raw := range r.Messages {
		m, fail := decodeMessage(i, raw)
		if fail != nil {
			return fail
		}
		r.messages = append(r.messages, m)
	}
	return nil
}

func decodeMessage(i int, raw json.RawMessage) (message, *failure) {
	names, err := properties(raw)
	if err != nil {
		return message{}, invalid("'messages.%d' : value must be an object", i)
	}
	var m rawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return message{}, invalid("'messages.%d' : %s", i, mistyped(err).Message)
	}
	known := allowed(m.Role)
	if known == nil {
		return message{}, invalid("'messages.%d' : discriminator property 'role' has invalid value", i)
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return message{}, unsatisfied(i, m.Role, fmt.Sprintf("'messages.%d' : property '%s' is unsupported", i, name))
		}
	}
	return decodeContent(i, m)
}

// unsatisfied wraps what is wrong with a message in the way Groq does.
func unsatisfied(i int, role, what string) *failure {
	return invalid("'messages.%d' : for 'role:%s' the following must be satisfied[(%s)]", i, role, what)
}

// decodeContent reads a text or a list of parts. Only an assistant that called
// tools may have said nothing.
func decodeContent(i int, m rawMessage) (message, *failure) {
	out := message{role: m.Role}
	raw := strings.TrimSpace(string(m.Content))
	if raw == "" || raw == "null" {
		if m.Role == "assistant" && len(m.ToolCalls) > 0 {
			return out, nil
		}
		return out, unsatisfied(i, m.Role, fmt.Sprintf("'messages.%d' : property 'content' is missing", i))
	}
	if raw[0] == '[' {
		return decodeParts(i, m, out)
	}
	if err := json.Unmarshal(m.Content, &out.text); err != nil {
		return out, unsatisfied(i, m.Role, fmt.Sprintf("'messages.%d.content' : value must be a string", i))
	}
	if out.text == "" && m.Role != "tool" && len(m.ToolCalls) == 0 {
		return out, unsatisfied(i, m.Role, fmt.Sprintf("'messages.%d.content' : minimum length is 1", i))
	}
	return out, nil
}

func decodeParts(i int, m rawMessage, out message) (message, *failure) {
	var parts []part
	if err := json.Unmarshal(m.Content, &parts); err != nil {
		return out, unsatisfied(i, m.Role, fmt.Sprintf("'messages.%d.content' : value must be an array of objects", i))
	}
	if len(parts) == 0 {
		return out, unsatisfied(i, m.Role, fmt.Sprintf("'messages.%d.content' : minimum number of items is 1", i))
	}
	var texts []string
	for j, p := range parts {
		switch {
		case p.Type == "text":
			texts = append(texts, p.Text)
		case p.Type == "image_url" && m.Role == "user":
			shown, fail := checkImage(i, j, p.ImageURL)
			if fail != nil {
				return out, fail
			}
			out.pictures = append(out.pictures, shown)
		case p.Type == "document" && m.Role == "user":
		default:
			return out, invalid("'messages.%d.content.%d' : discriminator property 'type' has invalid value", i, j)
		}
	}
	out.text = strings.Join(texts, "\n")
	return out, nil
}

// checkImage wants {"url": …}: a bare text is refused, and so is a data URL of
// anything but an image.
func checkImage(i, j int, raw json.RawMessage) (picture, *failure) {
	var image struct {
		URL string `json:"url"`
	}
	if err := json.Unmarshal(raw, &image); err != nil || len(raw) == 0 || raw[0] != '{' {
		return picture{}, invalid("'messages.%d.content.%d.image_url' : value must be an object", i, j)
	}
	p, ok := lookAt(image.URL)
	if !ok {
		return picture{}, invalid("invalid image data")
	}
	return p, nil
}
