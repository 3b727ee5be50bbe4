package cli

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"time"

	"groqchat/chat"
	"groqchat/ui"
)

// openLog opens the log of --debug. Nothing that was said gets there, no header
// and no key, only what happened when.
func (a *app) openLog(path string) error {
	if path == "" || a.log != nil {
		return nil
	}
	f := &logFile{path: path, most: maxLog}
	if err := f.open(); err != nil {
		return misused("cannot write the debug log %s: %s", path, ui.FileReason(err))
	}
	a.closers.add(f)
	a.log = slog.New(slog.NewJSONHandler(f, nil))
	a.log.Info("started", "version", a.build.resolved().String(), "term", a.variable("TERM"))
	return nil
}

// logged is a streamer that notes what happens, where a log is wanted.
func (a *app) logged(s chat.Streamer) chat.Streamer {
	if a.log == nil {
		return s
	}
	return chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			l := streamLog{log: a.log.With("model", req.Model), began: a.now(), now: a.now}
			l.log.Info("asked", "messages", len(req.Messages))
			for event, err := range s.Stream(ctx, req) {
				l.note(event, err)
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// logOdd notes what was odd in an answer and did it no harm.
func (a *app) logOdd(what string) {
	if a.log != nil {
		a.log.Warn("odd", "what", what)
	}
}

// streamLog notes one answer.
type streamLog struct {
	log    *slog.Logger
	began  time.Time
	now    func() time.Time
	deltas int
}

func (l *streamLog) note(event chat.Event, err error) {
	since := slog.Int64("ms", l.now().Sub(l.began).Milliseconds())
	if err != nil {
		l.log.Warn("failed", since, "deltas", l.deltas, "error", err.Error(), details(err))
		return
	}
	switch e := event.(type) {
	case chat.Started:
		l.log.Info("accepted", since, "request_id", e.RequestID, "by", e.Model)
	case chat.Delta:
		if l.deltas++; l.deltas == 1 {
			l.log.Info("first text", since)
		}
	case chat.Quota:
		l.log.Info("quota", since, "requests_left", e.Requests.Remaining, "tokens_left", e.Tokens.Remaining)
	case chat.Done:
		l.log.Info("answered", since, "deltas", l.deltas, "finish", e.Finish,
			"prompt_tokens", e.Usage.PromptTokens, "completion_tokens", e.Usage.CompletionTokens)
	}
}

// details is what an error of the server says for people who look after it.
func details(err error) slog.Attr {
	var e *chat.Error
	if !errors.As(err, &e) {
		return slog.Attr{}
	}
	return slog.Group("api", "status", e.Status, "code", e.Code, "param", e.Param, "request_id", e.RequestID)
}
