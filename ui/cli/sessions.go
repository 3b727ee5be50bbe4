package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/safe"
)

// sessionsCommand is `groqchat sessions`: saved sessions without the screen.
func (a *app) sessionsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "sessions COMMAND", Short: "saved sessions: find, manage, export, import, mend", GroupID: groupSessions, Annotations: using("config color data-dir"),
		Long:    "Lists, shows, finds, manages and mends saved sessions, and exchanges them with other programs.",
		Example: "groqchat sessions search binary tree\ngroqchat sessions export -F html binary search -o page.html\ngroqchat sessions import ~/Downloads/chatgpt.zip",
		Args:    cobra.ArbitraryArgs, RunE: group, DisableFlagsInUseLine: true,
	}
	c.AddCommand(
		a.sessionsList(), a.sessionsShow(), a.sessionsSearch(),
		a.sessionsRename(), a.sessionsPin(), a.sessionsTag(), a.sessionsFork(),
		a.sessionsDelete(), a.sessionsRestore(), a.sessionsPurge(),
		a.sessionsExport(), a.sessionsImport(), a.sessionsDoctor(),
	)
	return c
}

func (a *app) sessionsList() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "list [flags]", Short: "all saved sessions, newest first", Args: noArgs,
		Long:    "Lists all saved sessions, newest first. A * stands before those that are pinned, a # before tags.",
		Example: "groqchat sessions list\ngroqchat sessions list --json | jq -r '.[0].id'",
		RunE: func(c *cobra.Command, _ []string) error {
			store, err := a.sessionStore(c)
			if err != nil {
				return err
			}
			list, err := store.List(c.Context())
			if err != nil {
				return failed("", "cannot list the sessions: %w", err)
			}
			for _, p := range list.Problems {
				a.note("%s: %s", p.File, p.Reason)
			}
			return a.printSessions(list.Summaries, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) printSessions(list []history.Summary, asJSON bool) error {
	if asJSON {
		rows := make([]sessionJSON, 0, len(list))
		for _, s := range list {
			rows = append(rows, toSessionJSON(s))
		}
		return a.printJSON(rows)
	}
	if len(list) == 0 {
		a.note("there are no saved sessions yet; `groqchat` begins one")
		return nil
	}
	t := table{columns: []column{
		{title: "id"},
		{title: "updated", keep: 4},
		{title: "messages", right: true, keep: 2},
		{title: "model", keep: 3},
		{title: "title", wrap: 24},
	}}
	for _, s := range list {
		t.rows = append(t.rows, []string{
			shortID(s.ID), s.Updated.Local().Format("2006-01-02 15:04"), strconv.Itoa(s.Count),
			chat.ShortModel(s.Model), marked(s),
		})
	}
	return a.page(t.render(a.width(a.stdout), a.ink(a.stdout)))
}

// marked is a session's title with its pin and its tags.
func marked(s history.Summary) string {
	text := s.Title
	if s.Pinned {
		text = "* " + text
	}
	for _, tag := range s.Tags {
		text += " #" + tag
	}
	return text
}

func (a *app) sessionsShow() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "show [flags] ID|WORDS", Short: "a session as Markdown", ValidArgsFunction: completeSessions,
		Long:    "Shows a session, found by its id, the beginning or end of it, or words of its title.",
		Example: "groqchat sessions show 7H2KQ9\ngroqchat sessions show binary search > notes.md",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused("name a session by its id or words of its title; see groqchat sessions list")
			}
			store, err := a.sessionStore(c)
			if err != nil {
				return err
			}
			found, err := store.Find(c.Context(), strings.Join(args, " "))
			if err != nil {
				return a.notFound(err, strings.Join(args, " "))
			}
			if asJSON {
				return a.printSessionFile(store, found.ID)
			}
			return a.printSession(store, found.ID)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the session's file")
	return c
}

func (a *app) printSession(store *history.Store, id string) error {
	s, err := store.Load(id)
	if err != nil {
		return unreadable(id, err)
	}
	if s.ReadOnly != "" {
		a.note("%s: %s", filepath.Base(store.Path(id)), s.ReadOnly)
	}
	var text strings.Builder
	if err := history.Transcript(&text, &s.Conversation); err != nil {
		return err
	}
	return a.page(safe.Text(text.String()))
}

func (a *app) printSessionFile(store *history.Store, id string) error {
	raw, err := os.ReadFile(store.Path(id))
	if err != nil {
		return unreadable(id, err)
	}
	return a.print(strings.TrimRight(plainJSON(string(raw)), "\n") + "\n")
}

// notFound says which sessions were meant, or that none was.
func (a *app) notFound(err error, query string) error {
	var many *history.Ambiguous
	switch {
	case errors.As(err, &many):
		return failed(candidates(many.Candidates), "%q fits several sessions", query)
	case errors.Is(err, history.ErrNone):
		return failed("`groqchat sessions list` shows what there is.", "%w", err)
	}
	return failed("", "cannot look for %q: %w", query, err)
}

// candidates is the sessions that a query fits, one a line.
func candidates(list []history.Summary) string {
	const most = 10
	var b strings.Builder
	for i, s := range list {
		if i == most {
			fmt.Fprintf(&b, "and %d more; ", len(list)-most)
			break
		}
		fmt.Fprintf(&b, "  %s  %s\n", shortID(s.ID), oneLine(s.Title))
	}
	return b.String() + "Name one by its id."
}

// unreadable says that a session cannot be read; its file is left as it is.
func unreadable(id string, err error) error {
	return failed("`groqchat sessions list` shows the others.", "cannot open session %s: %w", shortID(id), err)
}

// shortLength is how much of an id people type: its end, for its beginning is
// the time and much the same in all.
const shortLength = 6

func shortID(id string) string { return id[max(0, len(id)-shortLength):] }

// oneLine is a title as it stands in a line of the program's own.
func oneLine(title string) string { return safe.Line(title, 60) }

// sessionJSON is a session as --json of list gives it.
type sessionJSON struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Model   string    `json:"model"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
	Count   int       `json:"count"`
	Pinned  bool      `json:"pinned"`
	Tags    []string  `json:"tags"`
}

func toSessionJSON(s history.Summary) sessionJSON {
	tags := s.Tags
	if tags == nil {
		tags = []string{}
	}
	return sessionJSON{s.ID, s.Title, s.Model, s.Created, s.Updated, s.Count, s.Pinned, tags}
}
