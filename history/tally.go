package history

import (
	"slices"
	"time"

	"groqchat/chat"
)

// Tally sums entries of the ledger up.
type Tally struct {
	Key     string // what they have in common: a day, a model, "" for all
	Answers int
	Broken  int // of them: stopped, interrupted or failed
	chat.Usage
	USD, Saved float64
	Speed      float64       // median tokens a second, 0 if not known
	FirstToken time.Duration // median, 0 if not known
}

// SumUp is the tally of all entries.
func SumUp(entries []Entry) Tally {
	t := Tally{Answers: len(entries)}
	var speeds []float64
	var firsts []time.Duration
	for _, e := range entries {
		t.PromptTokens += e.PromptTokens
		t.CompletionTokens += e.CompletionTokens
		t.CachedTokens += e.CachedTokens
		t.ReasoningTokens += e.ReasoningTokens
		t.USD += e.USD
		t.Saved += e.Saved
		t.Estimated = t.Estimated || e.Estimated
		if e.State != chat.Complete {
			t.Broken++
		}
		if e.Estimated {
			continue // what is guessed tells no speed
		}
		if s := (chat.Message{Usage: e.Usage, Timing: e.Timing}).TokensPerSecond(); s > 0 {
			speeds = append(speeds, s)
		}
		if e.FirstToken > 0 {
			firsts = append(firsts, e.FirstToken)
		}
	}
	t.Speed, t.FirstToken = median(speeds), median(firsts)
	return t
}

// Tokens is all that counts towards a limit of tokens.
func (t Tally) Tokens() int { return t.PromptTokens + t.CompletionTokens }

// median is the middle of the values, the lower one of two; 0 of none.
func median[T int | float64 | time.Duration](values []T) T {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}

// ByModel is a tally for each model, the one with the most tokens first.
func ByModel(entries []Entry) []Tally {
	tallies := tallyBy(entries, func(e Entry) string {
		if e.Server != "" {
			return e.Model + " at " + e.Server
		}
		return e.Model
	})
	slices.SortStableFunc(tallies, func(a, b Tally) int { return b.Tokens() - a.Tokens() })
	return tallies
}

// midday is an hour that every day has: clocks go forward in the night, in some
// places at midnight.
const midday = 12

// FirstDay is when the first of the last days up to now began.
func FirstDay(days int, now time.Time) time.Time {
	day := now.Day() - days + 1
	start := time.Date(now.Year(), now.Month(), day, 0, 0, 0, 0, now.Location())
	if middle := time.Date(now.Year(), now.Month(), day, midday, 0, 0, 0, now.Location()); start.Day() != middle.Day() {
		start = start.Add(time.Hour) // this day has no midnight
	}
	return start
}

// ByDay is a tally for each of the last days up to now, oldest first, those
// without an answer too. A day is one of the calendar of now.
func ByDay(entries []Entry, days int, now time.Time) []Tally {
	found := map[string]Tally{}
	for _, t := range tallyBy(entries, func(e Entry) string { return e.At.In(now.Location()).Format(time.DateOnly) }) {
		found[t.Key] = t
	}
	all := make([]Tally, 0, days)
	for ago := days - 1; ago >= 0; ago-- {
		key := time.Date(now.Year(), now.Month(), now.Day()-ago, midday, 0, 0, 0, now.Location()).Format(time.DateOnly)
		t := found[key]
		t.Key = key
		all = append(all, t)
	}
	return all
}

func tallyBy(entries []Entry, key func(Entry) string) []Tally {
	groups := map[string][]Entry{}
	var order []string
	for _, e := range entries {
		k := key(e)
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], e)
	}
	tallies := make([]Tally, 0, len(order))
	for _, k := range order {
		t := SumUp(groups[k])
		t.Key = k
		tallies = append(tallies, t)
	}
	return tallies
}

// paceWindow is how far back the pace is measured.
const paceWindow = time.Hour

// Exhaustion is when so many tokens a day of a model, which refill continuously,
// are spent if the pace of the last hour goes on. ok is false if they never are,
// or if the model was not used in that hour. spent is what is used up now.
func Exhaustion(entries []Entry, model string, perDay int, now time.Time) (spent int, in time.Duration, ok bool) {
	recent := 0
	level := 0.0
	last := now.Add(-24 * time.Hour)
	refill := float64(perDay) / (24 * time.Hour).Seconds()
	// Several processes write, and clocks are set: the file need not be in order.
	entries = slices.SortedStableFunc(slices.Values(entries), func(a, b Entry) int { return a.At.Compare(b.At) })
	for _, e := range entries {
		if e.Model != model || e.Server != "" || e.At.Before(last) || e.At.After(now) {
			continue
		}
		tokens := e.PromptTokens - e.CachedTokens + e.CompletionTokens
		level = max(0, level-refill*e.At.Sub(last).Seconds()) + float64(tokens)
		last = e.At
		if now.Sub(e.At) <= paceWindow {
			recent += tokens
		}
	}
	level = max(0, level-refill*now.Sub(last).Seconds())
	drain := float64(recent)/paceWindow.Seconds() - refill
	if drain <= 0 {
		return int(level), 0, false
	}
	return int(level), time.Duration(max(0, float64(perDay)-level) / drain * float64(time.Second)), true
}
