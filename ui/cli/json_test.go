package cli

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestJSON_EveryCommandHasIt: what models, sessions, usage, key, config, cache,
// doctor and a batch show to people they show to programs too.
func TestJSON_EveryCommandHasIt(t *testing.T) {
	root := newApp(Build{}, os.Stdin, os.Stdout, os.Stderr).root()
	without := []string{"groqchat completion", "groqchat demo-server", "groqchat man", "groqchat help", "groqchat transcribe"} // that has --format json
	var look func(*cobra.Command)
	look = func(c *cobra.Command) {
		if !c.HasSubCommands() && c.Flags().Lookup("json") == nil && !slices.ContainsFunc(without, func(name string) bool { return strings.HasPrefix(c.CommandPath(), name) }) {
			t.Errorf("%s has no --json", c.CommandPath())
		}
		for _, sub := range c.Commands() {
			look(sub)
		}
	}
	look(root)
}
