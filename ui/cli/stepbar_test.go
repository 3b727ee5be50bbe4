package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui"
)

// stepping is a bar of a terminal of so many cells, with its clock and what it wrote.
func stepping(width int, m ui.Measure) (*stepBar, *time.Time, *strings.Builder) {
	at, out := time.Unix(0, 0), &strings.Builder{}
	b := &stepBar{progressBar: progressBar{w: out, width: width, now: func() time.Time { return at }}, began: at, measure: m}
	return b, &at, out
}

func TestStepBar_TellsRateAndRestAfterASecond(t *testing.T) {
	b, at, out := stepping(80, ui.Things("session"))
	*at = at.Add(900 * time.Millisecond)
	b.tell(90, 1000)
	if out.Len() > 0 {
		t.Errorf("what is quick shows %q", out)
	}
	*at = at.Add(1100 * time.Millisecond)
	b.tell(500, 1000)
	got := ansi.Strip(out.String())
	for _, want := range []string{"████████████░", "500 of 1,000 sessions", chat.Wait(2*time.Second) + " left", "250/s"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	before := out.Len()
	*at = at.Add(time.Millisecond)
	b.tell(501, 1000)
	if out.Len() != before {
		t.Error("it is drawn at every step")
	}
	b.end()
	if !strings.HasSuffix(out.String(), "\r"+ansi.EraseLineRight) {
		t.Error("the line stays")
	}
}

func TestStepBar_IsSilentWhereStderrIsNoTerminal(t *testing.T) {
	b, at, out := stepping(0, megabytes)
	*at = at.Add(time.Minute)
	b.tell(5, 10)
	b.end()
	if out.Len() > 0 {
		t.Errorf("it wrote %q", out)
	}
}

func TestStepBar_MeasuresBytes(t *testing.T) {
	b, at, out := stepping(60, megabytes)
	*at = at.Add(2 * time.Second)
	b.tell(3_000_000, 12_000_000)
	if got := ansi.Strip(out.String()); !strings.Contains(got, "3.0 of 12.0 MB") || !strings.Contains(got, chat.Wait(6*time.Second)+" left") || !strings.Contains(got, "1.5 MB/s") {
		t.Errorf("it shows %q", got)
	}
}
