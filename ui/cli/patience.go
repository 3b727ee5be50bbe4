package cli

import (
	"context"
	"iter"
	"math/rand/v2"
	"sync"
	"time"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
)

// patient sends again what a limit or a fault refused, as the settings allow.
func (a *app) patient(set config.Loaded, s chat.Streamer) chat.Streamer {
	return chat.WithRetry(s, chat.Patience{MaxWait: set.MaxWait, Now: a.now, Random: rand.Float64})
}

// recorded adds every answer to the ledger, those too that were stopped or broke
// off. An answer is worth more than its line in the ledger: that it could not be
// written is told to tell, once.
func (a *app) recorded(set config.Loaded, s chat.Streamer, tell func(error)) chat.Streamer {
	ledger, known := history.OpenLedger(set.Paths.State), knownModels(set)
	var once sync.Once
	return chat.WithRecord(s, known, a.now, func(r chat.Record) {
		entry := history.Entry{At: a.now(), Model: r.Model, State: r.State, Usage: r.Usage, Timing: r.Timing, Server: hostName(set)}
		if entry.Server == "" {
			info := known.Find(r.Model)
			entry.USD, entry.Saved = info.Cost(r.Usage), info.Saved(r.Usage)
		}
		err := ledger.Append(entry)
		if err != nil {
			once.Do(func() { tell(err) })
		}
	})
}

// waitsTold says on stderr what a request waits for.
func (a *app) waitsTold(s chat.Streamer) chat.Streamer {
	return chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			for event, err := range s.Stream(ctx, req) {
				if w, ok := event.(chat.Waiting); ok {
					a.note("%v; trying again in %v", w.Cause, upToTenth(w.Until.Sub(a.now())))
				}
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// upToTenth rounds a wait up to tenths of a second.
func upToTenth(d time.Duration) time.Duration {
	const tenth = 100 * time.Millisecond
	return max(0, (d + tenth - 1).Truncate(tenth))
}

// streamer is a client with what surrounds it: the ledger, if the answers are to
// be in it, patience and the debug log. tell hears of a ledger that cannot be
// written.
func (a *app) streamer(set config.Loaded, c chat.Streamer, record bool, tell func(error)) chat.Streamer {
	if record {
		c = a.recorded(set, c, tell)
	}
	return a.logged(a.patient(set, c))
}
