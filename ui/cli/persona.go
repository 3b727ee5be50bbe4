package cli

import (
	"os"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/config"
)

// persona is what the setting of that name means, none if it is not set. One that
// the command line or the environment names must be there; one of the file that
// is not there any more is odd, and no reason to do nothing.
func (a *app) persona(set *config.Loaded) (chat.Worn, error) {
	if set.Persona == "" {
		return chat.Worn{}, nil
	}
	all, odd := config.Personas(set.Paths.Personas)
	set.Warnings = append(set.Warnings, odd...)
	w, err := chat.FindPersona(set.Persona, all)
	if err == nil {
		err = w.Check()
	}
	source := set.Sources["persona"]
	switch {
	case err == nil:
		return w, nil
	case source.Kind == config.FromFile:
		set.Warnings = append(set.Warnings, config.Warning{Text: (&config.ValueError{Setting: "persona", Source: source, Err: err}).Error()})
		return chat.Worn{}, nil
	}
	return chat.Worn{}, asUsage(&config.ValueError{Setting: "persona", Source: source, Err: err})
}

// change puts a persona on a session in the place of the one that it has, whose
// settings go with it, as far as it is still known.
func change(c *chat.Conversation, set config.Loaded, to chat.Worn) {
	models := knownModels(set)
	all, _ := config.Personas(set.Paths.Personas) // what is odd there was told with the new one
	if old, err := chat.FindPersona(c.Persona, all); err == nil {
		c.TakeOff(old, set.Begin(chat.Worn{}, models), models)
	}
	c.PutOn(to, models)
}

// askedAs is the persona for a command that does not open the screen: what is odd
// is said on stderr.
func (a *app) askedAs(set *config.Loaded) (chat.Worn, error) {
	told := len(set.Warnings)
	w, err := a.persona(set)
	for _, odd := range set.Warnings[told:] {
		a.note("%s", odd.String())
	}
	return w, err
}

// completePersonas completes --persona, with what each is for beside it.
func completePersonas(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	// Without settings the built-in ones are completed.
	set, _ := (&app{env: os.Environ()}).load(c)
	all, _ := config.Personas(set.Paths.Personas)
	var names []string
	for _, p := range all {
		names = append(names, p.Name+"\t"+oneLine(p.Help))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
