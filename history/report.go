package history

import (
	"time"

	"groqchat/chat"
)

// UsageReport is what was used in the last days, from the ledger.
type UsageReport struct {
	Days   []Tally // each of them, oldest first
	Models []Tally // the busiest first
	Total  Tally
	Limits []DayLimit
}

// DayLimit is how the tokens are doing that a free key has for a day of a model.
type DayLimit struct {
	Model string
	Limit int           // tokens a day
	Spent int           // of them, by now; they refill continuously
	In    time.Duration // until all are spent at the pace of the last hour; 0: never
}

// Report sums up the last days up to now; known has the models' limits.
func (l *Ledger) Report(known chat.Catalogue, days int, now time.Time) (UsageReport, error) {
	first := FirstDay(days, now)
	from := first
	if day := now.Add(-limitWindow); day.Before(from) { // a limit of a day looks further back than this morning
		from = day
	}
	entries, err := l.Since(from)
	if err != nil {
		return UsageReport{}, err
	}
	var shown []Entry
	for _, e := range entries {
		if !e.At.Before(first) {
			shown = append(shown, e)
		}
	}
	return UsageReport{ByDay(shown, days, now), ByModel(shown), SumUp(shown), dayLimits(entries, known, now)}, nil
}

// dayLimits is how every model that was used does which has a limit of a day.
func dayLimits(entries []Entry, known chat.Catalogue, now time.Time) []DayLimit {
	var all []DayLimit
	for _, t := range ByModel(entries) {
		limit := known.Find(t.Key).FreeDay
		if limit == 0 {
			continue
		}
		d := DayLimit{Model: t.Key, Limit: limit}
		if d.Spent, d.In, _ = Exhaustion(entries, t.Key, limit, now); d.Spent > 0 {
			all = append(all, d)
		}
	}
	return all
}
