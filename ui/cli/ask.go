package cli

import (
	"context"
	"encoding/json"
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
		Use: "ask [flags] [PROMPT…]", Short: "one question, the answer on stdout", GroupID: groupChat, Annotations: using("config base-url insecure-http trim color theme data-dir debug"),
		Long: "Asks one question and streams the answer to stdout, rendered where that is a terminal and as the Markdown that it is anywhere else. " +
			"What is piped into stdin is added after the prompt.",
		Example: askExample, Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.ask(c, o, args) },
	}
	o.declare(c)
	f := c.Flags()
	f.BoolVarP(&o.goOn, "continue", "c", false, "ask in the most recent session, with all that was said there")
	f.StringVarP(&o.resume, "resume", "r", "", "ask in a session: `ID`, its beginning, its end, or words of the title in quotes")
	o.declareAnswer(c)
	addModel(c)
	return c
}

// ask sends one question and writes the answer. What failed before anything was
// written is said as JSON too, where that is wanted.
func (a *app) ask(c *cobra.Command, o *askFlags, args []string) error {
	q, err := a.question(c, o, args)
	if err != nil {
		return a.unasked(q, q.set.Model, err)
	}
	return a.answerAll(c.Context(), q)
}

// question is what is asked, and of whom.
type question struct {
	flags  *askFlags
	models []string // as they were named on the command line
	set    config.Loaded
	worn   chat.Worn
	prompt string
	files  []chat.Attachment
	schema *schema // nil: any answer will do
	client *groq.Client
}

// server is who is asked, "" for Groq.
func (q question) server() string { return serverName(q.set, q.flags.demo) }

// serverName is the server as caches and journals name it, "" for Groq.
func serverName(set config.Loaded, demo bool) string {
	if demo {
		return demoName
	}
	return hostName(set)
}

// question gathers what the command line, stdin and the settings say. What could
// be gathered comes with the error.
func (a *app) question(c *cobra.Command, o *askFlags, args []string) (q question, err error) {
	q.flags, q.models = o, namedModels(c)
	if err := o.check(len(q.models)); err != nil {
		return q, err
	}
	if q.set, err = a.settings(c, !o.demo); err != nil {
		return q, err
	}
	if err = validModels(q.models); err != nil {
		return q, err
	}
	if q.worn, err = a.askedAs(&q.set); err != nil {
		return q, err
	}
	if o.schema != "" {
		if q.schema, err = readSchema(o.schema); err != nil {
			return q, err
		}
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

// answer asks the question that conv ends in, and writes the answer, the one of that
// number among several.
func (a *app) answer(ctx context.Context, q question, conv *chat.Conversation, keep *keeper, at int) error {
	req := conv.Request()
	req.Another = false // an answer beside it is another model's
	if q.schema != nil {
		req.Schema = q.schema.raw
	}
	trim := a.trimmer(q, conv, req.Model)
	req = trim.sized(req)
	q.set.Model, q.set.Params = req.Model, req.Params
	if err := seen(q.set, q.files); err != nil {
		return a.unasked(q, req.Model, err)
	}
	if at == 0 {
		a.noteKeySent(q.set, q.prompt, q.files)
	}
	tell := func(err error) { a.note("%v", err) }
	streamer := a.waitsTold(a.cached(q.set, q.server(), a.streamer(q.set, q.client, !q.flags.demo, tell), tell))
	a.noteSnapped(q.set)
	w := a.way(q)
	if err := keep.asked(conv); err != nil {
		return a.unasked(q, req.Model, err)
	}
	w.session = conv.ID // "" if nothing is saved
	err := a.stream(ctx, q, w, at, keep.over(conv, trim.over(streamer)), req)
	if saveErr := keep.ended(conv); err == nil {
		err = saveErr
	}
	return err
}

// unasked ends a question that was never sent.
func (a *app) unasked(q question, model string, err error) error {
	if q.flags.json {
		return a.failedJSON(model, err)
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
	value   json.RawMessage // that was asked for by a schema
	session string          // in which it is, "" for none
	err     error           // why it is not whole
}

// stream writes the answer as it comes, and on stderr what was odd about it.
func (a *app) stream(ctx context.Context, q question, w way, at int, s chat.Streamer, req chat.Request) error {
	if err := q.label(w, req.Model, at); err != nil {
		return err
	}
	got := a.listen(ctx, q, w, s, req)
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
	if q.flags.save && !q.flags.json {
		a.note("saved; `groqchat ask -r %s …` goes on with it", shortID(w.session))
	}
	if q.flags.copies {
		return a.copies(q.set, text) //nolint:contextcheck // the tool that holds the clipboard outlives what asked for it
	}
	return nil
}

// listen writes the answer as it comes, and judges it when it has ended.
func (a *app) listen(ctx context.Context, q question, w way, s chat.Streamer, req chat.Request) answered {
	got := answered{session: w.session}
	got.message, got.err = chat.Ask(ctx, quotaHeard(s, &got.quota), req, w.text)
	got.err = a.explained(q.set, got.err)
	if ctx.Err() != nil {
		got.message.State, got.message.Error = chat.Stopped, ""
	}
	if priced := q.flags.demo || hostName(q.set) == ""; priced && !got.message.Cached {
		got.usd = knownModels(q.set).Find(q.set.Model).Cost(got.message.Usage)
	}
	switch {
	case got.err != nil:
	case got.message.FinishReason == "length" && got.message.Content == "":
		got.err = failed("--max-tokens allows a longer one, --reasoning-effort low thinks less.", "all of the answer went into thinking")
	case q.schema != nil:
		got.value, got.err = q.schema.value(got.message.Content)
	}
	return got
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
