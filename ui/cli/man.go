package cli

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

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
			return a.print(asciiRoff(page.Build(dated{roff.NewDocument(), a.build.day(a.now())})) + "\n")
		},
	}
}

// dated is a page of the day of the build: the same build gives the same bytes.
type dated struct {
	*roff.Document
	day time.Time
}

// Heading begins the page.
func (d dated) Heading(section uint, title, description string, _ time.Time) {
	d.Document.Heading(section, title, description, d.day)
}

// asciiRoff writes other letters as roff has them: what shows a page may not know
// how it is encoded.
func asciiRoff(page string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(page, "…", "...") {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, `\[u%04X]`, r)
	}
	return b.String()
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
		{"Files", "On Linux, where XDG_CONFIG_HOME and the others are not set, they are ~/.config, ~/.local/share, ~/.local/state and ~/.cache. " +
			"Folders have mode 0700, files 0600; groqchat doctor names those that are used.\n" + strings.TrimSpace(manFiles())},
	}
}

// manFiles is where things are.
func manFiles() string {
	var b strings.Builder
	for _, row := range [][2]string{
		{"the keyring of the system", "the API key, under the name " + ringService},
		{"$XDG_CONFIG_HOME/groqchat/config.toml", "the configuration; groqchat config init writes one with every setting explained"},
		{"$XDG_CONFIG_HOME/groqchat/key", "the API key, where there is no keyring"},
		{"$XDG_CONFIG_HOME/groqchat/personas/, themes/", "personas and themes, a TOML file each"},
		{"$XDG_DATA_HOME/groqchat/sessions/", "the sessions, a JSON file each; locks, drafts, backups and quarantine lie beside it"},
		{"$XDG_DATA_HOME/groqchat/trash/", "deleted sessions"},
		{"$XDG_STATE_HOME/groqchat/", "the ledger of usage, the history of prompts, what is told of a crash"},
		{"$XDG_CACHE_HOME/groqchat/", "the list of models, the answers that --cache keeps"},
		{"./.env", "read for GROQ_API_KEY alone, where no other source has a key"},
	} {
		fmt.Fprintf(&b, "* %s  %s\n", row[0], row[1])
	}
	return b.String()
}
