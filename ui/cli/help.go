package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The widths of help, in cells.
const (
	helpWidth  = 80 // the widest help
	helpNarrow = 40 // the narrowest that wraps by words
	helpColumn = 28 // where descriptions begin, at most
)

// groupNote is the annotation that puts a flag under a heading of help.
const groupNote = "group"

// usesNote is the annotation of a command that names the general flags which mean
// something to it and to those below it. Without one all do.
const usesNote = "uses"

// using is the annotations of a command that uses only some general flags.
func using(flags string) map[string]string { return map[string]string{usesNote: flags} }

// uses reports whether a flag means something to a command. All are understood
// everywhere, so that an alias can hold them, but help names what has an effect.
func uses(c *cobra.Command, f *pflag.Flag) bool {
	if f.Name == "help" || !slices.Contains(f.Annotations[groupNote], flagsGeneral) {
		return true
	}
	for ; c != nil; c = c.Parent() {
		if names, some := c.Annotations[usesNote]; some {
			return slices.Contains(strings.Fields(names), f.Name)
		}
	}
	return true
}

// help prints the help of a command to stdout.
func (a *app) help(c *cobra.Command, _ []string) {
	width := helpWidth
	if w := a.width(a.stdout); w > 0 {
		width = min(helpWidth, max(helpNarrow, w))
	}
	// cobra's help function cannot fail; main reports it.
	a.unhelped = a.page(helpText(c, width, a.ink(a.stdout)))
}

// helpText is the help of a command: examples first, at most width cells wide.
func helpText(c *cobra.Command, width int, in ink) string {
	c.LocalFlags()              // gathers the flags of the commands above, too
	c.Flags().SortFlags = false // its own before theirs
	h := &helpPage{width: width, ink: in}
	h.paragraph(cmp.Or(c.Long, strings.ToUpper(c.Short[:1])+c.Short[1:]+"."))
	h.block("Examples", c.Example)
	h.usage(c)
	h.commands(c)
	h.flags(c)
	if !c.HasParent() {
		h.exitCodes()
	}
	return strings.TrimLeft(h.text.String(), "\n")
}

// helpPage is a help text under construction.
type helpPage struct {
	text  strings.Builder
	width int
	ink   ink
}

func (h *helpPage) title(s string) { h.linef("\n%s", h.ink.bold(s)) }

func (h *helpPage) linef(format string, args ...any) { fmt.Fprintf(&h.text, format+"\n", args...) }

func (h *helpPage) paragraph(s string) { h.linef("%s", wrapped(s, h.width)) }

// block shows lines as they are: an example that is broken cannot be copied.
func (h *helpPage) block(title, lines string) {
	if lines == "" {
		return
	}
	h.title(title)
	for line := range strings.Lines(lines) {
		h.linef("  %s", strings.TrimRight(line, "\n"))
	}
}

func (h *helpPage) usage(c *cobra.Command) {
	h.title("Usage")
	line := c.UseLine()
	if c.HasAvailableSubCommands() && !c.HasParent() {
		line += "\n" + c.CommandPath() + " COMMAND …"
	}
	for one := range strings.Lines(line) {
		h.linef("  %s", strings.TrimSpace(one))
	}
}

func (h *helpPage) commands(c *cobra.Command) {
	groups := append(c.Groups(), &cobra.Group{Title: "Commands"}) // for commands without a heading
	for _, group := range groups {
		var rows []helpRow
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() && sub.GroupID == group.ID {
				rows = append(rows, helpRow{strings.TrimPrefix(sub.UseLine(), c.CommandPath()+" "), sub.Short})
			}
		}
		if len(rows) > 0 {
			h.title(group.Title)
			h.rows(rows)
		}
	}
}

func (h *helpPage) flags(c *cobra.Command) {
	rows := map[string][]helpRow{}
	var order []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || !uses(c, f) {
			return
		}
		group := "Flags"
		if note := f.Annotations[groupNote]; len(note) > 0 {
			group = note[0]
		}
		if !slices.Contains(order, group) {
			order = append(order, group)
		}
		rows[group] = append(rows[group], flagRow(f))
	})
	for _, group := range order {
		h.title(group)
		h.rows(rows[group])
	}
}

func (h *helpPage) exitCodes() {
	h.title("Exit codes")
	parts := make([]string, 0, len(exitCodes()))
	for _, row := range exitCodes() {
		parts = append(parts, strings.ReplaceAll(fmt.Sprintf("%d %s", row.code, row.meaning), " ", "\u00a0"))
	}
	text := wrapped(strings.Join(parts, " · "), h.width-2)
	h.linef("  %s", strings.ReplaceAll(strings.ReplaceAll(text, "\n", "\n  "), "\u00a0", " "))
	h.linef("")
	h.paragraph("`groqchat COMMAND --help` says more of a command, `groqchat man` of all.")
}

// helpRow is a name and what it is.
type helpRow struct{ name, text string }

// rows prints names in a column and wraps what they are beside it, or below a
// name that is too long for the column.
func (h *helpPage) rows(rows []helpRow) {
	const least, between = 8, 2
	column, most := least, min(helpColumn, h.width*2/5)
	for _, r := range rows {
		if w := between + ansi.StringWidth(r.name) + between; w <= most {
			column = max(column, w)
		}
	}
	for _, r := range rows {
		pad := "\n" + strings.Repeat(" ", column)
		if room := column - between - ansi.StringWidth(r.name); room >= between {
			pad = strings.Repeat(" ", room)
		}
		text := wrapped(r.text, h.width-column)
		h.linef("  %s%s%s", r.name, pad, strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", column)))
	}
}

// wrapped breaks text between words; only a word that is wider than a line is
// broken itself. Other wrappers break at hyphens, which names of models have.
func wrapped(text string, width int) string {
	var b strings.Builder
	used := 0
	for i, word := range strings.Split(text, " ") {
		w := ansi.StringWidth(word)
		switch {
		case i > 0 && used+1+w <= width:
			b.WriteString(" ")
			used++
		case i > 0:
			b.WriteString("\n")
			used = 0
		}
		if w > width {
			word = ansi.Hardwrap(word, width, false)
			w = ansi.StringWidth(word[strings.LastIndexByte(word, '\n')+1:])
		}
		b.WriteString(word)
		used += w
	}
	return b.String()
}

// flagRow describes a flag: -m, --model ID, and what it is.
func flagRow(f *pflag.Flag) helpRow {
	value, text := pflag.UnquoteUsage(f)
	if v, ok := f.Value.(*settingFlag); ok {
		value, text = placeholder(v.setting), f.Usage
	}
	name := "    --" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", --" + f.Name
	}
	switch {
	case f.Value.Type() == "bool":
	case f.NoOptDefVal != "":
		name += " [" + value + "]"
	case value != "":
		name += " " + value
	}
	return helpRow{name, text}
}

// helpCommand is `groqchat help [COMMAND]`, the same as --help, and the page of
// recipes.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "help on a command; `groqchat help recipes` shows what it is good for in scripts", GroupID: groupOther, Annotations: using(""), Args: cobra.ArbitraryArgs,
		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			if slices.Equal(args, []string{recipesTopic}) {
				return a.page(recipesPage)
			}
			target, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(root, cmp.Or(strings.Join(rest, " "), strings.Join(args, " ")))
			}
			return target.Help()
		},
	}
}
