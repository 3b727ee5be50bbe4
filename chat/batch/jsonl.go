package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"groqchat/chat"
)

// field is a property of a JSON object.
type field struct {
	name  string
	value json.RawMessage
}

// fields is the properties of an object in their order.
func fields(text []byte) ([]field, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("it is not a JSON object")
	}
	var all []field
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, badJSON(err)
		}
		text, _ := name.(string) // in an object nothing else comes before a value
		one := field{name: text}
		if err := dec.Decode(&one.value); err != nil {
			return nil, badJSON(err)
		}
		all = append(all, one)
	}
	if _, err := dec.Token(); err != nil {
		return nil, badJSON(err)
	}
	if dec.More() {
		return nil, errors.New("something follows the JSON object")
	}
	return all, nil
}

func badJSON(err error) error {
	return fmt.Errorf("it is not valid JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
}

// object is an item of a line of JSON: a text, or an object with a prompt or
// messages, and with what is to differ from the others.
func (in Input) object(text string, line int) (Item, error) {
	if strings.HasPrefix(text, `"`) {
		var prompt string
		if err := json.Unmarshal([]byte(text), &prompt); err != nil {
			return Item{}, badJSON(err)
		}
		return in.line(prompt, line)
	}
	all, err := fields([]byte(text))
	if err != nil {
		return Item{}, err
	}
	item := in.item("", line)
	values := map[string]string{}
	for _, f := range all {
		values[f.name] = plain(f.value)
		known, err := item.take(f)
		switch {
		case err != nil:
			return Item{}, err
		case !known && in.Template == "":
			return Item{}, unknownField(f.name)
		}
	}
	if len(item.Request.Messages) > 0 && item.Request.Messages[0].Content != "" {
		return item, nil // it has messages
	}
	if item.Prompt, err = in.filled(values); err != nil {
		return Item{}, err
	}
	item.Request.Messages[0].Content = item.Prompt
	return item, nil
}

// plain is a value as a template shows it: a text without its quotes.
func plain(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil && bytes.HasPrefix(raw, []byte(`"`)) {
		return text
	}
	return string(raw)
}

// unknownField refuses what could be a slip.
func unknownField(name string) error {
	known := []string{promptField, "messages", "id", "custom_id", "model", "system", "metadata"}
	for _, p := range chat.Parameters() {
		known = append(known, p.Name)
	}
	if near := chat.Nearest(name, known); near != "" {
		return fmt.Errorf("%q is not known; did you mean %q?", name, near)
	}
	return fmt.Errorf("%q is not known; a --template can use it as {%s}", name, name)
}

// take lays one property over what holds for all; known is false for one that
// says nothing of the request.
func (item *Item) take(f field) (known bool, err error) {
	switch f.name {
	case promptField, "metadata":
		return true, nil
	case "id", "custom_id":
		item.ID, item.Named = strings.TrimSpace(plain(f.value)), true
		if item.ID == "" {
			err = fmt.Errorf("%q is empty", f.name)
		}
		return true, err
	case "model":
		return true, text(f, &item.Request.Model)
	case "system":
		return true, text(f, &item.Request.System)
	case "messages":
		return true, item.messages(f.value)
	}
	return item.parameter(f)
}
