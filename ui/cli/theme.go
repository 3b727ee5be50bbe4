package cli

import (
	"os"

	"github.com/spf13/cobra"

	"groqchat/config"
	"groqchat/ui"
	"groqchat/ui/theme"
)

// themes is the themes that there are, of which the settings name some. One that
// the command line or the environment names must be there; one of the file that
// is not there is odd, and may come back while the screen is open.
func (a *app) themes(set *config.Loaded) ([]theme.Palette, error) {
	all, odd := ui.Themes(set.Paths.Themes)
	set.Warnings = append(set.Warnings, odd...)
	for _, setting := range []string{"theme", "theme_dark", "theme_light"} {
		row, _ := config.FindSetting(setting)
		name := row.Get(set.Config)
		if setting == "theme" && name == config.AutoTheme {
			continue
		}
		_, err := ui.FindTheme(name, all)
		if err == nil {
			continue
		}
		wrong := &config.ValueError{Setting: setting, Source: set.Sources[setting], Err: err}
		if wrong.Source.Kind != config.FromFile {
			return nil, asUsage(wrong)
		}
		set.Warnings = append(set.Warnings, config.Warning{Text: wrong.Error()})
	}
	return all, nil
}

// completeThemes completes --theme, with what each looks like beside it.
func completeThemes(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	// Without settings the built-in ones are completed.
	set, _ := (&app{env: os.Environ()}).load(c)
	all, _ := ui.Themes(set.Paths.Themes)
	names := []string{config.AutoTheme + "\tsuits the terminal's ground"}
	for _, p := range all {
		names = append(names, p.Name+"\t"+oneLine(p.Help))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
