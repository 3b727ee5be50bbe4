package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/chat/batch"
	"groqchat/chat/groq"
	"groqchat/config"
)

// batchExample is what --help of batch shows first.
const batchExample = `groqchat batch questions.txt
groqchat batch --template "Translate into French: {text}" words.csv
groqchat batch --dry-run questions.txt
groqchat batch --remote requests.jsonl
groqchat batch --demo -o - questions.txt | jq -r .answer`

// batchLong is the description of batch.
const batchLong = "Asks many questions, at most 10 at once and never faster than the limits of the model allow. " +
	"FILE has a question a line, a JSON object a line with \"prompt\" or \"messages\", requests in the form of OpenAI's batch service, or is " +
	"a CSV table with a header; - is stdin. Every result is appended to a file as a line of JSON and forced to the disk: " +
	"run the same command again after an interruption, and only what has no answer is asked. What failed is asked again, too. " +
	"With --cache, what was answered before in any way is not asked either."

// batchFlags is what `groqchat batch` can be told.
type batchFlags struct {
	askFlags
	out, form, template, order string
	atOnce                     int
	dryRun                     bool
	remote                     remoteFlags
}

// batchCommand is `groqchat batch`: many questions, the answers in a file.
func (a *app) batchCommand() *cobra.Command {
	o := &batchFlags{}
	c := &cobra.Command{
		Use: "batch [flags] FILE", Short: "many questions, paced and resumable", GroupID: groupChat, Annotations: using("config base-url insecure-http color data-dir debug"),
		Long: batchLong, Example: batchExample, Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.batch(c, o, args) },
	}
	f := c.Flags()
	f.StringVarP(&o.out, "output", "o", "", "append the results to `FILE` (default FILE.results.jsonl beside the questions); - is stdout, which cannot be resumed")
	f.StringVarP(&o.form, "format", "F", string(batch.Auto), "`FORMAT` of the questions: "+strings.Join(batch.Forms(), ", "))
	f.StringVarP(&o.template, "template", "t", "", "question as `TEXT`, in which {column} of a table, {field} of a JSON object or {prompt} is filled in; {{ is a brace")
	f.StringVar(&o.order, "order", "input", "`ORDER` of the results: input, or finished as they come")
	f.IntVar(&o.atOnce, "at-once", batch.MostAtOnce, "questions under way at the most: `N` from 1 to 10")
	f.BoolVar(&o.dryRun, "dry-run", false, "only estimate tokens, cost and time; needs no key")
	o.remote.declare(f)
	f.BoolVar(&o.json, "json", false, "print JSON: how it ended, or what --dry-run or --jobs shows")
	o.declare(c)
	addModel(c)
	addCache(c.Flags())
	// They fail only for flags that are not there.
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(batch.Forms(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("order", cobra.FixedCompletions(orders(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

func orders() []string { return []string{"input", "finished"} }

// check refuses what cannot be meant.
func (o *batchFlags) check(args []string) error {
	switch {
	case len(args) == 0 && !o.remote.alone():
		return misused("name the file with the questions, or - for stdin; see groqchat batch --help")
	case len(args) > 1:
		return misused("one file at a time, but got %q; see groqchat batch --help", args)
	case !slices.Contains(orders(), o.order):
		return misused("--order is input or finished, not %q", o.order)
	case !slices.Contains(batch.Forms(), o.form):
		return misused("--format is one of %s, not %q", strings.Join(batch.Forms(), ", "), o.form)
	case o.atOnce < 1 || o.atOnce > batch.MostAtOnce:
		return misused("--at-once is a number from 1 to %d, not %d", batch.MostAtOnce, o.atOnce)
	case o.json && o.out == "-" && !o.dryRun && !o.remote.alone():
		return misused("-o - gives the results on stdout, which are JSON themselves; --json does not go with it")
	}
	return o.remote.check(o)
}

// results is the file that the results go to.
func (o *batchFlags) results(questions string) (string, error) {
	switch {
	case o.out != "":
		return o.out, nil
	case questions == "-":
		return "", misused("questions from stdin need a file for the results: --output FILE, or - for stdout")
	}
	return strings.TrimSuffix(questions, filepath.Ext(questions)) + ".results.jsonl", nil
}

// batchJob is a batch with all that it needs.
type batchJob struct {
	*app
	flags  *batchFlags
	set    config.Loaded
	known  chat.Catalogue
	client *groq.Client
	name   string // of the questions
	items  []batch.Item
	out    string      // of the results
	cache  *batchCache // nil: none is used

	underWay string // the batch of the service that goes on without us, "" for none
}

func (a *app) batch(c *cobra.Command, o *batchFlags, args []string) error {
	if err := o.check(args); err != nil {
		return err
	}
	set, err := a.settings(c, !o.demo && !o.dryRun)
	if err != nil {
		return err
	}
	j := &batchJob{app: a, flags: o, set: set, known: knownModels(set)}
	if o.remote.alone() {
		if j.client, err = a.connect(set, o.demo); err != nil {
			return err
		}
		return j.remoteAlone(c.Context())
	}
	if err := j.read(c.Context(), args[0]); err != nil {
		return err
	}
	j.cache = j.openCache()
	if o.dryRun {
		return j.dryRun()
	}
	if j.client, err = a.connect(set, o.demo); err != nil {
		return err
	}
	a.noteSnapped(j.set)
	if o.remote.remote {
		return j.fill(c.Context(), j.remote)
	}
	return j.fill(c.Context(), j.local)
}

// read reads the questions.
func (j *batchJob) read(ctx context.Context, name string) error {
	var err error
	j.name = name
	if j.out, err = j.flags.results(name); err != nil {
		return err
	}
	raw, err := j.questions(ctx, name)
	if err != nil {
		return err
	}
	in, err := j.input(ctx)
	if err != nil {
		return err
	}
	if j.items, err = in.Decode(raw); err != nil {
		return misused("cannot read the questions of %s: %w", name, err)
	}
	if j.set.HoldsKey(string(raw)) {
		j.note("what looks like an API key is sent with the questions")
	}
	return seen(j.set, in.Files)
}

// input is what holds for every question.
func (j *batchJob) input(ctx context.Context) (batch.Input, error) {
	worn, err := j.askedAs(&j.set)
	if err != nil {
		return batch.Input{}, err
	}
	files, err := j.attach(ctx, j.flags.files)
	if err != nil {
		return batch.Input{}, err
	}
	conv := j.set.Begin(worn, j.known)
	j.set.Model, j.set.Params = conv.Model, conv.Params
	return batch.Input{
		Name: j.name, Form: batch.Form(j.flags.form), Template: j.flags.template, Remote: j.flags.remote.remote,
		Model: conv.Model, System: conv.System, Params: conv.Params, Files: files,
	}, nil
}

// fill opens the results and has asked what has no answer in them yet.
func (j *batchJob) fill(ctx context.Context, ask func(context.Context, *resultSink, []batch.Item) error) error {
	sink, err := j.openResults()
	if err != nil {
		return err
	}
	defer sink.close()
	left := sink.unanswered(j.items)
	j.noteEarlier(sink, len(left))
	if len(left) > 0 {
		return ask(ctx, sink, left)
	}
	if err := sink.finish(); err != nil {
		return err
	}
	return j.printEnd(batch.Progress{Began: j.now()})
}

// local asks from this machine.
func (j *batchJob) local(ctx context.Context, sink *resultSink, left []batch.Item) error {
	bar := j.progressBar()
	run := batch.Run{
		Chat: j.logged(j.countedIn(j.client)), Pace: batch.NewPace(j.known, j.client.Longest, j.now),
		AtOnce: j.flags.atOnce, Patience: j.patience(), Grace: batchGrace, Now: j.now, Cost: j.cost(),
		Known: j.recalled, Keep: sink.keep, Tell: bar.tell,
	}
	p, err := run.Do(ctx, left)
	bar.end()
	if endErr := sink.finish(); err == nil {
		err = endErr
	}
	return j.conclude(ctx, p, sink, err)
}

// batchGrace is how long answers under way may take after ctrl+c: as long as
// saving may, before a second one of another kind ends all.
const batchGrace = saving

// longestPause is the longest wait for a limit of a minute or an hour.
const longestPause = time.Hour

// patience is with what fails: a batch has time.
func (j *batchJob) patience() chat.Patience {
	const tries = 5
	return chat.Patience{Tries: tries, MaxWait: longestPause, Now: j.now}
}

// countedIn adds the answers to the ledger, but for the demo's.
func (j *batchJob) countedIn(s chat.Streamer) chat.Streamer {
	if j.flags.demo {
		return s
	}
	return j.recorded(j.set, s, func(err error) { j.note("%v", err) })
}

// cost is what answers cost, nil where that is not known: at other servers.
func (j *batchJob) cost() func(string, chat.Usage) float64 {
	if !j.flags.demo && hostName(j.set) != "" {
		return nil
	}
	return func(model string, u chat.Usage) float64 { return j.known.Find(model).Cost(u) }
}

// noteEarlier tells what the file of results has already.
func (j *batchJob) noteEarlier(sink *resultSink, left int) {
	if done := len(j.items) - left; done > 0 && left > 0 {
		j.note("%s of %s are answered in %s already; %s left", chat.Count(done), chat.Count(len(j.items)), j.out, chat.Count(left))
	} else if left == 0 {
		j.note("all of %s are answered in %s already", chat.Count(done), j.out)
	}
	if sink.foreign > 0 {
		j.note("%s in %s of other questions, models or settings; they stay", countNoun(sink.foreign, "result"), j.out)
	}
}

// countNoun is a number of things: 1 result, 1,200 results.
func countNoun(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return chat.Count(n) + " " + noun + "s"
}
