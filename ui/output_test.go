package ui

import (
	"io"
	"os"
	"testing"
)

// TestOutput_NothingComesAfterTheLast: not even the frame of an event loop that was
// stuck, which would hide the cursor again.
func TestOutput_NothingComesAfterTheLast(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out := newOutput(w, func(err error) { t.Error(err) })
	for _, p := range []string{"a frame", ", another"} {
		if n, err := out.Write([]byte(p)); n != len(p) || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	out.last([]byte(", the end"))
	if n, err := out.Write([]byte(", too late")); n != len(", too late") || err != nil {
		t.Errorf("what comes too late is told: %d, %v", n, err)
	}
	if !out.giveBack() {
		t.Error("it was not taken")
	}
	_ = w.Close()
	if got, err := io.ReadAll(r); string(got) != "a frame, another, the end" || err != nil {
		t.Errorf("it has %q, %v", got, err)
	}
}
