package history

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"groqchat/chat"
)

// Resume opens a session to go on with it. Its lock is held until [Store.Release].
// What a process that ended too early left in a journal is brought into it; of a
// file that is damaged what can be saved goes into a new session, and the file
// into quarantine. Both are told by the Notice.
//
// A session that another process has open is read-only.
func (s *Store) Resume(id string, now time.Time) (Session, error) {
	if s.Path(id) == "" {
		return Session{}, absent(quote(id) + " is not the id of a session")
	}
	if !s.exists(fileName(id)) {
		return Session{}, absent("there is no session " + id)
	}
	var held *Held
	noLock := s.Hold(id)
	if errors.As(noLock, &held) {
		session, err := s.Load(id)
		if session.ReadOnly == "" {
			session.ReadOnly = held.Error()
		}
		// What has come there of an answer is shown; it is that process's to save.
		if r, noJournal := s.journalOf(id); err == nil && noJournal == nil {
			r.foldAll(&session.Conversation)
		}
		return session, err
	}
	session, err := s.open(id, now)
	if err != nil || session.ReadOnly != "" || session.ID != id {
		s.Release(id)
	}
	if err == nil && unsupported(noLock) {
		session.Notice = join(session.Notice, "Files cannot be locked here, so take care that no other groqchat has this session open.")
	}
	return session, err
}

// open loads a session whose lock is held, and mends what can be mended.
func (s *Store) open(id string, now time.Time) (Session, error) {
	session, seen, err := s.read(id)
	var damaged *Damaged
	if errors.As(err, &damaged) {
		return s.salvage(id, damaged, now)
	}
	if err != nil {
		return Session{}, err
	}
	if session.ReadOnly == "" {
		s.remember(id, seen)
		// What the first save has to know is found out beside the chat.
		time.AfterFunc(0, func() { _ = seen.strange() })
		session.Notice = s.fold(&session.Conversation, now)
		session.Draft, _ = s.ReadDraft(id) // that it cannot be read is no reason to open nothing
		if session.Files, err = s.ReadDraftFiles(id); err != nil {
			session.Notice = join(session.Notice, capital(err.Error())+".")
		}
	}
	return session, nil
}

// fold brings what a journal holds into its session, and saves it. The journal
// goes only when all of it is in the session's file. It gives what the user
// should know.
func (s *Store) fold(conv *chat.Conversation, now time.Time) (notice string) {
	name := journalName(conv.ID)
	text, _, err := readRegular(s.dir, name, maxSession)
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	var r replay
	if err == nil {
		r, err = readJournal(text)
	}
	switch {
	case err == nil:
		return s.settle(conv, r, now)
	case len(text) > 0 || isBad(err):
		return s.putAside(name, plainReason(err), now)
	}
	return "What is left of an answer cannot be read: " + plainReason(err) + "."
}

// settle does with a journal what becomes of it.
func (s *Store) settle(conv *chat.Conversation, r replay, now time.Time) (notice string) {
	var added, known []replay
	foreign := false
	for _, one := range r.each() {
		switch one.foldInto(conv) {
		case foldForeign:
			foreign = true
		case foldNone:
			known = append(known, one)
		case foldAdded:
			added = append(added, one)
		}
	}
	if len(added) > 0 {
		notice = backText(len(added))
		rev, err := s.Save(*conv)
		if err != nil {
			return notice + " It could not be saved yet: " + err.Error() + "."
		}
		conv.Rev = rev
	}
	for _, one := range known {
		s.account(*conv, one, "")
	}
	for _, one := range added {
		s.account(*conv, one, conv.ID+"/"+one.Message)
	}
	if foreign {
		return join(notice, s.putAside(journalName(conv.ID), "it is of an answer that does not go with the session", now))
	}
	_ = s.remove(s.journalPath(conv.ID)) // else it is found and understood again the next time
	return notice
}

// backText says how many answers a journal has brought back.
func backText(n int) string {
	if n == 1 {
		return "The answer that was under way when groqchat was ended is back, as far as it came."
	}
	return fmt.Sprintf("The %d answers that were under way when groqchat was ended are back, as far as they came.", n)
}

// putAside moves a journal into quarantine.
func (s *Store) putAside(name, reason string, now time.Time) (notice string) {
	to, err := s.quarantine(name, reason, now)
	if err != nil {
		return fmt.Sprintf("What is left of an answer cannot be used, %s; and it cannot be moved away: %v.", reason, err)
	}
	return fmt.Sprintf("What is left of an answer cannot be used: %s. It was moved to %s.", reason, to)
}

func isBad(err error) bool {
	var b bad
	return errors.As(err, &b)
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}
