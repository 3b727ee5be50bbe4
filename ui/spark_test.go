package ui

import (
	"testing"

	"groqchat/history"
)

func TestSpark_ShowsHeights(t *testing.T) {
	for want, values := range map[string][]float64{
		"": nil, "█": {3}, "▂█": {125, 1000}, "▅ █": {500, 0, 1000}, "▁█": {1, 1000}, "  ": {0, 0},
	} {
		if got := spark(values); got != want {
			t.Errorf("%v: %q, want %q", values, got, want)
		}
	}
}

func TestUsage_ShowsTheSpeedOfDays(t *testing.T) {
	days := []history.Tally{{}, {Speed: 500}, {}, {Speed: 1000}}
	if got, want := speedSaid(days), "Speed by day: ▅ █ 500 to 1000 tok/s (medians)."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := speedSaid(days[:2]); got != "" {
		t.Errorf("one day is compared with nothing: %q", got)
	}
	report := history.UsageReport{Days: days, Total: history.Tally{Answers: 1}}
	if said := UsageSaid(report); len(said) != 1 {
		t.Errorf("the page says %q", said)
	}
}
