package history

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"groqchat/chat"
)

// decode reads the text of a session file. An error is what is wrong with it, a
// [bad]. A file that can be read but not written back as it is has a reason in
// ReadOnly.
func decode(text []byte) (Session, error) {
	if err := checkText(text); err != nil {
		return Session{}, err
	}
	fields, ok := members(text)
	if !ok {
		return Session{}, badf("it holds something else than a session")
	}
	r := &reader{}
	h, messages, err := r.session(fields)
	if err != nil {
		return Session{}, err
	}
	if err := h.check(); err != nil {
		return Session{}, err
	}
	conv := h.conv
	if conv.Messages, err = r.messages(messages); err != nil {
		return Session{}, h.excuse(err)
	}
	if err := checkTree(conv.Messages); err != nil {
		return Session{}, h.excuse(err)
	}
	conv.Head = chooseHead(h.head, conv.Messages)
	return Session{Conversation: conv, ReadOnly: h.readOnly(r.loss)}, nil
}

// checkText tells apart the ways in which text is no JSON. The decoder would
// replace bad UTF-8 in silence, so that comes first.
func checkText(text []byte) error {
	switch {
	case len(text) == 0:
		return badf("it is empty")
	case !utf8.Valid(text):
		return badf("it is not UTF-8 text")
	case json.Valid(text):
		return nil
	}
	var v json.RawMessage
	err := json.Unmarshal(text, &v)
	if err == nil || strings.HasPrefix(err.Error(), "unexpected end") {
		return badf("it ends in the middle")
	}
	return badf("it is not valid JSON (%s)", err)
}

// check asks whether this is a session at all.
func (h header) check() error {
	switch {
	case h.app != appName:
		return badf("it was not written by groqchat")
	case h.version < 1:
		return badf("it does not say its format version")
	}
	return nil
}

// newer is the reason for not writing a file of a later version, else "".
func (h header) newer() string {
	if h.version <= formatVersion {
		return ""
	}
	return "it was written by a newer groqchat; update this one to go on with it"
}

// readOnly is the reason for not writing the session, "" if it may be written.
func (h header) readOnly(loss string) string {
	if reason := h.newer(); reason != "" {
		return reason
	}
	return loss
}

// excuse says of a newer file that it is not understood rather than broken.
func (h header) excuse(err error) error {
	if h.newer() == "" {
		return err
	}
	return badf("it was written by a newer groqchat (format %d) in a form that this one does not know", h.version)
}

// reader decodes one file and notes the first thing that would be lost if it
// were written back.
type reader struct{ loss string }

func (r *reader) lose(reason string) {
	if r.loss == "" {
		r.loss = reason + ", so saving would lose a part of it"
	}
}

// session decodes all but the messages, which it hands over as they are.
func (r *reader) session(fields []member) (h header, messages json.RawMessage, err error) {
	seen := map[string]bool{}
	for _, f := range fields {
		r.once(seen, f.name)
		target := sessionField(&h, f.name)
		switch {
		case f.name == "messages":
			messages = f.value
		case target == nil:
			r.keep(&h.conv.Extra, f)
		case !r.set(target, f) && (f.name == "version" || f.name == "app"):
			return h, nil, badf("it was not written by groqchat")
		}
	}
	if len(h.conv.Tags) == 0 {
		h.conv.Tags = nil
	}
	return h, messages, nil
}

// once notes a name that stands twice in one object.
func (r *reader) once(seen map[string]bool, name string) {
	if seen[name] {
		r.lose("it holds the field " + quote(name) + " twice")
	}
	seen[name] = true
}

func (r *reader) keep(extra *chat.Extra, f member) {
	if *extra == nil {
		*extra = chat.Extra{}
	}
	(*extra)[f.name] = bytes.Clone(f.value)
}

func (r *reader) messages(raw json.RawMessage) ([]chat.Message, error) {
	list, ok := elements(raw)
	if !ok {
		return nil, badf("it holds no list of messages")
	}
	var messages []chat.Message
	if len(list) > 0 {
		messages = make([]chat.Message, 0, len(list))
	}
	for i, raw := range list {
		m, err := r.message(raw)
		if err != nil {
			return nil, badf("message %d: %s", i+1, err)
		}
		messages = append(messages, m)
	}
	return messages, nil
}

func (r *reader) message(raw json.RawMessage) (chat.Message, error) {
	fields, ok := members(raw)
	if !ok {
		return chat.Message{}, badf("it is not an object")
	}
	var rec record
	seen := make(map[string]bool, len(fields))
	for _, f := range fields {
		r.once(seen, f.name)
		target := messageField(&rec, f.name)
		if target == nil {
			r.keep(&rec.Extra, f)
		} else if !r.set(target, f) && essential(f.name) {
			return chat.Message{}, badf("its field %s is of the wrong kind", quote(f.name))
		}
	}
	return rec.message()
}

// essential fields are those without which a message says something else.
func essential(name string) bool {
	return name == "id" || name == "parent" || name == "role" || name == "content"
}

// message is the record as the domain has it.
func (rec *record) message() (chat.Message, error) {
	m := rec.Message
	switch {
	case m.ID == "":
		return m, badf("it has no id")
	case m.Role == "":
		return m, badf("it does not say who speaks")
	}
	m.Usage, m.Timing = chat.Usage(rec.usage), rec.timing.durations()
	for _, a := range rec.attachments {
		m.Attachments = append(m.Attachments, chat.Attachment(a))
	}
	if m.State == chat.Pending {
		m.State = endState(m)
	}
	return m, nil
}

// endState is how a message without a state ended. An answer counts as complete
// only where the server said so.
func endState(m chat.Message) chat.State {
	switch {
	case m.Role != chat.Assistant || m.FinishReason != "":
		return chat.Complete
	case m.Empty():
		return chat.Failed
	}
	return chat.Interrupted
}

// set decodes one value; false, and a note, when it does not fit or is not kept exactly.
func (r *reader) set(target any, f member) bool {
	var err error
	switch t := target.(type) {
	case *time.Time:
		if err = t.UnmarshalJSON(f.value); err == nil {
			*t = t.UTC()
		}
	case *string:
		if text, ok := plain(f.value); ok {
			*t = text
			return true
		}
		if err = json.Unmarshal(f.value, t); err == nil {
			r.exact(f, *t)
		}
	default:
		err = json.Unmarshal(f.value, target)
	}
	if err != nil {
		r.lose("its field " + quote(f.name) + " is of the wrong kind")
	}
	return err == nil
}

// plain is a string of valid JSON that stands for itself, as one without escapes.
func plain(value []byte) (text string, ok bool) {
	if len(value) < 2 || value[0] != '"' || bytes.IndexByte(value, '\\') >= 0 || !utf8.Valid(value) {
		return "", false
	}
	return string(value[1 : len(value)-1]), true
}

// exact notes half characters (\ud83d without its second half), in place of which
// the decoder puts a replacement character.
func (r *reader) exact(f member, s string) {
	const replacement = "\uFFFD"
	if !bytes.Contains(f.value, []byte(`\u`)) || !strings.Contains(s, replacement) {
		return
	}
	meant := bytes.Count(f.value, []byte(replacement)) + bytes.Count(bytes.ToLower(f.value), []byte(`\ufffd`))
	if strings.Count(s, replacement) > meant {
		r.lose("its field " + quote(f.name) + " holds half a character")
	}
}
