package ui

import (
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
	s.id, s.rev, s.wrote = conv.ID, conv.Rev, false
}

// save writes the snapshot unless a newer one, or another session, came before it.
func (s *saver) save(snap snapshot) error {
	if s.store == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if snap.sequence <= s.saved {
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
		s.rev, s.wrote = rev, true
	}
	return nil
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
