package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"groqchat/history"
)

func (a *app) sessionsDelete() *cobra.Command {
	c := &cobra.Command{
		Use: "delete [flags] ID…", Short: "move sessions to the trash", ValidArgsFunction: completeSessions,
		Long: "Moves sessions to the trash, from where `groqchat sessions restore` brings them back. " +
			"What is in the trash for longer than the setting trash_days is deleted for good.",
		Example: "groqchat sessions delete 7H2KQ9\ngroqchat sessions restore 7H2KQ9",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.eachDone(c, args, *asJSON, func(store *history.Store, s history.Summary) (any, string, error) {
			gone, err := store.Delete(s.ID, a.now())
			if err != nil {
				return nil, "", failed("", "cannot delete session %s: %w", shortID(s.ID), err)
			}
			return toTrashedJSON(gone), "moved to the trash: " + oneLine(s.Title), nil
		})
	}
	return c
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
			done := &deeds{app: a, asJSON: asJSON}
			for _, query := range args {
				if err := a.restore(c.Context(), store, trash, query, done); err != nil {
					return done.end(err)
				}
			}
			return done.end(nil)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// restore brings back the session that is meant: by its id, an end of it, or its
// title. Of one that was deleted several times it is the last.
func (a *app) restore(ctx context.Context, store *history.Store, trash []history.Trashed, query string, done *deeds) error {
	var found history.Trashed
	for _, t := range trash {
		upper := strings.ToUpper(query)
		fits := strings.HasPrefix(t.ID, upper) || len(query) >= 4 && strings.HasSuffix(t.ID, upper) || strings.EqualFold(t.Title, query)
		switch {
		case !fits || t.ID == found.ID:
		case found.ID != "":
			return failed("`groqchat sessions restore` shows what there is.", "%q fits several sessions in the trash", query)
		default:
			found = t
		}
	}
	if found.ID == "" {
		return failed("`groqchat sessions restore` shows what there is.", "nothing in the trash fits %q", query)
	}
	if err := store.Restore(ctx, found.ID); err != nil {
		return failed("", "%w", err)
	}
	back := history.Summary{ID: found.ID, Title: found.Title, Count: found.Count}
	if s, err := store.Load(found.ID); err == nil { // a damaged one is back as it was
		back = history.SummaryOf(s.Conversation)
	}
	done.add(found.ID, toSessionJSON(back), "is back: "+oneLine(found.Title))
	return nil
}

// trashedJSON is a session in the trash, as --json of delete and restore gives it.
type trashedJSON struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Deleted time.Time `json:"deleted"`
	Count   int       `json:"count"`
}

func toTrashedJSON(t history.Trashed) trashedJSON {
	return trashedJSON{t.ID, t.Title, t.Deleted.UTC(), t.Count}
}

func (a *app) printTrash(trash []history.Trashed, asJSON bool) error {
	if asJSON {
		rows := make([]trashedJSON, 0, len(trash))
		for _, t := range trash {
			rows = append(rows, toTrashedJSON(t))
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
	return a.page(t.render(a.width(a.stdout), a.ink(a.stdout)))
}

func (a *app) sessionsPurge() *cobra.Command {
	days, asJSON := -1, false
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
			if asJSON {
				return a.printJSON(purgedJSON{n})
			}
			a.note("%d deleted for good", n)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().IntVar(&days, "days", -1, "what was deleted more than `N` days ago")
	c.Flags().Lookup("days").DefValue = ""
	return c
}

// purgedJSON is what --json of purge gives.
type purgedJSON struct {
	Deleted int `json:"deleted"`
}

// exists reports whether an export was refused for what is there.
func exists(err error) bool { return errors.Is(err, history.ErrExists) }
