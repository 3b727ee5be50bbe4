package demo

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestReasoning_ComesFirstAndMarked(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	const puzzle = "a puzzle, please"
	tests := []struct {
		name, model string
		more        []string
		channel     string // of the reasoning; "none": there is no reasoning
	}{
		{"gpt-oss", big, nil, "analysis"},
		{"gpt-oss, parsed", big, []string{`"reasoning_format":"parsed"`}, "analysis"},
		{"gpt-oss, hidden", big, []string{`"include_reasoning":false`}, "none"},
		{"qwen by itself", qwen, nil, "none"},
		{"qwen, none", qwen, []string{`"reasoning_effort":"none"`}, "none"},
		{"qwen, default", qwen, []string{`"reasoning_effort":"default"`}, "none"},
		{"qwen, high", qwen, []string{`"reasoning_effort":"high"`, `"include_reasoning":true`}, ""},
		{"qwen, hidden", qwen, []string{`"reasoning_effort":"high"`, `"reasoning_format":"hidden"`}, "none"},
		{"qwen with tools", qwen, []string{`"reasoning_effort":"high"`, `"tools":[{}]`}, ""},
		{"no reasoner", "allam-2-7b", nil, "none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := streamed(t, base, tt.model, puzzle, tt.more...)
			if !strings.HasPrefix(got.content, "## Three boxes") || got.finish != "stop" || !got.done {
				t.Errorf("%q ends with %q, %v", got.content, got.finish, got.done)
			}
			if none := tt.channel == "none"; none != (got.reasoning == "") {
				t.Errorf("reasoning: %q", got.reasoning)
			}
			for channel := range got.channels {
				if channel != tt.channel {
					t.Errorf("reasoning in channel %q", channel)
				}
			}
		})
	}
}

func TestReasoning_RawIsPartOfTheContent(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	// Raw is the default where reasoning was asked for and nothing said of its form.
	for _, more := range []string{`"reasoning_effort":"low","reasoning_format":"raw"`, `"reasoning_effort":"low"`} {
		got := streamed(t, base, qwen, "a puzzle", more)
		if !strings.HasPrefix(got.content, "<think>\nA puzzle where") || !strings.Contains(got.content, "\n</think>\n\n## Three boxes") {
			t.Errorf("content %q", got.content)
		}
		if got.reasoning != "" || got.usage.Details != nil {
			t.Errorf("told apart: %q, %v", got.reasoning, got.usage.Details)
		}
	}
}

func TestReasoning_GrowsWithTheEffort(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	last := 0
	for _, effort := range []string{"low", "medium", "high"} {
		got := streamed(t, base, big, "a puzzle", `"reasoning_effort":"`+effort+`"`).usage.Details.ReasoningTokens
		if got <= last {
			t.Errorf("%s takes %d tokens after %d", effort, got, last)
		}
		last = got
	}
}

func TestReasoning_ThatIsHiddenIsPaidFor(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	shown := streamed(t, base, big, "a puzzle")
	hidden := streamed(t, base, big, "a puzzle", `"include_reasoning":false`)
	if shown.usage.CompletionTokens != hidden.usage.CompletionTokens || hidden.usage.Details.ReasoningTokens == 0 {
		t.Errorf("shown %+v, hidden %+v", shown.usage, hidden.usage)
	}
	if want := shown.usage.CompletionTokens - shown.usage.Details.ReasoningTokens; hidden.tokens != want {
		t.Errorf("%d chunks, want %d", hidden.tokens, want)
	}
}

func TestLength_CutsTheAnswer(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	got := streamed(t, base, big, "a table", `"max_completion_tokens":90`, `"reasoning_effort":"low"`)
	if got.finish != "length" || got.tokens != 90 || got.usage.CompletionTokens != 90 || got.content == "" || !got.done {
		t.Errorf("got %+v", got)
	}
}

func TestLength_MayLeaveNothingButThoughts(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	got := streamed(t, base, big, "a table", `"max_tokens":10`)
	if got.finish != "length" || got.content != "" || got.usage.Details.ReasoningTokens != 10 {
		t.Errorf("got %+v", got)
	}
	r := chat(t, base, ask(big, "a table", `"max_tokens":10`))
	if !strings.Contains(r.body, `"content":"","reasoning":"`) || !strings.Contains(r.body, `"finish_reason":"length"`) {
		t.Errorf("as one object: %s", r.body)
	}
}

