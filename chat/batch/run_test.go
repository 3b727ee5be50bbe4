package batch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"groqchat/chat"
	"groqchat/chat/batch"
	"groqchat/chat/demo"
	"groqchat/chat/groq"
)

// memory is a transport that asks a handler on a goroutine, through a pipe: under
// a fake clock there can be no sockets.
type memory struct{ handler http.Handler }

type pipeWriter struct {
	header http.Header
	body   *io.PipeWriter
	begun  chan int
	once   sync.Once
}

func (w *pipeWriter) Header() http.Header { return w.header }
func (w *pipeWriter) Flush()              {}

func (w *pipeWriter) WriteHeader(status int) {
	w.once.Do(func() { w.begun <- status })
}

func (w *pipeWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

func (m memory) RoundTrip(r *http.Request) (*http.Response, error) {
	body, in := io.Pipe()
	w := &pipeWriter{header: http.Header{}, body: in, begun: make(chan int, 1)}
	go func() {
		m.handler.ServeHTTP(w, r)
		w.WriteHeader(http.StatusOK)
		in.Close()
	}()
	status := <-w.begun
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Header: w.header, Body: body, Request: r,
		ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1,
	}, nil
}

// served is a client of a demo server in memory, and the statuses that it gave.
func served(o demo.Options) (*groq.Client, func() map[int]int) {
	var mu sync.Mutex
	statuses := map[int]int{}
	o.Observe = func(e demo.Exchange) {
		mu.Lock()
		defer mu.Unlock()
		statuses[e.Status]++
	}
	client := groq.New(groq.Options{Key: "gsk_test", BaseURL: "http://memory/openai/v1", Transport: memory{demo.Handler(o)}})
	return client, func() map[int]int {
		mu.Lock()
		defer mu.Unlock()
		return statuses
	}
}

// questions is n items for a model.
func questions(t *testing.T, n int, model string) []batch.Item {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "question number %d about %s\n", i, strings.Repeat("gophers ", i%17))
	}
	items, err := batch.Input{Model: model}.Decode([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// mixed is n items: of three answers of the demo one is long.
func mixed(t *testing.T, n int, model string) []batch.Item {
	t.Helper()
	items := questions(t, n, model)
	for i := range items {
		if i%3 > 0 {
			items[i].Request.Messages[0].Content = "hello"
		}
	}
	return items
}

// kept collects results.
type kept struct{ results []batch.Result }

func (k *kept) keep(r batch.Result) error {
	k.results = append(k.results, r)
	return nil
}

func (k *kept) keys() map[string]int {
	keys := map[string]int{}
	for _, r := range k.results {
		keys[r.Key]++
	}
	return keys
}

func runOf(client *groq.Client, k *kept) batch.Run {
	return batch.Run{
		Chat: client, Pace: batch.NewPace(chat.Builtin(), client.Longest, time.Now), Now: time.Now, Keep: k.keep,
		Patience: chat.Patience{Tries: 5, MaxWait: time.Hour}, Cost: func(m string, u chat.Usage) float64 { return chat.Builtin().Find(m).Cost(u) },
	}
}

// TestRun_ProvokesNoRefusal: a hundred questions under each plan's limits, at the
// models' real speed, and not one is refused.
func TestRun_ProvokesNoRefusal(t *testing.T) {
	for _, c := range []struct {
		tier, model string
		count       int
		most        time.Duration // limits alone would let it end in five sixths of it
	}{
		{"free", chat.DefaultModel, 100, 5 * time.Minute},
		{"free", "qwen/qwen3.8-27b", 20, 5 * time.Minute},
		{"developer", chat.DefaultModel, 30, time.Minute},
	} {
		t.Run(c.tier+" "+c.model, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, statuses := served(demo.Options{Tier: c.tier, Pace: 1})
				var k kept
				began := time.Now()
				p, err := runOf(client, &k).Do(t.Context(), mixed(t, c.count, c.model))
				if err != nil || p.Answered != c.count || p.Failed != 0 || p.Retried != 0 || len(k.keys()) != c.count {
					t.Errorf("ended with %+v, %v", p, err)
				}
				synctest.Wait()
				if got := statuses(); got[http.StatusOK] != c.count || len(got) != 1 {
					t.Errorf("statuses %v", got)
				}
				took := time.Since(began)
				t.Logf("%d tokens in %v", p.Tokens, took)
				if took > c.most {
					t.Errorf("it took %v, more than %v", took, c.most)
				}
			})
		})
	}
}

