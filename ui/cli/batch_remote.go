package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"groqchat/chat"
	"groqchat/chat/batch"
	"groqchat/chat/groq"
	"groqchat/history"
	"groqchat/ui"
)

// remoteFlags is what of batch is about Groq's batch service.
type remoteFlags struct {
	remote, cancel, detach, jobs bool
	job, window                  string
}

func (o *remoteFlags) declare(f *pflag.FlagSet) {
	f.BoolVar(&o.remote, "remote", false, "let Groq's batch service ask: half the price, limits of its own, within a day or more; for paid plans")
	f.BoolVar(&o.detach, "detach", false, "with --remote: print the id of the batch and do not wait for it")
	f.StringVar(&o.job, "job", "", "with --remote: the batch with this `ID`, instead of a new one")
	f.BoolVar(&o.cancel, "cancel", false, "with --remote: end the batch and fetch what is done; with --job no FILE is needed")
	f.StringVar(&o.window, "window", "24h", "with --remote: how long it may take, a `TIME` from 24h to 7d")
	f.BoolVar(&o.jobs, "jobs", false, "list the batches of the service")
}

// alone reports whether the service is asked for something that needs no questions.
func (o *remoteFlags) alone() bool { return o.jobs || o.cancel && o.job != "" && !o.remote }

func (o *remoteFlags) check(b *batchFlags) error {
	switch {
	case o.alone():
		return o.checkJob()
	case !o.remote && (o.detach || o.cancel || o.job != ""):
		return misused("--detach, --cancel and --job go with --remote; see groqchat batch --help")
	case o.remote && o.detach && o.cancel:
		return misused("--detach and --cancel exclude one another")
	case o.remote && len(b.files) > 0 && b.form == string(batch.OpenAI):
		return misused("--file does not go with requests that are sent as they are")
	}
	return o.checkJob()
}

// checkJob refuses what is no id: it becomes part of an address.
func (o *remoteFlags) checkJob() error {
	if o.job != "" && !regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(o.job) {
		return misused("--job: %q is not the id of a batch", o.job)
	}
	return nil
}

// readIfThere is the text of a file, "" if there is none.
func readIfThere(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", failed("", "cannot read %s: %s", path, ui.FileReason(err))
	}
	return string(raw), nil
}

// remote has the service ask.
func (j *batchJob) remote(ctx context.Context, sink *resultSink, left []batch.Item) error {
	p := batch.Progress{Total: len(left), Began: j.now()}
	id, err := j.jobUnderWay()
	if err == nil && id == "" {
		if left, err = j.fromCache(ctx, sink, left, &p); err == nil && len(left) > 0 {
			id, err = j.newJob(ctx, left)
		}
	}
	switch {
	case err != nil:
		return withSource(j.set, err)
	case len(left) == 0:
		return j.conclude(ctx, p, sink, sink.finish())
	case j.flags.remote.detach:
		return j.detached(id, p)
	}
	if j.flags.remote.cancel {
		if _, err := j.client.CancelJob(ctx, id); err != nil {
			return err
		}
	}
	job, err := j.watch(ctx, id, p)
	switch {
	case ctx.Err() != nil:
		j.note("%s goes on without us; the same command waits for it again, --cancel ends it", id)
		return ctx.Err()
	case err != nil:
		return err
	}
	return j.fetch(ctx, job, sink, left, p)
}

// detached ends the run; the batch goes on.
func (j *batchJob) detached(id string, p batch.Progress) error {
	j.note("the same command without --detach waits for it, --cancel ends it")
	if j.flags.json {
		j.underWay = id
		return j.printEnd(p)
	}
	return j.print(id + "\n")
}

// jobFile is where it is written down which batch is under way.
func (j *batchJob) jobFile() string { return j.out + ".job" }

// jobUnderWay is the batch under way for these results, or the one that is named;
// "" for none.
func (j *batchJob) jobUnderWay() (string, error) {
	if id := j.flags.remote.job; id != "" {
		return id, j.keepJob(id)
	}
	var saved struct {
		ID string `json:"batch_id"`
	}
	if j.out != "-" {
		text, err := readIfThere(j.jobFile())
		if err != nil {
			return "", err
		}
		if json.Unmarshal([]byte(text), &saved) == nil && saved.ID != "" {
			j.note("%s is under way", saved.ID)
			return saved.ID, nil
		}
	}
	if j.flags.remote.cancel {
		return "", misused("no batch is under way for %s; --job names one", j.out)
	}
	return "", nil
}

// keepJob writes down which batch is under way.
func (j *batchJob) keepJob(id string) error {
	if j.out == "-" {
		return nil
	}
	err := history.WriteExport(j.jobFile(), fmt.Appendf(nil, "{\"batch_id\":%q}\n", id), true)
	if err != nil {
		return failed("--job goes on with it.", "%s is under way, and that could not be written down: %w", id, err)
	}
	return nil
}

// newJob sends the questions and makes a batch of them.
func (j *batchJob) newJob(ctx context.Context, left []batch.Item) (string, error) {
	var lines bytes.Buffer
	for _, item := range left {
		line, err := j.remoteLine(item)
		if err != nil {
			return "", err
		}
		lines.Write(line)
	}
	if lines.Len() > maxQuestions {
		return "", misused("the batch has %d MB, and the service takes %d MB; split it", lines.Len()>>20, maxQuestions>>20)
	}
	name := strings.TrimSuffix(filepath.Base(j.name), filepath.Ext(j.name)) + ".jsonl"
	file, err := j.client.UploadBatch(ctx, name, lines.Bytes())
	if err != nil {
		return "", err
	}
	job, err := j.client.CreateJob(ctx, file, j.flags.remote.window)
	if err != nil {
		return "", err
	}
	j.note("%s has %s; done by %s at the latest", job.ID, countNoun(len(left), "question"), job.Expires.Local().Format("2 January 15:04"))
	return job.ID, j.keepJob(job.ID)
}

