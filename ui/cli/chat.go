package cli

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/chat/groq"
	"groqchat/config"
	"groqchat/history"
	"groqchat/ui"
)

// chat opens the screen. Only what was asked for is read before: a simple start
// lists no session and asks no network.
func (a *app) chat(c *cobra.Command, o *rootFlags, first string) error {
	ring := a.keyring(c.Context())
	set, err := a.loadWith(c, ring)
	var key *config.KeyError
	if err != nil && !(o.demo && errors.As(err, &key)) {
		return err
	}
	worn, err := a.persona(&set)
	if err != nil {
		return err
	}
	sheet, err := a.sheet(set.Markdown)
	if err != nil {
		set.Warnings = append(set.Warnings, config.Warning{Text: err.Error()})
	}
	themes, err := a.themes(&set)
	if err != nil {
		return err
	}
	options := a.screen(set, o, set.KeyStore(ring))
	a.inLines(&options)
	if !o.temporary {
		options.Store = a.store(c.Context(), set)
	}
	options.Ahead = o.typed
	options.First, options.Sheet, options.Persona, options.Themes = first, sheet, worn, themes
	if options.Files, err = a.attach(c.Context(), o.files); err != nil {
		return err
	}
	if err := a.session(c.Context(), &options, &o.askFlags); err != nil {
		return err
	}
	if options.Backend, err = a.backend(set, o.demo, !o.temporary); err != nil {
		return err
	}
	if options.Store == nil {
		a.state = "" // a temporary chat leaves nothing
	}
	done, err := ui.Run(c.Context(), options)
	a.deaf, a.told = done.Deaf, fate(options.Store != nil, done)
	a.leaveLast(done)
	a.tellResume(done, o.demo, set.Sources["plain"].Kind == config.FromFlag)
	if err == nil && done.Unsaved == nil && done.Temporary {
		return a.goTemporary(c, o, done)
	}
	return a.unsaved(done, err)
}

// unsaved is how the chat ended, with what could not be saved of it.
func (a *app) unsaved(done ui.Result, err error) error {
	if done.Unsaved != nil {
		unsaved := failed("What was shown last is not on disk.", "the session could not be saved: %w", done.Unsaved)
		if err == nil && !done.Forsaken {
			return unsaved
		}
		a.note("%v", unsaved)
	}
	return err
}

// goTemporary goes on as if the program had been begun with --temporary, with the
// model that was in use.
func (a *app) goTemporary(c *cobra.Command, o *rootFlags, done ui.Result) error {
	o.temporary, o.goOn, o.resume, o.files, o.typed = true, false, "", nil, done.Ahead
	for flag, value := range map[string]string{"model": done.Model, "demo": strconv.FormatBool(done.Demo)} {
		if err := c.Flags().Set(flag, value); err != nil {
			return err
		}
	}
	return a.chat(c, o, "")
}

// inLines decides between the screen and lines, in which ctrl+c is a key.
func (a *app) inLines(o *ui.Options) {
	if o.Plain = o.Config.Plain || a.dumb(); !o.Plain {
		return
	}
	a.color = "never" // nor at the end
	o.Typed, o.Columns = isTerminal(a.stdin), a.width(a.stdout)
	o.Interrupts = a.signals.interrupts()
}

// screen is what the screen is given, but for the session and the backend.
func (a *app) screen(set config.Loaded, o *rootFlags, keys config.KeyStore) ui.Options {
	backend := func(c *groq.Client, name string) ui.Backend { return a.backendOf(set, c, name, !o.temporary) }
	options := ui.Options{
		Config: set, Pick: o.resume == pickSession, Profile: a.profile(), Now: a.now,
		Version: a.build.resolved().Version, Env: a.env, Input: a.stdin, Output: a.stdout,
		Clipboard:  a.clipboard(set.Clipboard),
		SaveKey:    func(key config.Secret) (config.Kept, error) { return keys.Save(key.Reveal()) },
		SetDefault: func(setting, value string) error { return config.Write(set.Paths, setting, value) },
		Connect: func(key config.Secret) (ui.Backend, error) {
			return backend(a.client(set, key.Reveal(), set.BaseURL), hostName(set)), nil
		},
		Demo: func() (ui.Backend, error) { return a.backend(set, true, false) },
	}
	if !o.demo {
		options.Ledger = history.OpenLedger(set.Paths.State)
	}
	if !o.temporary {
		options.Prompts = history.OpenPrompts(set.Paths.State)
	}
	if !o.temporary && !o.demo {
		options.ModelCache = history.OpenModelCache(set.Paths.Cache)
	}
	return options
}

// backend is what the chat talks to; without a key it is empty, and the screen
// asks for one.
func (a *app) backend(set config.Loaded, demo, record bool) (ui.Backend, error) {
	client, err := a.connect(set, demo)
	switch {
	case chat.KindOf(err) == chat.NoKey:
		return ui.Backend{}, nil
	case err != nil:
		return ui.Backend{}, err
	case demo:
		return a.backendOf(set, client, demoName, record), nil
	}
	return a.backendOf(set, client, hostName(set), record), nil
}

