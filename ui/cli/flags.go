package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"groqchat/chat"
	"groqchat/config"
)

// The headings of flags in help.
const (
	flagsModel   = "Model flags"
	flagsGeneral = "General flags"
)

// configFlag names another configuration file. It is no setting: no file can say
// where it is.
const configFlag = "config"

// settingFlag is the value of a flag that stands for a setting. It is kept as
// text: package config parses all sources alike.
type settingFlag struct {
	setting config.Setting
	text    string
	all     []string // every value that was given, in their order
}

// String is the value as it was given.
func (v *settingFlag) String() string { return v.text }

// Type is the kind of the setting.
func (v *settingFlag) Type() string { return v.setting.Kind }

// Set takes a value; a list grows with each flag.
func (v *settingFlag) Set(text string) error {
	if v.setting.Kind == "list" && v.text != "" {
		text = v.text + "," + text
	}
	v.text, v.all = text, append(v.all, text)
	return nil
}

// namedModels is the models that --model names, each once.
func namedModels(c *cobra.Command) []string {
	var models []string
	if v, ok := c.Flags().Lookup("model").Value.(*settingFlag); ok {
		for _, id := range v.all {
			if !slices.Contains(models, id) {
				models = append(models, id)
			}
		}
	}
	return models
}

// short is the settings with a letter of their own.
func short(flag string) string {
	return map[string]string{"model": "m", "system": "s"}[flag]
}

// forModel reports whether a setting is about what a model is asked.
func forModel(s config.Setting) bool {
	_, parameter := chat.FindParameter(s.Flag)
	return parameter || slices.Contains([]string{"model", "system", "persona"}, s.Flag)
}

// addSettings declares the flags of the settings that want chooses.
func addSettings(flags *pflag.FlagSet, group string, want func(config.Setting) bool) {
	for _, s := range config.Settings() {
		if s.Flag == "" || !want(s) {
			continue
		}
		f := flags.VarPF(&settingFlag{setting: s}, s.Flag, short(s.Flag), settingHelp(s))
		if s.Kind == "bool" {
			f.NoOptDefVal = "true"
		}
		inGroup(f, group)
	}
}

// cacheFlag is the flag of the cache, the one of yes or no that people also deny.
const cacheFlag = "cache"

// denial is a flag that says no to another one. The last of the two holds.
type denial struct{ *settingFlag }

// Set says no, or takes it back.
func (v denial) Set(text string) error {
	no, err := strconv.ParseBool(text)
	if err == nil {
		v.text = strconv.FormatBool(!no)
	}
	return err
}

// String is what the flag itself says.
func (v denial) String() string {
	if v.settingFlag == nil || v.text != "false" {
		return ""
	}
	return "true"
}

// addCache declares --cache and --no-cache.
func addCache(flags *pflag.FlagSet) {
	addSettings(flags, flagsModel, func(s config.Setting) bool { return s.Flag == cacheFlag })
	of, ok := flags.Lookup(cacheFlag).Value.(*settingFlag)
	if !ok {
		return
	}
	f := flags.VarPF(denial{of}, "no-"+cacheFlag, "", "ask in any case, and keep no answer")
	f.NoOptDefVal = "true"
	inGroup(f, flagsModel)
}

// completeChoices completes the values that can be listed.
func completeChoices(c *cobra.Command) {
	for _, s := range config.Settings() {
		if s.Choices != nil && c.PersistentFlags().Lookup(s.Flag) != nil {
			// It fails only for a flag that is not there.
			_ = c.RegisterFlagCompletionFunc(s.Flag, cobra.FixedCompletions(s.Choices, cobra.ShellCompDirectiveNoFileComp))
		}
	}
}

// addGeneral declares the flags that hold for every command.
func addGeneral(flags *pflag.FlagSet) {
	flags.String(configFlag, "", "another configuration file, at `PATH`")
	inGroup(flags.Lookup(configFlag), flagsGeneral)
	addSettings(flags, flagsGeneral, func(s config.Setting) bool { return !forModel(s) && s.Flag != cacheFlag })
	flags.BoolP("help", "h", false, "print help")
	inGroup(flags.Lookup("help"), flagsGeneral)
	flags.SortFlags = false
}

