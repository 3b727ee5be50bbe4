package history

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/dustin/go-humanize"
)

// reading is the values of a JSON text, one after the other: the elements of a
// list, or values that follow one another, as in a file with one a line. No more
// than one is in memory.
type reading struct {
	*json.Decoder
	meter *meter
	list  bool
}

// newReading begins to read.
func newReading(from io.Reader, in *intake) (*reading, error) {
	m := &meter{from: from, in: in}
	b := bufio.NewReaderSize(m, 64<<10)
	first, err := firstByte(b)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	r := &reading{json.NewDecoder(b), m, first == '['}
	if !r.list {
		return r, nil
	}
	_, err = r.Token()
	return r, err
}

// firstByte skips what may stand before the first value: blanks, and the mark of
// a byte order that some editors write.
func firstByte(b *bufio.Reader) (byte, error) {
	if mark, err := b.Peek(3); err == nil && bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = b.Discard(len(mark)) // they are there
	}
	for {
		c, err := b.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c, b.UnreadByte()
		}
	}
}

// item is the next value, [io.EOF] where there is none any more.
func (r *reading) item() (json.RawMessage, error) {
	if r.list && !r.More() {
		if _, err := r.Token(); err != nil {
			return nil, unreadableJSON(err)
		}
		return nil, io.EOF
	}
	var raw json.RawMessage
	r.meter.item = 0
	err := r.Decode(&raw)
	if r.list || !errors.Is(err, io.EOF) {
		err = unreadableJSON(err)
	}
	return raw, err
}

// unreadableJSON says in our words what the decoder found wrong.
func unreadableJSON(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return badf("it is no JSON from byte %d on (%s)", syntax.Offset, syntax)
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return badf("it ends in the middle")
	}
	return err
}

// meter counts what is read of one value and of all, and stops what is too much.
type meter struct {
	from io.Reader
	in   *intake
	item int64 // bytes since the value began, about
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	m.item += int64(n)
	m.in.left -= int64(n)
	switch {
	case m.item > maxItem:
		return 0, badf("a conversation in it is larger than %s", humanize.IBytes(maxItem))
	case m.in.left < 0:
		return 0, badf("there is more in it than %s", humanize.IBytes(maxImport))
	}
	return n, err
}

// looseMessages gathers messages that stand in a file by themselves: together
// they are one conversation.
type looseMessages struct {
	list  []json.RawMessage
	bytes int
}

// take keeps the value if it is such a message.
func (l *looseMessages) take(raw json.RawMessage) bool {
	fields, ok := members(raw)
	if !ok || !has(fields, "role") || !has(fields, "content") || l.bytes+len(raw) > maxItem {
		return false
	}
	l.list = append(l.list, raw)
	l.bytes += len(raw)
	return true
}

// conversation is what was gathered in the form of the API; nil if nothing was.
func (l *looseMessages) conversation() json.RawMessage {
	if len(l.list) == 0 {
		return nil
	}
	// They are valid JSON as they are, so that it cannot fail.
	raw, _ := json.Marshal(map[string][]json.RawMessage{"messages": l.list})
	return raw
}

func has(fields []member, name string) bool {
	for _, f := range fields {
		if f.name == name {
			return true
		}
	}
	return false
}

// lenient decodes as much of a value as fits: a field of the wrong kind costs no
// more than that field.
func lenient(raw []byte, v any) error {
	err := json.Unmarshal(raw, v)
	var kind *json.UnmarshalTypeError
	if err == nil || errors.As(err, &kind) {
		return nil
	}
	return fmt.Errorf("it is no JSON: %w", err)
}
