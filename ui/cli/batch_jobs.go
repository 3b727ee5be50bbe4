package cli

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"groqchat/chat/groq"
)

// remoteAlone lists the batches of the service, or ends one.
func (j *batchJob) remoteAlone(ctx context.Context) error {
	if j.flags.remote.cancel {
		job, err := j.client.CancelJob(ctx, j.flags.remote.job)
		switch {
		case err != nil:
			return withSource(j.set, err)
		case j.flags.json:
			return j.printJSON(toJobJSON(job))
		}
		j.note("%s is %s", job.ID, job.Status)
		return nil
	}
	jobs, err := j.client.Jobs(ctx)
	if err != nil {
		return withSource(j.set, err)
	}
	return j.printJobs(jobs) //nolint:contextcheck // a pager ends when its reader has read
}

func (j *batchJob) printJobs(jobs []groq.Job) error {
	t := table{columns: []column{{title: "batch"}, {title: "status", keep: 4}, {title: "done", right: true, keep: 3}, {title: "failed", right: true, keep: 1}, {title: "made", keep: 2}}}
	rows := []jobJSON{}
	for _, job := range jobs {
		rows = append(rows, toJobJSON(job))
		t.rows = append(t.rows, []string{
			job.ID, job.Status, fmt.Sprintf("%d of %d", job.Completed, job.Total), strconv.Itoa(job.Failed), job.Created.Local().Format("2006-01-02 15:04"),
		})
	}
	if j.flags.json {
		return j.printJSON(rows)
	}
	return j.page(t.render(j.width(j.stdout), j.ink(j.stdout)))
}

// jobJSON is a batch of the service as --json gives it.
type jobJSON struct {
	ID        string    `json:"batch_id"`
	Status    string    `json:"status"`
	Total     int       `json:"questions"`
	Completed int       `json:"answered"`
	Failed    int       `json:"failed"`
	Created   time.Time `json:"created"`
}

func toJobJSON(job groq.Job) jobJSON {
	return jobJSON{job.ID, job.Status, job.Total, job.Completed, job.Failed, job.Created.UTC()}
}
