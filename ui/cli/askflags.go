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

	goOn   bool   // with the most recent session
	resume string // the session to go on with: words, or pickSession
	save   bool   // into a new session

	raw, render bool   // how the text is written
	json        bool   // as an object with all that is known of the answer
	schema      string // the file of a JSON Schema that the answer has to fit
	code        string // only the code: "" not, "all", or the number of a block
	copies      bool   // to the clipboard too
}

func (o *askFlags) declare(c *cobra.Command) {
	c.Flags().StringArrayVarP(&o.files, "file", "f", nil, "attach the file `PATH`: a text, a PDF or a picture; may be repeated")
	o.declareDemo(c.Flags())
}

// declareAnswer declares the flags that only a single answer has.
func (o *askFlags) declareAnswer(c *cobra.Command) {
	f := pflag.NewFlagSet("answer", pflag.ContinueOnError)
	f.BoolVar(&o.json, "json", false, "print a line of JSON: answer, reasoning, usage, timing, quota, error")
	f.StringVar(&o.code, "code", "", "print only the code of the answer, or only block `N` of it")
	f.Lookup("code").NoOptDefVal = allCode
	f.StringVar(&o.schema, "schema", "", "print the answer as JSON that fits the JSON Schema in `FILE`, or nothing")
	f.BoolVar(&o.raw, "raw", false, "print the Markdown as it comes, also on a terminal")
	f.BoolVar(&o.render, "render", false, "render the Markdown, also into a pipe or a file")
	f.BoolVar(&o.copies, "copy", false, "copy what is printed to the clipboard too")
	f.BoolVar(&o.save, "save", false, "keep question and answer in a new session")
	f.VisitAll(func(one *pflag.Flag) { inGroup(one, flagsAnswer) })
	c.Flags().AddFlagSet(f)
	addCache(c.Flags())
}

// opensSession reports whether a saved session is to be opened.
func (o *askFlags) opensSession() bool { return o.goOn || o.resume != "" }

func (o *askFlags) declareDemo(f *pflag.FlagSet) {
	f.BoolVar(&o.demo, "demo", false, "talk to the built-in demo server: no key, no network")
}

// check refuses what cannot go together.
func (o *askFlags) check(models int) error {
	switch {
	case o.goOn && o.resume != "":
		return misused("--continue and --resume exclude one another; see groqchat ask --help")
	case o.save && o.opensSession():
		return misused("--save makes a new session; --continue and --resume save in the one that they go on with")
	case o.resume == pickSession:
		return misused("--resume without a value chooses from a list, which needs a terminal; name a session by its id or its title")
	case models > 1 && o.copies:
		return misused("--copy is for one answer, and %d models are named", models)
	case o.raw && o.render:
		return misused("--raw and --render exclude one another; see groqchat ask --help")
	case o.schema != "" && (o.code != "" || o.render):
		return misused("--schema gives JSON; it goes with neither --code nor --render")
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
