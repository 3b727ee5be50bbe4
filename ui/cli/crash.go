package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"groqchat/ui"
)

// crashed reports a defect of the program itself: one sentence for people, and a
// file for those who look for it. Its exit code is that of a failure: the 2 that
// Go's own runtime gives is our wrong usage.
func (a *app) crashed(c *ui.Crash) int {
	what := "groqchat ended because of a defect of its own" + a.told
	path, err := a.writeCrash(c)
	switch {
	case err != nil:
		a.note("%s; where it is could not be written down: %s", what, ui.FileReason(err))
	case path == "":
		a.note("%s; GROQCHAT_TRACEBACK=1 shows where it is", what)
	default:
		a.note("%s; %s says where it is, and nothing of what was said", what, path)
	}
	if a.variable("GROQCHAT_TRACEBACK") != "" && !a.mute() {
		// Nothing is left to tell an error to when stderr is gone.
		_, _ = fmt.Fprintln(a.stderr, safeLines(a.describe(c)))
	}
	return exitFailure
}

// fate is what a crash says of the session: a clause.
func fate(saves bool, done ui.Result) string {
	switch {
	case !saves:
		return ""
	case done.Unsaved != nil:
		return "; the session could not be saved"
	case done.SessionID == "":
		return "; there was nothing to save"
	}
	return "; the session is saved"
}

// writeCrash writes the description to a file of its own and gives its path, ""
// where nothing may be written.
func (a *app) writeCrash(c *ui.Crash) (string, error) {
	if a.state == "" {
		return "", nil
	}
	if err := os.MkdirAll(a.state, 0o700); err != nil {
		return "", err
	}
	name := fmt.Sprintf("crash-%s-%d.txt", time.Now().Format("20060102-150405"), os.Getpid())
	f, err := os.OpenFile(filepath.Join(a.state, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(a.describe(c))
	if closed := f.Close(); err == nil {
		err = closed
	}
	return f.Name(), err
}

// describe tells where the defect is. Nothing of the conversation, the settings
// or the command line is in it.
func (a *app) describe(c *ui.Crash) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", c.What)
	fmt.Fprintf(&b, "%s\n", a.build.resolved())
	fmt.Fprintf(&b, "TERM=%s TERM_PROGRAM=%s\n\n", a.variable("TERM"), a.variable("TERM_PROGRAM"))
	b.WriteString(c.Stack)
	return b.String()
}
