package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"groqchat/chat"
)

// endpoint is the only one that a batch of chats has.
const endpoint = "/v1/chat/completions"

// openAI is an item of a line in the form of OpenAI's batch service.
func (in Input) openAI(text string, line int) (Item, error) {
	all, err := fields([]byte(text))
	if err != nil {
		return Item{}, err
	}
	item := in.item("", line)
	var body json.RawMessage
	for _, f := range all {
		switch f.name {
		case "custom_id":
			_, err = item.take(f)
		case "method":
			err = only(f, "POST")
		case "url":
			err = only(f, endpoint, "/openai"+endpoint)
		case "body":
			body = f.value
		default:
			err = fmt.Errorf("%q is not part of this form", f.name)
		}
		if err != nil {
			return Item{}, err
		}
	}
	switch {
	case !item.Named:
		return Item{}, errors.New(`it has no "custom_id"`)
	case body == nil:
		return Item{}, errors.New(`it has no "body"`)
	}
	return item, item.body(body, in.Remote)
}

// only refuses every value but some.
func only(f field, valid ...string) error {
	if got := plain(f.value); !slices.Contains(valid, got) {
		return fmt.Errorf("%q is %q; it can only be %q", f.name, got, valid[0])
	}
	return nil
}

// body reads a request. One that is sent as it is may have properties that are
// unknown here.
func (item *Item) body(raw json.RawMessage, asItIs bool) error {
	all, err := fields(raw)
	if err != nil {
		return fmt.Errorf(`"body": %w`, err)
	}
	item.Request.Messages = nil
	for _, f := range all {
		known, err := true, error(nil)
		switch f.name {
		case "model":
			err = text(f, &item.Request.Model)
		case "messages":
			err = item.messages(f.value)
		case "stream", "stream_options", "user", "include_reasoning", "reasoning_format":
			// How it is streamed is the program's business; the others change no answer.
		case "n":
			err = only(f, "1")
		default:
			known, err = item.parameter(f)
		}
		switch {
		case asItIs:
		case err != nil:
			return err
		case !known:
			return fmt.Errorf("%q can only be sent with --remote, which leaves requests as they are", f.name)
		}
	}
	if len(item.Request.Messages) == 0 && !asItIs {
		return errors.New(`it has no "messages"`)
	}
	if asItIs {
		item.Body = compact(raw)
	}
	return nil
}

func compact(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil { // it was read before
		return raw
	}
	return b.Bytes()
}

// messages reads a conversation. System messages in front become the system
// prompt; files go with the last question.
func (item *Item) messages(raw json.RawMessage) error {
	var list []struct {
		Role    string          `json:"role"`
		Content json.RawMessage `json:"content"`
	}
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return errors.New(`"messages" is not a list of messages`)
	}
	var files []chat.Attachment
	if len(item.Request.Messages) > 0 {
		files = item.Request.Messages[0].Attachments
	}
	item.Request.Messages = nil
	var system []string
	for i, m := range list {
		text, err := content(m.Content)
		if err != nil {
			return fmt.Errorf("message %d: %w", i+1, err)
		}
		role, err := roleOf(m.Role)
		switch {
		case err != nil:
			return fmt.Errorf("message %d: %w", i+1, err)
		case role == chat.System && len(item.Request.Messages) == 0:
			system = append(system, text)
			continue
		case role == chat.User:
			item.Prompt = text
		}
		item.Request.Messages = append(item.Request.Messages, chat.Message{Role: role, Content: text})
	}
	if system != nil {
		item.Request.System = strings.Join(system, "\n\n")
	}
	n := len(item.Request.Messages)
	if n == 0 || item.Request.Messages[n-1].Role == chat.System {
		return errors.New(`"messages" ends without a question`)
	}
	item.Request.Messages[n-1].Attachments = files
	return nil
}

func roleOf(name string) (chat.Role, error) {
	switch name {
	case "system", "developer":
		return chat.System, nil
	case "user":
		return chat.User, nil
	case "assistant":
		return chat.Assistant, nil
	}
	return "", fmt.Errorf("the role %q is not known", name)
}

// content is a text, or the texts of a list of parts.
func content(raw json.RawMessage) (string, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil && bytes.HasPrefix(raw, []byte(`"`)) {
		if strings.TrimSpace(text) == "" {
			return "", errors.New("it is empty")
		}
		return text, nil
	}
	var parts []struct{ Type, Text string }
	if json.Unmarshal(raw, &parts) != nil || len(parts) == 0 {
		return "", errors.New("its content is not a text")
	}
	for _, p := range parts {
		if p.Type != "text" {
			return "", fmt.Errorf("a part of the type %q can only be sent with --remote", p.Type)
		}
		text += p.Text
	}
	if strings.TrimSpace(text) == "" {
		return "", errors.New("it is empty")
	}
	return text, nil
}

func text(f field, into *string) error {
	var value string
	if json.Unmarshal(f.value, &value) != nil || value == "" {
		return fmt.Errorf("%q is not a text", f.name)
	}
	*into = value
	return nil
}

// parameter sets a parameter of the request to the value of a property; known is
// false if there is none of that name.
func (item *Item) parameter(f field) (known bool, err error) {
	name, value := f.name, plain(f.value)
	var list []string
	var format struct{ Type string }
	switch {
	case value == "null":
		value = ""
	case name == "max_tokens":
		name = "max_completion_tokens"
	case name == "response_format" && json.Unmarshal(f.value, &format) == nil:
		value = format.Type
	case name == "stop" && json.Unmarshal(f.value, &list) == nil:
		return true, item.stops(list)
	case name == "stop":
		return true, item.stops([]string{value})
	}
	p, known := chat.FindParameter(name)
	if !known || p.Name != name {
		return false, nil
	}
	return true, p.Set(&item.Request.Params, value)
}

// stops sets the texts that end an answer, which may hold commas here.
func (item *Item) stops(list []string) error {
	const most = 4 // of Groq
	if len(list) == 0 || len(list) > most || slices.Contains(list, "") {
		return fmt.Errorf(`"stop" is not a list of 1 to %d texts`, most)
	}
	item.Request.Params.Stop = list
	return nil
}
