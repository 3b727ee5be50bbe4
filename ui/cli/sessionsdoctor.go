package cli

import (
	"github.com/spf13/cobra"

	"groqchat/history"
	"groqchat/ui/safe"
)

// sessionsDoctor is `groqchat sessions doctor`: what is wrong with saved sessions.
func (a *app) sessionsDoctor() *cobra.Command {
	var mend, asJSON bool
	c := &cobra.Command{
		Use: "doctor [flags]", Short: "what is wrong with the session files, and how to mend it", Args: noArgs,
		Long: "Looks at every session file and says what is wrong with it. With --mend, what is whole in a damaged file goes\n" +
			"into a new session and the file into quarantine, and answers that were cut off with the program are brought\n" +
			"into their sessions. Nothing is deleted. The exit code is 1 if something is wrong and was not mended.",
		Example: "groqchat sessions doctor\ngroqchat sessions doctor --mend",
		RunE: func(c *cobra.Command, _ []string) error {
			set, err := a.settings(c, false)
			if err != nil {
				return err
			}
			rows, err := a.examine(c, a.store(c.Context(), set), mend)
			if err != nil {
				return failed("", "cannot look at the sessions: %w", err)
			}
			return a.printFindings(rows, asJSON, mend)
		},
	}
	c.Flags().BoolVar(&mend, "mend", false, "mend what can be mended")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// findingJSON is what is wrong with a file, and what was done about it.
type findingJSON struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	Remedy string `json:"remedy,omitempty"`
	Done   string `json:"done,omitempty"`
	Error  string `json:"error,omitempty"`
}

func (a *app) examine(c *cobra.Command, store *history.Store, mend bool) ([]findingJSON, error) {
	rows := []findingJSON{}
	if mend {
		repairs, err := store.Mend(c.Context(), a.now())
		for _, r := range repairs {
			row := findingJSON{File: r.File, Reason: r.Reason, Remedy: r.Remedy, Done: r.Done}
			if r.Err != nil {
				row.Error = r.Err.Error()
			}
			rows = append(rows, row)
		}
		return rows, err
	}
	findings, err := store.Examine(c.Context())
	for _, f := range findings {
		rows = append(rows, findingJSON{File: f.File, Reason: f.Reason, Remedy: f.Remedy})
	}
	return rows, err
}

func (a *app) printFindings(rows []findingJSON, asJSON, mend bool) error {
	left, mendable := 0, 0
	var text string
	for _, r := range rows {
		if r.Done == "" {
			left++
		}
		if r.Remedy != "" && r.Done == "" {
			mendable++
		}
		text += r.plain()
	}
	show := func() error { return a.print(text) }
	if asJSON {
		show = func() error { return a.printJSON(rows) }
	}
	err := show()
	switch {
	case err != nil:
		return err
	case len(rows) == 0 && !asJSON:
		a.note("all sessions are in order")
	case mendable > 0 && !mend:
		return failed("`groqchat sessions doctor --mend` mends what can be mended.", "%d of the files have something wrong with them", left)
	case left > 0:
		return failed("These are left as they are.", "%d of the files have something wrong with them", left)
	}
	return nil
}

// plain is a finding in words.
func (r findingJSON) plain() string {
	const longest = 2000
	text := safe.Line(r.File+": "+r.Reason, longest) + "\n"
	for _, line := range []string{r.Done, r.Error} {
		if line != "" {
			text += "  " + safe.Line(line, longest) + "\n"
		}
	}
	if r.Remedy != "" && r.Done == "" && r.Error == "" {
		text += "  to mend it: " + r.Remedy + "\n"
	}
	return text
}
