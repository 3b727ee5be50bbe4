package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyCommand is the root and all below it that people see.
func everyCommand(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			all = append(all, everyCommand(sub)...)
		}
	}
	return all
}

func testRoot() *cobra.Command { return newApp(Build{}, nil, nil, nil).root() }

func TestHelp_FitsItsWidth(t *testing.T) {
	for _, width := range []int{80, 60, 40} {
		for _, c := range everyCommand(testRoot()) {
			text := helpText(c, width, ink{})
			for line := range strings.Lines(text) {
				line = strings.TrimRight(line, "\n")
				broken := strings.Contains(c.Example+c.UseLine(), strings.TrimSpace(line))
				if w := ansi.StringWidth(line); w > width && (width == 80 || !broken) {
					t.Errorf("%s at %d: %d cells: %q", c.CommandPath(), width, w, line)
				}
			}
		}
	}
}

func TestHelp_NamesEveryFlagWithItsPurpose(t *testing.T) {
	for _, c := range everyCommand(testRoot()) {
		text := helpText(c, 80, ink{})
		if c.Short == "" || c.Long == "" && c.HasSubCommands() {
			t.Errorf("%s says nothing of itself", c.CommandPath())
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && uses(c, f) != strings.Contains(text, "--"+f.Name+" ") && uses(c, f) != strings.Contains(text, "--"+f.Name+"\n") {
				t.Errorf("%s: help is silent about --%s", c.CommandPath(), f.Name)
			}
			if f.Usage == "" {
				t.Errorf("%s: --%s has no help", c.CommandPath(), f.Name)
			}
		})
	}
}

func TestHelp_BeginsWithExamplesAndEndsWithExitCodes(t *testing.T) {
	text := helpText(testRoot(), 80, ink{})
	order := []string{"Examples", "Usage", "Chat", "Sessions", "Settings", "Other", "Flags", "Model flags", "General flags", "Exit codes"}
	at := -1
	for _, title := range order {
		i := strings.Index(text, "\n"+title+"\n")
		if i <= at {
			t.Fatalf("%q is missing or in the wrong place in:\n%s", title, text)
		}
		at = i
	}
	for _, part := range []string{"0 done", "3 key missing or refused", "130 interrupted", "-m, --model ID", "-f, --file PATH", "[$GROQCHAT_MODEL]"} {
		if !strings.Contains(text, part) {
			t.Errorf("help lacks %q:\n%s", part, text)
		}
	}
}

func TestFlags_NoneTakesTheKey(t *testing.T) {
	for _, c := range everyCommand(testRoot()) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if strings.Contains(f.Name, "key") {
				t.Errorf("%s has --%s", c.CommandPath(), f.Name)
			}
		})
	}
}

func TestJoinResume_TakesTheWordsThatFollow(t *testing.T) {
	for _, row := range []struct{ in, want []string }{
		{[]string{"-r"}, []string{"--resume"}},
		{[]string{"-r", "binary", "search"}, []string{"--resume=binary search"}},
		{[]string{"--resume", "7H2KQ9", "--debug", "x"}, []string{"--resume=7H2KQ9", "--debug", "x"}},
		{[]string{"-r", "--temporary"}, []string{"--resume", "--temporary"}},
		{[]string{"--", "-r", "x"}, []string{"--", "-r", "x"}},
		{[]string{"hello", "world"}, []string{"hello", "world"}},
		{[]string{"ask", "-r", "7H2KQ9", "and then?"}, []string{"ask", "--resume=7H2KQ9", "and then?"}},
		{[]string{"-p", "-r", "7H2KQ9", "and then?"}, []string{"-p", "--resume=7H2KQ9", "and then?"}},
		{[]string{"ask", "-r"}, []string{"ask", "--resume"}},
		{[]string{"-r", "sessions"}, []string{"--resume=sessions"}},
	} {
		if got := joinResume(row.in); !slices.Equal(got, row.want) {
			t.Errorf("%q: got %q, want %q", row.in, got, row.want)
		}
	}
}

// Help names what has an effect, its own flags first, and speaks in sentences.
func TestHelp_NamesOnlyWhatMeansSomething(t *testing.T) {
	lacking := map[string][]string{
		"groqchat demo-server": {"--base-url", "--theme", "--config"}, "groqchat completion": {"--base-url", "--data-dir"},
		"groqchat sessions list": {"--base-url", "--insecure-http", "--theme"}, "groqchat usage": {"--base-url", "--debug"},
		"groqchat models": {"--theme", "--data-dir"},
	}
	for _, c := range everyCommand(testRoot()) {
		text := helpText(c, 80, ink{})
		for _, flag := range lacking[c.CommandPath()] {
			if strings.Contains(text, flag) {
				t.Errorf("%s: help names %s", c.CommandPath(), flag)
			}
		}
		own, general := strings.Index(text, "\nFlags\n"), strings.Index(text, "\nGeneral flags\n")
		if own > general {
			t.Errorf("%s: its own flags come last", c.CommandPath())
		}
		first, _, _ := strings.Cut(text, "\n\n")
		if first[:1] != strings.ToUpper(first[:1]) && !strings.HasPrefix(first, "groqchat ") || !strings.HasSuffix(first, ".") {
			t.Errorf("%s: %q is no sentence", c.CommandPath(), first)
		}
	}
}
