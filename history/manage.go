package history

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"groqchat/chat"
)

// Change reads the session id, changes it and saves it. The time of the session's
// last message stays what it was, and so does its place in no list that goes by
// that. Errors are those of [Store.Load] and [Store.Save].
func (s *Store) Change(id string, change func(*chat.Conversation)) (chat.Conversation, error) {
	session, err := s.Load(id)
	if err != nil {
		return chat.Conversation{}, err
	}
	if session.ReadOnly != "" {
		return session.Conversation, fmt.Errorf("save session %s: %s: %w", id, session.ReadOnly, ErrReadOnly)
	}
	change(&session.Conversation)
	session.Rev, err = s.Save(session.Conversation)
	return session.Conversation, err
}

// Retitle gives a session another title: one line of bounded length. A title of
// blanks alone is none.
func Retitle(conv *chat.Conversation, title string) {
	const longest = 200
	runes := []rune(flat(title))
	if len(runes) > longest {
		runes = append(runes[:longest-1], '…')
	}
	conv.Title = string(runes)
}

// Tag adds tags to a session, or takes them from it where they begin with "-".
// A tag is one word in lower case; a "#" before it is left out. Each stands once,
// in the order of the alphabet.
func Tag(conv *chat.Conversation, words ...string) {
	tags := slices.Clone(conv.Tags)
	for _, word := range strings.Fields(strings.ToLower(strings.Join(words, " "))) {
		name, take := strings.CutPrefix(word, "-")
		name = strings.TrimLeft(name, "#")
		tags = slices.DeleteFunc(tags, func(t string) bool { return t == name })
		if !take && name != "" {
			tags = append(tags, name)
		}
	}
	slices.Sort(tags)
	conv.Tags = tags
}

// Fork is a copy of a conversation that is a session of its own from now on: it
// has the same tree, another id and no revision yet.
func Fork(conv *chat.Conversation, now time.Time) chat.Conversation {
	fork := conv.Clone()
	fork.ID, fork.Rev, fork.Pinned = NewID(now), 0, false
	fork.Created, fork.Updated = now, now
	return fork
}

// PinnedFirst orders sessions as a list to choose from shows them; those that are
// equal in that keep their order.
func PinnedFirst(a, b Summary) int {
	switch {
	case a.Pinned == b.Pinned:
		return 0
	case a.Pinned:
		return -1
	}
	return 1
}
