package ui

import (
	"reflect"
	"sync"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// saver writes one session at a time to its file, in the order of the changes,
// from whatever goroutine asks. A snapshot older than what was written is
// skipped. Without a store nothing is written.
type saver struct {
	store *history.Store

	mu    sync.Mutex
	id    string // the session that revision belongs to
	rev   int
	saved int // sequence of the newest snapshot on disk
	wrote bool
	last  chat.Conversation // what the file holds, as far as is known
}

// snapshot is a conversation as it was at a point of a sequence.
type snapshot struct {
	conv     chat.Conversation
	sequence int
}

// adopt makes the saver write conv from now on, which was just loaded or begun.
func (s *saver) adopt(conv *chat.Conversation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.id, s.rev, s.wrote, s.last = conv.ID, conv.Rev, false, conv.Clone()
}

// save writes the snapshot unless a newer one, or another session, came before it.
func (s *saver) save(snap snapshot) error {
	if s.store == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if snap.sequence <= s.saved || s.unchanged(snap.conv) {
		return nil
	}
	if snap.conv.ID == s.id {
		snap.conv.Rev = s.rev
	}
	rev, err := s.store.Save(snap.conv)
	if err != nil {
		return err
	}
	s.saved = snap.sequence
	if snap.conv.ID == s.id {
		s.rev, s.wrote, s.last = rev, true, snap.conv
	}
	return nil
}

// unchanged reports whether the file holds conv already: a session that was only
// read keeps its place in the list. An empty one is not worth a file.
func (s *saver) unchanged(conv chat.Conversation) bool {
	conv.Rev = s.last.Rev
	return len(conv.Messages) == 0 || reflect.DeepEqual(s.last, conv)
}

// written reports whether this session was written since it was adopted.
func (s *saver) written() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wrote
}

// saveConversation saves outside the event loop.
func saveConversation(s *saver, snap snapshot) tea.Cmd {
	return func() tea.Msg { return savedMsg{s.save(snap)} }
}
