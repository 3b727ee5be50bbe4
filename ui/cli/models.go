package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
)

// modelsCommand is `groqchat models`: what there is to talk to.
func (a *app) modelsCommand() *cobra.Command {
	var o askFlags
	var asJSON, all bool
	c := &cobra.Command{
		Use: "models [flags]", Short: "the models there are, with limits, prices and speed", GroupID: groupChat, Annotations: using("config base-url insecure-http color debug"),
		Long: "Lists the models that the server has now, with what is known of them: window, longest answer, " +
			"USD for a million tokens in and out, tokens a second, what they accept.",
		Example: "groqchat models\ngroqchat models --json | jq -r '.[].id'", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			set, err := a.settings(c, !o.demo)
			if err != nil {
				return err
			}
			known, err := a.models(c.Context(), set, o.demo)
			if err != nil {
				return err
			}
			return a.printModels(known, asJSON, all)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().BoolVar(&all, "all", false, "with the models that were shut down, and what replaces them")
	o.declareDemo(c.Flags())
	return c
}

// models is the live list, or the best that is known where there is none, which
// is said on stderr.
func (a *app) models(ctx context.Context, set config.Loaded, demo bool) (chat.Catalogue, error) {
	client, err := a.connect(set, demo) //nolint:contextcheck // the demo server is ended by close
	if err != nil {
		return a.fallback(set, err)
	}
	ctx, cancel := context.WithTimeout(ctx, modelsTimeout)
	defer cancel()
	live, err := client.Models(ctx)
	if err != nil {
		return a.fallback(set, err)
	}
	if !demo {
		if err := history.OpenModelCache(set.Paths.Cache).Save(live, a.now()); err != nil {
			a.note("the list of models could not be kept: %v", err)
		}
	}
	return chat.Builtin().Merge(live), nil
}

// modelsTimeout is how long a list of models may take: it is small, and there is
// another to show.
const modelsTimeout = 15 * time.Second

// fallback is what is known without the server, unless the server refused: then
// there is something to mend.
func (a *app) fallback(set config.Loaded, cause error) (chat.Catalogue, error) {
	if slices.Contains([]int{exitKey, exitRefused, exitUsage}, codeOf(cause)) && chat.KindOf(cause) != chat.NoKey ||
		errors.Is(cause, context.Canceled) {
		return nil, withSource(set, cause)
	}
	known, at := cachedModels(set)
	source := "this is the built-in list"
	if !at.IsZero() {
		source = "this is the list of " + at.Local().Format("2006-01-02 15:04")
	}
	a.note("%v; %s", cause, source)
	a.advise(hintOf(cause))
	return known, nil
}

func (a *app) printModels(known chat.Catalogue, asJSON, all bool) error {
	if !all {
		known = slices.DeleteFunc(slices.Clone(known), func(m chat.ModelInfo) bool { return m.Status == chat.Retired })
	}
	if asJSON {
		rows := make([]modelJSON, 0, len(known))
		for _, m := range known {
			rows = append(rows, toModelJSON(m))
		}
		return a.printJSON(rows)
	}
	t := table{columns: []column{
		{title: "model"},
		{title: "context", right: true, keep: 5},
		{title: "output", right: true, keep: 3},
		{title: "in $/M", right: true, keep: 4},
		{title: "out $/M", right: true, keep: 4},
		{title: "tok/s", right: true, keep: 2},
		{title: "accepts", wrap: 20, keep: 1},
		{title: "status", wrap: 10, keep: 6},
	}}
	for _, m := range known {
		t.rows = append(t.rows, []string{
			m.ID, tokens(m.Context), tokens(m.MaxOutput), price(m.PriceIn), price(m.PriceOut), number(m.Speed),
			accepts(m), status(m),
		})
	}
	return a.page(t.render(a.width(a.stdout), a.ink(a.stdout)))
}

// tokens is a number of tokens as model cards have it: 131k.
func tokens(n int) string {
	if n >= 1000 {
		return strconv.Itoa(n/1000) + "k"
	}
	return number(n)
}

// number is n, or nothing where n is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func price(p float64) string {
	if p == 0 {
		return ""
	}
	return strconv.FormatFloat(p, 'f', max(2, decimals(p)), 64)
}

// decimals is how many digits a price has behind the point, at most 4.
func decimals(p float64) int {
	text := strconv.FormatFloat(p, 'f', -1, 64)
	_, rest, _ := strings.Cut(text, ".")
	return min(4, len(rest))
}

func accepts(m chat.ModelInfo) string {
	if !m.Chat {
		return "no chat"
	}
	what := "text"
	if m.Images {
		what += ", images"
	}
	if len(m.Efforts) > 0 {
		what += "; effort " + strings.Join(m.Efforts, " ")
	}
	return what
}

func status(m chat.ModelInfo) string {
	if m.Status == chat.Retired {
		return fmt.Sprintf("retired %s → %s", m.ShutDown, m.Replacement)
	}
	return string(m.Status)
}

// modelJSON is a model as --json gives it; what is not known is left out.
type modelJSON struct {
	ID          string   `json:"id"`
	Name        string   `json:"name,omitempty"`
	Owner       string   `json:"owner,omitempty"`
	Status      string   `json:"status,omitempty"`
	Chat        bool     `json:"chat"`
	Context     int      `json:"context_tokens,omitempty"`
	MaxOutput   int      `json:"max_output_tokens,omitempty"`
	Speed       int      `json:"tokens_per_second,omitempty"`
	PriceIn     float64  `json:"usd_per_million_in,omitempty"`
	PriceCached float64  `json:"usd_per_million_cached,omitempty"`
	PriceOut    float64  `json:"usd_per_million_out,omitempty"`
	Accepts     []string `json:"accepts"`
	Efforts     []string `json:"reasoning_efforts,omitempty"`
	ShutDown    string   `json:"shut_down,omitempty"`
	Replacement string   `json:"replacement,omitempty"`
}

func toModelJSON(m chat.ModelInfo) modelJSON {
	takes := []string{}
	if m.Chat {
		takes = append(takes, "text")
	}
	if m.Images {
		takes = append(takes, "images")
	}
	return modelJSON{
		ID: m.ID, Name: m.Name, Owner: m.Owner, Status: string(m.Status), Chat: m.Chat,
		Context: m.Context, MaxOutput: m.MaxOutput, Speed: m.Speed,
		PriceIn: m.PriceIn, PriceCached: m.PriceCached, PriceOut: m.PriceOut,
		Accepts: takes, Efforts: m.Efforts, ShutDown: m.ShutDown, Replacement: m.Replacement,
	}
}
