package history

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"groqchat/chat"
)

// grow brings what a conversation has more than the session that an earlier import
// made of it. added is how many messages that were.
func (s *Store) grow(conv chat.Conversation) (summary Summary, added int, err error) {
	here, err := s.Load(conv.ID)
	switch {
	case err != nil:
		return Summary{}, 0, err
	case here.ReadOnly != "":
		return Summary{}, 0, badf("%s", here.ReadOnly)
	}
	from, ok := originOf(here.Conversation)
	if now, isOurs := originOf(conv); ok != isOurs || from.From != now.From || from.ID != now.ID {
		return Summary{}, 0, badf("another session has its id")
	}
	g := newGrowth(&here.Conversation, from.Until)
	if added = g.add(conv); added == 0 {
		return Summary{}, 0, nil
	}
	if conv.Updated.After(here.Updated) {
		here.Updated = conv.Updated
	}
	if ok {
		here.Extra[originField] = conv.Extra[originField]
	}
	if here.Rev, err = s.Save(here.Conversation); err != nil {
		return Summary{}, 0, err
	}
	// As for one that is imported for the first time.
	_ = os.Chtimes(s.Path(conv.ID), time.Time{}, here.Updated)
	return SummaryOf(here.Conversation), added, nil
}

// originOf is where a session was imported from.
func originOf(conv chat.Conversation) (from origin, ok bool) {
	raw, ok := conv.Extra[originField]
	return from, ok && json.Unmarshal(raw, &from) == nil
}

// newest is the time of the newest message that is whole, zero where none is known.
func newest(messages []chat.Message) (at time.Time) {
	for _, m := range messages {
		if m.State == chat.Complete && m.Created.After(at) {
			at = m.Created
		}
	}
	return at
}

// growth adds the messages of a conversation to a session that has a part of them.
// The two call them by other names, so that a message is known by what it follows
// and what it says.
type growth struct {
	into  *chat.Conversation
	until time.Time              // what is not later was there at the last import, and was deleted here if it is not now
	spare map[utterance][]string // messages of the session that are not paired yet
	names map[string]string      // of the conversation's messages, in the session
	both  map[string]bool        // the names in the session of what is in both
	free  int
}

// utterance is what a message is known by.
type utterance struct {
	parent string
	role   chat.Role
	text   string
}

func newGrowth(into *chat.Conversation, until time.Time) *growth {
	g := &growth{into: into, until: until, spare: map[utterance][]string{}, names: map[string]string{}, both: map[string]bool{}}
	g.free, _ = strconv.Atoi(strings.TrimPrefix(into.FreeID(), "m"))
	for _, m := range into.Messages {
		key := utterance{m.Parent, m.Role, m.Content}
		g.spare[key] = append(g.spare[key], m.ID)
	}
	return g
}

// add adds what is new, and goes to its end unless somebody went on here.
func (g *growth) add(conv chat.Conversation) (added int) {
	fresh := map[string]bool{}
	for _, m := range conv.Messages { // parents before children
		key := utterance{g.names[m.Parent], m.Role, m.Content}
		if there := g.spare[key]; len(there) > 0 {
			g.names[m.ID], g.spare[key], g.both[there[0]] = there[0], there[1:], true
			continue
		}
		if !m.Created.IsZero() && !m.Created.After(g.until) {
			g.names[m.ID] = key.parent // what follows it follows what it followed
			continue
		}
		g.names[m.ID] = fmt.Sprint("m", g.free)
		m.ID, m.Parent = g.names[m.ID], key.parent
		g.free++
		g.into.Messages = append(g.into.Messages, m)
		fresh[m.ID] = true
		added++
	}
	if head := g.names[conv.Head]; fresh[head] && (g.into.Head == "" || g.both[g.into.Head]) {
		g.into.Head = head
	}
	return added
}

// holdsAll reports whether a conversation has all that a session has.
func holdsAll(conv, session chat.Conversation) bool {
	g := newGrowth(&session, time.Time{})
	had := len(session.Messages)
	g.add(conv)
	return len(g.both) == had
}
