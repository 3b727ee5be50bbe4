package ui

import (
	"errors"
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// saver writes one session at a time to its file, in the order of the changes,
// from whatever goroutine asks. A snapshot older than what was written is
// skipped. Without a store nothing is written.
type saver struct {
	store *history.Store
	now   func() time.Time

	writing sync.Mutex // held while a file is written, and guards journal
	journal *history.Journal
	mu      sync.Mutex // guards the rest; never held over I/O
	id      string     // the session of rev, wrote and last
	rev     int
	wrote   bool
	last    chat.Conversation            // what the file holds, as far as is known
	saved   map[string]int               // by session, the sequence of its newest snapshot on disk
	latest  snapshot                     // that was made, saved or not
	feed    *feed                        // of the answer that was under way then, or nil
	moved   map[string]string            // by session, the copy in which it goes on
	drafted map[string]int               // by session, the sequence of its newest draft
	kept    map[string][]chat.Attachment // by session, the files that lie with its draft
	gone    map[string]bool              // sessions that were deleted here: what is late makes no file of them again
}

// snapshot is a conversation as it was at a point of a sequence.
type snapshot struct {
	conv     chat.Conversation
	sequence int
	racing   bool // answers beside its own are under way, which only the journal has
}

// adopt makes the saver write conv from now on, which was just loaded or begun.
func (s *saver) adopt(conv *chat.Conversation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.id, s.rev, s.wrote, s.last = conv.ID, conv.Rev, false, conv.Clone()
	s.latest, s.feed = snapshot{}, nil
	delete(s.gone, conv.ID)
}

// remove moves a session to the trash. What was to be saved of it and comes late
// is dropped.
func (s *saver) remove(id string, now time.Time) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if _, err := s.store.Delete(id, now); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone == nil {
		s.gone = map[string]bool{}
	}
	s.gone[id] = true
	return nil
}

// back says that a session is not gone: it was restored, or is asked in.
func (s *saver) back(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.gone, id)
}

func (s *saver) isGone(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone[id]
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
		snap = snapshot{under.recorded(lastWords), snap.sequence + 1, snap.racing}
	}
	err := s.save(snap)
	snap.conv.ID = s.home(snap.conv.ID)
	return snap.conv, err
}

// save writes the snapshot unless a newer one of its session came before it.
func (s *saver) save(snap snapshot) error {
	if s.store == nil {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.write(snap)
}

func (s *saver) write(snap snapshot) error {
	if !s.wants(&snap) {
		return nil
	}
	// Without locks the chat goes on: a conflict is noticed all the same.
	var held *history.Held
	if err := s.store.Hold(snap.conv.ID); errors.As(err, &held) {
		return err
	}
	rev, err := s.store.Save(snap.conv)
	if changedBy(err) {
		rev, err = s.saveCopy(&snap)
	}
	if err != nil {
		return err
	}
	s.note(snap, rev)
	if s.journal != nil && !snap.racing && s.journal.Holds(snap.conv) {
		// A journal that stays is found to hold nothing new when it is read.
		_ = s.journal.Discard()
		s.journal = nil
	}
	return nil
}

// changedBy reports whether an error says that another program wrote the file.
func changedBy(err error) bool {
	var damaged *history.Damaged
	return errors.Is(err, history.ErrChanged) || errors.Is(err, history.ErrReadOnly) || errors.As(err, &damaged)
}

// draft writes what was written and not sent, unless a newer one came before it.
// Whoever has a draft holds the lock, so that nobody takes it for a lost one.
func (s *saver) draft(id, text string, sequence int, files ...chat.Attachment) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if id = s.home(id); sequence <= s.drafted[id] || s.isGone(id) {
		return nil
	}
	if s.drafted == nil {
		s.drafted = map[string]int{}
	}
	s.drafted[id] = sequence
	if text != "" || len(files) > 0 {
		_ = s.store.Hold(id)
	}
	return errors.Join(s.store.SaveDraft(id, text), s.draftFiles(id, files))
}

// draftFiles writes the files of a draft, unless they are there already.
func (s *saver) draftFiles(id string, files []chat.Attachment) error {
	if last, known := s.kept[id]; known && sameFiles(last, files) {
		return nil
	}
	if err := s.store.SaveDraftFiles(id, files); err != nil {
		return err
	}
	if s.kept == nil {
		s.kept = map[string][]chat.Attachment{}
	}
	s.kept[id] = files
	return nil
}

// saveCopy writes a session beside its file, which another program has changed,
// and goes on in the copy.
func (s *saver) saveCopy(snap *snapshot) (rev int, err error) {
	old := snap.conv.ID
	id, rev, err := s.store.SaveCopy(snap.conv, s.now())
	if err != nil {
		return rev, err
	}
	_ = s.store.Hold(id) // it was made just now
	s.store.Release(old)
	snap.conv.ID = id
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moved == nil {
		s.moved = map[string]string{}
	}
	s.moved[old] = id
	if s.id == old {
		s.id = id
	}
	return rev, nil
}

// home is the session in which id goes on, id itself unless it was moved.
func (s *saver) home(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.homeOf(id)
}

func (s *saver) homeOf(id string) string {
	for to, ok := s.moved[id]; ok; to, ok = s.moved[id] {
		id = to
	}
	return id
}

// sent removes the draft that became the question, if none is newer.
func (s *saver) sent(snap snapshot) {
	if id := s.home(snap.conv.ID); s.drafted[id] < snap.sequence {
		// Else it is there once more, which is better than not at all.
		_ = s.store.SaveDraft(id, "")
		_ = s.draftFiles(id, nil)
	}
}

// begin saves the question and begins the journal of its answer, and of those that
// come beside it; it is nil where nothing is written. server is who gives them.
func (s *saver) begin(snap snapshot, server string, beside ...chat.Message) (*history.Journal, error) {
	if s.store == nil {
		return nil, nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.back(snap.conv.ID)
	if err := s.write(snap); err != nil {
		return nil, err
	}
	s.sent(snap)
	s.mu.Lock()
	snap.conv.ID, snap.conv.Rev = s.homeOf(snap.conv.ID), s.rev
	s.mu.Unlock()
	journal, err := s.store.Journal(snap.conv, server, beside...)
	s.journal = journal
	return journal, err
}

// wants reports whether the snapshot is worth writing, and gives it the revision
// that its file has.
func (s *saver) wants(snap *snapshot) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap.conv.ID = s.homeOf(snap.conv.ID)
	if s.gone[snap.conv.ID] {
		return false
	}
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
	return len(conv.Messages) == 0 && len(s.last.Messages) == 0 || reflect.DeepEqual(s.last, conv)
}

// fork makes the saver write a copy from now on, which has no file yet.
func (s *saver) fork(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.id, s.rev, s.wrote, s.last = id, 0, false, chat.Conversation{}
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
