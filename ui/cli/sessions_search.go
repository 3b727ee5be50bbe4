package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui"
	"groqchat/ui/safe"
)

func (a *app) sessionsSearch() *cobra.Command {
	var asJSON bool
	var most int
	c := &cobra.Command{
		Use: "search [flags] WORDS", Short: "find what was said, in all sessions",
		Long: "Finds the sessions whose title, or one of whose messages, has all the words, or whose reasoning has; parts of words count too. " +
			"Upper and lower case, accents and ways of writing a letter make no difference. Titles come first, then whole words, then the newest.",
		Example: "groqchat sessions search binary tree\ngroqchat sessions search --json deadlock | jq -r '.[].id'",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			query := strings.Join(args, " ")
			if strings.TrimSpace(query) == "" {
				return misused("say what to look for; see groqchat sessions search --help")
			}
			store, err := a.sessionStore(c)
			if err != nil {
				return err
			}
			var hits []history.Hit
			bar := a.stepBar(ui.Things("session"))
			err = store.SearchTelling(c.Context(), query, func(h history.Hit) { hits = append(hits, h) }, bar.tell)
			bar.end()
			if err != nil {
				return failed("", "cannot search the sessions: %w", err)
			}
			slices.SortFunc(hits, history.Better)
			return a.printHits(query, hits, most, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().IntVarP(&most, "limit", "n", 0, "at most `N` sessions; 0 is all")
	return c
}

// sessionStore is the sessions that the settings mean, with what a process that
// ended too early left of an answer.
func (a *app) sessionStore(c *cobra.Command) (*history.Store, error) {
	set, err := a.settings(c, false)
	if err != nil {
		return nil, err
	}
	store := a.store(c.Context(), set)
	// What cannot be brought in now stays where it is; the doctor says why.
	said, _ := store.Recover(c.Context(), a.now())
	for _, id := range slices.Sorted(maps.Keys(said)) {
		a.note("%s  %s", shortID(id), said[id])
	}
	return store, nil
}

func (a *app) printHits(query string, hits []history.Hit, most int, asJSON bool) error {
	if most > 0 {
		hits = hits[:min(most, len(hits))]
	}
	if asJSON {
		rows := make([]hitJSON, 0, len(hits))
		for _, h := range hits {
			rows = append(rows, toHitJSON(h))
		}
		return a.printJSON(rows)
	}
	if len(hits) == 0 {
		return failed("`groqchat sessions list` shows what there is.", "nothing is found for %q", query)
	}
	in, width := a.ink(a.stdout), a.width(a.stdout)
	if width == 0 {
		width = 200
	}
	var b strings.Builder
	for _, h := range hits {
		head := shortID(h.ID) + "  " + h.Updated.Local().Format("2006-01-02") + "  "
		fmt.Fprintf(&b, "%s%s\n", in.faint(head), in.bold(safe.Line(marked(h.Summary), max(10, width-len(head)))))
		for _, m := range h.Matches {
			who := "you"
			switch {
			case m.Thought:
				who = "thought"
			case m.Role != chat.User:
				who = "answer"
			}
			label := fmt.Sprintf("  %-6s  %-7s  ", safe.Line(m.Message, 20), who)
			fmt.Fprintf(&b, "%s%s\n", in.faint(label), safe.Line(m.Line, max(10, width-len(label))))
		}
		if rest := h.Count - len(h.Matches); rest > 0 {
			fmt.Fprintf(&b, "%s\n", in.faint(fmt.Sprintf("  and %d more", rest)))
		}
	}
	return a.page(b.String())
}

// hitJSON is a session that was found, as --json of search gives it.
type hitJSON struct {
	sessionJSON
	InTitle bool        `json:"in_title"`
	Found   int         `json:"found"` // messages that have the words
	Matches []matchJSON `json:"matches"`
}

type matchJSON struct {
	Message string `json:"message"`
	Role    string `json:"role"`
	Line    string `json:"line"`
	Thought bool   `json:"thought"` // it stands in the reasoning
}

func toHitJSON(h history.Hit) hitJSON {
	row := hitJSON{toSessionJSON(h.Summary), h.Title, h.Count, []matchJSON{}}
	row.Count = h.Summary.Count
	for _, m := range h.Matches {
		row.Matches = append(row.Matches, matchJSON{m.Message, string(m.Role), m.Line, m.Thought})
	}
	return row
}
