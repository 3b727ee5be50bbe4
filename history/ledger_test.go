package history

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"groqchat/chat"
)

// answered is an entry of the ledger.
func answered(at time.Time, model string, in, out int) Entry {
	return Entry{
		At: at, Model: model, State: chat.Complete, Usage: chat.Usage{PromptTokens: in, CompletionTokens: out},
		Timing: chat.Timing{Completion: time.Duration(out) * time.Millisecond, FirstToken: time.Duration(in) * time.Millisecond, Total: time.Second},
		USD:    0.01, Saved: 0.001,
	}
}

func TestLedger_ComesBackAndOnlyFromThere(t *testing.T) {
	l := OpenLedger(filepath.Join(t.TempDir(), "state"))
	if got, err := l.Since(time.Time{}); err != nil || got != nil {
		t.Fatalf("at first %v, %v", got, err)
	}
	want := []Entry{answered(noon(), "a", 91, 24), answered(noon().Add(time.Hour), "b", 1, 2)}
	want[1].State, want[1].Estimated = chat.Stopped, true
	for _, e := range want {
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		from time.Time
		want []Entry
	}{{time.Time{}, want}, {noon(), want}, {noon().Add(time.Nanosecond), want[1:]}} {
		got, err := l.Since(c.from)
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("from %v: %v %s", c.from, err, diff)
		}
	}
	if info, err := os.Stat(l.path); err != nil || info.Mode().Perm() != fileMode {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestLedger_PassesOverBrokenLines(t *testing.T) {
	l := OpenLedger(t.TempDir())
	text := "nonsense\n[]\n{\"at\":\"never\",\"model\":\"a\"}\n{\"at\":\"2026-11-22T12:00:00Z\"}\n{\"at\":\"2026-11-22T12:00:00Z\",\"model\":\"a\",\"usd\":1}\n{\"at\":\"2026-1"
	if err := os.WriteFile(l.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(answered(noon(), "b", 1, 2)); err != nil {
		t.Fatal(err)
	}
	got, err := l.Since(time.Time{})
	if err != nil || len(got) != 2 || got[0].Model != "a" || got[1].Model != "b" {
		t.Errorf("read %+v, %v", got, err)
	}
}

func TestLedger_SaysWhatIsInItsWay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := OpenLedger(file)
	if err := l.Append(answered(noon(), "b", 1, 2)); err == nil || !strings.Contains(err.Error(), "ledger") {
		t.Errorf("append: %v", err)
	}
	if _, err := l.Since(noon()); err == nil {
		t.Error("read what is no folder")
	}
}

func TestSumUp_AddsAndTakesTheMiddle(t *testing.T) {
	entries := []Entry{answered(noon(), "a", 10, 100), answered(noon(), "a", 30, 100), answered(noon(), "a", 20, 100)}
	entries[0].Completion = 50 * time.Millisecond // 2,000 a second, the others 1,000
	entries[1].CachedTokens, entries[1].ReasoningTokens = 5, 7
	stopped := answered(noon(), "a", 1, 1)
	stopped.State, stopped.Estimated, stopped.Completion, stopped.USD = chat.Stopped, true, time.Hour, 0
	entries = append(entries, stopped)
	got := SumUp(entries)
	want := Tally{
		Answers: 4, Broken: 1, Usage: chat.Usage{PromptTokens: 61, CompletionTokens: 301, CachedTokens: 5, ReasoningTokens: 7, Estimated: true},
		USD: 0.03, Saved: 0.004, Speed: 1000, FirstToken: 20 * time.Millisecond,
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	if got := SumUp(nil); got != (Tally{}) {
		t.Errorf("of none: %+v", got)
	}
}

func TestByDay_HasEveryDayOfTheReadersCalendar(t *testing.T) {
	east := time.FixedZone("east", 14*60*60)
	now := noon().In(east) // already the 23rd there
	entries := []Entry{answered(noon(), "a", 1, 1), answered(noon().Add(-30*time.Hour), "a", 1, 1), answered(noon().Add(-31*time.Hour), "b", 1, 1)}
	var got []string
	for _, d := range ByDay(entries, 4, now) {
		got = append(got, d.Key+strings.Repeat("+", d.Answers))
	}
	if diff := cmp.Diff([]string{"2026-11-20", "2026-11-21++", "2026-11-22", "2026-11-23+"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestByDay_HasDaysWithoutMidnightOnce(t *testing.T) {
	brazil, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Skip("this machine knows no time zones")
	}
	now := time.Date(2018, 11, 6, 0, 30, 0, 0, brazil) // on the 4th, 0:30 was left out
	first := time.Date(2018, 11, 4, 1, 0, 0, 0, brazil)
	if got := FirstDay(3, now); !got.Equal(first) {
		t.Errorf("the first day began at %v", got)
	}
	var got []string
	for _, d := range ByDay([]Entry{answered(first, "a", 1, 1)}, 3, now) {
		got = append(got, d.Key+strings.Repeat("+", d.Answers))
	}
	if diff := cmp.Diff([]string{"2018-11-04+", "2018-11-05", "2018-11-06"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestByModel_HasTheBusiestFirst(t *testing.T) {
	got := ByModel([]Entry{answered(noon(), "a", 1, 1), answered(noon(), "b", 100, 1), answered(noon(), "a", 1, 1)})
	if len(got) != 2 || got[0].Key != "b" || got[1].Key != "a" || got[1].Answers != 2 {
		t.Errorf("%+v", got)
	}
}

func TestExhaustion_CountsTheRefill(t *testing.T) {
	const day = 86400 // one token a second comes back
	at := func(ago time.Duration, tokens int) Entry { return answered(noon().Add(-ago), "a", tokens, 0) }
	for _, c := range []struct {
		name    string
		entries []Entry
		spent   int
		in      time.Duration
		ok      bool
	}{
		{"nothing was used", nil, 0, 0, false},
		{"another model", []Entry{answered(noon(), "b", 50000, 0)}, 0, 0, false},
		{"less than comes back", []Entry{at(time.Minute, 3600)}, 3540, 0, false},
		{"what was used long ago came back", []Entry{at(23*time.Hour, 60000)}, 0, 0, false},
		{"twice what comes back", []Entry{at(time.Second, 7200)}, 7199, time.Duration(day-7199) * time.Second, true},
		{"whatever order the file has", []Entry{at(time.Second, 7200), at(time.Minute, 3600)}, 10740, time.Duration(float64(day-10740) / 2 * 1e9), true},
		{"all of it", []Entry{at(0, day)}, day, 0, true},
	} {
		spent, in, ok := Exhaustion(c.entries, "a", day, noon())
		if spent != c.spent || in.Round(time.Second) != c.in || ok != c.ok {
			t.Errorf("%s: %d spent, %v, %v", c.name, spent, in, ok)
		}
	}
}
