package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/config"
)

// keyCommand is `groqchat key`: the API key between two runs.
func (a *app) keyCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "key COMMAND", Short: "the API key: set, show, test, delete", GroupID: groupSettings,
		Annotations: using("config base-url insecure-http color debug"),
		Long: "Keeps the API key in the keyring of the system (macOS Keychain, Windows Credential Manager, Secret Service),\n" +
			"or where there is none in a file that only you can read. GROQ_API_KEY stands over it.",
		Example: "groqchat key set\npass show groq | groqchat key set\ngroqchat key test",
		Args:    cobra.ArbitraryArgs, RunE: group, DisableFlagsInUseLine: true,
	}
	c.AddCommand(a.keySet(), a.keyShow(), a.keyTest(), a.keyDelete())
	return c
}

// keyJSON is a key as --json gives it: masked.
type keyJSON struct {
	Key     string `json:"key"`
	Source  string `json:"source"`
	Detail  string `json:"detail,omitempty"` // the variable, the file, the name of the keyring
	Checked bool   `json:"checked"`
	Models  int    `json:"models,omitempty"` // that the server lists for it
	Millis  int64  `json:"ms,omitempty"`     // that it took to ask
}

func toKeyJSON(key config.Secret, from config.Source) keyJSON {
	return keyJSON{Key: key.String(), Source: from.Kind, Detail: from.Detail}
}

// keyVerb is a command below key, with the flag that all of them have.
func (a *app) keyVerb(use, short, long, example string, run func(c *cobra.Command, asJSON bool) error) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: use + " [flags]", Short: short, Long: long, Example: example, Args: noKeyArgs,
		RunE: func(c *cobra.Command, _ []string) error { return run(c, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// noKeyArgs refuses words, without repeating them: one of them may be a key.
func noKeyArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return misused("%s takes no arguments: everybody on this machine could read a key there, and the shell remembers it; see %s --help",
			c.CommandPath(), c.CommandPath())
	}
	return nil
}

func (a *app) keyShow() *cobra.Command {
	return a.keyVerb("show", "the key that would be used, masked, and where it comes from",
		"Shows the key that would be used, masked, and where it comes from.", "groqchat key show",
		func(c *cobra.Command, asJSON bool) error {
			set, from, err := a.usedKey(c)
			switch {
			case err != nil:
				return err
			case asJSON:
				return a.printJSON(toKeyJSON(set.Key, from))
			}
			return a.print(fmt.Sprintf("%s from %s\n", set.Key, safeLines(from.Detail)))
		})
}

// usedKey is the key that would be used; that there is none is an error.
func (a *app) usedKey(c *cobra.Command) (config.Loaded, config.Source, error) {
	set, err := a.settings(c, true)
	if err == nil && set.Key.Empty() {
		err = noKey(set)
	}
	return set, set.Sources["api_key"], err
}

func (a *app) keyTest() *cobra.Command {
	return a.keyVerb("test", "ask the server whether it takes the key",
		"Asks the server for its models, which it lists for a valid key only. The exit code is 3 if it refuses the key.", "groqchat key test",
		func(c *cobra.Command, asJSON bool) error {
			set, from, err := a.usedKey(c)
			if err != nil {
				return err
			}
			row := toKeyJSON(set.Key, from)
			if err := a.tryKey(c.Context(), set, set.Key, &row); err != nil {
				return withSource(set, err)
			}
			if asJSON {
				return a.printJSON(row)
			}
			return a.print(fmt.Sprintf("%s from %s works: %d models, %d ms\n", set.Key, safeLines(from.Detail), row.Models, row.Millis))
		})
}

// tryKey asks the server with a key, and notes what came of it.
func (a *app) tryKey(ctx context.Context, set config.Loaded, key config.Secret, row *keyJSON) error {
	ctx, cancel := context.WithTimeout(ctx, modelsTimeout)
	defer cancel()
	client := a.client(set, key.Reveal(), set.BaseURL)
	defer client.Close()
	began := a.now()
	models, err := client.Models(ctx)
	if err == nil {
		row.Checked, row.Models, row.Millis = true, len(models), a.now().Sub(began).Milliseconds()
	}
	return err
}

