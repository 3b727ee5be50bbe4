package cli

import (
	"context"

	"groqchat/chat"
	"groqchat/chat/batch"
	"groqchat/history"
)

// batchCache is the answers that are kept for the next time, as a batch uses them:
// by the key that the same question has when it is asked alone.
type batchCache struct {
	*history.Answers
	server string
	items  map[string]batch.Item // by their keys in the batch
	told   bool                  // that an answer could not be kept
}

// openCache gives the cache of a batch; nil where the settings want none.
func (j *batchJob) openCache() *batchCache {
	if !j.set.Cache {
		return nil
	}
	c := &batchCache{Answers: j.answers(j.set), server: serverName(j.set, j.flags.demo), items: map[string]batch.Item{}}
	for _, item := range j.items {
		c.items[item.Key] = item
	}
	return c
}

// recalled is the result of a question that was answered before. What is sent as it
// is may say more than can be compared: it has no key.
func (j *batchJob) recalled(item batch.Item) (batch.Result, bool) {
	if j.cache == nil || item.Body != nil {
		return batch.Result{}, false
	}
	answer, ok := j.cache.Get(item.Request.Key(j.cache.server))
	return item.Recalled(answer, j.now()), ok
}

// remember keeps an answer for the next time.
func (j *batchJob) remember(r batch.Result) {
	if j.cache == nil || r.Cached {
		return
	}
	answer, ok := r.Message()
	item, ours := j.cache.items[r.Key]
	if !ok || !ours || item.Body != nil || !answer.IsWhole() {
		return
	}
	if err := j.cache.Put(item.Request.Key(j.cache.server), answer); err != nil && !j.cache.told {
		j.cache.told = true
		j.note("%v", err)
	}
}

// fromCache keeps what can be answered without asking, and gives the rest.
func (j *batchJob) fromCache(ctx context.Context, sink *resultSink, left []batch.Item, p *batch.Progress) ([]batch.Item, error) {
	var rest []batch.Item
	for _, item := range left {
		r, ok := j.recalled(item)
		if !ok {
			rest = append(rest, item)
			continue
		}
		if err := sink.keep(r); err != nil {
			return nil, err
		}
		p.Count(r, j.now())
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	p.Total = p.Finished() + len(rest)
	return rest, nil
}

// uncached is the questions that would be asked, and how many would not.
func (j *batchJob) uncached(left []batch.Item) (rest []batch.Item, cached int) {
	for _, item := range left {
		if _, ok := j.recalled(item); !ok {
			rest = append(rest, item)
		}
	}
	return rest, len(left) - len(rest)
}

// usageOf is the tokens of a result.
func usageOf(r batch.Result) chat.Usage {
	answer, _ := r.Message()
	return answer.Usage
}