// addModel declares the flags that say which model is asked, and how.
func addModel(c *cobra.Command) {
	c.Flags().SortFlags = false
	addSettings(c.Flags(), flagsModel, forModel)
	// An error would mean that the table of settings has lost the row.
	_ = c.RegisterFlagCompletionFunc("model", completeModels)
	_ = c.RegisterFlagCompletionFunc("persona", completePersonas)
}

func inGroup(f *pflag.Flag, group string) {
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[groupNote] = []string{group}
}

// settingHelp is the help of a flag: what it is, its default, its variable.
func settingHelp(s config.Setting) string {
	text := s.Help
	if s.Default != "" && s.Kind != "bool" {
		text += " (default " + s.Default + ")"
	}
	if s.Env != "" {
		text += " [$" + s.Env + "]"
	}
	return text
}

// placeholder is how help writes the value of a setting.
func placeholder(s config.Setting) string {
	if s.Choices != nil {
		return strings.Join(s.Choices, "|")
	}
	switch s.Flag {
	case "model":
		return "ID"
	case "persona", "theme":
		return "NAME"
	case "base-url":
		return "URL"
	case "debug":
		return "FILE"
	case "reasoning-effort":
		return "LEVEL"
	}
	return strings.ToUpper(s.Kind)
}

// given is the settings that were given as flags, by name.
func given(flags *pflag.FlagSet) map[string]string {
	values := map[string]string{}
	flags.Visit(func(f *pflag.Flag) {
		switch v := f.Value.(type) {
		case *settingFlag:
			values[v.setting.Name] = v.text
		case denial:
			values[v.setting.Name] = v.text
		}
	})
	return values
}

// flagError says what is wrong with a flag, in one line.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var needs *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown)
	case errors.As(err, &needs):
		return misused("--%s needs a value; see %s --help", needs.GetFlag().Name, c.CommandPath())
	case errors.As(err, &wrong):
		return misused("--%s: %q is not valid; see %s --help", wrong.GetFlag().Name, wrong.GetValue(), c.CommandPath())
	}
	return misused("%w; see %s --help", err, c.CommandPath())
}

func unknownFlag(c *cobra.Command, err *pflag.NotExistError) error {
	name := err.GetSpecifiedName()
	if err.GetSpecifiedShortnames() != "" {
		return misused("unknown flag -%s; see %s --help", name, c.CommandPath())
	}
	if slices.Contains([]string{"key", "api-key", "apikey", "token"}, name) {
		return misused("no flag takes the key, everybody on this machine could read it; keep it with `groqchat key set`, or put it in GROQ_API_KEY")
	}
	if name == "no-color" {
		return misused("unknown flag --no-color; it is --color never, or NO_COLOR=1 in the environment")
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := chat.Nearest(name, names); near != "" {
		return misused("unknown flag --%s; did you mean --%s? See %s --help", name, near, c.CommandPath())
	}
	return misused("unknown flag --%s; see %s --help", name, c.CommandPath())
}

// unknownCommand says that there is no such command, and the nearest one.
func unknownCommand(c *cobra.Command, word string) error {
	if near := nearestCommand(c, word); near != "" {
		return misused("unknown command %q; did you mean `%s %s`? See %s --help", word, c.CommandPath(), near, c.CommandPath())
	}
	return misused("unknown command %q; see %s --help", word, c.CommandPath())
}

func nearestCommand(c *cobra.Command, word string) string {
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return chat.Nearest(word, names)
}

// group is the run of a command that only holds others.
func group(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownCommand(c, args[0])
	}
	return c.Help()
}

// noArgs is for commands that take no words.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return misused("%s takes no arguments, but got %q; see %s --help", c.CommandPath(), args[0], c.CommandPath())
	}
	return nil
}

// joinResume writes `-r some words` as `--resume=some words`: a flag whose value
// may be missing takes it only in that form. Where a question follows it takes one
// word.
func joinResume(args []string) []string {
	asks := len(args) > 0 && args[0] == "ask" || slices.Contains(args, "-p") || slices.Contains(args, "--print")
	joined := make([]string, 0, len(args))
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			return append(joined, args[i:]...)
		}
		if args[i] != "-r" && args[i] != "--resume" {
			joined = append(joined, args[i])
			continue
		}
		var words []string
		for i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") && !(asks && len(words) > 0) {
			i++
			words = append(words, args[i])
		}
		if len(words) == 0 {
			joined = append(joined, "--resume")
			continue
		}
		joined = append(joined, fmt.Sprintf("--resume=%s", strings.Join(words, " ")))
	}
	return joined
}
