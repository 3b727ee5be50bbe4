package history

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"unicode/utf8"

	"groqchat/chat"
)

// errLost is how an answer ended whose process did.
var errLost = errors.New("groqchat was ended before the answer was")

// replay is a journal that was read.
type replay struct {
	journalHeader
	events []chat.Event
	lanes  []replay // answers that came beside it
}

// readJournal understands a journal up to the first record that is not whole.
func readJournal(text []byte) (replay, error) {
	var r replay
	line, rest, ok := journalLine(text)
	if !ok || json.Unmarshal(line, &r.journalHeader) != nil || r.App != appName || r.Message == "" {
		return r, badf("its first record is not one of a journal")
	}
	if r.Version > formatVersion {
		return r, badf("it was written by a newer groqchat")
	}
	for {
		var e struct {
			journalEvent
			laneRecord
		}
		if line, rest, ok = journalLine(rest); !ok || json.Unmarshal(line, &e) != nil {
			return r, nil //nolint:nilerr // what is whole before it is worth having
		}
		if e.Lane != "" {
			r.takeLane(e.laneRecord)
		} else {
			r.take(e.journalEvent)
		}
	}
}

// journalLine gives the first record of text and what follows it; ok is false
// where it is not whole.
func journalLine(text []byte) (record, rest []byte, ok bool) {
	const sumLength = 8
	end := bytes.IndexByte(text, '\n')
	if end <= sumLength || text[sumLength] != ' ' {
		return nil, nil, false
	}
	var sum [4]byte
	if _, err := hex.Decode(sum[:], text[:sumLength]); err != nil {
		return nil, nil, false
	}
	record = text[sumLength+1 : end]
	is := crc32.ChecksumIEEE(record)
	if !bytes.Equal(sum[:], []byte{byte(is >> 24), byte(is >> 16), byte(is >> 8), byte(is)}) {
		return nil, nil, false
	}
	return record, text[end+1:], true
}

// event is what a record keeps, nil for one of a kind that is not known.
func (e journalEvent) event() chat.Event {
	switch {
	case e.Text != "" || e.TextRaw != nil:
		return chat.Delta{Text: e.Text + string(e.TextRaw)}
	case e.Think != "" || e.ThinkRaw != nil:
		return chat.Reasoning{Text: e.Think + string(e.ThinkRaw)}
	case e.Started != nil:
		return chat.Started{Model: e.Started.Model, RequestID: e.Started.Request}
	case e.Done != nil:
		return chat.Done{Finish: e.Done.Finish, Usage: chat.Usage(e.Done.Usage), Timing: e.Done.Timing.durations(), Cached: e.Done.Cached}
	case e.Stopped != nil:
		return chat.Halted{Timing: e.Stopped.durations()}
	case e.Broken != nil:
		b := chat.Broken{Err: errors.New(*e.Broken)}
		if e.BrokenFor != nil {
			b.Timing = e.BrokenFor.durations()
		}
		return b
	}
	return nil
}

// settlement is what became of a journal.
type settlement int

const (
	foldNone    settlement = iota // the session has all of it already
	foldAdded                     // the session has it now
	foldForeign                   // it does not go with the session
)

// foldInto brings into conv what the journal has more of its answer. Which of the
// two is newer is told by the text and not by the revision: the session may have
// been saved while the answer grew.
func (r replay) foldInto(conv *chat.Conversation) settlement {
	at := slices.IndexFunc(conv.Messages, func(m chat.Message) bool { return m.ID == r.Message })
	if at < 0 {
		return r.append(conv)
	}
	had := conv.Messages[at]
	if had.Role != chat.Assistant || had.Parent != r.Parent || len(had.Content) < r.From || len(had.Reasoning) < r.FromThink {
		return foldForeign
	}
	begin := had
	begin.Content, begin.Reasoning = had.Content[:r.From], had.Reasoning[:r.FromThink]
	is := r.replay(begin)
	switch {
	case strings.HasPrefix(had.Content, is.Content) && strings.HasPrefix(had.Reasoning, is.Reasoning) && !betterEnd(is, had):
		return foldNone
	case !strings.HasPrefix(is.Content, had.Content) || !strings.HasPrefix(is.Reasoning, had.Reasoning):
		return foldForeign
	}
	conv.Messages[at] = is
	return foldAdded
}

// betterEnd reports whether the journal knows how an answer ended that was saved
// as interrupted only since it was under way.
func betterEnd(is, had chat.Message) bool {
	return had.State == chat.Interrupted && is.State != chat.Interrupted && is.Content == had.Content && is.Reasoning == had.Reasoning
}

// append adds an answer of which the session has nothing yet.
func (r replay) append(conv *chat.Conversation) settlement {
	is := r.replay(chat.Message{ID: r.Message, Parent: r.Parent, Role: chat.Assistant, Created: r.Created.UTC(), Model: r.Model, Params: r.Params})
	hasParent := r.Parent == "" || slices.ContainsFunc(conv.Messages, func(m chat.Message) bool { return m.ID == r.Parent })
	switch {
	case is.Empty():
		return foldNone
	case !hasParent || r.From > 0 || r.FromThink > 0:
		return foldForeign
	}
	conv.Messages = append(conv.Messages, is)
	if conv.Head == r.Parent {
		conv.Head = r.Message
	}
	return foldAdded
}

// replay makes the answer of its beginning. An answer without an end was cut off
// with the process.
func (r replay) replay(begin chat.Message) chat.Message {
	m := chat.Replay(begin, append(slices.Clone(r.events), chat.Broken{Err: errLost}))
	m.Content, m.Reasoning = asSaved(m.Content), asSaved(m.Reasoning)
	return m
}

// asSaved is a text as a session file can hold it: every byte that is no UTF-8 is
// a replacement character.
func asSaved(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}
