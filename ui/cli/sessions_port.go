package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui"
	"groqchat/ui/safe"
)

// exportFlags is the flags of export.
type exportFlags struct {
	format, out string
	force, all  bool
	json        bool
}

func (a *app) sessionsExport() *cobra.Command {
	o := &exportFlags{}
	var formats []string
	for _, f := range ui.ExportFormats() {
		formats = append(formats, f.Name+": "+f.Help)
	}
	c := &cobra.Command{
		Use: "export [flags] ID…", Short: "sessions as Markdown, HTML, JSON or text", ValidArgsFunction: completeSessions,
		Long: "Writes sessions to stdout or a file. Formats are " + strings.Join(formats, "; ") + ". " +
			"Into a folder each session goes as a file of its own, named after the day and the title. A file that exists is replaced only by --force.",
		Example: "groqchat sessions export 7H2KQ9 > notes.md\ngroqchat sessions export -F html 7H2KQ9 -o page.html\ngroqchat sessions export --all -F json -o backup.json",
		RunE:    func(c *cobra.Command, args []string) error { return a.export(c, o, args) },
	}
	c.Flags().StringVarP(&o.format, "format", "F", "", "`FORMAT`: "+strings.Join(ui.ExportNames(), ", ")+" (default by the ending of FILE, else markdown)")
	c.Flags().StringVarP(&o.out, "output", "o", "-", "`FILE` or folder; - is stdout")
	c.Flags().BoolVar(&o.force, "force", false, "replace a file that exists")
	c.Flags().BoolVar(&o.all, "all", false, "all sessions")
	c.Flags().BoolVar(&o.json, "json", false, "the same as --format json")
	// It fails only for a flag that is not there.
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(ui.ExportNames(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// formatOf is the format that is meant.
func (o *exportFlags) formatOf() (ui.ExportFormat, error) {
	name := o.format
	switch {
	case o.json && name != "" && name != "json":
		return ui.ExportFormat{}, misused("--json is the format json, and --format says %s", name)
	case o.json:
		name = "json"
	}
	if name == "" {
		if f, ok := ui.FindExportFormat(strings.TrimPrefix(filepath.Ext(o.out), ".")); ok {
			return f, nil
		}
	}
	f, ok := ui.FindExportFormat(name)
	if !ok {
		near := chat.Nearest(name, ui.ExportNames())
		if near != "" {
			near = "; did you mean " + near + "?"
		}
		return f, misused("there is no format %q%s Formats are %s", name, near, strings.Join(ui.ExportNames(), ", "))
	}
	return f, nil
}

func (a *app) export(c *cobra.Command, o *exportFlags, args []string) error {
	format, err := o.formatOf()
	if err != nil {
		return err
	}
	if o.all == (len(args) > 0) {
		return misused("name the sessions to export, or say --all; see groqchat sessions export --help")
	}
	sessions, err := a.toExport(c, o.all, args)
	if err != nil {
		return err
	}
	if info, err := os.Stat(o.out); err == nil && info.IsDir() && o.out != "-" {
		bar := a.stepBar(ui.Things("file"))
		defer bar.end()
		for i, conv := range sessions {
			bar.tell(i, len(sessions))
			name := history.ExportName(conv.Title, conv.ID, conv.Created.Local(), format.Ending)
			if err := a.exportFile(filepath.Join(o.out, name), o.force, format, conv); err != nil {
				return err
			}
		}
		return nil
	}
	if o.out != "-" {
		return a.exportFile(o.out, o.force, format, sessions...)
	}
	var b strings.Builder
	if err := format.Write(&b, sessions...); err != nil {
		return failed("", "cannot export: %w", err)
	}
	return a.printExport(format, b.String())
}

// toExport reads the sessions.
func (a *app) toExport(c *cobra.Command, all bool, args []string) (sessions []chat.Conversation, err error) {
	load := func(store *history.Store, s history.Summary) error {
		session, err := store.Load(s.ID)
		if err != nil {
			return unreadable(s.ID, err)
		}
		if session.ReadOnly != "" {
			a.note("%s: %s", shortID(s.ID), session.ReadOnly)
		}
		sessions = append(sessions, session.Conversation)
		return nil
	}
	if !all {
		bar, done := a.stepBar(ui.Things("session")), 0
		defer bar.end()
		return sessions, a.eachSession(func(store *history.Store, s history.Summary) error {
			bar.tell(done, len(args))
			done++
			return load(store, s)
		})(c, args)
	}
	store, err := a.sessionStore(c)
	if err != nil {
		return nil, err
	}
	list, err := store.List(c.Context())
	if err != nil {
		return nil, failed("", "cannot list the sessions: %w", err)
	}
	for _, p := range list.Problems {
		a.note("%s is left out: %s", p.File, p.Reason)
	}
	bar := a.stepBar(ui.Things("session"))
	defer bar.end()
	for i, s := range list.Summaries {
		bar.tell(i, len(list.Summaries))
		if err := load(store, s); err != nil {
			bar.end()
			a.note("%s is left out: %v", shortID(s.ID), err)
		}
	}
	return sessions, nil
}

func (a *app) exportFile(path string, force bool, format ui.ExportFormat, sessions ...chat.Conversation) error {
	var b bytes.Buffer
	err := format.Write(&b, sessions...)
	if err == nil {
		err = history.WriteExport(path, b.Bytes(), force)
	}
	switch {
	case exists(err):
		return failed("--force replaces it.", "%w", err)
	case err != nil:
		return failed("", "cannot export: %w", err)
	}
	a.note("exported to %s", path)
	return nil
}

// printExport writes to stdout: to a terminal what is safe to show, else what it is.
func (a *app) printExport(format ui.ExportFormat, text string) error {
	switch {
	case !isTerminal(a.stdout):
		return a.print(text)
	case format.Ending == "json":
		return a.print(plainJSON(text))
	}
	return a.print(safe.Text(text))
}

func (a *app) sessionsImport() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "import [flags] FILE…", Short: "sessions from files of groqchat, ChatGPT, Claude, or the API",
		Long: "Reads conversations and saves them as sessions: exports of groqchat as JSON; those of ChatGPT and Claude, the zip or the " +
			"conversations.json in it; messages in the form of the API, as JSON or one conversation or message a line. " +
			"What was imported before is not imported again: its session gets the messages that are new, and keeps what was said in it here.",
		Example: "groqchat sessions import ~/Downloads/chatgpt.zip\ngroqchat sessions import conversations-000.json conversations-001.json",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused("name the files to import; see groqchat sessions import --help")
			}
			store, err := a.sessionStore(c)
			if err != nil {
				return err
			}
			report, err := a.importAll(c.Context(), store, args)
			if err != nil && idle(report) && !asJSON {
				return failed("", "%w", err)
			}
			if printErr := a.printReport(report, asJSON); printErr != nil {
				return printErr
			}
			if err != nil {
				return failed("What was imported before that is kept.", "%w", err)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// importAll imports files one after the other, up to one that cannot be read.
func (a *app) importAll(ctx context.Context, store *history.Store, paths []string) (all history.Report, err error) {
	for _, path := range paths {
		var one history.Report
		bar := a.stepBar(megabytes)
		one, err = store.ImportTelling(ctx, path, bar.tell)
		bar.end()
		all.Imported, all.Grown = append(all.Imported, one.Imported...), append(all.Grown, one.Grown...)
		all.Skipped = append(all.Skipped, one.Skipped...)
		all.Already, all.More = all.Already+one.Already, all.More+one.More
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// idle reports whether a report has nothing to tell.
func idle(r history.Report) bool {
	return len(r.Imported)+len(r.Grown)+r.Already+len(r.Skipped)+r.More == 0
}

// shownSkips is how many reasons are told on stderr; --json has all of them.
const shownSkips = 20

// reportJSON is the report of an import, as --json gives it.
type reportJSON struct {
	Imported []sessionJSON `json:"imported"`
	Grown    []sessionJSON `json:"grown"`
	Already  int           `json:"already_here"`
	Skipped  []skipJSON    `json:"skipped"`
	More     int           `json:"more_skipped,omitempty"`
}

type skipJSON struct {
	Where  string `json:"where"`
	Reason string `json:"reason"`
}

func (a *app) printReport(r history.Report, asJSON bool) error {
	if asJSON {
		out := reportJSON{Imported: []sessionJSON{}, Grown: []sessionJSON{}, Already: r.Already, Skipped: []skipJSON{}, More: r.More}
		for _, s := range r.Imported {
			out.Imported = append(out.Imported, toSessionJSON(s))
		}
		for _, s := range r.Grown {
			out.Grown = append(out.Grown, toSessionJSON(s))
		}
		for _, s := range r.Skipped {
			out.Skipped = append(out.Skipped, skipJSON(s))
		}
		return a.printJSON(out)
	}
	for i, s := range r.Skipped {
		if i == shownSkips {
			a.note("and %d more; --json has them all", len(r.Skipped)+r.More-i)
			break
		}
		a.note("%s: %s", s.Where, s.Reason)
	}
	for _, s := range r.Grown {
		a.note("%s  has new messages: %s", shortID(s.ID), oneLine(s.Title))
	}
	grown := ""
	if n := len(r.Grown); n > 0 {
		grown = fmt.Sprintf("%d with new messages, ", n)
	}
	a.note("%d imported, %s%d here before, %d skipped in whole or in part", len(r.Imported), grown, r.Already, len(r.Skipped)+r.More)
	var b strings.Builder
	for _, s := range r.Imported {
		b.WriteString(shortID(s.ID) + "  " + oneLine(s.Title) + "\n")
	}
	return a.print(b.String())
}
