package ui

import (
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
)

func TestUsage_ShowsTheLedger(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Ledger = history.OpenLedger(t.TempDir())
		s := open(t, o)
		s.write("/usage")
		s.press("enter")
		s.until("it is read", func() bool { return strings.Contains(s.text(), "No answer is in the ledger yet") })
		entry := history.Entry{
			At: time.Now(), Model: chat.DefaultModel, Usage: chat.Usage{PromptTokens: 9000, CompletionTokens: 1000, CachedTokens: 10},
			Timing: chat.Timing{Completion: time.Second, FirstToken: 180 * time.Millisecond}, USD: 0.0123, Saved: 0.001,
		}
		if err := o.Ledger.Append(entry); err != nil {
			t.Fatal(err)
		}
		s.write("/usage")
		s.press("enter")
		s.until("the page is open", func() bool { return s.m.over != nil })
		s.shows("2000-01-01", "━", "10,000 tokens", "$0.0123")
		s.press("pgdown")
		s.shows("openai/gpt-oss-120b", "1 answer · 9,000 tokens in · 1,000 out", "the cache saved $0.0010", "median 1000 tok/s · first token 0.18 s")
	})
}

func TestUsage_SumsUpTheDaysThatItShows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Ledger = history.OpenLedger(t.TempDir())
		o.Now = func() time.Time { return time.Now().Add(20 * time.Hour) } // in the evening
		now := o.Now()
		for _, at := range []time.Time{now, history.FirstDay(usageDays, now), history.FirstDay(usageDays, now).Add(-time.Second)} {
			if err := o.Ledger.Append(history.Entry{At: at, Model: chat.DefaultModel, Usage: chat.Usage{PromptTokens: 1000}}); err != nil {
				t.Fatal(err)
			}
		}
		s := open(t, o)
		s.write("/usage")
		s.press("enter")
		s.until("the page is open", func() bool { return s.m.over != nil })
		s.press("pgdown")
		s.shows("2 answers · 2,000 tokens in")
	})
}
