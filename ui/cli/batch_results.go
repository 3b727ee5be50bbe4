package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"groqchat/chat/batch"
	"groqchat/history"
	"groqchat/ui"
)

// maxQuestions is the largest file of questions: what Groq's batch service takes.
const maxQuestions = 100 << 20

// questions reads the file of questions, or stdin.
func (a *app) questions(ctx context.Context, name string) ([]byte, error) {
	raw, err := apart(ctx, func() ([]byte, error) {
		if name == "-" {
			return io.ReadAll(io.LimitReader(a.stdin, maxQuestions+1))
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(io.LimitReader(f, maxQuestions+1))
	})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, misused("cannot read %s: %s", name, ui.FileReason(err))
	case len(raw) > maxQuestions:
		return nil, misused("%s has more than %d MB; split it", name, maxQuestions>>20)
	}
	return raw, nil
}

// resultSink is where results go: a file, or stdout.
type resultSink struct {
	job     *batchJob
	file    *history.Results // nil: stdout
	lines   [][]byte         // of the file, in its order
	earlier []batch.Result   // what they say
	foreign int              // results of other questions among them
	failed  []batch.Result   // of this run

	held  map[string][]byte // for stdout in the order of the input: what cannot be written yet
	wants []string          // the keys that are still to be written, in order
}

// openResults opens the file of results, or prepares stdout.
func (j *batchJob) openResults() (*resultSink, error) {
	s := &resultSink{job: j}
	if j.out == "-" {
		s.held = map[string][]byte{}
		return s, nil
	}
	file, lines, err := history.OpenResults(j.out, s.take)
	var held *history.Held
	switch {
	case errors.As(err, &held):
		return nil, failed("Wait for it, or give the results of this one another file with --output.", "another groqchat is writing %s", j.out)
	case err != nil:
		return nil, failed("Choose another file with --output.", "cannot write results to %s: %s", j.out, ui.FileReason(err))
	}
	s.file, s.lines = file, lines
	return s, nil
}

// take reads a line of the file as it was.
func (s *resultSink) take(line []byte) error {
	r, err := batch.ParseResult(line)
	s.earlier = append(s.earlier, r)
	return err
}

// unanswered is the items that have no answer yet.
func (s *resultSink) unanswered(items []batch.Item) []batch.Item {
	answered, known := map[string]bool{}, map[string]bool{}
	for _, item := range items {
		known[item.Key] = true
	}
	for _, r := range s.earlier {
		answered[r.Key] = answered[r.Key] || r.Error == nil
		if !known[r.Key] {
			s.foreign++
		}
	}
	var left []batch.Item
	for _, item := range items {
		if !answered[item.Key] {
			left = append(left, item)
			s.wants = append(s.wants, item.Key)
		}
	}
	return left
}

// keep keeps a result: it is on the disk when this returns.
func (s *resultSink) keep(r batch.Result) error {
	line, err := r.JSON()
	if err != nil {
		return err
	}
	if r.Error != nil {
		s.failed = append(s.failed, r)
	}
	s.job.remember(r)
	if s.file == nil {
		return s.show(r.Key, line)
	}
	s.lines = append(s.lines, bytes.TrimSuffix(line, []byte("\n")))
	s.earlier = append(s.earlier, r)
	return s.file.Append(line)
}

// show writes a result to stdout, and those that waited for it.
func (s *resultSink) show(key string, line []byte) error {
	line = []byte(plainJSON(string(line)))
	if s.job.flags.order == "finished" {
		_, err := s.job.app.out.Write(line)
		return err
	}
	s.held[key] = line
	for len(s.wants) > 0 && s.held[s.wants[0]] != nil {
		if _, err := s.job.app.out.Write(s.held[s.wants[0]]); err != nil {
			return err
		}
		delete(s.held, s.wants[0])
		s.wants = s.wants[1:]
	}
	return nil
}

// finish writes what waits, and puts the file into the order of the input.
func (s *resultSink) finish() error {
	if s.file == nil {
		for _, key := range s.wants {
			if _, err := s.job.app.out.Write(s.held[key]); err != nil {
				return err
			}
		}
		s.wants = nil
		return nil
	}
	if s.job.flags.order == "finished" {
		return nil
	}
	lines := s.inOrder()
	if slices.EqualFunc(lines, s.lines, bytes.Equal) {
		return nil
	}
	if err := s.file.Replace(lines); err != nil {
		return failed("They are complete all the same, in another order.", "the results could not be put into the order of the input: %w", err)
	}
	return nil
}

// inOrder is the lines by the order of the questions, after those of other
// questions. Of a question that was asked again the answer stays, or the last
// failure.
func (s *resultSink) inOrder() [][]byte {
	place := map[string]int{}
	for i, item := range s.job.items {
		place[item.Key] = i
	}
	last := map[string]int{}
	for i, r := range s.earlier {
		if at, there := last[r.Key]; !there || r.Error == nil || s.earlier[at].Error != nil {
			last[r.Key] = i
		}
	}
	var order []int
	for i, r := range s.earlier {
		if _, ours := place[r.Key]; !ours || last[r.Key] == i {
			order = append(order, i)
		}
	}
	at := func(i int) int {
		if n, ours := place[s.earlier[i].Key]; ours {
			return n
		}
		return -1
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at(a), at(b)) })
	lines := make([][]byte, 0, len(order))
	for _, i := range order {
		lines = append(lines, s.lines[i])
	}
	return lines
}

func (s *resultSink) close() {
	if s.file != nil {
		s.file.Close()
	}
}
