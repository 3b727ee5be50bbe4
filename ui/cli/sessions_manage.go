package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/history"
)

// eachSession is the run of a command on sessions: it finds those that its words
// name, each by one word, and reports at the first that it cannot do.
func (a *app) eachSession(do func(*history.Store, history.Summary) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return misused("name a session by its id or words of its title; see groqchat sessions list")
		}
		store, err := a.sessionStore(c)
		if err != nil {
			return err
		}
		for _, query := range args {
			found, err := store.Find(c.Context(), query)
			if err != nil {
				return a.notFound(err, query)
			}
			if err := do(store, found); err != nil {
				return err
			}
		}
		return nil
	}
}

// change changes and saves a session, and says what it is now.
func (a *app) change(store *history.Store, id, done string, change func(*chat.Conversation)) error {
	conv, err := store.Change(id, change)
	if err != nil {
		return failed("", "cannot change session %s: %w", shortID(id), err)
	}
	a.note("%s  %s", shortID(id), strings.TrimSpace(done+" "+oneLine(conv.Title)))
	return nil
}

func (a *app) sessionsRename() *cobra.Command {
	return &cobra.Command{
		Use: "rename ID TITLE", Short: "give a session another title", ValidArgsFunction: completeSessions,
		Long:    "Gives a session another title. The session is named by its id, an end of it, or its present title in quotes.",
		Example: `groqchat sessions rename 7H2KQ9 How trees are balanced`, Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			title := strings.TrimSpace(strings.Join(args[min(1, len(args)):], " "))
			if title == "" {
				return misused("name a session and its new title; see groqchat sessions rename --help")
			}
			return a.eachSession(func(store *history.Store, s history.Summary) error {
				return a.change(store, s.ID, "", func(conv *chat.Conversation) { history.Retitle(conv, title) })
			})(c, args[:1])
		},
	}
}

func (a *app) sessionsPin() *cobra.Command {
	var off bool
	c := &cobra.Command{
		Use: "pin [flags] ID…", Short: "keep sessions at the top of the list to choose from", ValidArgsFunction: completeSessions,
		Example: "groqchat sessions pin 7H2KQ9\ngroqchat sessions pin --off 7H2KQ9",
		RunE: a.eachSession(func(store *history.Store, s history.Summary) error {
			done := "pinned:"
			if off {
				done = "not pinned any more:"
			}
			return a.change(store, s.ID, done, func(conv *chat.Conversation) { conv.Pinned = !off })
		}),
	}
	c.Flags().BoolVar(&off, "off", false, "do not any more")
	return c
}

func (a *app) sessionsTag() *cobra.Command {
	var remove []string
	c := &cobra.Command{
		Use: "tag [flags] ID TAG…", Short: "add tags to a session, or remove them", ValidArgsFunction: completeSessions,
		Example: "groqchat sessions tag 7H2KQ9 go trees\ngroqchat sessions tag 7H2KQ9 --remove trees",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args)+len(remove) < 2 {
				return misused("name a session and its tags; see groqchat sessions tag --help")
			}
			words := args[1:]
			for _, tag := range remove {
				words = append(words, "-"+tag)
			}
			return a.eachSession(func(store *history.Store, s history.Summary) error {
				conv, err := store.Change(s.ID, func(conv *chat.Conversation) { history.Tag(conv, words...) })
				if err != nil {
					return failed("", "cannot change session %s: %w", shortID(s.ID), err)
				}
				s.Title, s.Tags, s.Pinned = conv.Title, conv.Tags, conv.Pinned
				a.note("%s  %s", shortID(s.ID), oneLine(marked(s)))
				return nil
			})(c, args[:1])
		},
	}
	c.Flags().StringSliceVar(&remove, "remove", nil, "remove a `TAG`; several, or once with commas")
	return c
}

func (a *app) sessionsFork() *cobra.Command {
	return &cobra.Command{
		Use: "fork ID", Short: "copy a session, to go on with the copy", ValidArgsFunction: completeSessions,
		Example: "groqchat sessions fork 7H2KQ9", DisableFlagsInUseLine: true,
		RunE: a.eachSession(func(store *history.Store, s history.Summary) error {
			session, err := store.Load(s.ID)
			if err != nil {
				return unreadable(s.ID, err)
			}
			fork := history.Fork(&session.Conversation, a.now())
			if _, err := store.Save(fork); err != nil {
				return failed("", "cannot save the copy: %w", err)
			}
			a.note("%s  is the copy of %s  %s", shortID(fork.ID), shortID(s.ID), oneLine(s.Title))
			return a.print(fork.ID + "\n")
		}),
	}
}

