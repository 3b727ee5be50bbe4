package history

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
)

var (
	// ErrNone says that nothing was found: no session, no cached list.
	ErrNone = errors.New("nothing is saved")
	// ErrReadOnly says that a session must not be written by this version.
	ErrReadOnly = errors.New("the session is read-only")
	// ErrChanged says that another program wrote the session's file since it was
	// read, so that saving would destroy that.
	ErrChanged = errors.New("the session's file was changed by another program")
)

// Damaged says that a file is not a session that can be read. The file is left
// as it is.
type Damaged struct {
	File   string // path
	Reason string // what is wrong with it, part of a sentence: "it is empty"
	moved  bool   // it is in quarantine by now
}

func (e *Damaged) Error() string {
	name := filepath.Base(e.File)
	if e.moved {
		return fmt.Sprintf("the session file %s cannot be read: %s", name, e.Reason)
	}
	return fmt.Sprintf("the session file %s cannot be read: %s; it was left as it is", name, e.Reason)
}

// Held says that another process has a session open.
type Held struct {
	PID int // for the eye alone; 0 if it is not known
}

func (e *Held) Error() string {
	if e.PID == 0 {
		return "it is open in another groqchat"
	}
	return fmt.Sprintf("it is open in another groqchat (process %d)", e.PID)
}

// Ambiguous says that words fit several sessions.
type Ambiguous struct {
	Query      string
	Candidates []Summary // newest first
}

// shownCandidates is how many sessions the sentence of [Ambiguous] names.
const shownCandidates = 5

// Error is a sentence that names the sessions, with their titles quoted.
func (e *Ambiguous) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s fits %d sessions: ", strconv.Quote(e.Query), len(e.Candidates))
	for i, c := range e.Candidates {
		if i == shownCandidates {
			b.WriteString(", …")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s %s", c.ID, strconv.Quote(c.Title))
	}
	b.WriteString("; name one by its id or say more of its title")
	return b.String()
}

// absent is an [ErrNone] with a sentence of its own.
type absent string

func (e absent) Error() string { return string(e) }

// Is makes it both ErrNone and the error of a file that does not exist.
func (e absent) Is(target error) bool { return target == ErrNone || target == fs.ErrNotExist }

// bad is what is wrong with the content of a file; the path is added where it is known.
type bad string

func (e bad) Error() string { return string(e) }

func badf(format string, args ...any) error { return bad(fmt.Sprintf(format, args...)) }
