package batch

import (
	"time"

	"groqchat/chat"
)

// Estimate is what a batch will take before anything is sent.
type Estimate struct {
	Items    int
	Prompts  int // tokens
	Answers  int // tokens, by a guess at each
	Most     int // tokens of answers, if each is as long as it may be
	Each     int // the guess at an answer
	USD      float64
	USDMost  float64
	Priced   bool // the prices of all models are known
	model    chat.ModelInfo
	duration time.Duration // of one answer
}

// guessedAnswer is the tokens of an answer with its thinking, where there are no
// results to learn from.
const guessedAnswer = 400

// NewEstimate estimates items, by what the answers of earlier results took.
func NewEstimate(items []Item, earlier []Result, known chat.Catalogue, longest func(chat.Request) int) Estimate {
	e := Estimate{Items: len(items), Each: meanAnswer(earlier), Priced: true}
	for _, item := range items {
		e.model = known.Find(item.Request.Model)
		prompt, most := item.Request.PromptTokens(e.model), longest(item.Request)
		answer := min(e.Each, most)
		e.Prompts += prompt
		e.Answers += answer
		e.Most += most
		e.USD += e.model.Cost(chat.Usage{PromptTokens: prompt, CompletionTokens: answer})
		e.USDMost += e.model.Cost(chat.Usage{PromptTokens: prompt, CompletionTokens: most})
		e.Priced = e.Priced && e.model.PriceOut > 0
		const firstToken, usualSpeed = 300 * time.Millisecond, 400
		speed := e.model.Speed
		if speed == 0 {
			speed = usualSpeed
		}
		e.duration = firstToken + time.Duration(answer)*time.Second/time.Duration(speed)
	}
	return e
}

func meanAnswer(earlier []Result) int {
	n, sum := 0, 0
	for _, r := range earlier {
		if r.Error == nil && r.Usage != nil {
			n++
			sum += r.Usage.Completion
		}
	}
	if n == 0 {
		return guessedAnswer
	}
	return max(1, sum/n)
}

// Plan is the limits of a kind of key.
type Plan struct {
	Name             string
	Requests, Tokens int // of a minute
	Day, DayTokens   int // 0: no limit that matters
}

// Plans is Groq's, with the limits of the models to talk to (October 2026).
func Plans() []Plan {
	return []Plan{
		{"a free key", 30, freeTokens, 1000, 200_000},
		{"a developer's key", 1000, 250_000, 500_000, 0},
	}
}

// Takes is how long the batch takes under the limits of a plan, asked side by side.
func (e Estimate) Takes(p Plan) time.Duration {
	tokens := e.Prompts + e.Answers
	byRequests := time.Duration(max(0, e.Items-p.Requests/burst)) * time.Minute / time.Duration(p.Requests)
	byTokens := time.Duration(max(0, tokens-p.Tokens)) * time.Minute / time.Duration(p.Tokens)
	rounds := int64((e.Items + MostAtOnce - 1) / MostAtOnce)
	return max(byRequests, byTokens, time.Duration(rounds*int64(e.duration)))
}

// Days is how many days a plan needs at least, 1 if the limits of one do.
func (e Estimate) Days(p Plan) int {
	days := 1
	if p.Day > 0 {
		days = max(days, (e.Items+p.Day-1)/p.Day)
	}
	if p.DayTokens > 0 {
		days = max(days, (e.Prompts+e.Answers+p.DayTokens-1)/p.DayTokens)
	}
	return days
}
