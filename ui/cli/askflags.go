package cli

import (
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flagsAnswer is the heading of the flags that only a single answer has.
const flagsAnswer = "Answer flags"

// allCode is the value of --code without one: every block.
const allCode = "all"

// askFlags is the flags of a single answer; the first two the chat has too.
type askFlags struct {
	files []string
	demo  bool

	raw, render bool   // how the text is written
	json        bool   // as an object with all that is known of the answer
	code        string // only the code: "" not, "all", or the number of a block
	copies      bool   // to the clipboard too
}

func (o *askFlags) declare(c *cobra.Command) {
	c.Flags().StringArrayVarP(&o.files, "file", "f", nil, "attach the file `PATH`: a text, a PDF or a picture; may be repeated")
	o.declareDemo(c.Flags())
	f := pflag.NewFlagSet("answer", pflag.ContinueOnError)
	f.BoolVar(&o.json, "json", false, "print a line of JSON: answer, reasoning, usage, timing, quota, error")
	f.StringVar(&o.code, "code", "", "print only the code of the answer, or only block `N` of it")
	f.Lookup("code").NoOptDefVal = allCode
	f.BoolVar(&o.raw, "raw", false, "print the Markdown as it comes, also on a terminal")
	f.BoolVar(&o.render, "render", false, "render the Markdown, also into a pipe or a file")
	f.BoolVar(&o.copies, "copy", false, "copy what is printed to the clipboard too")
	f.VisitAll(func(one *pflag.Flag) { inGroup(one, flagsAnswer) })
	c.Flags().AddFlagSet(f)
}

func (o *askFlags) declareDemo(f *pflag.FlagSet) {
	f.BoolVar(&o.demo, "demo", false, "talk to the built-in demo server: no key, no network")
}

// check refuses what cannot go together.
func (o *askFlags) check() error {
	switch {
	case o.raw && o.render:
		return misused("--raw and --render exclude one another; see groqchat ask --help")
	case o.render && (o.json || o.code != ""):
		return misused("--render is for the whole answer as text; it goes with neither --json nor --code")
	case o.code != "" && o.code != allCode && o.block() < 1:
		return misused("--code: %q is not the number of a block, which count from 1; see groqchat ask --help", o.code)
	}
	return nil
}

// block is the number of the one block of code that is wanted, 0 for all.
func (o *askFlags) block() int {
	n, err := strconv.Atoi(o.code)
	if err != nil {
		return 0
	}
	return n
}

// answersOnly is the first flag that was given and that the chat does not have, ""
// for none.
func answersOnly(c *cobra.Command) (name string) {
	c.Flags().Visit(func(f *pflag.Flag) {
		if note := f.Annotations[groupNote]; len(note) > 0 && note[0] == flagsAnswer && name == "" {
			name = f.Name
		}
	})
	return name
}
