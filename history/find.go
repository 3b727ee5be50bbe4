package history

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// recent is how many files [Store.Last] looks at, the newest by their times: what
// was copied or synchronised has another time than its session.
const recent = 20

// Last is the session that was changed last, an [ErrNone] when there is none.
// Files that cannot be read are passed over; those that seem newer than what was
// found are told.
func (s *Store) Last(ctx context.Context) (Session, []Problem, error) {
	root, entries, err := s.entries()
	if err != nil {
		return Session{}, nil, err
	}
	if root != nil {
		defer root.Close()
	}
	var passed []Problem
	for some := range slices.Chunk(entries, recent) {
		for i := range some {
			s.summarise(root, &some[i])
		}
		slices.SortStableFunc(some, func(a, b entry) int { return b.changed().Compare(a.changed()) })
		session, problems, err := s.firstOf(ctx, some)
		passed = append(passed, problems...)
		if !errors.Is(err, ErrNone) {
			return session, passed, err
		}
	}
	return Session{}, passed, absent("no session is saved yet")
}

// firstOf is the first session of the entries that can be read, and what is wrong
// with those before it.
func (s *Store) firstOf(ctx context.Context, entries []entry) (Session, []Problem, error) {
	var problems []Problem
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return Session{}, nil, err
		}
		id := strings.TrimSuffix(e.name, ".json")
		session, err := s.Load(id)
		if err == nil {
			return session, problems, nil
		}
		if validID(id) {
			problems = append(problems, Problem{File: e.name, Reason: plainReason(err)})
		}
	}
	return Session{}, problems, ErrNone
}

// changed is when a session was changed, as far as is known.
func (e *entry) changed() time.Time {
	if e.summary.Updated.IsZero() {
		return e.written
	}
	return e.summary.Updated
}

// shortestTail is the shortest end of an id that names it: shorter ones would be
// met by a word of a title too easily.
const shortestTail = 4

// Find gives the session that query means: an id, else the one session whose id
// begins or ends with it or whose title is it, else the one whose title has all
// its words. Case does not matter. Without one the error is an [ErrNone], with
// several an [*Ambiguous].
func (s *Store) Find(ctx context.Context, query string) (Summary, error) {
	query = strings.TrimSpace(query)
	if query == "" {
		return Summary{}, absent("name a session by its id or by words of its title")
	}
	all, err := s.List(ctx)
	if err != nil {
		return Summary{}, err
	}
	var found []Summary
	for _, fits := range []func(Summary, string) bool{isID, named, hasWords} {
		found = found[:0]
		for _, one := range all.Summaries {
			if fits(one, query) {
				found = append(found, one)
			}
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0], nil
		}
		return Summary{}, &Ambiguous{Query: query, Candidates: found}
	}
	return Summary{}, all.notFound(query)
}

// notFound names the reason where the query is a file that cannot be listed.
func (l Listing) notFound(query string) error {
	for _, p := range l.Problems {
		if strings.EqualFold(p.File, fileName(query)) {
			return absent(fmt.Sprintf("session %s cannot be read: %s", query, p.Reason))
		}
	}
	return absent(fmt.Sprintf("no session fits %q", query))
}

func isID(s Summary, query string) bool { return strings.EqualFold(s.ID, query) }

func named(s Summary, query string) bool {
	id := strings.ToUpper(query)
	return strings.HasPrefix(s.ID, id) || len(id) >= shortestTail && strings.HasSuffix(s.ID, id) ||
		strings.EqualFold(s.Title, query)
}

func hasWords(s Summary, query string) bool {
	title := strings.ToLower(s.Title)
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(title, word) {
			return false
		}
	}
	return true
}
