package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/ui/safe"
)

// askExample is what --help of ask shows first.
const askExample = `groqchat ask "What does SIGPIPE mean?"
git diff | groqchat ask "Write a commit message for this"
groqchat ask -f main.go -f go.mod "What does this program do?"
groqchat ask --demo "Try it without a key"`

// askFlags is the flags that a single answer shares with the chat.
type askFlags struct {
	files []string
	demo  bool
}

func (o *askFlags) declare(c *cobra.Command) {
	c.Flags().StringArrayVarP(&o.files, "file", "f", nil, "attach the file `PATH`: a text, a PDF or a picture; may be repeated")
	o.declareDemo(c.Flags())
}

func (o *askFlags) declareDemo(f *pflag.FlagSet) {
	f.BoolVar(&o.demo, "demo", false, "talk to the built-in demo server: no key, no network")
}

// askCommand is `groqchat ask`: one question, the answer on stdout.
func (a *app) askCommand() *cobra.Command {
	o := &askFlags{}
	c := &cobra.Command{
		Use: "ask [flags] [PROMPT…]", Short: "one question, the answer on stdout", GroupID: groupChat, Annotations: using("config base-url insecure-http color data-dir debug"),
		Long:    "Asks one question and streams the answer to stdout. What is piped into stdin is added after the prompt.",
		Example: askExample, Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.ask(c, o, args) },
	}
	o.declare(c)
	addModel(c)
	return c
}

// ask sends one question and streams the answer.
func (a *app) ask(c *cobra.Command, o *askFlags, args []string) error {
	set, err := a.settings(c, !o.demo)
	if err != nil {
		return err
	}
	worn, err := a.askedAs(&set)
	if err != nil {
		return err
	}
	prompt, piped, err := a.prompt(c.Context(), strings.Join(args, " "))
	if err != nil {
		return err
	}
	files, err := a.attach(c.Context(), o.files)
	if err != nil {
		return err
	}
	files = append(piped, files...)
	if strings.TrimSpace(prompt) == "" {
		return misused("there is nothing to ask: give a prompt or pipe one in; see groqchat ask --help")
	}
	client, err := a.connect(set, o.demo)
	if err != nil {
		return err
	}
	conv := set.Begin(worn, knownModels(set))
	set.Model = conv.Model
	if err := seen(set, files); err != nil {
		return err
	}
	a.noteKeySent(set, prompt, files)
	conv.Ask(prompt, files, a.now())
	streamer := a.streamer(set, client, !o.demo, func(err error) { a.note("%v", err) })
	a.noteSnapped(set)
	return a.stream(c.Context(), set, a.waitsTold(streamer), conv.Request())
}

// noteKeySent says that what looks like an API key leaves with the question. Nobody
// can be asked here: what is piped and named is meant to be sent.
func (a *app) noteKeySent(set config.Loaded, prompt string, files []chat.Attachment) {
	if set.HoldsKey(prompt) {
		a.note("what looks like an API key is sent with the prompt")
	}
	for _, f := range files {
		switch {
		case set.HoldsKey(f.Name):
			a.note("what looks like an API key is sent in the name of a file")
		case set.HoldsKey(f.Text):
			a.note("what looks like an API key is sent with the file %s", safe.Line(f.Name, 200))
		}
	}
}

// noteSnapped says which parameters the model does not take as they are set.
func (a *app) noteSnapped(set config.Loaded) {
	m := knownModels(set).Find(set.Model)
	for _, clause := range m.Snapped(set.Params) {
		a.note("%s: %s", m.Short(), clause)
	}
}

// stream writes the answer as it comes, and on stderr what was odd about it.
func (a *app) stream(ctx context.Context, set config.Loaded, s chat.Streamer, req chat.Request) error {
	out := &answerWriter{w: a.out}
	answer, err := chat.Ask(ctx, s, req, out)
	if endErr := out.end(); err == nil {
		err = endErr
	}
	switch kind := chat.KindOf(err); {
	case kind == chat.UnknownModel:
		return a.withReplacement(set, err)
	case err != nil:
		return withSource(set, err)
	}
	switch {
	case answer.FinishReason == "length" && answer.Content == "":
		return failed("--max-tokens allows a longer one, --reasoning-effort low thinks less.", "all of the answer went into thinking")
	case answer.FinishReason == "length":
		a.note("the answer reached the longest that was allowed and is cut; --max-tokens allows more")
	case answer.FinishReason == "content_filter":
		a.note("a filter of the server withheld the rest of the answer")
	case answer.FinishReason == "tool_calls", answer.FinishReason == "function_call":
		a.note("the model asks for a tool; there is none, and nothing was done")
	case answer.Content == "":
		a.note("the answer is empty (finish reason: %s)", answer.FinishReason)
	}
	return nil
}

// withSource adds to "the key was refused" where the key comes from.
func withSource(set config.Loaded, err error) error {
	if chat.KindOf(err) != chat.BadKey {
		return err
	}
	return &failure{hint: set.KeyHint(), err: err}
}

// withReplacement adds to "no such model" the one that does its work today, or
// the one that was likely meant.
func (a *app) withReplacement(set config.Loaded, err error) error {
	known := knownModels(set)
	m := known.Find(set.Model)
	if m.Status == chat.Retired {
		return &failure{hint: fmt.Sprintf("What does its work today: -m %s", m.Replacement), err: err}
	}
	var ids []string
	for _, one := range known.Chats() {
		ids = append(ids, one.ID, one.Short())
	}
	if near := chat.Nearest(set.Model, ids); near != "" {
		return &failure{hint: fmt.Sprintf("Did you mean %s? `groqchat models` lists what there is.", fullID(known, near)), err: err}
	}
	return &failure{hint: "`groqchat models` lists what there is.", err: err}
}

// fullID is the id of the model that is called name, with or without its owner.
func fullID(known chat.Catalogue, name string) string {
	for _, m := range known {
		if m.Short() == name {
			return m.ID
		}
	}
	return name
}

// answerWriter writes an answer made safe, whatever pieces it comes in, and ends
// it with a line break.
type answerWriter struct {
	w    io.Writer
	rest string // the beginning of a character whose rest has not come
	last byte
}

func (t *answerWriter) Write(p []byte) (int, error) {
	text := t.rest + string(p)
	n := safe.Whole(text)
	t.rest = text[n:]
	return len(p), t.put(safe.Text(text[:n]))
}

func (t *answerWriter) put(text string) error {
	if text == "" {
		return nil
	}
	t.last = text[len(text)-1]
	_, err := io.WriteString(t.w, text)
	return err
}

// end writes what is left, and a line break if the answer began and has none: a
// prompt or an error that follows shall stand on its own line.
func (t *answerWriter) end() error {
	rest := t.rest
	t.rest = ""
	if err := t.put(safe.Text(rest)); err != nil || t.last == 0 || t.last == '\n' {
		return err
	}
	return t.put("\n")
}
