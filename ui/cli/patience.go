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
		if err := ledger.Append(entryOf(r, known, hostName(set), a.now())); err != nil {
			once.Do(func() { tell(err) })
		}
	})
}

// entryOf is an answer as the ledger has it. Only Groq's prices are known.
func entryOf(r chat.Record, known chat.Catalogue, server string, at time.Time) history.Entry {
	e := history.Entry{At: at, Model: r.Model, State: r.State, Usage: r.Usage, Timing: r.Timing, Server: server, Request: r.RequestID}
	if server == "" {
		info := known.Find(r.Model)
		e.USD, e.Saved = info.Cost(r.Usage), info.Saved(r.Usage)
	}
	return e
}

// store is the sessions that the settings mean. Answers that a process did not
// live to put into the ledger are put there when they are found.
func (a *app) store(ctx context.Context, set config.Loaded) *history.Store {
	ledger, known := history.OpenLedger(set.Paths.State), knownModels(set)
	return history.Open(set.Paths.Data).OnLost(func(l history.Lost) {
		r, ok := chat.Recount(ctx, l.Asked, known, l.Events, l.Err)
		if !ok || l.Server == demoName {
			return
		}
		r.RequestID = l.Request
		// An answer is worth more than its line: that it cannot be written is told
		// when the next one cannot be either.
		_ = ledger.AppendOnce(entryOf(r, known, l.Server, l.Began))
	})
}

// waitsTold says on stderr what a request waits for.
func (a *app) waitsTold(s chat.Streamer) chat.Streamer {
	return chat.StreamFunc(func(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
		return func(yield func(chat.Event, error) bool) {
			for event, err := range s.Stream(ctx, req) {
				if w, ok := event.(chat.Waiting); ok {
					a.note("%v; trying again in %s", w.Cause, chat.Wait(w.Until.Sub(a.now())))
				}
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// megabyte is the unit of the setting cache_size.
const megabyte = 1_000_000

// cached gives answers again that were given before, where the settings want it.
func (a *app) cached(set config.Loaded, server string, s chat.Streamer, tell func(error)) chat.Streamer {
	if !set.Cache {
		return s
	}
	return chat.WithCache(s, a.answers(set), server, tell)
}

// answers is the cache that the settings mean.
func (a *app) answers(set config.Loaded) *history.Answers {
	const day = 24 * time.Hour
	return history.OpenAnswers(set.Paths.Cache, time.Duration(set.CacheDays)*day, int64(set.CacheSize)*megabyte, a.now)
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
