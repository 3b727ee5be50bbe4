package cli

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/chat/groq"
	"groqchat/config"
	"groqchat/ui/safe"
)

// askExample is what --help of ask shows first.
const askExample = `groqchat ask "What does SIGPIPE mean?"
git diff | groqchat ask "Write a commit message for this"
groqchat ask -f main.go -f go.mod "What does this program do?"
groqchat ask --code "A Go function that reverses a string" > reverse.go
groqchat ask --json "Name a prime above 90" | jq -r .answer
groqchat ask --demo "Try it without a key"`

// askCommand is `groqchat ask`: one question, the answer on stdout.
func (a *app) askCommand() *cobra.Command {
	o := &askFlags{}
	c := &cobra.Command{
		Use: "ask [flags] [PROMPT…]", Short: "one question, the answer on stdout", GroupID: groupChat, Annotations: using("config base-url insecure-http color theme data-dir debug"),
		Long: "Asks one question and streams the answer to stdout, rendered where that is a terminal and as the Markdown that it is anywhere else. " +
			"What is piped into stdin is added after the prompt.",
		Example: askExample, Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.ask(c, o, args) },
	}
	o.declare(c)
	addModel(c)
	return c
}

// ask sends one question and writes the answer. What failed before anything was
// written is said as JSON too, where that is wanted.
func (a *app) ask(c *cobra.Command, o *askFlags, args []string) error {
	q, err := a.question(c, o, args)
	if err != nil {
		if o.json {
			return a.failedJSON(q.set.Model, err)
		}
		return err
	}
	return a.answer(c.Context(), q)
}

// question is what is asked, and of whom.
type question struct {
	flags  *askFlags
	set    config.Loaded
	worn   chat.Worn
	prompt string
	files  []chat.Attachment
	client *groq.Client
}

// server is who is asked, "" for Groq.
func (q question) server() string {
	if q.flags.demo {
		return demoName
	}
	return hostName(q.set)
}

// question gathers what the command line, stdin and the settings say. What could
// be gathered comes with the error.
func (a *app) question(c *cobra.Command, o *askFlags, args []string) (q question, err error) {
	q.flags = o
	if err := o.check(); err != nil {
		return q, err
	}
	if q.set, err = a.settings(c, !o.demo); err != nil {
		return q, err
	}
	if q.worn, err = a.askedAs(&q.set); err != nil {
		return q, err
	}
	prompt, piped, err := a.prompt(c.Context(), strings.Join(args, " "))
	if err != nil {
		return q, err
	}
	files, err := a.attach(c.Context(), o.files)
	if err != nil {
		return q, err
	}
	if q.prompt, q.files = prompt, append(piped, files...); strings.TrimSpace(prompt) == "" {
		return q, misused("there is nothing to ask: give a prompt or pipe one in; see groqchat ask --help")
	}
	q.client, err = a.connect(q.set, o.demo)
	return q, err
}

// answer asks the question and writes the answer.
func (a *app) answer(ctx context.Context, q question) error {
	conv := q.set.Begin(q.worn, knownModels(q.set))
	q.set.Model = conv.Model
	way := a.way(q)
	if err := seen(q.set, q.files); err != nil {
		return a.unasked(q, way, err)
	}
	a.noteKeySent(q.set, q.prompt, q.files)
	conv.Ask(q.prompt, q.files, a.now())
	tell := func(err error) { a.note("%v", err) }
	streamer := a.cached(q.set, q.server(), a.streamer(q.set, q.client, !q.flags.demo, tell), tell)
	a.noteSnapped(q.set)
	return a.stream(ctx, q, way, a.waitsTold(streamer), conv.Request())
}

// unasked ends a question that was never sent.
func (a *app) unasked(q question, w way, err error) error {
	_, endErr := w.end(answered{message: chat.Message{Model: q.set.Model, State: chat.Failed}, err: err})
	if endErr != nil {
		return endErr
	}
	return err
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

// answered is an answer that has ended, and what came with it.
type answered struct {
	message chat.Message
	quota   chat.Quota
	usd     float64
	err     error // why it is not whole
}

// stream writes the answer as it comes, and on stderr what was odd about it.
func (a *app) stream(ctx context.Context, q question, w way, s chat.Streamer, req chat.Request) error {
	var got answered
	got.message, got.err = chat.Ask(ctx, quotaHeard(s, &got.quota), req, w.text)
	got.err = a.explained(q.set, got.err)
	if ctx.Err() != nil {
		got.message.State, got.message.Error = chat.Stopped, ""
	}
	if priced := q.flags.demo || hostName(q.set) == ""; priced && !got.message.Cached {
		got.usd = knownModels(q.set).Find(q.set.Model).Cost(got.message.Usage)
	}
	if got.err == nil && got.message.FinishReason == "length" && got.message.Content == "" {
		got.err = failed("--max-tokens allows a longer one, --reasoning-effort low thinks less.", "all of the answer went into thinking")
	}
	text, err := w.end(got)
	if got.err != nil {
		err = got.err
	}
	if err != nil {
		return err
	}
	if got.message.Cached && !q.flags.json {
		a.note("cached: the answer was given before; --no-cache asks anew")
	}
	a.noteOdd(got.message)
	if q.flags.copies {
		return a.copies(q.set, text)
	}
	return nil
}

// quotaHeard keeps the last that was said of the limits.
func quotaHeard(s chat.Streamer, last *chat.Quota) chat.Streamer {
	return chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			for event, err := range s.Stream(ctx, req) {
				if quota, ok := event.(chat.Quota); ok && quota.Known() {
					*last = quota
				}
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// noteOdd says what is odd about an answer that is complete.
func (a *app) noteOdd(answer chat.Message) {
	switch {
	case answer.FinishReason == "length":
		a.note("the answer reached the longest that was allowed and is cut; --max-tokens allows more")
	case answer.FinishReason == "content_filter":
		a.note("a filter of the server withheld the rest of the answer")
	case answer.FinishReason == "tool_calls", answer.FinishReason == "function_call":
		a.note("the model asks for a tool; there is none, and nothing was done")
	case answer.Content == "":
		a.note("the answer is empty (finish reason: %s)", answer.FinishReason)
	}
}

// explained is an error with the advice that the settings give.
func (a *app) explained(set config.Loaded, err error) error {
	if chat.KindOf(err) == chat.UnknownModel {
		return a.withReplacement(set, err)
	}
	return withSource(set, err)
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
