package chat

import (
	"context"
	"iter"
	"strconv"
)

// WithRecord tells record of every answer that came to its end, on the goroutine
// that reads it and before whoever asked is told.
func WithRecord(s Streamer, record func(model string, d Done)) Streamer {
	return StreamFunc(func(ctx context.Context, req Request) iter.Seq2[Event, error] {
		return func(yield func(Event, error) bool) {
			for event, err := range s.Stream(ctx, req) {
				if done, ok := event.(Done); ok {
					record(req.Model, done)
				}
				if !yield(event, err) {
					return
				}
			}
		}
	})
}

// Cost is what an answer costs in USD, 0 where the price is not known. Tokens of
// the prompt that the server had in its cache are cheaper on most models.
func (m ModelInfo) Cost(u Usage) float64 {
	return perMillion(u.PromptTokens-u.CachedTokens, m.PriceIn) + perMillion(u.CachedTokens, m.cachedPrice()) +
		perMillion(u.CompletionTokens, m.PriceOut)
}

// Saved is what the server's cache saved of the cost, in USD.
func (m ModelInfo) Saved(u Usage) float64 {
	return perMillion(u.CachedTokens, m.PriceIn-m.cachedPrice())
}

func (m ModelInfo) cachedPrice() float64 {
	if m.PriceCached > 0 {
		return m.PriceCached
	}
	return m.PriceIn
}

func perMillion(tokens int, price float64) float64 { return float64(max(0, tokens)) * price / 1e6 }

// Dollars writes an amount as people read it: small ones with as many digits as
// they need.
func Dollars(usd float64) string {
	switch {
	case usd == 0:
		return "$0"
	case usd < 0.0001:
		return "<$0.0001"
	case usd < 0.1:
		return "$" + strconv.FormatFloat(usd, 'f', 4, 64)
	}
	return "$" + strconv.FormatFloat(usd, 'f', 2, 64)
}