// remoteLine is an item as it is sent. A request in OpenAI's form stays as it is,
// but for a model where it names none.
func (j *batchJob) remoteLine(item batch.Item) ([]byte, error) {
	body := item.Body
	if body == nil {
		var err error
		if body, err = j.client.BatchBody(item.Request); err != nil {
			return nil, &batch.LineError{Line: item.Line, Err: err}
		}
		return item.RemoteLine(body)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(body, &all); err != nil {
		return nil, &batch.LineError{Line: item.Line, Err: err}
	}
	if all["model"] == nil {
		all["model"], _ = json.Marshal(item.Request.Model) // a text
		body, _ = json.Marshal(all)                        // what came out of JSON
	}
	return item.RemoteLine(body)
}

// How often a batch is looked at: it takes minutes or hours.
const (
	firstLook   = 2 * time.Second
	longestLook = 30 * time.Second
	mostFaults  = 10 // in a row, of the network or the server
)

// watch waits until a batch has ended.
func (j *batchJob) watch(ctx context.Context, id string, p batch.Progress) (groq.Job, error) {
	bar := j.progressBar()
	defer bar.end()
	faults := 0
	for pause := firstLook; ; pause = min(longestLook, pause*3/2) {
		job, err := j.client.Job(ctx, id)
		switch {
		case ctx.Err() != nil:
			return job, ctx.Err()
		case err != nil:
			faults++
			if _, passes := j.patience().Again(err, 1); !passes || faults == mostFaults {
				return job, withSource(j.set, err)
			}
		case job.Ended():
			return job, nil
		default:
			faults = 0
			bar.tell(batch.Progress{Total: cmp.Or(job.Total, p.Total-p.Cached), Answered: job.Completed, Failed: job.Failed, Began: p.Began, Status: strings.ReplaceAll(job.Status, "_", " ")})
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// fetch keeps what became of the questions.
func (j *batchJob) fetch(ctx context.Context, job groq.Job, sink *resultSink, left []batch.Item, p batch.Progress) error {
	if job.Status == "failed" {
		j.forgetJob()
		why := strings.Join(job.Problems[:min(3, len(job.Problems))], "; ")
		return &failure{code: exitRefused, hint: "Nothing was asked.", err: fmt.Errorf("the service refused %s: %s", job.ID, why)}
	}
	named := map[string]batch.Item{}
	for _, item := range left {
		named[item.RemoteID()] = item
	}
	for _, file := range []string{job.Output, job.Errors} {
		if file == "" {
			continue
		}
		text, err := j.client.Content(ctx, file)
		if err != nil {
			return withSource(j.set, err)
		}
		if err := j.take(text, job.ID, named, sink, &p); err != nil {
			return err
		}
	}
	if err := sink.finish(); err != nil {
		return err
	}
	j.forgetJob()
	if n := len(named); n > 0 {
		j.note("%s was %s before %s were answered", job.ID, job.Status, countNoun(n, "question"))
		p.Failed += n
	}
	return j.conclude(ctx, p, sink, nil)
}

// take keeps the results of one file, and takes their items out of named.
func (j *batchJob) take(text []byte, job string, named map[string]batch.Item, sink *resultSink, p *batch.Progress) error {
	for line := range bytes.Lines(text) {
		id, r, err := batch.ParseRemote(line)
		item, ours := named[id]
		if err != nil || !ours {
			continue // it is of other questions, or damaged: then its item stays unanswered
		}
		delete(named, id)
		r.ID, r.Line, r.Prompt, r.Key, r.Job, r.At = item.ID, item.Line, item.Prompt, item.Key, job, j.now().UTC()
		if r.Model == "" {
			r.Model = item.Request.Model
		}
		r.USD = j.remoteCost(r)
		if err := sink.keep(r); err != nil {
			return err
		}
		p.Count(r, j.now())
		j.enter(r)
	}
	return nil
}

// remoteCost is half of the price (Groq's page on batches, 2026).
func (j *batchJob) remoteCost(r batch.Result) float64 {
	if r.Usage == nil || j.cost() == nil {
		return 0
	}
	return j.cost()(r.Model, usageOf(r)) / 2
}

// enter puts an answer into the ledger.
func (j *batchJob) enter(r batch.Result) {
	if j.flags.demo || r.Error != nil || r.Usage == nil {
		return
	}
	entry := entryOf(chat.Record{Model: r.Model, State: chat.Complete, Usage: usageOf(r), RequestID: r.Request}, j.known, hostName(j.set), j.now())
	entry.USD, entry.Saved = r.USD, 0
	if err := history.OpenLedger(j.set.Paths.State).Append(entry); err != nil {
		j.note("%v", err)
	}
}

// forgetJob takes away the note of a batch that is over.
func (j *batchJob) forgetJob() {
	if j.out != "-" {
		_ = os.Remove(j.jobFile()) // if it stays, the service says that the batch has ended
	}
}
