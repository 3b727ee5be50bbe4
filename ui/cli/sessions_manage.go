package cli

import (
	"strings"

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

// deed is what a command does to a session: it gives the session as it is now, for
// programs, and what was done, for people.
type deed func(*history.Store, history.Summary) (row any, said string, err error)

// eachDone does something to each of the sessions that words name.
func (a *app) eachDone(c *cobra.Command, args []string, asJSON bool, do deed) error {
	r := &deeds{app: a, asJSON: asJSON}
	return r.end(a.eachSession(func(store *history.Store, s history.Summary) error {
		row, said, err := do(store, s)
		if err == nil {
			r.add(s.ID, row, said)
		}
		return err
	})(c, args))
}

// deeds tells what was done to sessions: people on stderr, or with --json programs
// on stdout, also what was done before something failed.
type deeds struct {
	*app
	asJSON bool
	rows   []any
}

func (d *deeds) add(id string, row any, said string) {
	if d.rows = append(d.rows, row); !d.asJSON {
		d.note("%s  %s", shortID(id), said)
	}
}

func (d *deeds) end(err error) error {
	if d.asJSON && len(d.rows) > 0 {
		if printErr := d.printJSON(d.rows); printErr != nil {
			return printErr
		}
	}
	return err
}

// jsonFlag declares --json.
func jsonFlag(c *cobra.Command) *bool { return c.Flags().Bool("json", false, "print JSON") }

// changed changes and saves a session, and says what it is now.
func changed(store *history.Store, s history.Summary, change func(*chat.Conversation)) (history.Summary, error) {
	conv, err := store.Change(s.ID, change)
	if err != nil {
		return s, failed("", "cannot change session %s: %w", shortID(s.ID), err)
	}
	return history.SummaryOf(conv), nil
}

func (a *app) sessionsRename() *cobra.Command {
	c := &cobra.Command{
		Use: "rename [flags] ID TITLE", Short: "give a session another title", ValidArgsFunction: completeSessions,
		Long:    "Gives a session another title. The session is named by its id, an end of it, or its present title in quotes.",
		Example: `groqchat sessions rename 7H2KQ9 How trees are balanced`, Args: cobra.ArbitraryArgs,
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		title := strings.TrimSpace(strings.Join(args[min(1, len(args)):], " "))
		if title == "" {
			return misused("name a session and its new title; see groqchat sessions rename --help")
		}
		return a.eachDone(c, args[:1], *asJSON, func(store *history.Store, s history.Summary) (any, string, error) {
			s, err := changed(store, s, func(conv *chat.Conversation) { history.Retitle(conv, title) })
			return toSessionJSON(s), oneLine(s.Title), err
		})
	}
	return c
}

func (a *app) sessionsPin() *cobra.Command {
	var off bool
	c := &cobra.Command{
		Use: "pin [flags] ID…", Short: "keep sessions at the top of the list to choose from", ValidArgsFunction: completeSessions,
		Example: "groqchat sessions pin 7H2KQ9\ngroqchat sessions pin --off 7H2KQ9",
	}
	c.Flags().BoolVar(&off, "off", false, "do not any more")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.eachDone(c, args, *asJSON, func(store *history.Store, s history.Summary) (any, string, error) {
			done := "pinned: "
			if off {
				done = "not pinned any more: "
			}
			s, err := changed(store, s, func(conv *chat.Conversation) { conv.Pinned = !off })
			return toSessionJSON(s), strings.TrimSpace(done + oneLine(s.Title)), err
		})
	}
	return c
}

func (a *app) sessionsTag() *cobra.Command {
	var remove []string
	c := &cobra.Command{
		Use: "tag [flags] ID TAG…", Short: "add tags to a session, or remove them", ValidArgsFunction: completeSessions,
		Example: "groqchat sessions tag 7H2KQ9 go trees\ngroqchat sessions tag 7H2KQ9 --remove trees",
	}
	c.Flags().StringSliceVar(&remove, "remove", nil, "remove a `TAG`; several, or once with commas")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 || len(args)+len(remove) < 2 {
			return misused("name a session and its tags; see groqchat sessions tag --help")
		}
		words := args[1:]
		for _, tag := range remove {
			words = append(words, "-"+tag)
		}
		return a.eachDone(c, args[:1], *asJSON, func(store *history.Store, s history.Summary) (any, string, error) {
			s, err := changed(store, s, func(conv *chat.Conversation) { history.Tag(conv, words...) })
			return toSessionJSON(s), oneLine(marked(s)), err
		})
	}
	return c
}

func (a *app) sessionsFork() *cobra.Command {
	c := &cobra.Command{
		Use: "fork [flags] ID…", Short: "copy sessions, to go on with the copies", ValidArgsFunction: completeSessions,
		Example: "groqchat sessions fork 7H2KQ9\ngroqchat -r \"$(groqchat sessions fork 7H2KQ9)\"",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.eachDone(c, args, *asJSON, func(store *history.Store, s history.Summary) (any, string, error) {
			session, err := store.Load(s.ID)
			if err != nil {
				return nil, "", unreadable(s.ID, err)
			}
			fork := history.Fork(&session.Conversation, a.now())
			if _, err := store.Save(fork); err != nil {
				return nil, "", failed("", "cannot save the copy: %w", err)
			}
			if !*asJSON {
				err = a.print(fork.ID + "\n")
			}
			return toSessionJSON(history.SummaryOf(fork)), "copied to " + shortID(fork.ID) + ": " + oneLine(s.Title), err
		})
	}
	return c
}