func (a *app) sessionsDelete() *cobra.Command {
	return &cobra.Command{
		Use: "delete ID…", Short: "move sessions to the trash", ValidArgsFunction: completeSessions,
		Long: "Moves sessions to the trash, from where `groqchat sessions restore` brings them back. " +
			"What is in the trash for longer than the setting trash_days is deleted for good.",
		Example: "groqchat sessions delete 7H2KQ9\ngroqchat sessions restore 7H2KQ9", DisableFlagsInUseLine: true,
		RunE: a.eachSession(func(store *history.Store, s history.Summary) error {
			if _, err := store.Delete(s.ID, a.now()); err != nil {
				return failed("", "cannot delete session %s: %w", shortID(s.ID), err)
			}
			a.note("%s  moved to the trash: %s", shortID(s.ID), oneLine(s.Title))
			return nil
		}),
	}
}

func (a *app) sessionsRestore() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "restore [flags] [ID…]", Short: "bring sessions back from the trash; without ID list it",
		Example: "groqchat sessions restore\ngroqchat sessions restore 7H2KQ9",
		RunE: func(c *cobra.Command, args []string) error {
			store, err := a.sessionStore(c)
			if err != nil {
				return err
			}
			trash, err := store.Trash(c.Context())
			if err != nil {
				return failed("", "cannot read the trash: %w", err)
			}
			if len(args) == 0 {
				return a.printTrash(trash, asJSON)
			}
			for _, query := range args {
				if err := a.restore(c.Context(), store, trash, query); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// restore brings back the session that is meant: by its id, an end of it, or its
// title. Of one that was deleted several times it is the last.
func (a *app) restore(ctx context.Context, store *history.Store, trash []history.Trashed, query string) error {
	id, title := "", ""
	for _, t := range trash {
		upper := strings.ToUpper(query)
		fits := strings.HasPrefix(t.ID, upper) || len(query) >= 4 && strings.HasSuffix(t.ID, upper) || strings.EqualFold(t.Title, query)
		switch {
		case !fits || t.ID == id:
		case id != "":
			return failed("`groqchat sessions restore` shows what there is.", "%q fits several sessions in the trash", query)
		default:
			id, title = t.ID, t.Title
		}
	}
	if id == "" {
		return failed("`groqchat sessions restore` shows what there is.", "nothing in the trash fits %q", query)
	}
	if err := store.Restore(ctx, id); err != nil {
		return failed("", "%w", err)
	}
	a.note("%s  is back: %s", shortID(id), oneLine(title))
	return nil
}

// trashedJSON is a session in the trash, as --json of restore gives it.
type trashedJSON struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Deleted time.Time `json:"deleted"`
	Count   int       `json:"count"`
}

func (a *app) printTrash(trash []history.Trashed, asJSON bool) error {
	if asJSON {
		rows := make([]trashedJSON, 0, len(trash))
		for _, t := range trash {
			rows = append(rows, trashedJSON{t.ID, t.Title, t.Deleted.UTC(), t.Count})
		}
		return a.printJSON(rows)
	}
	if len(trash) == 0 {
		a.note("the trash is empty")
		return nil
	}
	t := table{columns: []column{{title: "id"}, {title: "deleted", keep: 4}, {title: "messages", right: true, keep: 2}, {title: "title", wrap: 24}}}
	for _, one := range trash {
		t.rows = append(t.rows, []string{shortID(one.ID), one.Deleted.Local().Format("2006-01-02 15:04"), strconv.Itoa(one.Count), one.Title})
	}
	return a.print(t.render(a.width(a.stdout), a.ink(a.stdout)))
}

func (a *app) sessionsPurge() *cobra.Command {
	days := -1
	c := &cobra.Command{
		Use: "purge [flags]", Short: "delete for good what is old in the trash", Args: noArgs,
		Long: "Deletes for good what has been in the trash for longer than the setting trash_days. The chat does so by itself, " +
			"but not when the clock has moved by more than a year since the last time; this command believes the clock.",
		Example: "groqchat sessions purge\ngroqchat sessions purge --days 0",
		RunE: func(c *cobra.Command, _ []string) error {
			set, err := a.settings(c, false)
			if err != nil {
				return err
			}
			if days < 0 && set.TrashDays == 0 {
				return misused("the setting trash_days is 0, nothing is ever too old; say --days")
			}
			if days < 0 {
				days = set.TrashDays
			}
			n, err := history.Open(set.Paths.Data).Purge(a.now(), time.Duration(days)*24*time.Hour, true)
			if err != nil {
				return failed("", "%w", err)
			}
			a.note("%d deleted for good", n)
			return nil
		},
	}
	c.Flags().IntVar(&days, "days", -1, "what was deleted more than `N` days ago")
	c.Flags().Lookup("days").DefValue = ""
	return c
}

// exists reports whether an export was refused for what is there.
func exists(err error) bool { return errors.Is(err, history.ErrExists) }
