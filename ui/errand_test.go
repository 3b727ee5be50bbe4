package ui

import (
	"io"
	"os"
	"testing"
	"time"
)

// TestErrand_GivesTheTitleBackMeanwhile: the shell, or the editor, has the title
// that it had before.
func TestErrand_GivesTheTitleBackMeanwhile(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out := newOutput(w, func(error) {})
	e := errand{out, giveTerminal, takeTerminal, func() error {
		_, err := w.WriteString("[errand]")
		return err
	}}
	if err := e.Run(); err != nil {
		t.Fatal(err)
	}
	out.flush(time.Minute)
	out.end()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if want := giveTerminal + "[errand]" + takeTerminal; err != nil || string(got) != want {
		t.Errorf("the terminal reads %q, not %q: %v", got, want, err)
	}
}
