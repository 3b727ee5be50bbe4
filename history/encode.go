package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"groqchat/chat"
)

// encode is the text of a session file with the revision rev. An answer under
// way is written as interrupted, or left out while it has no text.
func encode(conv chat.Conversation, rev int) ([]byte, error) {
	messages, head := settled(conv)
	w := newWriter(messages)
	w.open()
	w.field("version", formatVersion)
	w.field("app", appName)
	w.field("id", conv.ID)
	w.field("rev", rev)
	w.field("title", conv.Title)
	w.time("created", conv.Created)
	w.time("updated", conv.Updated)
	w.field("model", conv.Model)
	w.field("persona", conv.Persona)
	w.field("system", conv.System)
	w.field("params", conv.Params)
	w.field("pinned", conv.Pinned)
	w.field("tags", append([]string{}, conv.Tags...))
	w.field("head", head)
	if conv.Since != "" {
		w.field("since", conv.Since)
	}
	w.field("count", len(messages))
	w.extra(conv.Extra, func(name string) bool { return name == "messages" || sessionField(&header{}, name) != nil })
	w.name("messages")
	w.buf.WriteString("[\n")
	for i, m := range messages {
		w.message(m)
		if i < len(messages)-1 {
			w.buf.WriteByte(',')
		}
		w.buf.WriteByte('\n')
	}
	w.buf.WriteString("]}\n")
	return w.buf.Bytes(), w.err
}

// settled is the messages as they are to be written, and the head among them.
func settled(conv chat.Conversation) (messages []chat.Message, head string) {
	head = conv.Head
	messages = make([]chat.Message, 0, len(conv.Messages))
	for _, m := range conv.Messages {
		if m.Role == chat.Assistant && m.State == chat.Pending {
			if m.Content == "" && m.Reasoning == "" {
				if head == m.ID {
					head = m.Parent
				}
				continue
			}
			m.State = chat.Interrupted
		}
		messages = append(messages, m)
	}
	return messages, head
}

// writer writes objects whose fields stand in an order of our own. The first
// error stays.
type writer struct {
	buf   bytes.Buffer
	json  *json.Encoder
	first bool
	err   error
}

func newWriter(messages []chat.Message) *writer {
	w := &writer{}
	size := 2048
	for _, m := range messages {
		size += 256 + (len(m.Content)+len(m.Reasoning))*9/8
	}
	w.buf.Grow(size)
	w.json = json.NewEncoder(&w.buf)
	// <, > and & stay readable, and findable by any search of the text.
	w.json.SetEscapeHTML(false)
	return w
}

func (w *writer) open() {
	w.buf.WriteByte('{')
	w.first = true
}

func (w *writer) name(name string) {
	if !w.first {
		w.buf.WriteByte(',')
	}
	w.first = false
	w.string(name)
	w.buf.WriteByte(':')
}

// string writes a text. Most are names and marks, which need no encoder.
func (w *writer) string(s string) {
	if !bare(s) {
		w.value(s)
		return
	}
	w.buf.WriteByte('"')
	w.buf.WriteString(s)
	w.buf.WriteByte('"')
}

// bare reports whether a text is the same as JSON. A long one never is.
func bare(s string) bool {
	const long = 64
	if len(s) > long {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// value writes v without the line break that the encoder adds.
func (w *writer) value(v any) {
	if err := w.json.Encode(v); err != nil {
		w.fail(err)
		return
	}
	w.buf.Truncate(w.buf.Len() - 1)
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = fmt.Errorf("write it as JSON: %w", err)
	}
}

func (w *writer) field(name string, v any) {
	w.name(name)
	w.value(v)
}

// text leaves an empty text out.
func (w *writer) text(name, s string) {
	if s != "" {
		w.say(name, s)
	}
}

// say writes a text also where it is empty.
func (w *writer) say(name, s string) {
	w.name(name)
	w.string(s)
}

// time leaves out a time that is not known, or that RFC 3339 cannot say.
func (w *writer) time(name string, t time.Time) {
	if t = t.UTC(); !t.IsZero() && t.Year() > 0 && t.Year() <= 9999 {
		w.say(name, t.Format(time.RFC3339Nano))
	}
}

// extra writes the fields that are carried along, in the order of their names;
// never one of ours, or it would stand twice. They are compacted, since a line
// break in them would break the one message a line.
func (w *writer) extra(fields chat.Extra, known func(string) bool) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if known(name) {
			continue
		}
		w.name(name)
		if err := json.Compact(&w.buf, fields[name]); err != nil {
			w.fail(err)
		}
	}
}

func (w *writer) message(m chat.Message) {
	w.open()
	w.say("id", m.ID)
	w.say("parent", m.Parent)
	w.say("role", string(m.Role))
	w.time("created", m.Created)
	w.text("model", m.Model)
	if m.Params != nil {
		w.field("params", m.Params)
	}
	w.text("reasoning", m.Reasoning)
	w.say("content", m.Content)
	if len(m.Attachments) > 0 {
		w.attachments(m.Attachments)
	}
	w.text("kept", m.Kept)
	w.text("finish_reason", m.FinishReason)
	if m.Role == chat.Assistant || m.State != chat.Complete {
		w.text("state", string(m.State))
	}
	w.text("error", m.Error)
	w.text("request_id", m.RequestID)
	if m.Cached {
		w.field("cached", true)
	}
	if m.Usage != (chat.Usage{}) {
		w.field("usage", usage(m.Usage))
	}
	if m.Timing != (chat.Timing{}) {
		w.field("timing", timingOf(m.Timing))
	}
	w.extra(m.Extra, func(name string) bool { return messageField(&record{}, name) != nil })
	w.buf.WriteByte('}')
}

func (w *writer) attachments(list []chat.Attachment) {
	rows := make([]attachment, 0, len(list))
	for _, a := range list {
		rows = append(rows, attachment(a))
	}
	w.field("attachments", rows)
}
