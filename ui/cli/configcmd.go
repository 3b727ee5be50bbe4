package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"groqchat/config"
	"groqchat/ui"
)

// configCommand is `groqchat config`: what is set, and where.
func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "config COMMAND", Short: "the configuration: path, show, init", GroupID: groupSettings,
		Long:    "Shows the configuration and where each value comes from: flag, environment, file, default.",
		Example: "groqchat config show\n$EDITOR \"$(groqchat config path)\"",
		Args:    cobra.ArbitraryArgs, RunE: group, DisableFlagsInUseLine: true,
	}
	c.AddCommand(a.configPath(), a.configShow(), a.configInit())
	return c
}

func (a *app) configPath() *cobra.Command {
	c := &cobra.Command{
		Use: "path [flags]", Short: "where the configuration file is, or would be", Args: noArgs,
		Example: "groqchat config path\n$EDITOR \"$(groqchat config path)\"",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		set, err := a.load(c)
		if set.Paths.Config == "" {
			return err
		}
		return a.printConfigFile(set.Paths.Config, *asJSON)
	}
	return c
}

// configFileJSON is the configuration file as --json of path and init gives it.
type configFileJSON struct {
	Path   string `json:"path"`
	Exists bool   `json:"exists"`
}

func (a *app) printConfigFile(path string, asJSON bool) error {
	if !asJSON {
		return a.print(path + "\n")
	}
	_, err := os.Stat(path)
	return a.printJSON(configFileJSON{path, err == nil})
}

func (a *app) configShow() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "show [flags]", Short: "every setting, its value and where that comes from", Args: noArgs,
		Long: "Shows every setting with its value and its source. The key is masked.",
		RunE: func(c *cobra.Command, _ []string) error {
			set, err := a.loadWith(c, a.keyring(c.Context()))
			set, err = a.tellOdd(set, err, false)
			if set.Sources == nil {
				return err
			}
			// A wrong value does not keep the others from being shown: this is where
			// one looks for it.
			a.noteKeys(set)
			return errors.Join(a.printSettings(set, asJSON), err)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	addModel(c)
	addCache(c.Flags())
	return c
}

// noteKeys says what is wrong with [keys]; the screen says so too, but here is
// where one looks for mistakes of the file.
func (a *app) noteKeys(set config.Loaded) {
	for _, problem := range ui.CheckKeys(set.Keys) {
		a.note("%s: %s", set.Paths.Config, problem)
	}
}

// settingJSON is a setting as --json of show gives it.
type settingJSON struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Source string `json:"source"`
	Detail string `json:"detail,omitempty"` // the variable, or file:line
}

func (a *app) printSettings(set config.Loaded, asJSON bool) error {
	t := table{columns: []column{{title: "setting"}, {title: "value", wrap: 16}, {title: "source", wrap: 12, keep: 1}}}
	rows := []settingJSON{}
	for _, s := range set.Show() {
		rows = append(rows, settingJSON{s.Name, s.Value, s.Source.Kind, s.Source.Detail})
		t.rows = append(t.rows, []string{s.Name, s.Value, s.Source.String()})
	}
	if asJSON {
		return a.printJSON(rows)
	}
	return a.page(t.render(a.width(a.stdout), a.ink(a.stdout)))
}

func (a *app) configInit() *cobra.Command {
	c := &cobra.Command{
		Use: "init [flags]", Short: "write a configuration file with every setting explained", Args: noArgs,
		Long: "Writes a configuration file in which every setting is explained and commented out. A file that exists is left alone.",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		set, err := a.load(c)
		path := set.Paths.Config
		if path == "" || errors.Is(err, config.ErrNoHome) {
			return err
		}
		if err := writeNew(path, config.Example()); err != nil {
			return err
		}
		return a.printConfigFile(path, *asJSON)
	}
	return c
}

// writeNew writes a file that must not exist yet, for the user's eyes only.
func writeNew(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return failed("", "cannot make the folder of %s: %s", path, ui.FileReason(err))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return failed("It is left as it is; move it away to get a new one.", "%s exists already", path)
	}
	if err != nil {
		return failed("", "cannot write %s: %s", path, ui.FileReason(err))
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return failed("", "cannot write %s: %s", path, ui.FileReason(err))
	}
	return nil
}
