package cli

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/chat/demo"
	"groqchat/chat/groq"
	"groqchat/config"
	"groqchat/history"
)

// demoKey is what the demo server takes for a key; any text would do.
const demoKey = "demo"

// settings loads the settings for a command that does not open the screen, and
// says on stderr what is odd about them. Without asking, a key that cannot be
// one is odd and no more.
func (a *app) settings(c *cobra.Command, asking bool) (config.Loaded, error) {
	var ring *config.Keyring
	if asking {
		ring = a.keyring(c.Context())
	}
	set, err := a.loadWith(c, ring)
	return a.tellOdd(set, err, asking)
}

// tellOdd says on stderr what is odd about loaded settings, see settings.
func (a *app) tellOdd(set config.Loaded, err error, asking bool) (config.Loaded, error) {
	var key *config.KeyError
	if errors.As(err, &key) && !asking {
		set.Warnings = append(set.Warnings, config.Warning{Text: key.Error()})
		err = nil
	}
	for _, w := range set.Warnings {
		a.note("%s", w.String())
	}
	return set, err
}

// load merges flags, environment and files, and opens the debug log if one is
// wanted. What could be loaded comes with the error.
func (a *app) load(c *cobra.Command) (config.Loaded, error) { return a.loadWith(c, nil) }

// loadWith is load for those who need the key, which may be in the keyring.
func (a *app) loadWith(c *cobra.Command, ring *config.Keyring) (config.Loaded, error) {
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // the folder is gone: there is no .env to read in it
	}
	file, err := c.Flags().GetString(configFlag)
	if err != nil {
		return config.Loaded{}, err
	}
	set, err := config.Load(config.Input{
		Flags: given(c.Flags()), Env: a.env, Dir: dir, File: file, Keyless: forDemo(c), Keyring: ring,
	})
	a.color, a.state = set.Color, set.Paths.State
	if err != nil {
		return set, asUsage(err)
	}
	return set, a.openLog(set.Debug)
}

// forDemo reports whether a command asks the demo, which takes any key.
func forDemo(c *cobra.Command) bool {
	f := c.Flags().Lookup("demo")
	return f != nil && f.Value.String() == "true"
}

// asUsage gives a wrong setting its exit code; a wrong key has one of its own.
func asUsage(err error) error {
	var value *config.ValueError
	var file *config.FileError
	if errors.As(err, &value) || errors.As(err, &file) {
		return &failure{code: exitUsage, err: err}
	}
	return err
}

// connect makes the client that the settings describe, or one for the demo.
func (a *app) connect(set config.Loaded, demo bool) (*groq.Client, error) {
	if demo {
		return a.startDemo(set)
	}
	if set.Key.Empty() {
		return nil, noKey(set)
	}
	return a.client(set, set.Key.Reveal(), set.BaseURL), nil
}

// client makes a client; it asks nothing yet.
func (a *app) client(set config.Loaded, key, url string) *groq.Client {
	return groq.New(a.clientOptions(set, key, url))
}

func (a *app) clientOptions(set config.Loaded, key, url string) groq.Options {
	return groq.Options{
		Key: key, BaseURL: url, Version: a.build.resolved().Version,
		Idle: set.IdleTimeout, HeaderTimeout: set.HeaderTimeout, Catalogue: knownModels(set),
		Odd: a.logOdd,
	}
}

// demoTokens lets the demo's long article come to its end.
const demoTokens = 4096

// startDemo starts the built-in server, which lives as long as the program, and
// makes a client for it. It has a developer's limits: nobody should be kept
// waiting in a demo.
func (a *app) startDemo(set config.Loaded) (*groq.Client, error) {
	server, err := demo.Start("127.0.0.1:0", demo.Options{Tier: "developer"})
	if err != nil {
		return nil, failed("", "cannot start the demo server: %w", err)
	}
	a.closers.add(server)
	options := a.clientOptions(set, demoKey, server.URL())
	options.MaxTokens = demoTokens
	return groq.New(options), nil
}

// noKey says how to get and set a key. Servers other than Groq's may need none,
// but what they are sent must not be empty.
func noKey(set config.Loaded) error {
	err := chat.Errorf(chat.NoKey, "there is no API key")
	if set.BaseURL != config.DefaultBaseURL {
		return &failure{hint: "Put it in GROQ_API_KEY; for a server that needs none, any word will do.", err: err}
	}
	return err
}

// knownModels is what is known of models without asking anybody.
func knownModels(set config.Loaded) chat.Catalogue {
	known, _ := cachedModels(set)
	return known
}

// cachedModels is the last list that was fetched, completed by the embedded
// catalogue, and when that was; the zero time if there is none.
func cachedModels(set config.Loaded) (chat.Catalogue, time.Time) {
	live, at, err := history.OpenModelCache(set.Paths.Cache).Load()
	if err != nil {
		return chat.Builtin(), time.Time{}
	}
	return chat.Builtin().Merge(live), at
}

// completeModels completes --model from what is known without the network.
func completeModels(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	set, err := (&app{env: os.Environ()}).load(c)
	known := chat.Builtin()
	if err == nil {
		known = knownModels(set)
	}
	var ids []string
	for _, m := range known.Chats() {
		ids = append(ids, m.ID)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// completeSessions completes the id of a session, with its title beside it.
func completeSessions(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	set, err := (&app{env: os.Environ()}).load(c)
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list, err := history.Open(set.Paths.Data).List(context.Background())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, s := range list.Summaries {
		ids = append(ids, shortID(s.ID)+"\t"+oneLine(s.Title))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