func (a *app) keySet() *cobra.Command {
	var unchecked bool
	c := a.keyVerb("set", "keep a key, from a hidden prompt or from stdin",
		"Reads a key from a prompt that does not show it, or from stdin, asks the server whether it takes it, and keeps it.\n"+
			"A key that the server refuses is not kept; one that could not be checked is.",
		"groqchat key set\npass show groq | groqchat key set",
		func(c *cobra.Command, asJSON bool) error {
			set, err := a.settings(c, false)
			if err != nil {
				return err
			}
			key, err := a.readKey(c.Context(), set)
			if err != nil {
				return err
			}
			var row keyJSON
			if err := a.checkKey(c.Context(), set, key, unchecked, &row); err != nil {
				return err
			}
			return a.keepKey(c.Context(), set, key, row, asJSON)
		})
	c.Flags().BoolVar(&unchecked, "no-check", false, "keep it without asking the server")
	return c
}

// checkKey is an error for a key that the server refuses. Another failure says
// nothing of the key.
func (a *app) checkKey(ctx context.Context, set config.Loaded, key config.Secret, unchecked bool, row *keyJSON) error {
	if unchecked {
		return nil
	}
	err := a.tryKey(ctx, set, key, row)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case chat.KindOf(err) == chat.BadKey:
		return &failure{hint: "It was not kept. Keys are made at https://console.groq.com/keys.", err: err}
	default:
		a.note("the key could not be checked: %v", err)
	}
	return nil
}

func (a *app) keepKey(ctx context.Context, set config.Loaded, key config.Secret, row keyJSON, asJSON bool) error {
	kept, err := set.KeyStore(a.keyring(ctx)).Save(key.Reveal())
	if err != nil {
		return failed("", "%w", err)
	}
	if kept.But != nil {
		a.note("%v", kept.But)
	}
	if from := set.Sources["api_key"]; from.Kind == config.FromEnv || from.Kind == config.FromFile {
		a.note("%s stands over the kept key as long as it is set", from.Detail)
	}
	row.Key, row.Source, row.Detail = key.String(), kept.Kind, kept.Detail
	if asJSON {
		return a.printJSON(row)
	}
	says := ""
	if row.Checked {
		says = " works and"
	}
	return a.print(fmt.Sprintf("%s%s is kept %s\n", key, says, safeLines(kept.Place())))
}

func (a *app) keyDelete() *cobra.Command {
	c := a.keyVerb("delete", "forget the kept key", "Removes the key from the keyring and from the key file.", "groqchat key delete",
		func(c *cobra.Command, asJSON bool) error {
			set, err := a.settings(c, false)
			if err != nil {
				return err
			}
			from, err := set.KeyStore(a.keyring(c.Context())).Delete()
			if err := a.printForgotten(from, asJSON); err != nil {
				return err
			}
			if left := set.Sources["api_key"]; left.Kind == config.FromEnv || left.Kind == config.FromFile {
				a.note("a key is still in %s", left.Detail)
			}
			if err != nil {
				return failed("Unlock it and try again.", "%w", err)
			}
			return nil
		})
	c.Aliases = []string{"rm"}
	return c
}

func (a *app) printForgotten(from []config.Source, asJSON bool) error {
	places, rows := []string{}, []keyJSON{}
	for _, source := range from {
		places = append(places, source.Detail)
		rows = append(rows, toKeyJSON(config.Secret{}, source))
	}
	switch {
	case asJSON:
		return a.printJSON(rows)
	case len(places) == 0:
		a.note("no key was kept")
		return nil
	}
	return a.print("the key is removed from " + safeLines(strings.Join(places, " and from ")) + "\n")
}

// maxKeyInput is how much is read for a key: more than any has, so that what is
// wrong with it can be said.
const maxKeyInput = 64 << 10

// readKey reads a key from the terminal, unseen, or from stdin.
func (a *app) readKey(ctx context.Context, set config.Loaded) (config.Secret, error) {
	read := a.askHidden
	if !isTerminal(a.stdin) {
		read = func(ctx context.Context, _ string) (string, error) {
			return apart(ctx, func() (string, error) {
				raw, err := io.ReadAll(io.LimitReader(a.stdin, maxKeyInput))
				return string(raw), err
			})
		}
	}
	text, err := read(ctx, "API key (it is not shown): ")
	if err != nil {
		return config.Secret{}, fmt.Errorf("no key was read: %w", err)
	}
	return set.CheckKey(text)
}
