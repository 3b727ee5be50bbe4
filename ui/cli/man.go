package cli

import (
	"fmt"
	"strings"

	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"groqchat/config"
)

// manCommand is `groqchat man`: the manual page in roff.
func (a *app) manCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "the manual page", GroupID: groupOther, Annotations: using(""), Args: noArgs, DisableFlagsInUseLine: true,
		Long:    "Prints the manual page in roff.",
		Example: "groqchat man > groqchat.1\ngroqchat man | man -l -",
		RunE: func(*cobra.Command, []string) error {
			plainUsage(root)
			page, err := mcobra.NewManPage(1, root)
			if err != nil {
				return fmt.Errorf("make the manual page: %w", err)
			}
			for _, s := range manSections() {
				page = page.WithSection(s.title, strings.ReplaceAll(s.text, "%", "%%"))
			}
			return a.print(page.Build(roff.NewDocument()) + "\n")
		},
	}
}

// plainUsage takes out of the flags' help the quotes that mark a value: the page
// would print them. Nothing uses the flags after it.
func plainUsage(c *cobra.Command) {
	plain := func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") }
	c.Flags().VisitAll(plain)
	c.PersistentFlags().VisitAll(plain)
	for _, sub := range c.Commands() {
		plainUsage(sub)
	}
}

type manSection struct{ title, text string }

// manSections is what the tables say beyond commands and flags. A line that
// begins with a star is an item of a list.
func manSections() []manSection {
	var codes, names strings.Builder
	for _, row := range exitCodes() {
		fmt.Fprintf(&codes, "* %d  %s\n", row.code, row.meaning)
	}
	names.WriteString("* GROQ_API_KEY  the key; no flag takes it\n")
	for _, s := range config.Settings() {
		if s.Env != "" && s.Env != "GROQ_API_KEY" {
			fmt.Fprintf(&names, "* %s  %s\n", s.Env, s.Help)
		}
	}
	names.WriteString("* NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, CLICOLOR  colour, in this order\n* HTTPS_PROXY, NO_PROXY  the proxy")
	return []manSection{
		{"Exit status", strings.TrimSpace(codes.String())},
		{"Environment", names.String()},
		{"Files", "* $XDG_CONFIG_HOME/groqchat/config.toml  the configuration\n" +
			"* $XDG_DATA_HOME/groqchat/sessions/  the sessions, a JSON file each\n" +
			"* $XDG_STATE_HOME/groqchat/  history of prompts\n* $XDG_CACHE_HOME/groqchat/  the list of models"},
	}
}
