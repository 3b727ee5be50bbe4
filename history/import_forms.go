package history

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"groqchat/chat"
)

// found is a conversation in a file of others.
type found struct {
	conv chat.Conversation
	from string   // the service, "" for a session of our own
	id   string   // what the service calls it, "" if it has no name
	left []string // what of it was left out
}

// importForm is one row of the table of forms.
type importForm struct {
	field string // the field that only this form has
	read  func(raw []byte) (found, error)
}

// importForms is the table, in the order of asking.
func importForms() []importForm {
	return []importForm{
		{"app", readOwn},
		{"mapping", readChatGPT},
		{"chat_messages", readClaude},
		{"messages", readMessages},
	}
}

// read makes a conversation of a value. An error is why it is none.
func read(raw json.RawMessage) (found, error) {
	fields, ok := members(raw)
	if !ok {
		return found{}, badf("it is no conversation")
	}
	for _, form := range importForms() {
		if !has(fields, form.field) {
			continue
		}
		got, err := form.read(raw)
		if err == nil && got.from != "" && len(got.conv.Messages) == 0 {
			err = badf("it holds no messages")
		}
		return got, err
	}
	return found{}, badf("it is no conversation of a kind that is known")
}

// readOwn reads a session of groqchat.
func readOwn(raw []byte) (found, error) {
	s, err := decode(raw)
	if err == nil && s.ReadOnly != "" {
		err = badf("%s", s.ReadOnly)
	}
	return found{conv: s.Conversation}, err
}

// name gives a conversation the title that it lacks, made of its first question.
func (f *found) name() {
	if f.from == "" {
		return
	}
	Retitle(&f.conv, f.conv.Title)
	for _, m := range f.conv.Messages {
		if f.conv.Title == "" && m.Role == chat.User {
			f.conv.Title = chat.TitleFrom(m.Content)
		}
	}
	for _, m := range f.conv.Messages {
		if f.conv.Created.IsZero() {
			f.conv.Created = m.Created
		}
		if m.Created.After(f.conv.Updated) {
			f.conv.Updated = m.Created
		}
	}
}

// leave notes that something was left out, several of a kind as one.
func (f *found) leave(n int, one, many string) {
	switch {
	case n == 1:
		f.left = append(f.left, one)
	case n > 1:
		f.left = append(f.left, fmt.Sprintf("%d %s", n, many))
	}
}

// seconds is a time as a number of seconds, which may be missing.
type seconds float64

func (s seconds) time() time.Time {
	const latest = 253402300799 // the end of the year 9999
	if !(s > 0 && s < latest) {
		return time.Time{}
	}
	whole := int64(s)
	return time.Unix(whole, int64((float64(s)-float64(whole))*1e6)*1e3).UTC()
}

// UnmarshalJSON takes a number, also one within quotes.
func (s *seconds) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if n := len(text); n > 1 && text[0] == '"' {
		text = text[1 : n-1]
	}
	// What is no number is a time that is not known.
	f, _ := strconv.ParseFloat(text, 64)
	*s = seconds(f)
	return nil
}

// instant is a time in the form of RFC 3339, which may be missing.
type instant struct{ time.Time }

// UnmarshalJSON takes what is no time as one that is not known.
func (i *instant) UnmarshalJSON(raw []byte) error {
	if i.Time.UnmarshalJSON(raw) != nil {
		i.Time = time.Time{}
	}
	i.Time = i.UTC()
	return nil
}