// failing answers by a function of the question and the try.
type failing struct {
	mu   sync.Mutex
	asks map[string]int
	fail func(question string, try int) error
}

func (f *failing) Stream(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
	return func(yield func(chat.Event, error) bool) {
		question := req.Messages[0].Content
		f.mu.Lock()
		f.asks[question]++
		try := f.asks[question]
		f.mu.Unlock()
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			yield(nil, context.Cause(ctx))
			return
		}
		if err := f.fail(question, try); err != nil {
			yield(nil, err)
			return
		}
		if yield(chat.Delta{Text: "answer to " + question}, nil) {
			yield(chat.Done{Finish: "stop", Usage: chat.Usage{PromptTokens: 10, CompletionTokens: 5}}, nil)
		}
	}
}

func plainRun(s chat.Streamer, k *kept) batch.Run {
	longest := func(chat.Request) int { return 100 }
	return batch.Run{
		Chat: s, Pace: batch.NewPace(chat.Builtin(), longest, time.Now), Now: time.Now, Keep: k.keep,
		Patience: chat.Patience{Tries: 5, MaxWait: time.Hour}, Grace: 5 * time.Second,
	}
}

func TestRun_TriesAgainWhatMayPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &failing{asks: map[string]int{}, fail: func(q string, try int) error {
			switch {
			case strings.HasPrefix(q, "question number 3 ") && try < 3:
				return &chat.Error{Kind: chat.ServerFault, Status: 503, Message: "over capacity"}
			case strings.HasPrefix(q, "question number 5 "):
				return &chat.Error{Kind: chat.Refused, Status: 400, Code: "bad", Message: "no"}
			case strings.HasPrefix(q, "question number 7 ") && try == 1:
				return &chat.Error{Kind: chat.RateLimited, RetryAfter: 40 * time.Second}
			}
			return nil
		}}
		var k kept
		p, err := plainRun(s, &k).Do(t.Context(), questions(t, 20, "m"))
		if err != nil || p.Answered != 19 || p.Failed != 1 || p.Retried != 3 {
			t.Fatalf("ended with %+v, %v", p, err)
		}
		for _, r := range k.results {
			if bad := strings.HasPrefix(r.Prompt, "question number 5 "); bad != (r.Error != nil) {
				t.Errorf("%s: %+v", r.Prompt, r.Error)
			} else if bad && (r.Error.Status != 400 || r.Error.Code != "bad" || r.Error.Message != "no") {
				t.Errorf("kept as %+v", r.Error)
			}
		}
	})
}

func TestRun_StopsWhereGoingOnIsOfNoUse(t *testing.T) {
	for name, c := range map[string]struct {
		failure *chat.Error
		most    int // results that are kept
	}{
		"wrong key":      {&chat.Error{Kind: chat.BadKey}, 0},
		"no such model":  {&chat.Error{Kind: chat.UnknownModel}, 0},
		"day is spent":   {&chat.Error{Kind: chat.QuotaSpent, Limit: &chat.Exceeded{Per: "day"}}, 0},
		"nobody answers": {&chat.Error{Kind: chat.Unreachable}, 0},
		"all is broken":  {&chat.Error{Kind: chat.ServerFault, Status: 500}, 20},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &failing{asks: map[string]int{}, fail: func(string, int) error { return c.failure }}
				var k kept
				_, err := plainRun(s, &k).Do(t.Context(), questions(t, 500, "m"))
				if !errors.Is(err, c.failure) || len(k.results) > c.most || len(s.asks) > 100 {
					t.Errorf("ended with %v, %d results after %d questions", err, len(k.results), len(s.asks))
				}
			})
		})
	}
}

func TestRun_LetsAnswersEndWhenItIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &failing{asks: map[string]int{}, fail: func(string, int) error { return nil }}
		var k kept
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		p, err := plainRun(s, &k).Do(ctx, questions(t, 100, "m"))
		if !errors.Is(err, context.DeadlineExceeded) || len(k.results) != len(s.asks) || p.Answered != len(k.results) || p.Answered == 0 {
			t.Errorf("%v: %d questions, %d results, %+v", err, len(s.asks), len(k.results), p)
		}
	})
}

func TestRun_EndsWithTheDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &failing{asks: map[string]int{}, fail: func(string, int) error { return nil }}
		full := errors.New("no space left")
		r := plainRun(s, &kept{})
		r.Keep = func(batch.Result) error { return full }
		if _, err := r.Do(t.Context(), questions(t, 100, "m")); !errors.Is(err, full) || len(s.asks) > batch.MostAtOnce+1 {
			t.Errorf("ended with %v after %d questions", err, len(s.asks))
		}
	})
}

// TestRun_AsksNothingThatIsKnown: neither the server nor the rate hears of it.
func TestRun_AsksNothingThatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &failing{asks: map[string]int{}, fail: func(string, int) error { return nil }}
		var k kept
		r := plainRun(s, &k)
		r.Known = func(item batch.Item) (batch.Result, bool) {
			answer := chat.Message{Content: "known", Model: "m", FinishReason: "stop", Usage: chat.Usage{PromptTokens: 9, CompletionTokens: 9}}
			return item.Recalled(answer, time.Now()), item.Line%2 == 0
		}
		r.Tell = func(p batch.Progress) {
			if rate := p.Rate(time.Now()); p.Cached == p.Finished() && rate > 0 {
				t.Errorf("%+v has the rate %v", p, rate)
			}
		}
		p, err := r.Do(t.Context(), questions(t, 40, "m"))
		if err != nil || p.Answered != 40 || p.Cached != 20 || len(s.asks) != 20 || len(k.results) != 40 {
			t.Fatalf("ended with %+v, %v after %d questions", p, err, len(s.asks))
		}
		tokens := 0
		for _, one := range k.results {
			if one.Cached != (one.Line%2 == 0) || one.Cached && (one.Answer != "known" || one.USD != 0) {
				t.Errorf("kept %+v", one)
			}
			if !one.Cached {
				tokens += one.Usage.Tokens()
			}
		}
		if p.Tokens != tokens {
			t.Errorf("%d tokens are told, %d were spent", p.Tokens, tokens)
		}

		k, full := kept{}, errors.New("no space left")
		r.Keep = func(batch.Result) error { return full }
		r.Known = func(item batch.Item) (batch.Result, bool) { return item.Recalled(chat.Message{}, time.Now()), true }
		if p, err := r.Do(t.Context(), questions(t, 40, "m")); !errors.Is(err, full) || p.Answered != 0 {
			t.Errorf("ended with %v, %+v", err, p)
		}
	})
}

func TestProgress_TellsRateAndRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &failing{asks: map[string]int{}, fail: func(string, int) error { return nil }}
		r := plainRun(s, &kept{})
		r.AtOnce = 1
		told := 0
		r.Tell = func(p batch.Progress) {
			if p.Finished() != 30 {
				return
			}
			left, ok := p.Left(time.Now())
			if rate := p.Rate(time.Now()); rate < 55 || rate > 65 || !ok || left < 65*time.Second || left > 75*time.Second {
				t.Errorf("rate %v, left %v", rate, left)
			}
			told++
		}
		if _, err := r.Do(t.Context(), questions(t, 100, "m")); err != nil || told == 0 {
			t.Errorf("told %d times, %v", told, err)
		}
	})
}
