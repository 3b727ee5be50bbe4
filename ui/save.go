package ui

import (
	"errors"
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

	writing sync.Mutex // held while a file is written
	mu      sync.Mutex // guards the rest; never held over I/O
	id      string     // the session of rev, wrote and last
	rev     int
	wrote   bool
	last    chat.Conversation // what the file holds, as far as is known
	saved   map[string]int    // by session, the sequence of its newest snapshot on disk
	latest  snapshot          // that was made, saved or not
	feed    *feed             // of the answer that was under way then, or nil
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
	s.latest, s.feed = snapshot{}, nil
}

// offer remembers the newest snapshot, and the feed of its answer under way, for
// rescue.
func (s *saver) offer(snap snapshot, under *feed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latest, s.feed = snap, under
}

// rescue saves what it can without the model, which may be in the middle of a
// change, or in the hands of an event loop that does not end.
func (s *saver) rescue() (chat.Conversation, error) {
	s.mu.Lock()
	snap, under := s.latest, s.feed
	s.mu.Unlock()
	if under != nil {
		snap = snapshot{under.recorded(lastWords), snap.sequence + 1}
	}
	return snap.conv, s.save(snap)
}

// save writes the snapshot unless a newer one of its session came before it.
func (s *saver) save(snap snapshot) error {
	if s.store == nil {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if !s.wants(&snap) {
		return nil
	}
	rev, err := s.store.Save(snap.conv)
	if err != nil {
		return err
	}
	s.note(snap, rev)
	return nil
}

// wants reports whether the snapshot is worth writing, and gives it the revision
// that its file has.
func (s *saver) wants(snap *snapshot) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if snap.sequence <= s.saved[snap.conv.ID] || s.unchanged(snap.conv) {
		return false
	}
	if snap.conv.ID == s.id {
		snap.conv.Rev = s.rev
	}
	return true
}

// note remembers what was written.
func (s *saver) note(snap snapshot, rev int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.saved == nil {
		s.saved = map[string]int{}
	}
	s.saved[snap.conv.ID] = snap.sequence
	if snap.conv.ID == s.id {
		s.rev, s.wrote, s.last = rev, true, snap.conv
	}
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
	return func() tea.Msg { return savedMsg{snap.conv.ID, s.save(snap)} }
}

// saveThen saves, and goes on only if that worked.
func saveThen(s *saver, snap snapshot, next func() tea.Msg) tea.Cmd {
	return func() tea.Msg {
		if err := s.save(snap); err != nil {
			return stayedMsg{err}
		}
		return next()
	}
}

// unsavedText says why a session could not be saved.
func unsavedText(err error) string {
	var folder *history.FolderError
	if errors.As(err, &folder) {
		return "This session cannot be saved under " + folder.Folder + ": " + end(folder.Reason)
	}
	return "This session could not be saved: " + end(err.Error())
}