// demoName is what the demo server is called on the screen.
const demoName = "demo"

// backendOf is a client as the screen uses it. The demo's answers do not belong
// into the ledger, nor do those of a temporary chat.
func (a *app) backendOf(set config.Loaded, c *groq.Client, name string, record bool) ui.Backend {
	unwritten := func(err error) {
		if a.log != nil {
			a.log.Warn("an answer could not be accounted for or kept", "error", err.Error())
		}
	}
	asked := a.streamer(set, c, record && name != demoName, unwritten)
	if record { // a temporary chat leaves nothing
		asked = a.cached(set, name, asked, unwritten)
	}
	return ui.Backend{
		Chat: asked, Models: c, Name: name, Body: c.Body, Transcribe: c.Transcribe,
		Unencrypted: name != demoName && set.Unencrypted(),
	}
}

// hostName is the host of the server, "" for Groq's own, which needs no mention.
func hostName(set config.Loaded) string {
	u, err := url.Parse(set.BaseURL)
	if err != nil || u.Host == "api.groq.com" {
		return ""
	}
	return u.Host
}

// session loads the saved session that -c or -r mean, none for a new one.
func (a *app) session(ctx context.Context, into *ui.Options, o *askFlags) (err error) {
	var s history.Session
	switch {
	case o.resume == pickSession || !o.opensSession():
		return nil
	case o.resume != "":
		s, err = a.named(ctx, into.Store, o.resume)
	default:
		s, err = a.last(ctx, into)
	}
	into.Session = withFlags(s, *into)
	return err
}

// named is the session that words on the command line mean.
func (a *app) named(ctx context.Context, store *history.Store, words string) (history.Session, error) {
	found, err := store.Find(ctx, words)
	if err != nil {
		return history.Session{}, a.notFound(err, words)
	}
	s, err := store.Resume(found.ID, a.now())
	if err != nil {
		return s, unreadable(found.ID, err)
	}
	return s, nil
}

// last is the newest session that can be read; what is newer and cannot be is
// told on the screen.
func (a *app) last(ctx context.Context, into *ui.Options) (history.Session, error) {
	s, passed, err := into.Store.Last(ctx)
	for _, p := range passed {
		into.Config.Warnings = append(into.Config.Warnings, config.Warning{
			Text: "the session file " + p.File + " cannot be read: " + p.Reason + "; this is the newest that can be",
		})
	}
	switch {
	case errors.Is(err, history.ErrNone) && len(passed) > 0:
		return s, failed("`groqchat sessions list` names the reasons.", "there is no session that can be read")
	case errors.Is(err, history.ErrNone):
		return s, failed("`groqchat` begins one.", "there is no session to go on with")
	case err != nil:
		return s, failed("", "cannot look for the last session: %w", err)
	}
	id := s.ID
	if s, err = into.Store.Resume(id, a.now()); err != nil {
		return s, unreadable(id, err)
	}
	return s, nil
}

// withFlags lays over a saved session what the command line says now.
func withFlags(s history.Session, o ui.Options) history.Session {
	set := o.Config
	byFlag := func(name string) bool { return set.Sources[name].Kind == config.FromFlag }
	if byFlag("persona") {
		change(&s.Conversation, set, o.Persona)
	}
	if byFlag("model") {
		s.Model = set.Model
	}
	if byFlag("system") {
		s.System = set.System
	}
	for _, p := range chat.Parameters() {
		if byFlag(p.Name) {
			// The value was checked when the settings were loaded.
			_ = p.Set(&s.Params, p.Get(set.Params))
		}
	}
	return s
}

// leaveLast leaves the last exchange where the screen was, in the colours that the
// terminal has.
func (a *app) leaveLast(done ui.Result) {
	if len(done.Last) == 0 || a.deaf || !isTerminal(a.stdout) {
		return
	}
	var b strings.Builder
	w := &colorprofile.Writer{Forward: &b, Profile: a.profile()}
	// Neither can fail but for a terminal that is gone; then nobody reads it.
	_, _ = w.WriteString(strings.Join(done.Last, "\n") + "\n")
	_ = a.print(b.String())
}

// tellResume leaves one line below the prompt of the shell: how to come back.
func (a *app) tellResume(done ui.Result, demo, plain bool) {
	if done.SessionID == "" || a.deaf {
		return
	}
	command := "groqchat -r " + shortID(done.SessionID)
	if demo {
		command += " --demo"
	}
	if plain {
		command += " --plain"
	}
	line := command + "   " + oneLine(done.Title)
	// The terminal may be gone; then nobody reads the hint.
	_ = a.print(a.ink(a.stdout).faint(line) + "\n")
}