func TestStop_EndsTheAnswerBeforeIt(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	whole := streamed(t, base, big, "a table")
	got := streamed(t, base, big, "a table", `"stop":["never","side by","| `+"`qwen"+`"]`)
	want, _, _ := strings.Cut(whole.content, "side by")
	if got.content != want || got.finish != "stop" || got.usage.CompletionTokens >= whole.usage.CompletionTokens {
		t.Errorf("got %q, %s", got.content, got.finish)
	}
	if got.reasoning != whole.reasoning {
		t.Error("the stop was looked for in the reasoning")
	}
}

func TestUsage_AddsUp(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	for _, model := range []string{big, qwen, "openai/gpt-oss-20b"} {
		got := streamed(t, base, model, "a table", `"reasoning_effort":"low"`, `"reasoning_format":"parsed"`)
		u := got.usage
		if u.CompletionTokens != got.tokens || u.TotalTokens != u.PromptTokens+u.CompletionTokens {
			t.Errorf("%d chunks, usage %+v", got.tokens, u)
		}
		if diff := u.TotalTime - u.PromptTime - u.CompletionTime; diff > 1e-9 || diff < -1e-9 || u.QueueTime <= 0 {
			t.Errorf("times do not add up: %+v", u)
		}
		m, _ := (&api{models: catalogue()}).model(model)
		if speed := float64(u.CompletionTokens) / u.CompletionTime; speed < m.speed*0.97 || speed > m.speed*1.03 {
			t.Errorf("%s: %.0f tokens per second, want %.0f", model, speed, m.speed)
		}
	}
}

func TestUsage_CountsThePrompt(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	tests := []struct {
		body string
		want string
	}{
		{ask(big, "12345"), `"prompt_tokens":65,`}, // template, message, two of text
		{ask(qwen, "12345"), `"prompt_tokens":5,`}, // no template
		{ask("allam-2-7b", "é"), `"prompt_tokens":4,`},
		{messages(qwen, `[{"role":"system","content":"1234"},{"role":"user","content":[{"type":"text","text":"1234"},`+
			`{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]`), `"prompt_tokens":2056,`},
	}
	for _, tt := range tests {
		if r := chat(t, base, tt.body); !strings.Contains(r.body, tt.want) {
			t.Errorf("not %s in %s", tt.want, r.body)
		}
	}
}

func TestTier_IsEchoed(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierDeveloper})
	for asked, want := range map[string]string{"flex": "flex", "auto": "on_demand", "on_demand": "on_demand"} {
		r := chat(t, base, ask(big, "hi", `"max_tokens":9`, `"service_tier":"`+asked+`"`))
		if !strings.Contains(r.body, `"service_tier":"`+want+`"`) {
			t.Errorf("%s: %s", asked, r.body)
		}
	}
}

func TestJSON_IsWrittenOnDemand(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	got := streamed(t, base, big, "hi", `"response_format":{"type":"json_object"}`)
	if !strings.HasPrefix(got.content, `{"answer":"Hello!`) || !strings.HasSuffix(got.content, `"}`) {
		t.Errorf("got %s", got.content)
	}
}

// timeline is a ResponseWriter that notes when each chunk was flushed, and may be
// slow to take one.
type timeline struct {
	*httptest.ResponseRecorder
	started time.Time
	flushed []time.Duration
	dawdle  func(chunk int)
}

func (l *timeline) FlushError() error {
	l.flushed = append(l.flushed, time.Since(l.started))
	if l.dawdle != nil {
		l.dawdle(len(l.flushed))
	}
	return nil
}

