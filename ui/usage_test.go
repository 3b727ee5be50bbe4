package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

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
		s.until("it is read", func() bool { return strings.Contains(s.text(), "No answer of the last 14 days") })
		entry := history.Entry{
			State: chat.Complete,
			At:    time.Now(), Model: chat.DefaultModel, Usage: chat.Usage{PromptTokens: 9000, CompletionTokens: 1000, CachedTokens: 10},
			Timing: chat.Timing{Completion: time.Second, FirstToken: 180 * time.Millisecond}, USD: 0.0123, Saved: 0.001,
		}
		if err := o.Ledger.Append(entry); err != nil {
			t.Fatal(err)
		}
		s.write("/usage")
		s.press("enter")
		s.until("the page is open", func() bool { return s.m.over != nil })
		s.shows("2000-01-01  ████████████████████████        1  10,000  $0.0123",
			"gpt-oss-120b        1  9,000      10  1,000  $0.0123  1,000  0.18 s",
			"Cached tokens saved $0.0010.", "openai/gpt-oss-120b: 9,990 of the 200,000 tokens that a free key has for a")
		s.lacks("1999-12-31") // a day before the first answer
	})
}

func TestUsage_SumsUpTheDaysThatItShows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Ledger = history.OpenLedger(t.TempDir())
		o.Now = func() time.Time { return time.Now().Add(20 * time.Hour) } // in the evening
		now := o.Now()
		for _, at := range []time.Time{now, history.FirstDay(usageDays, now), history.FirstDay(usageDays, now).Add(-time.Second)} {
			if err := o.Ledger.Append(history.Entry{At: at, State: chat.Complete, Model: chat.DefaultModel, Usage: chat.Usage{PromptTokens: 1000}}); err != nil {
				t.Fatal(err)
			}
		}
		s := open(t, o)
		s.write("/usage")
		s.press("enter")
		s.until("the page is open", func() bool { return s.m.over != nil })
		s.press("pgdown")
		s.shows("all                 2  2,000")
	})
}

// busyReport has everything that a report can have.
func busyReport() history.UsageReport {
	all := history.Tally{
		Answers: 1234, Broken: 2, USD: 12.5, Saved: 0.0213, Speed: 498.6, FirstToken: 180 * time.Millisecond,
		Usage: chat.Usage{PromptTokens: 9876543, CompletionTokens: 1234567, CachedTokens: 54321, ReasoningTokens: 4321, Estimated: true},
	}
	day, model := all, all
	day.Key, model.Key = "2026-11-26", "acme/a-model-with-a-long-name-世界"
	return history.UsageReport{
		Days: []history.Tally{{Key: "2026-11-24"}, {Key: "2026-11-25", Answers: 1}, day}, Models: []history.Tally{model}, Total: all,
		Limits: []history.DayLimit{{Model: "openai/gpt-oss-120b", Limit: 200000, Spent: 180000, In: 80 * time.Minute}},
	}
}

// TestUsage_LosesNothingInNarrowWindows: every figure of the widest form stands in
// the narrowest one too.
func TestUsage_LosesNothingInNarrowWindows(t *testing.T) {
	words := func(width int) string { return strings.Join(UsageLines(busyReport(), width, Ink{}), "\n") }
	wide := words(0)
	for _, want := range []string{"1,234", "9,876,543", "54,321", "1,234,567", "4,321", "$12.50", "499", "0.18 s", "about 11,111,110", "2 answers did not come to the end", "$0.0213", "1 h 20 min"} {
		if !strings.Contains(wide, want) {
			t.Errorf("%q is missing in\n%s", want, wide)
		}
	}
	if strings.Contains(wide, "2026-11-24") {
		t.Error("a day before the first answer is shown")
	}
	for _, width := range []int{18, 36, 40, 60, 76, 100} {
		narrow := words(width)
		for line := range strings.Lines(narrow) {
			if w := ansi.StringWidth(strings.TrimRight(line, "\n")); w > width {
				t.Errorf("%d cells: %q has %d", width, line, w)
			}
		}
		squeezed := strings.Join(strings.Fields(narrow), "")
		for _, word := range strings.Fields(wide) {
			if !strings.Contains(word, "█") && !strings.Contains(squeezed, word) {
				t.Errorf("%d cells: %q is lost in\n%s", width, word, narrow)
			}
		}
	}
}

// TestQuota_LosesNothingInNarrowWindows does the same for the page of limits.
func TestQuota_LosesNothingInNarrowWindows(t *testing.T) {
	s := &screen{t: t, m: newModel(t.Context(), options(t, answer("x")))}
	crowd(s, 2000)
	q := s.m.quotas[chat.DefaultModel]
	q.Tokens.At = s.m.clock
	s.m.quotas[chat.DefaultModel] = q
	s.m.limits[limitKey{chat.DefaultModel, "output tokens", "minute"}] = chat.Exceeded{Limit: 1000}
	wide := ansi.Strip(strings.Join(quotaRows(s.m, 100), "\n"))
	if !strings.Contains(wide, "full again in 40 s") || !strings.Contains(wide, "at most 1,000") {
		t.Error(wide)
	}
	for _, width := range []int{20, 40, 60} {
		narrow := ansi.Strip(strings.Join(quotaRows(s.m, width), "\n"))
		squeezed := strings.Join(strings.Fields(narrow), "")
		for _, word := range strings.Fields(wide) {
			if !strings.Contains(squeezed, word) {
				t.Errorf("%d cells: %q is lost in\n%s", width, word, narrow)
			}
		}
	}
}
