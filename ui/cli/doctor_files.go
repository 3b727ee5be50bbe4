package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"groqchat/config"
	"groqchat/history"
	"groqchat/ui"
)

// checkFolders looks at the folders: whether they can be written, and whether
// others can read them.
func checkFolders(e *exam) []finding {
	if errors.Is(e.err, config.ErrNoHome) {
		return nil // the settings say so
	}
	var all []finding
	for _, dir := range []string{filepath.Dir(e.set.Paths.Config), e.set.Paths.Data, e.set.Paths.State, e.set.Paths.Cache} {
		all = append(all, checkFolder(dir))
	}
	return all
}

func checkFolder(dir string) finding {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fine("%s: not made yet", dir)
	case err != nil:
		return broken(exitFailure, "", "%s: %s", dir, ui.FileReason(err))
	case !info.IsDir():
		return broken(exitFailure, "Move it away.", "%s is no folder", dir)
	}
	probe, err := os.CreateTemp(dir, ".doctor-*") //nolint:forbidigo // it is removed again: whether one can be made is the question
	if err != nil {
		return broken(exitFailure, "Make it yours and writable, or choose another with --data-dir.", "%s cannot be written: %s", dir, ui.FileReason(err))
	}
	err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	const others = 0o077
	switch {
	case err != nil:
		return broken(exitFailure, "", "%s: %s", dir, ui.FileReason(err))
	case runtime.GOOS != "windows" && info.Mode().Perm()&others != 0:
		return warned(fmt.Sprintf("chmod 700 %q", dir), "%s can be seen by others (mode %o)", dir, info.Mode().Perm())
	}
	return fine("%s", dir)
}

// checkSessions counts sessions and those that are damaged, and tries a lock.
func (a *app) checkSessions(e *exam) []finding {
	if errors.Is(e.err, config.ErrNoHome) {
		return nil
	}
	store := history.Open(e.set.Paths.Data)
	list, err := store.List(e.ctx)
	var wrong []history.Finding
	if err == nil {
		wrong, err = store.Examine(e.ctx)
	}
	switch {
	case err != nil:
		return []finding{broken(exitFailure, "", "the sessions cannot be read: %v", err)}
	case len(wrong) > 0:
		return []finding{warned("`groqchat sessions doctor` says what, and mends it with --mend.",
			"%d can be read; something is wrong with %d of the files", len(list.Summaries), len(wrong))}
	}
	all := append([]finding{fine("%d, all in order", len(list.Summaries))}, checkLocks(e, store)...)
	if _, err := os.Stat(e.set.Paths.Data); err == nil {
		id := history.NewID(a.now())
		if err := store.Hold(id); err != nil {
			return append(all, warned("Do not open one session in two programs.", "files cannot be locked here: %v", err))
		}
		store.Release(id)
	}
	return all
}

// checkLocks says which sessions are open, and what locks were left behind.
func checkLocks(e *exam, store *history.Store) []finding {
	locks, err := store.Locks(e.ctx)
	if err != nil {
		return []finding{broken(exitFailure, "", "the locks cannot be read: %s", ui.FileReason(err))}
	}
	var all []finding
	if n := len(locks.Open); n > 0 {
		var by []string
		for _, l := range locks.Open {
			by = append(by, fmt.Sprintf("%s (process %d)", shortID(l.ID), l.PID))
		}
		all = append(all, fine("%s open in another groqchat, read-only here: %s", counted(n, "session"), strings.Join(by, ", ")))
	}
	if locks.Left > 0 {
		all = append(all, fine("%s of processes that are gone; they lock nothing, and the next chat removes them", counted(locks.Left, "lock")))
	}
	return all
}