// timed runs a stream of 400 tokens under a clock of its own.
func timed(t *testing.T, o Options, dawdle func(int)) (*timeline, *stream) {
	t.Helper()
	var out *stream
	w := &timeline{ResponseRecorder: httptest.NewRecorder(), started: time.Now(), dawdle: dawdle}
	a, err := newAPI(o)
	if err != nil {
		t.Fatal(err)
	}
	req, fail := decode([]byte(ask(big, "something long", `"seed":7`, `"max_tokens":400`)))
	if fail != nil {
		t.Fatal(fail.Message)
	}
	m, _ := a.model(big)
	c := &call{api: a, id: "req_x", now: time.Now(), scene: a.stage.now()}
	g := c.generate(req, m)
	out = &stream{w: w, now: time.Now, gen: g, pacer: pacer{timing: g.timing}}
	if err := out.run(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return w, out
}

func TestPace_IsThatOfTheModel(t *testing.T) {
	for _, pace := range []float64{0.5, 1, 20} {
		synctest.Test(t, func(t *testing.T) {
			w, s := timed(t, Options{Pace: pace, Tier: tierOff}, nil)
			begin := s.gen.timing.queue + s.gen.timing.read
			if w.flushed[0] != begin {
				t.Errorf("pace %g: the first chunk came at %s, want %s", pace, w.flushed[0], begin)
			}
			for i := 1; i <= 400; i++ {
				if want := begin + time.Duration(i)*s.gen.timing.token; w.flushed[i] != want {
					t.Fatalf("pace %g: token %d came at %s, want %s", pace, i, w.flushed[i], want)
				}
			}
			if rate := 1 / s.gen.timing.token.Seconds(); rate < 490*pace || rate > 511*pace {
				t.Errorf("pace %g: %.0f tokens per second", pace, rate)
			}
			u := s.gen.usage()
			if total := (u.QueueTime + u.TotalTime); total-w.flushed[400].Seconds() > 1e-6 || total-w.flushed[400].Seconds() < -1e-6 {
				t.Errorf("pace %g: the bill says %gs, it took %s", pace, total, w.flushed[400])
			}
		})
	}
}

func TestPace_MakesUpForASlowReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, s := timed(t, Options{Tier: tierOff}, func(chunk int) {
			if chunk == 100 {
				<-time.After(300 * time.Millisecond)
			}
		})
		want := s.gen.timing.queue + s.gen.timing.read + 400*s.gen.timing.token
		if got := w.flushed[400]; got != want {
			t.Errorf("the last token came at %s, want %s", got, want)
		}
	})
}

func TestPace_NegativeWaitsForNothing(t *testing.T) {
	for _, o := range []Options{{Pace: -1, Tier: tierOff}, {Pace: -1, Tier: tierOff, Scene: "slow"}, {Tier: tierOff, Scene: "flood"}} {
		synctest.Test(t, func(t *testing.T) {
			w, _ := timed(t, o, nil)
			if last := w.flushed[len(w.flushed)-1]; last != 0 {
				t.Errorf("%+v took %s", o, last)
			}
		})
	}
}

func TestSlow_WaitsBeforeTheFirstToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, s := timed(t, Options{Pace: 2, Tier: tierOff, Scene: "slow"}, nil)
		if got, want := w.flushed[1]-w.flushed[0], 2500*time.Millisecond+s.gen.timing.token; got != want {
			t.Errorf("the first token took %s, want %s", got, want)
		}
		if got, want := w.flushed[400]-w.flushed[1], 399*s.gen.timing.token; got != want {
			t.Errorf("the others took %s, want %s", got, want)
		}
	})
}

func TestStream_StopsWhenTheClientLeaves(t *testing.T) {
	for name, o := range map[string]Options{
		"between tokens": {Pace: 0.01, Tier: tierOff},
		"in a stall":     {Pace: 0.01, Tier: tierOff, Scene: "slow"},
	} {
		t.Run(name, func(t *testing.T) {
			seen := make(chan Exchange, 1)
			o.Observe = func(e Exchange) { seen <- e }
			base := serve(t, o)
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			body := open(ctx, t, base, ask(big, "something long", `"stream":true`, `"max_tokens":2000`))
			defer body.Close()
			if _, err := bufio.NewReader(body).ReadString('\n'); err != nil {
				t.Fatal(err)
			}
			leave()
			if got := <-seen; !got.Disconnected || got.Status != http.StatusOK || got.Tokens >= 2000 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestWhole_StopsWhenTheClientLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen Exchange
		h := Handler(Options{Pace: 0.01, Tier: tierOff, Observe: func(e Exchange) { seen = e }})
		ctx, leave := context.WithTimeout(t.Context(), time.Minute)
		defer leave()
		req := httptest.NewRequestWithContext(ctx, http.MethodPost, root+"/chat/completions", strings.NewReader(ask(big, "a table", `"seed":500`)))
		req.Header.Set("Authorization", "Bearer "+key)
		started := time.Now()
		h.ServeHTTP(httptest.NewRecorder(), req)
		if took := time.Since(started); took != time.Minute || !seen.Disconnected || seen.Status != 0 || seen.Tokens < 295 || seen.Tokens > 305 {
			t.Errorf("after %s: %+v", took, seen)
		}
	})
}
