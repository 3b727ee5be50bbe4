package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// The headings of commands in help.
const (
	groupChat     = "Chat"
	groupSessions = "Sessions"
	groupSettings = "Settings"
	groupOther    = "Other"
)

// rootExample is the first thing that --help shows.
const rootExample = `groqchat                                  open the chat
groqchat "How do I read a file in Go?"    open it with a first message
groqchat -c                               go on with the last session
groqchat --demo                           try it without a key
git diff | groqchat ask "Review this"     one answer, to stdout`

// pickSession is the value of --resume without one: the picker opens.
const pickSession = "\x00pick"

// root declares the whole command line.
func (a *app) root() *cobra.Command {
	o := &rootFlags{}
	root := &cobra.Command{
		Use: "groqchat [flags] [TEXT]", Example: rootExample, Args: cobra.ArbitraryArgs,
		Short:         "chat with the models of Groq in the terminal",
		Long:          "groqchat is a terminal chat for the Groq API and for servers that speak like it.",
		SilenceErrors: true, SilenceUsage: true,
		RunE:              func(c *cobra.Command, args []string) error { return a.start(c, o, args) },
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetOut(a.out)
	root.SetErr(a.stderr)
	root.SetHelpFunc(a.help)
	root.SetFlagErrorFunc(flagError)
	for _, title := range []string{groupChat, groupSessions, groupSettings, groupOther} {
		root.AddGroup(&cobra.Group{ID: title, Title: title})
	}
	o.declareRoot(root)
	addGeneral(root.PersistentFlags())
	completeChoices(root)
	// It fails only for a flag that is not there.
	_ = root.RegisterFlagCompletionFunc("theme", completeThemes)
	root.AddCommand(a.commands(root)...)
	root.SetHelpCommand(a.helpCommand(root))
	return root
}

// commands is the table of commands: one row each.
func (a *app) commands(root *cobra.Command) []*cobra.Command {
	return []*cobra.Command{
		a.askCommand(),
		a.batchCommand(),
		a.transcribeCommand(),
		a.modelsCommand(),
		a.sessionsCommand(),
		a.usageCommand(),
		a.keyCommand(),
		a.cacheCommand(),
		a.configCommand(),
		a.demoServerCommand(),
		a.doctorCommand(),
		a.completionCommand(root),
		a.manCommand(root),
		a.versionCommand(),
	}
}

// rootFlags is the flags of groqchat itself.
type rootFlags struct {
	askFlags
	print     bool
	temporary bool
	version   bool

	typed []string // ahead, in the chat that ended for this one
}

func (o *rootFlags) declareRoot(c *cobra.Command) {
	f := c.Flags()
	f.BoolVarP(&o.goOn, "continue", "c", false, "go on with the most recent session")
	f.StringVarP(&o.resume, "resume", "r", "", "resume a session by `ID`, its beginning, its end or words of the title; without a value choose from a list")
	f.Lookup("resume").NoOptDefVal = pickSession
	f.BoolVar(&o.temporary, "temporary", false, "a chat that is never written to disk")
	f.BoolVarP(&o.print, "print", "p", false, "answer on stdout, as the ask command does")
	o.declare(c)
	o.declareAnswer(c)
	f.BoolVarP(&o.version, "version", "V", false, "print the version")
	addModel(c)
}

// start is groqchat without a command: the chat, or one answer where one of its
// ends is not a terminal.
func (a *app) start(c *cobra.Command, o *rootFlags, args []string) error {
	if o.version {
		return a.print(a.build.resolved().String() + "\n")
	}
	if err := o.check(c, args); err != nil {
		return err
	}
	if !o.print && (isTerminal(a.stdin) && isTerminal(a.stdout) || wantsLines(c)) {
		if name := answersOnly(c); name != "" {
			return misused("--%s is for a single answer; add -p, or use `groqchat ask`", name)
		}
		if models := namedModels(c); len(models) > 1 {
			return misused("the chat talks to one model at a time; /race asks several, and so does `groqchat ask`")
		}
		return a.chat(c, o, strings.Join(args, " "))
	}
	if o.temporary && o.save {
		return misused("--temporary leaves nothing on the disk; it does not go with --save")
	}
	return a.ask(c, &o.askFlags, args)
}

// wantsLines reports whether the chat in lines is asked for: it needs no terminal.
func wantsLines(c *cobra.Command) bool {
	v, ok := c.Flags().Lookup("plain").Value.(*settingFlag)
	return ok && v.text == "true"
}

// check refuses what was most likely a slip.
func (o *rootFlags) check(c *cobra.Command, args []string) error {
	switch {
	case o.goOn && o.resume != "":
		return misused("--continue and --resume exclude one another; see groqchat --help")
	case o.temporary && o.opensSession():
		return misused("--temporary is a new chat; it goes with neither --continue nor --resume")
	}
	isWord := len(args) == 1 && !strings.ContainsAny(args[0], " \t\n")
	if near := ""; isWord && !o.print && c.ArgsLenAtDash() < 0 {
		if near = nearestCommand(c, args[0]); near != "" {
			return misused("%q was not sent; did you mean `groqchat %s`? To send it: groqchat -- %s", args[0], near, args[0])
		}
	}
	return nil
}
