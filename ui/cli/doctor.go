package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"groqchat/chat/groq"
	"groqchat/config"
	"groqchat/ui/safe"
)

// The levels of what the doctor finds.
const (
	levelOK      = "ok"
	levelWarning = "warning" // it works, but not as well as it could
	levelFailed  = "failed"
)

// finding is what a check of the doctor found.
type finding struct {
	Check  string `json:"check"`
	Level  string `json:"level"`
	Text   string `json:"text"`
	Remedy string `json:"remedy,omitempty"`
	code   int    // the exit code, if it failed
}

// exam is what the checks look at.
type exam struct {
	ctx     context.Context //nolint:containedctx // that of one run of the command
	set     config.Loaded
	err     error // of loading the settings
	offline bool
	probe   groq.Probe
	unasked error // why the server did not list its models
}

// checks is the table of what the doctor looks at, the gravest first: the exit code
// is that of the first that failed.
func (a *app) checks() []struct {
	name string
	run  func(*exam) []finding
} {
	return []struct {
		name string
		run  func(*exam) []finding
	}{
		{"version", a.checkVersion},
		{"settings", checkSettings},
		{"key", checkKey},
		{"server", checkServer},
		{"clock", checkClock},
		{"proxy", a.checkProxy},
		{"files", checkFolders},
		{"sessions", a.checkSessions},
		{"terminal", a.checkTerminal},
	}
}

// doctorCommand is `groqchat doctor`: what keeps groqchat from working, and how to
// mend it.
func (a *app) doctorCommand() *cobra.Command {
	var asJSON, offline bool
	c := &cobra.Command{
		Use: "doctor [flags]", Short: "what keeps groqchat from working, and how to mend it", GroupID: groupOther, Args: noArgs,
		Long: "Looks at settings, key, server, clock, proxy, files, sessions and terminal, and says how to mend what is wrong.\n" +
			"Nothing is changed. The exit code is that of the first thing that failed: 2 settings, 3 key, 5 network, 1 files.",
		Example: "groqchat doctor\ngroqchat doctor --offline --json",
		RunE: func(c *cobra.Command, _ []string) error {
			return a.printExam(a.examineAll(c, offline), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().BoolVar(&offline, "offline", false, "do not ask the server")
	return c
}

func (a *app) examineAll(c *cobra.Command, offline bool) []finding {
	e := &exam{ctx: c.Context(), offline: offline}
	e.set, e.err = a.loadWith(c, a.keyring(c.Context()))
	if e.set.Sources != nil && !offline {
		ctx, cancel := context.WithTimeout(e.ctx, modelsTimeout)
		defer cancel()
		client := a.client(e.set, e.set.Key.Reveal(), e.set.BaseURL)
		defer client.Close()
		e.probe, e.unasked = client.Probe(ctx)
	}
	var all []finding
	for _, check := range a.checks() {
		for _, f := range check.run(e) {
			f.Check = check.name
			all = append(all, f)
		}
	}
	return all
}

func fine(format string, args ...any) finding {
	return finding{Level: levelOK, Text: fmt.Sprintf(format, args...)}
}

func warned(remedy, format string, args ...any) finding {
	return finding{Level: levelWarning, Text: fmt.Sprintf(format, args...), Remedy: remedy}
}

// broken is a finding that groqchat cannot work with.
func broken(code int, remedy, format string, args ...any) finding {
	return finding{Level: levelFailed, Text: fmt.Sprintf(format, args...), Remedy: remedy, code: code}
}

func (a *app) checkVersion(*exam) []finding { return []finding{fine("%s", a.build.resolved())} }

// printExam prints the findings; one that failed is the error.
func (a *app) printExam(all []finding, asJSON bool) error {
	var b strings.Builder
	failures, worst := 0, 0
	for _, f := range all {
		b.WriteString(a.findingLine(f))
		if f.Level == levelFailed {
			failures++
			if worst == 0 {
				worst = f.code
			}
		}
	}
	show := func() error { return a.page(b.String()) }
	if asJSON {
		show = func() error { return a.printJSON(all) }
	}
	if err := show(); err != nil || failures == 0 {
		return err
	}
	return &failure{code: worst, hint: "What to do stands below each.", err: fmt.Errorf("%d of the checks failed", failures)}
}

// The columns of the doctor's lines, in cells.
const (
	levelColumn = 9
	checkColumn = 10
	longestLine = 600
	doctorWidth = 100 // the widest lines on a terminal
)

// findingLine is a finding as lines: its level, what was looked at, what was found,
// and below it what to do.
func (a *app) findingLine(f finding) string {
	in, indent := a.ink(a.stdout), levelColumn+checkColumn
	width := indent + longestLine // for programs a finding is a line
	if w := a.width(a.stdout); w > 0 {
		width = min(doctorWidth, max(helpNarrow, w))
	}
	lines := func(text string) string {
		return strings.ReplaceAll(wrapped(safe.Line(text, longestLine), width-indent), "\n", "\n"+strings.Repeat(" ", indent))
	}
	level := fmt.Sprintf("%-*s", levelColumn, f.Level)
	if f.Level != levelOK {
		level = in.bold(level)
	}
	text := fmt.Sprintf("%s%-*s%s\n", level, checkColumn, f.Check, lines(f.Text))
	if f.Remedy != "" {
		text += strings.Repeat(" ", indent) + in.faint(lines(f.Remedy)) + "\n"
	}
	return text
}
