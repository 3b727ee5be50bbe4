package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"groqchat/chat"
)

// salvage brings what is whole in a damaged file into a new session, and the file
// into quarantine. The session comes first: whatever happens in between, nothing
// is in neither place. It expects the lock to be held.
func (s *Store) salvage(id string, damaged *Damaged, now time.Time) (Session, error) {
	text, _, err := readRegular(s.dir, fileName(id), maxSession)
	if err != nil {
		return Session{}, damaged
	}
	if isNewer(text) {
		return Session{}, damaged
	}
	conv, count := recoverable(text)
	var added []replay
	if r, err := s.journalOf(id); err == nil {
		added = r.foldAll(&conv)
	}
	reason := damaged.Reason
	if len(conv.Messages) > 0 {
		conv.ID, conv.Rev = NewID(now), 0
		conv.Title = strings.TrimSpace(conv.Title + " (recovered)")
		if conv.Rev, err = s.Save(conv); err != nil {
			return Session{}, fmt.Errorf("%w; what is whole in it could not be saved elsewhere: %w", damaged, err)
		}
		for _, one := range added {
			s.account(conv, one, id+"/"+one.Message)
		}
		reason += fmt.Sprintf("; %s went into the session %s", ofMessages(len(conv.Messages), count), conv.ID)
	}
	to, err := s.quarantine(fileName(id), reason, now)
	if err != nil {
		return Session{}, fmt.Errorf("%w; it could not be moved away: %w", damaged, err)
	}
	if s.exists(journalName(id)) {
		_, _ = s.quarantine(journalName(id), "its session is damaged", now) // its text is in the new one already
	}
	if len(conv.Messages) == 0 {
		return Session{}, &Damaged{File: damaged.File, Reason: damaged.Reason + ", and holds no whole message; it was moved to " + to, moved: true}
	}
	// The new session is the one that the caller goes on with.
	_ = s.Hold(conv.ID)
	session, err := s.Load(conv.ID)
	session.Notice = fmt.Sprintf("The file was damaged: %s. %s could be saved into this new session; the file is in %s.",
		damaged.Reason, capital(ofMessages(len(conv.Messages), count)), to)
	return session, err
}

// journalOf reads the journal of a session.
func (s *Store) journalOf(id string) (replay, error) {
	text, _, err := readRegular(s.dir, journalName(id), maxSession)
	if err != nil {
		return replay{}, err
	}
	return readJournal(text)
}

func ofMessages(n, count int) string {
	if count > n {
		return fmt.Sprintf("%d of %d messages", n, count)
	}
	return fmt.Sprintf("%d messages", n)
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// recoverable is what is whole in a text that is no session, and how many messages
// it says it has: the head if that is whole, and every whole message. It takes
// time in proportion to the text, whatever that is.
func recoverable(text []byte) (conv chat.Conversation, count int) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	head, list := splitHead(text)
	h := header{}
	if fields, ok := members(head); ok {
		h, _, _ = (&reader{}).session(fields)
	}
	conv = h.conv
	for _, raw := range wholeMessages(list) {
		m, err := (&reader{}).message(raw)
		if err == nil {
			m.Content, m.Reasoning = strings.ToValidUTF8(m.Content, "\uFFFD"), strings.ToValidUTF8(m.Reasoning, "\uFFFD")
			conv.Messages = append(conv.Messages, m)
		}
	}
	conv.Messages = asTree(conv.Messages)
	conv.Head = chooseHead(h.head, conv.Messages)
	return conv, h.count
}

// splitHead gives the fields before the messages, as an object of their own if
// they are whole, and what follows.
func splitHead(text []byte) (head, list []byte) {
	at := bytes.Index(text, []byte(`"messages"`))
	if at < 0 { // the messages may be there, and only their name is broken
		_, rest, _ := bytes.Cut(text, []byte("\n"))
		return nil, rest
	}
	open := bytes.IndexByte(text[at:], '[')
	if open < 0 {
		return nil, nil
	}
	head = append(bytes.TrimRight(bytes.Clone(text[:at]), ", \t\r\n"), '}')
	if !json.Valid(head) {
		head = nil
	}
	return head, text[at+open+1:]
}

// wholeMessages is every object of a list that is whole. While nothing is broken
// any form of JSON is understood; behind the first break only whole lines are.
func wholeMessages(list []byte) []json.RawMessage {
	var found []json.RawMessage
	i := skipSpace(list, 0)
	for i < len(list) && list[i] == '{' {
		end := skipValue(list, i)
		if !json.Valid(list[i:end]) {
			break
		}
		found = append(found, list[i:end])
		i = skipSeparator(list, end)
	}
	if i >= len(list) || list[i] == ']' {
		return found
	}
	for line := range bytes.Lines(list[i:]) {
		line = bytes.TrimSuffix(bytes.TrimSpace(line), []byte(","))
		if len(line) > 0 && line[0] == '{' && json.Valid(line) {
			found = append(found, line)
		}
	}
	return found
}

// asTree makes a tree of messages: one of each name, the first, unless another has
// other words, which then gets a name of its own; and a circle is opened.
func asTree(messages []chat.Message) []chat.Message {
	tree := chat.Conversation{}
	index := map[string]int{}
	for _, m := range messages {
		if at, twice := index[m.ID]; twice {
			if tree.Messages[at].Content == m.Content {
				continue
			}
			m.ID = tree.FreeID()
			if _, taken := index[m.ID]; taken {
				continue // its number is beyond all counting
			}
		}
		index[m.ID] = len(tree.Messages)
		tree.Messages = append(tree.Messages, m)
	}
	openCircles(tree.Messages, index)
	return tree.Messages
}

// openCircles makes a root of one message of every circle.
func openCircles(messages []chat.Message, index map[string]int) {
	walk := make([]int, len(messages))
	for start := range messages {
		at, last, ok := start, -1, true
		for ; ok && walk[at] == 0; at, ok = lookup(index, messages[at].Parent) {
			walk[at], last = start+1, at
		}
		if ok && last >= 0 && walk[at] == start+1 {
			messages[last].Parent = ""
		}
	}
}
