package history

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Finding is something that is wrong in the folder of sessions.
type Finding struct {
	File   string // its name in the folder
	Reason string // part of a sentence
	Remedy string // what mending does to it; "" if it is left alone
}

// Repair is what became of a [Finding].
type Repair struct {
	Finding
	Done string // what was done, a sentence
	Err  error  // why it was not
}

const (
	remedySalvage = "what is whole in it goes into a new session, the file into quarantine"
	remedyJournal = "it is brought into its session"
)

// Examine looks at every file of the folder of sessions, whole, and changes none.
func (s *Store) Examine(ctx context.Context) ([]Finding, error) {
	files, err := readDir(s.dir)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if one, ok := s.examine(f.Name()); ok {
			found = append(found, one)
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return strings.Compare(a.File, b.File) })
	return found, nil
}

// examine says what is wrong with one file; ok is false if nothing is.
func (s *Store) examine(name string) (f Finding, ok bool) {
	f.File = name
	if id, ok := journalID(name); ok {
		if s.inUse(id) {
			return f, false
		}
		f.Reason, f.Remedy = "it holds an answer that was under way when groqchat was ended", remedyJournal
		return f, true
	}
	if strings.HasPrefix(name, ".") || filepath.Ext(name) != ".json" {
		return f, false
	}
	id := strings.TrimSuffix(name, ".json")
	if !validID(id) {
		f.Reason = "its name is not the id of a session"
		return f, true
	}
	session, _, err := s.read(id)
	var damaged *Damaged
	switch {
	case errors.As(err, &damaged):
		f.Reason = damaged.Reason
		if s.mendable(name) {
			f.Remedy = remedySalvage
		}
		return f, true
	case err != nil:
		f.Reason = plainReason(err)
		return f, true
	}
	f.Reason = session.ReadOnly
	return f, f.Reason != ""
}

// mendable reports whether a damaged file can be taken apart: it is one that can
// be read, and not of a newer version.
func (s *Store) mendable(name string) bool {
	text, _, err := readRegular(s.dir, name, maxSession)
	return err == nil && !isNewer(text)
}

// isNewer reports whether a text says in its head that a newer version wrote it.
func isNewer(text []byte) bool {
	fields, _ := members(text)
	head, _ := splitHead(text)
	if whole, ok := members(head); ok {
		fields = whole
	}
	h, _, _ := (&reader{}).session(fields)
	return h.app == appName && h.newer() != ""
}

// inUse reports whether a process has the session open.
func (s *Store) inUse(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locks[id] != nil {
		return true
	}
	release, err := s.holdBriefly(id)
	if err != nil {
		return true
	}
	release()
	return false
}

// Mend does what [Store.Examine] says can be done.
func (s *Store) Mend(ctx context.Context, now time.Time) ([]Repair, error) {
	found, err := s.Examine(ctx)
	var all []Repair
	for _, f := range found {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		all = append(all, s.mend(f, now))
	}
	return all, err
}

func (s *Store) mend(f Finding, now time.Time) Repair {
	r := Repair{Finding: f}
	switch f.Remedy {
	case remedyJournal:
		id, _ := journalID(f.File)
		if r.Done = s.recover(id, now); r.Done == "" && s.exists(f.File) {
			r.Err = errors.New("its session is damaged or in use")
		} else if r.Done == "" {
			r.Done = "All of it was in the session already."
		}
	case remedySalvage:
		session, err := s.Resume(strings.TrimSuffix(f.File, ".json"), now)
		defer s.Release(session.ID)
		var damaged *Damaged
		switch {
		case errors.As(err, &damaged) && damaged.moved:
			r.Done = capital(damaged.Reason) + "."
		case err != nil:
			r.Err = err
		case session.ReadOnly != "":
			r.Err = errors.New(session.ReadOnly)
		default:
			r.Done = session.Notice
		}
	}
	return r
}
