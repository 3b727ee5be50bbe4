package cli

import (
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/history"
)

// cacheCommand is `groqchat cache`: the answers that are kept to be given again.
func (a *app) cacheCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "cache COMMAND", Short: "answers that are kept to be given again: stats, clear", GroupID: groupSettings, Annotations: using("config color"),
		Long: "With --cache, or the setting cache, an answer is kept, and given again to the same request: the same server, model, messages and parameters. " +
			"The settings cache_days and cache_size say for how long, and how much.",
		Example: "groqchat ask --cache \"What is SIGPIPE?\"\ngroqchat cache stats\ngroqchat cache clear",
		Args:    cobra.ArbitraryArgs, RunE: group, DisableFlagsInUseLine: true,
	}
	c.AddCommand(a.cacheStats(), a.cacheClear())
	return c
}

func (a *app) cacheStats() *cobra.Command {
	return a.onCache("stats", "how many answers are kept, and since when",
		"Counts the answers that are kept to be given again, and says where they are.", (*history.Answers).Held, a.printHeld)
}

func (a *app) cacheClear() *cobra.Command {
	return a.onCache("clear", "remove all answers that are kept",
		"Removes all answers that are kept to be given again. Sessions and the ledger are left alone.", (*history.Answers).Clear,
		func(gone history.AnswersHeld, _ cacheLimits) error {
			a.note("%s removed, %s", counted(gone.Answers, "answer"), humanize.Bytes(uint64(gone.Bytes)))
			return nil
		})
}

// onCache is a command that does something with the cache, and shows what it gave.
func (a *app) onCache(name, short, long string, do func(*history.Answers) (history.AnswersHeld, error), show func(history.AnswersHeld, cacheLimits) error) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: name + " [flags]", Short: short, Long: long, Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			set, err := a.settings(c, false)
			if err != nil {
				return err
			}
			found, err := do(a.answers(set))
			if err != nil {
				return failed("", "%w", err)
			}
			limits := cacheLimits{set.CacheDays, int64(set.CacheSize) * megabyte}
			if asJSON {
				return a.printJSON(toCacheJSON(found, limits))
			}
			return show(found, limits)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// cacheLimits is what the settings allow: days, 0 for ever, and bytes.
type cacheLimits struct {
	days  int
	bytes int64
}

func (a *app) printHeld(held history.AnswersHeld, limits cacheLimits) error {
	t := table{columns: []column{{title: "cache"}, {title: "value", wrap: 10}}}
	row := func(what, value string) { t.rows = append(t.rows, []string{what, value}) }
	row("answers", chat.Count(held.Answers))
	row("size", humanize.Bytes(uint64(held.Bytes))+" of "+humanize.Bytes(uint64(limits.bytes)))
	if held.Answers > 0 {
		row("oldest", held.Oldest.Local().Format("2006-01-02 15:04"))
		row("newest", held.Newest.Local().Format("2006-01-02 15:04"))
	}
	kept := "for ever"
	if limits.days > 0 {
		kept = counted(limits.days, "day")
	}
	row("kept for", kept)
	row("folder", held.Folder)
	return a.page(t.render(a.width(a.stdout), a.ink(a.stdout)))
}

// cacheJSON is the cache as --json of stats gives it; of clear it is what was
// removed.
type cacheJSON struct {
	Folder  string     `json:"folder"`
	Answers int        `json:"answers"`
	Bytes   int64      `json:"bytes"`
	Oldest  *time.Time `json:"oldest"` // null without answers
	Newest  *time.Time `json:"newest"`
	Days    int        `json:"limit_days"` // 0: none
	Limit   int64      `json:"limit_bytes"`
}

func toCacheJSON(held history.AnswersHeld, limits cacheLimits) cacheJSON {
	row := cacheJSON{Folder: held.Folder, Answers: held.Answers, Bytes: held.Bytes, Days: limits.days, Limit: limits.bytes}
	if held.Answers > 0 {
		oldest, newest := held.Oldest.UTC(), held.Newest.UTC()
		row.Oldest, row.Newest = &oldest, &newest
	}
	return row
}
